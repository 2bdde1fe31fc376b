"""Where an avenant stands, and the day on which it takes effect.

Contrat type, art. 2 and 8 (R-DATE-3, R-DATE-4); CSS, art. D. 162-15. As for a contract, a date of
signature says that the act is signed, or will be on that day.
"""

from __future__ import annotations

import datetime as dt
import enum

from caqes_docs.data.avenant.modele import Avenant, CasAvenant
from caqes_docs.law.droit.dates import avenant_effect, termination_effect


class EtatAvenant(enum.StrEnum):
    """The life of an avenant."""

    PROJET = "projet"
    PROPOSE = "propose"
    SIGNE = "signe"
    REFUSE = "refuse"
    ANNULE = "annule"

    @property
    def libelle(self) -> str:
        """The words for a reader."""
        return {
            "projet": "projet",
            "propose": "proposé",
            "signe": "signé",
            "refuse": "refusé",
            "annule": "annulé",
        }[self.value]


def avenant_state(avenant: Avenant) -> EtatAvenant:
    """Where an avenant stands, as its file tells."""
    procedure = avenant.procedure
    if avenant.annulation is not None:
        return EtatAvenant.ANNULE
    if avenant.refus:
        return EtatAvenant.REFUSE
    if signature_day(avenant) is not None:
        return EtatAvenant.SIGNE
    premiere = procedure.premiere_proposition if procedure else None
    return EtatAvenant.PROPOSE if premiere and premiere.date else EtatAvenant.PROJET


def state_in_words(avenant: Avenant, jour: dt.date | None = None) -> str:
    """Its state for a reader; on `jour`, whether it has effect yet."""
    etat, effet = avenant_state(avenant), effect_day(avenant)
    if etat is EtatAvenant.SIGNE and effet is not None and jour is not None:
        return "signé, en vigueur" if effet <= jour else "signé, pas encore en vigueur"
    suivant = avenant.annulation.remplace_par if avenant.annulation else None
    if suivant is not None:
        return f"annulé et remplacé par l’avenant n°\u00a0{suivant}"
    return etat.libelle


def signature_day(avenant: Avenant) -> dt.date | None:
    """The day of signature that counts, or None when it is not known."""
    return avenant.signature.date_retenue if avenant.signature else None


def effect_day(avenant: Avenant) -> dt.date | None:
    """The day on which it takes effect; None as long as its signature is not dated."""
    jour = signature_day(avenant)
    if jour is None:
        return None
    if avenant.cas is CasAvenant.RESILIATION:
        return termination_effect(jour)
    return avenant_effect(jour)
