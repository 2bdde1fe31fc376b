"""The maxima that a contract fixes, against those that bind it.

They are told as soon as the contract is written (`caqes verifier`), and again by an evaluation, in
the same words: a report says each once.
"""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.francais import formes
from caqes_docs.core.source import Source


def check_maximum_rate(taux: Decimal, plafond: Decimal, source: Source) -> list[Constat]:
    """V-022: a rate below zero, or above the cap."""
    if 0 <= taux <= plafond:
        return []
    return [_fault(taux, formes.taux(plafond), source, "Corriger le taux.")]


def check_maximum_amount(
    montant: Decimal, plafond: Decimal | None, source: Source
) -> list[Constat]:
    """V-022: an amount below zero, or above the cap when there is one."""
    if montant >= 0 and (plafond is None or montant <= plafond):
        return []
    borne = "" if plafond is None else formes.euros(plafond)
    return [_fault(montant, borne, source, "Corriger le montant.")]


def _fault(valeur: Decimal, plafond: str, source: Source, remede: str) -> Constat:
    message = f"Le maximum fixé dépasse celui qui s’applique ({plafond})."
    if valeur < 0:
        message = "Le maximum fixé est négatif."
    return fault("V-022", source, message, remede)
