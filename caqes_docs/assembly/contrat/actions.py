"""The actions of a volet, as the contract prints them."""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.assembly.contrat.indicateurs import direction, format_value
from caqes_docs.assembly.contrat.vocabulaire import PlanDit
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.volets import ActionVolet, Objectif, Volet
from caqes_docs.law.droit.actions import complete_actions
from caqes_docs.law.droit.catalogue import Indicateur
from caqes_docs.law.droit.droit import Droit

_RUBRIQUES = {
    "thematique": "la thématique",
    "champ": "le champ",
    "objectif": "l’objectif poursuivi",
    "indicateurs": "les indicateurs de suivi",
    "mesures": "les indicateurs mesurés à l’évaluation",
    "pilote": "le pilote",
    "acteurs": "les acteurs associés",
    "ressources": "les ressources",
    "difficultes": "les difficultés éventuelles",
}
"""The fields of an action that some plans leave empty, and what each tells."""


def describe_plan(actions: tuple[ActionVolet, ...]) -> PlanDit:
    """What the plan tells of one action at least: nothing else is announced."""
    dits = (dit for nom, dit in _RUBRIQUES.items() if any(getattr(a, nom) for a in actions))
    return PlanDit(
        rubriques=(*dits, "les dates de début et de fin"),
        mesurees=any(a.indicateurs or a.mesures for a in actions),
    )


def resolve_actions(
    droit: Droit, nom: str, volet: Volet, indicateurs: Mapping[str, Indicateur]
) -> tuple[ActionVolet, ...]:
    """The actions of the volet; each of their measures under the words and targets that bind it."""
    return tuple(
        action.model_copy(
            update={"mesures": tuple(_named(mesure, indicateurs) for mesure in action.mesures)}
        )
        for action in complete_actions(droit, nom, volet)
    )


def _named(mesure: Objectif, indicateurs: Mapping[str, Indicateur]) -> Objectif:
    indicateur = indicateurs.get(mesure.indicateur or "")
    libelle = mesure.libelle or (typographier(indicateur.libelle) if indicateur else None)
    cibles = ", ".join(
        f"{format_value(cible, indicateur) if indicateur else cible} en\u00a0{annee}"
        for annee, cible in sorted(mesure.cibles.items())
        if cible is not None
    )
    if libelle is None or not cibles:
        return mesure.model_copy(update={"libelle": libelle})
    sens = direction(indicateur) if indicateur else ""
    return mesure.model_copy(update={"libelle": f"{libelle}\u00a0: {f'{sens} {cibles}'.strip()}"})
