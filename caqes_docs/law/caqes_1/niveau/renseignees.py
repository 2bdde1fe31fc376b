"""What the year says of the obligations of the socle that are no indicators.

Contrat type, art. 6: they are judged « dans leur ensemble », the plan d'actions in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau import obligations, plan

REPONSES: Final = {plan.CLE: "taux", obligations.CLE: "tenue"}
"""What the year answers of one of them."""


def unanswered(cadre: Cadre) -> Iterator[tuple[str, list[str], bool]]:
    """The key of what the year leaves unanswered, the numbers left out, whether all are."""
    annee = cadre.evaluation
    actions = plan.plan_actions(cadre.contrat, cadre.droit) or ()
    suivies = {nom for nom, vu in annee.actions.items() if vu.taux is not None}
    generales = cadre.droit.obligations_evaluees
    tenues = {nom for nom, vu in annee.obligations_generales.items() if vu.tenue is not None}
    for cle, attendues, vues in (
        (plan.CLE, actions, suivies),
        (obligations.CLE, generales, tenues),
    ):
        absentes = [nom for nom in attendues if nom not in vues]
        if absentes:
            yield cle, absentes, len(absentes) == len(attendues)


def judged_obligations(cadre: Cadre) -> str:
    """« Les obligations », or the only ones that the year was evaluated on."""
    manques = {cle: tout for cle, _, tout in unanswered(cadre)}
    if not manques:
        return "Les obligations"
    mots = {plan.CLE: "plan d’actions", obligations.CLE: "obligations générales"}
    vues = [
        f"{mot} pour partie" if cle in manques else mot
        for cle, mot in mots.items()
        if not manques.get(cle, False)
    ]
    return f"Les seules obligations évaluées ({', '.join(('indicateurs', *vues))})"
