"""Faults of the products received from the mandatory schemes: the base of the sanctions (P)."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.volets import Sanction, TypeSanction


def check_products(affaire: Affaire) -> Iterator[Constat]:
    """D-065, V-290: amounts that cannot be, or that the sanctions of the contract are left without.

    Two amounts for one year: nothing tells which one counts.
    """
    yield from _check_examples(affaire)
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


_PRODUITS = ("etablissement", "produits_assurance_maladie")


def _check_examples(affaire: Affaire) -> Iterator[Constat]:
    """V-290: the examples that the contract gives of its sanctions have no amount."""
    contrat = affaire.dossier.valeur.contrat
    exercices = [
        p.exercice for p in affaire.dossier.valeur.etablissement.produits_assurance_maladie
    ]
    sans = not exercices and _is_amount(contrat.socle.sanction if contrat.socle else None)
    for volet in contrat.volets.values():
        signature = volet.signature.date_retenue if volet.signature else None
        clos = [x for x in exercices if signature is None or x < signature.year]
        sans = sans or (not clos and _is_amount(volet.sanction))
    if sans:
        yield warning(
            "V-290",
            affaire.dossier.fichier.key_source(_PRODUITS),
            "Les produits d’aucun exercice clos avant la signature ne sont donnés\u00a0: les "
            "exemples de sanction du contrat s’impriment sans montant.",
            "Donner l’exercice et le montant dans "
            "«\u00a0etablissement.produits_assurance_maladie\u00a0».",
        )


def _is_amount(sanction: Sanction | None) -> bool:
    return sanction is not None and sanction.type is TypeSanction.MONTANT
