"""The delays of the decision on a year: one month, two months, fifteen days (D. 162-16).

A mise sous accord préalable answers to a second text, which gives one month (D. 162-10): the longer
delay respects both.
"""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.data.dossier.evaluation import Decision, NatureDecision
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.law.calcul.fondements import AUDITION_NOTIFICATION, AUDITION_RAPPORT
from caqes_docs.law.procedure.delais import Delai, Regle, Support, count, step_delay

RAPPORT, NOTIFICATION, NOTIFIER = "rapport", "notification", "notifier"
"""The steps that open a delay; the end of the first one opens the window to notify."""

_RAPPORT = Regle(RAPPORT, "du rapport d’évaluation", ("procedure/rapport",), AUDITION_RAPPORT)
_NOTIFICATION = Regle(
    NOTIFICATION, "de la notification", ("procedure/notification",), AUDITION_NOTIFICATION
)
_NOTIFICATION_MSAP = Regle(
    NOTIFICATION,
    "de la notification",
    ("procedure/notification", "procedure/msap"),
    AUDITION_NOTIFICATION,
)


def evaluation_delays(
    support: Support, procedure: ProcedureEvaluation, *, msap: bool
) -> Mapping[str, Delai]:
    """The delay of each step by its path, and under `notifier` the window to notify.

    `msap` says whether a mise sous accord préalable is envisaged (`envisages_msap`).

    Raises:
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    rapport = step_delay(support, _RAPPORT, procedure.rapport)
    regle = _NOTIFICATION_MSAP if msap else _NOTIFICATION
    delais = (
        rapport,
        rapport and _window(support, procedure, rapport),
        step_delay(support, regle, procedure.notification),
    )
    return {delai.etape: delai for delai in delais if delai is not None}


def envisages_msap(procedure: ProcedureEvaluation, decision: Decision | None) -> bool:
    """Whether acts are named in the notification, or such a measure is decided."""
    notification = procedure.notification
    prises = decision.volets.values() if decision else ()
    return bool(notification and notification.actes_envisages) or any(
        prise.nature is NatureDecision.MSAP for prise in prises
    )


def _window(support: Support, procedure: ProcedureEvaluation, rapport: Delai) -> Delai:
    """From the day after the month, prolonged or not, to two months later."""
    etape = procedure.rapport
    jour = (etape.date or etape.recue_le) if etape else None
    assert jour is not None
    parametres = ("procedure/notifier",)
    fin = count(support.droit, parametres, rapport.fin, rapport.fin.jour or jour)
    return Delai(NOTIFIER, rapport.acte, parametres, rapport.fin, fin, fin)
