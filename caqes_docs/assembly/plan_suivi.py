"""How far the actions of a contract have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from caqes_docs.assembly.graphiques_evaluation import progress_charts
from caqes_docs.assembly.resolus import LigneAction, PlanResolu
from caqes_docs.assembly.resolus_rapport import LigneActionSuivie, PlanSuivi
from caqes_docs.assembly.vues import Lieu
from caqes_docs.core.texte_fr import taux, typographier
from caqes_docs.data.evaluation import Avancement
from caqes_docs.data.volets import ActionVolet

_INCONNU = "non renseigné"


def follow_socle(plan: PlanResolu, vus: Mapping[str, Avancement], lieu: Lieu) -> PlanSuivi:
    """The plan of the socle: actions whose progress is told, then the numbers of the others.

    `lieu` is the place of `actions`. An action that is told but is not in the plan is kept.
    """
    actions = {action.id: action for groupe in plan.groupes for action in groupe.actions}
    posees = [_posed(action) for action in actions.values()]
    autres = [_unknown(nom) for nom in vus if nom not in actions]
    return _follow("Plan d’actions du volet obligatoire", [*posees, *autres], vus, lieu)


def follow_volet(
    court: str, actions: Iterable[ActionVolet], vus: Mapping[str, Avancement], lieu: Lieu
) -> PlanSuivi:
    """The plan of a volet additionnel."""
    posees = [
        (action.id, action.libelle or action.id, action.pilote, action.fin) for action in actions
    ]
    connues = {action[0] for action in posees}
    autres = [_unknown(nom) for nom in vus if nom not in connues]
    lignes = [LigneActionSuivie(*action, _INCONNU, None) for action in posees]
    return _follow(f"Plan d’actions : {court}", [*lignes, *autres], vus, lieu)


def _posed(action: LigneAction) -> LigneActionSuivie:
    return LigneActionSuivie(
        action.id, action.libelle, action.pilote, action.echeance, _INCONNU, None, action.origines
    )


def _unknown(nom: str) -> LigneActionSuivie:
    return LigneActionSuivie(nom, nom, None, None, _INCONNU, None)


def _follow(
    titre: str,
    actions: list[LigneActionSuivie],
    vus: Mapping[str, Avancement],
    lieu: Lieu,
) -> PlanSuivi:
    suivies = tuple(_told(action, vus[action.id], lieu) for action in actions if action.id in vus)
    dessinees: list[tuple[str, Decimal | None]] = [(a.id, vus[a.id].taux) for a in suivies]
    return PlanSuivi(
        suivies,
        tuple(action.id for action in actions if action.id not in vus),
        progress_charts(typographier(f"{titre} : avancement"), dessinees),
    )


def _told(action: LigneActionSuivie, vu: Avancement, lieu: Lieu) -> LigneActionSuivie:
    place = lieu.child(action.id)
    return LigneActionSuivie(
        action.id,
        action.libelle,
        action.pilote,
        action.echeance,
        _INCONNU if vu.taux is None else taux(vu.taux),
        vu.commentaire,
        {
            **action.origines,
            "avancement": place.child("taux"),
            "commentaire": place.child("commentaire"),
        },
    )
