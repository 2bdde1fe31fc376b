"""The actions of a volet, completed by the typical actions that they take over."""

from __future__ import annotations

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.volets import ActionVolet, Volet
from caqes_docs.law.droit.catalogue import ActionType
from caqes_docs.law.droit.droit import Droit

_REPRIS = {
    "libelle": "libelle",
    "thematique": "engagement",
    "champ": "champ",
    "objectif": "objectif",
    "pilote": "pilote",
    "acteurs": "acteurs",
    "ressources": "ressources",
    "nature": "nature",
}
"""The fields of an action, and those of the typical action that complete them."""


def typical_actions(droit: Droit, nom: str) -> dict[str, ActionType]:
    """The typical actions of the volet `nom`, by id."""
    return {
        action.id: action
        for plan in droit.plans_types.values()
        if plan.volet == nom
        for action in plan.actions
    }


def complete_actions(droit: Droit, nom: str, volet: Volet) -> tuple[ActionVolet, ...]:
    """The actions of a volet; what one leaves empty comes from the typical action it names."""
    types = typical_actions(droit, nom)
    return tuple(_complete(action, types.get(action.modele or "")) for action in volet.actions)


def _complete(action: ActionVolet, modele: ActionType | None) -> ActionVolet:
    if modele is None:
        return action
    repris = {
        cle: typographier(valeur) if type(valeur) is str else valeur
        for cle, source in _REPRIS.items()
        if getattr(action, cle) is None and (valeur := getattr(modele, source)) is not None
    }
    if not action.professions:
        repris["professions"] = modele.professions
    return action.model_copy(update=repris)
