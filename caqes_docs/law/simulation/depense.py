"""The spending that follows a simulated growth: the growth of a spending is that spending's own.

The savings of transports rest on the spending of the year, and the principal objective on its
growth: to move the one and hold the other would make rows that contradict themselves.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.noeud import CONTEXTE
from caqes_docs.law.simulation.grandeurs import PRINCIPAL, Genre, Grandeur

_CENTIME = Decimal("0.01")


def previous_spending(
    affaire: Affaire, grandeur: Grandeur, annee: int
) -> tuple[Decimal, str] | None:
    """The spending of the year before as the evaluation gives it, and its place."""
    charge = affaire.evaluations.get(annee)
    volet = charge.valeur.volets.get(grandeur.volet) if charge else None
    mesure = volet.objectif_principal if volet else None
    if charge is None or mesure is None or mesure.montant_n_1 is None:
        return None
    chemin: Chemin = ("volets", grandeur.volet, "objectif_principal", "montant_n_1")
    return mesure.montant_n_1, str(charge.fichier.source(chemin))


def is_growth(affaire: Affaire, grandeur: Grandeur) -> bool:
    """Whether what varies is the growth of the spending that the savings of its volet rest on."""
    volet = affaire.dossier.valeur.contrat.volets.get(grandeur.volet)
    interessement = volet.interessement if volet else None
    return (
        interessement is not None
        and interessement.base_economies is not None
        and PRINCIPAL in grandeur.noms
        and grandeur.genre is Genre.TAUX
        and grandeur.minimum == -1
    )


def follow(precedente: Decimal, taux: Decimal) -> Decimal:
    """The spending after a growth of `taux`, to the cent.

    >>> follow(Decimal(9868916), Decimal("0.015"))
    Decimal('10016949.74')
    """
    return CONTEXTE.multiply(precedente, 1 + taux).quantize(_CENTIME, ROUND_HALF_UP)
