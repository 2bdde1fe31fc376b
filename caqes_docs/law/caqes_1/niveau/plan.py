"""The plan d'actions of the socle, as a part of its level.

Contrat type, art. 6: « en particulier » the realisation of the plan d'actions.
"""

from __future__ import annotations

from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.niveau import PartNiveau
from caqes_docs.law.calcul.fondements import NIVEAU_SOCLE
from caqes_docs.law.calcul.noeud import Nature, Noeud, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.pesee import Compte, weigh
from caqes_docs.law.droit.droit import Droit

CLE = "actions"


def plan_actions(contrat: Contrat, droit: Droit) -> list[str] | None:
    """The numbers of the actions of the plan; None while a typical plan is unknown (D-062)."""
    plan, types = contrat.plan_actions, droit.plans_types
    if plan is None:
        return []
    if not types.keys() >= set(plan.types):
        return None
    retirees = {retrait.action for retrait in plan.retirer}
    reprises = [action.id for nom in plan.types for action in types[nom].actions]
    restees = [nom for nom in reprises if nom not in retirees]
    return list(dict.fromkeys((*restees, *(action.id for action in plan.ajouter))))


def _progress(cadre: Cadre, nom: str) -> Noeud:
    """How far an action has come; unknown when it is not told, or out of bounds."""
    vu = cadre.evaluation.actions.get(nom)
    taux = vu.taux if vu else None
    if taux is not None and not 0 <= taux <= 1:
        taux = None  # told by the check of bounds
    return entree(
        f"Avancement\u00a0: {nom}",
        taux,
        Nature.TAUX,
        cadre.in_evaluation(CLE, nom, "taux"),
        motif=f"avancement de {nom} inconnu",
    )


def level_of_plan(cadre: Cadre, part: PartNiveau) -> Noeud:
    """The progress of the plan; unknown when that of an action is."""
    suivies = [
        Compte(nom, _progress(cadre, nom), cadre.part_weight(CLE, nom))
        for nom in plan_actions(cadre.contrat, cadre.droit) or ()
    ]
    return weigh("Avancement du plan d’actions", suivies, part.mesure, NIVEAU_SOCLE)
