"""What the cells of one row must not say together, or at all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.francais.formes import taux
from caqes_docs.data.ciblage.modele import LigneCiblage, MesureLue, MesuresTransports


def check_ligne(ligne: LigneCiblage) -> Iterator[Constat]:
    """The contradictions of a row whose cells all read."""
    transports, qualite = ligne.transports, ligne.qualite
    for nom, montant in (
        ("transports_montant_n", transports.montant),
        ("transports_montant_n_1", transports.montant_precedent),
    ):
        if montant.valeur is not None and montant.valeur < 0:
            yield fault(
                "D-093",
                montant.source,
                f"Colonne «\u00a0{nom}\u00a0»\u00a0: une dépense ne peut pas être négative.",
                "Corriger le montant.",
            )
    for nom, part in (
        ("d31", qualite.d31),
        ("document_sortie_basse", qualite.sortie_basse),
        ("document_sortie_haute", qualite.sortie_haute),
    ):
        if part.valeur is not None and not 0 <= part.valeur <= 1:
            yield fault(
                "D-093",
                part.source,
                f"Colonne «\u00a0{nom}\u00a0»\u00a0: un taux va de 0\u00a0% à 100\u00a0%.",
                "Corriger le taux.",
            )
    yield from _interval(qualite.sortie_basse, qualite.sortie_haute)
    yield from _growth(transports)


def _interval(basse: MesureLue[Decimal], haute: MesureLue[Decimal]) -> Iterator[Constat]:
    if basse.valeur is not None and haute.valeur is not None and basse.valeur > haute.valeur:
        yield fault(
            "D-094",
            basse.source,
            "La borne basse du document de sortie dépasse la borne haute.",
            "Vérifier que les deux colonnes ne sont pas interverties.",
        )
    if (basse.valeur is not None and haute.etat) or (haute.valeur is not None and basse.etat):
        yield fault(
            "D-094",
            haute.source,
            "L’une des bornes du document de sortie est une valeur, l’autre un mot.",
            "Donner les deux bornes, ou le mot dans les deux cases.",
        )


def _growth(transports: MesuresTransports) -> Iterator[Constat]:
    """A growth that is not the one of the two amounts, as far as its decimals tell."""
    donnee, montant = transports.evolution.valeur, transports.montant.valeur
    precedent = transports.montant_precedent.valeur
    if donnee is None or montant is None or not precedent:
        return
    pas = Decimal((0, (1,), int(donnee.normalize().as_tuple().exponent)))
    pas = min(pas, Decimal("0.01"))
    calculee = (montant / precedent - 1).quantize(pas, ROUND_HALF_UP)
    if abs(calculee - donnee) > pas:
        yield fault(
            "D-094",
            transports.evolution.source,
            f"L’évolution donnée, {taux(donnee)}, n’est pas celle des deux montants, "
            f"{taux(calculee)}.",
            "Corriger l’un des trois, ou laisser l’évolution vide\u00a0: elle se calcule.",
        )
