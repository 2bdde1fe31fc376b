"""Faults of the products received from the mandatory schemes: the base of the sanctions (P)."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
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
            yield fault("D-065", source, message, remede)
