"""What is evaluated of the socle without being in the contract: it would count for nothing, unsaid.

Contrat type, art. 5 and 10.
"""

from __future__ import annotations

from caqes_docs.data.dossier.volets import Volet
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.objectifs import check_unknown
from caqes_docs.law.caqes_1.socle import SOCLE


def check_socle(cadre: Cadre) -> None:
    """V-034: objectives that the socle has not, and actions that its plan has not."""
    check_unknown(cadre, SOCLE, Volet())
    if cadre.volet(SOCLE).nombre_risques is not None:
        cadre.fault(
            "V-034",
            cadre.evaluation_source("volets", SOCLE, "nombre_risques"),
            "Le volet socle n’a pas de risques.",
            "Retirer «\u00a0nombre_risques\u00a0».",
        )
    connues = _actions(cadre)
    for identifiant in cadre.evaluation.actions:
        if connues is not None and identifiant not in connues:
            cadre.fault(
                "V-034",
                cadre.evaluee.fichier.key_source(("actions", identifiant)),
                f"L’action {identifiant} n’est pas au plan du contrat.",
                f"Actions du plan\u00a0: {', '.join(sorted(connues)) or 'aucune'}.",
            )


def _actions(cadre: Cadre) -> set[str] | None:
    """The actions of the plan; None while a typical plan is unknown: D-062 tells it."""
    plan, types = cadre.contrat.plan_actions, cadre.droit.plans_types
    if plan is None:
        return set()
    if not types.keys() >= set(plan.types):
        return None
    reprises = {action.id for nom in plan.types for action in types[nom].actions}
    retirees = {retrait.action for retrait in plan.retirer}
    return (reprises - retirees) | {action.id for action in plan.ajouter}
