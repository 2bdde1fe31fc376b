"""How far the actions of a contract have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caqes_docs.assembly.contrat.vocabulaire import LigneAction, PlanResolu
from caqes_docs.assembly.evaluation.vocabulaire_rapport import LigneActionSuivie, PlanSuivi
from caqes_docs.core.francais.formes import taux
from caqes_docs.data.dossier.evaluation import Avancement
from caqes_docs.data.dossier.volets import ActionVolet
from caqes_docs.redaction.langage.vues import Lieu

_INCONNU = "non renseigné"


def follow_socle(plan: PlanResolu, vus: Mapping[str, Avancement], lieu: Lieu) -> PlanSuivi:
    """The plan of the socle: actions whose progress is told, then the numbers of the others.

    `lieu` is the place of `actions`. An action that is told but is not in the plan is kept.
    """
    return _follow(
        [_posed(action) for groupe in plan.groupes for action in groupe.actions], vus, lieu
    )


def follow_volet(
    actions: Iterable[ActionVolet], vus: Mapping[str, Avancement], lieu: Lieu
) -> PlanSuivi:
    """The plan of a volet additionnel."""
    posees = [
        LigneActionSuivie(a.id, a.libelle or a.id, a.pilote, a.fin, _INCONNU, None) for a in actions
    ]
    return _follow(posees, vus, lieu)


def _posed(action: LigneAction) -> LigneActionSuivie:
    return LigneActionSuivie(
        action.id, action.libelle, action.pilote, action.echeance, _INCONNU, None, action.origines
    )


def _unknown(nom: str) -> LigneActionSuivie:
    return LigneActionSuivie(nom, nom, None, None, _INCONNU, None)


def _follow(
    posees: list[LigneActionSuivie], vus: Mapping[str, Avancement], lieu: Lieu
) -> PlanSuivi:
    connues = {action.id for action in posees}
    actions = [*posees, *(_unknown(nom) for nom in vus if nom not in connues)]
    return PlanSuivi(
        tuple(_told(action, vus[action.id], lieu) for action in actions if action.id in vus),
        tuple(action.id for action in actions if action.id not in vus),
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
