"""The objectives of a volet measured against the targets of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.dossier.volets import Objectif, Volet
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.noeud import Nature, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import PlaceMesure, Question, evaluate_question
from caqes_docs.law.controles.mesures import check_measure
from caqes_docs.law.droit.catalogue import Indicateur, VoletDecrit
from caqes_docs.law.resultats import ResultatObjectif


def evaluate_objectives(
    cadre: Cadre, decrit: VoletDecrit, volet: Volet
) -> tuple[ResultatObjectif | None, ResultatObjectif | None, tuple[ResultatObjectif, ...]]:
    """The principal, the supplementary and the complementary objectives."""
    indicateurs = cadre.droit.volet_indicators(cadre.effet, decrit.id)
    vu = cadre.volet(decrit.id)
    mesures: dict[str, tuple[Objectif | None, Releve | None]] = {
        "objectif_principal": (volet.objectif_principal, vu.objectif_principal),
        "objectif_supplementaire": (volet.objectif_supplementaire, vu.objectif_supplementaire),
    }
    principal, supplementaire = (
        None
        if objectif is None
        else _evaluate(cadre, objectif, mesure, indicateurs, (decrit.id, cle), (decrit.id, cle))
        for cle, (objectif, mesure) in mesures.items()
    )
    complementaires = tuple(
        _evaluate(
            cadre,
            objectif,
            vu.complementaires.get(objectif.id),
            indicateurs,
            (decrit.id, "objectifs_complementaires", rang),
            (decrit.id, "complementaires", objectif.id),
        )
        for rang, objectif in enumerate(volet.objectifs_complementaires)
    )
    check_unknown(cadre, decrit.id, volet)
    return principal, supplementaire, complementaires


def _evaluate(
    cadre: Cadre,
    objectif: Objectif,
    mesure: Releve | None,
    indicateurs: Mapping[str, Indicateur],
    pose: Chemin,
    vu: Chemin,
) -> ResultatObjectif:
    annee = cadre.evaluation.annee
    indicateur = indicateurs.get(objectif.indicateur or "")
    if objectif.indicateur is not None and indicateur is None:
        cadre.fault(
            "V-033",
            cadre.contract_source("volets", *pose, "indicateur"),
            f"L’indicateur {objectif.indicateur} n’est pas au catalogue du volet.",
            f"Indicateurs connus\u00a0: {', '.join(indicateurs) or 'aucun'}.",
        )
    poids = objectif.poids
    question = Question(
        objectif.indicateur or objectif.id,
        objectif.libelle or (indicateur.libelle if indicateur else objectif.id),
        indicateur,
        _target(objectif, annee),
        cadre.in_contract("volets", *pose, "cibles", str(annee)),
        None
        if poids is None
        else entree(
            f"Poids\u00a0: {objectif.id}",
            poids,
            Nature.TAUX,
            cadre.in_contract("volets", *pose, "poids"),
        ),
        objectif.site or "",
    )
    place = PlaceMesure(cadre.evaluee.fichier, ("volets", *vu))
    cadre.constats.extend(check_measure(question, mesure, place))
    return evaluate_question(question, mesure, place)


def _target(objectif: Objectif, annee: int) -> str | None:
    """The target of the year; an obligation answered by yes or no, without years, awaits yes."""
    if objectif.indicateur is None and not objectif.cibles:
        return "oui"
    return objectif.cibles.get(annee)


def check_unknown(cadre: Cadre, nom: str, volet: Volet) -> None:
    """V-034: what is measured without being in the contract would count for nothing, unsaid."""
    vu = cadre.volet(nom)
    for cle, objectif, mesure, mot in (
        ("objectif_principal", volet.objectif_principal, vu.objectif_principal, "principal"),
        (
            "objectif_supplementaire",
            volet.objectif_supplementaire,
            vu.objectif_supplementaire,
            "supplémentaire",
        ),
    ):
        if objectif is None and mesure not in (None, Releve()):
            cadre.fault(
                "V-034",
                cadre.evaluee.fichier.key_source(("volets", nom, cle)),
                f"Le volet {nom} n’a pas d’objectif {mot} au contrat.",
                f"Retirer «\u00a0{cle}\u00a0», ou corriger le contrat.",
            )
    objectifs = [objectif.id for objectif in volet.objectifs_complementaires]
    actions = [action.id for action in volet.actions]
    _check_ids(cadre, ("volets", nom, "complementaires"), vu.complementaires, objectifs)
    _check_ids(cadre, ("volets", nom, "actions"), vu.actions, actions)


_MOTS = {
    "complementaires": ("objectif", "Objectifs", "aucun"),
    "actions": ("action", "Actions", "aucune"),
}


def _check_ids(
    cadre: Cadre, chemin: tuple[str, str, str], mesures: Iterable[str], connus: list[str]
) -> None:
    mot, pluriel, aucun = _MOTS[chemin[2]]
    for identifiant in mesures:
        if identifiant not in connus:
            cadre.fault(
                "V-034",
                cadre.evaluee.fichier.key_source((*chemin, identifiant)),
                f"L’{mot} {identifiant} n’est pas au contrat (volet {chemin[1]}).",
                f"{pluriel} du contrat\u00a0: {', '.join(sorted(connus)) or aucun}.",
            )
