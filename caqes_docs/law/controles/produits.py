"""Faults of the products received from the mandatory schemes: the base of the sanctions (P)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire


def check_products(affaire: Affaire) -> Iterator[Constat]:
    """D-065: negative products, or two amounts for one year: nothing tells which one counts."""
    vus: set[int] = set()
    for rang, produits in enumerate(
        affaire.dossier.valeur.etablissement.produits_assurance_maladie
    ):
        message = remede = ""
        cle = "montant"
        if produits.montant < 0:
            message = "Des produits reçus ne peuvent pas être négatifs."
            remede = "Corriger le montant."
        elif produits.exercice in vus:
            cle = "exercice"
            message = f"Les produits de {produits.exercice} sont donnés deux fois."
            remede = "N’en garder qu’un montant\u00a0: c’est l’assiette des sanctions."
        vus.add(produits.exercice)
        if message:
            source = affaire.dossier.fichier.source(
                ("etablissement", "produits_assurance_maladie", rang, cle)
            )
            yield Constat("D-065", Gravite.ERREUR, source, message, remede)


def older_year(exercice: int, jour: dt.date, source: Source) -> Constat:
    """V-069: a year before the last closed one: which day says « last » no text tells."""
    return Constat(
        "V-069",
        Gravite.AVERTISSEMENT,
        source,
        f"L’exercice {exercice} n’est pas le dernier clos le {date_longue(jour)}\u00a0: les textes "
        "retiennent le dernier exercice clos.",
        f"Donner les produits de {jour.year - 1}, ou garder {exercice} s’il était le dernier clos "
        "au jour qui compte.",
    )
