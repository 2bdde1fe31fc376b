"""What a year is asked: the indicators of the socle, and the objectives of each volet.

Each is a question, the measure that answers it and the place of that measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from caqes_docs.data.dossier.contrat import AnneeSansCible, ObjectifSansCible
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.dossier.volets import Objectif, Volet
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.fondements import CIBLE_PERTINENCE, CIBLE_QUALITE, CIBLE_TRANSPORTS
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import PlaceMesure, Question, evaluate_question
from caqes_docs.law.droit.applicabilite import inapplicable
from caqes_docs.law.droit.catalogue import Famille, Indicateur, ModeleVolet, VoletDecrit
from caqes_docs.law.resultats import ResultatObjectif

_CIBLES = {
    ModeleVolet.TRANSPORTS: CIBLE_TRANSPORTS,
    ModeleVolet.OBJECTIF_PRINCIPAL: CIBLE_PERTINENCE,
    ModeleVolet.RISQUES: CIBLE_QUALITE,
}
"""The ground of the measure of an objective: annexe 3 is about the indicators of the socle."""
_COMPLEMENTAIRES = "objectifs_complementaires"
DECISIFS = ("objectif_principal", "objectif_supplementaire")
"""The objectives that open a measure by themselves."""


class CiblePosee(NamedTuple):
    """The target that a result is compared with: its text, its year, why there is none."""

    texte: str | None
    annee: int
    motif: str


_MOTIFS: dict[AnneeSansCible | ObjectifSansCible | None, str] = {
    None: "le contrat ne dit pas ce qu’il en est",
    AnneeSansCible.NON_EVALUEE: "le contrat attend un avenant",
    AnneeSansCible.DERNIERE_CIBLE: "aucune année antérieure n’en a",
    AnneeSansCible.POIDS_REPARTIS: "son poids se répartit sur les autres",
    ObjectifSansCible.NON_JUGE: "le volet n’est pas jugé, selon le contrat",
}
_DERNIERES = (AnneeSansCible.DERNIERE_CIBLE, ObjectifSansCible.DERNIERE_CIBLE)


def find_target(
    cadre: Cadre,
    cibles: Mapping[int, str | None],
    poids: Decimal | None,
    *,
    decide: bool = False,
) -> CiblePosee:
    """The target of the year; failing that, the last one, if the contract keeps it (X40).

    `decide`: that of an objective which opens a measure by itself, and has no weight to share.
    """
    annee, choix = cadre.evaluation.annee, devenir(cadre, decide=decide)
    if cibles.get(annee) is not None:
        return CiblePosee(cibles[annee], annee, "")
    posees = [a for a, cible in cibles.items() if cible is not None and a < annee]
    if posees and choix in _DERNIERES:
        return CiblePosee(cibles[max(posees)], max(posees), "")
    motif = f"aucune cible n’est fixée pour {annee}"
    if poids or choix is not AnneeSansCible.POIDS_REPARTIS:
        motif += f"\u00a0; {_MOTIFS[choix]}"
    return CiblePosee(None, annee, motif)


def devenir(cadre: Cadre, *, decide: bool) -> AnneeSansCible | ObjectifSansCible | None:
    """What the contract makes of a year without target."""
    choix = cadre.contrat.choix
    return choix.sans_cible_decisive if decide else choix.annee_sans_cible


class QuestionPosee(NamedTuple):
    """A question, its answer if there is one, and where the answer stands."""

    question: Question
    mesure: Releve | None
    place: PlaceMesure


def ask_indicators(cadre: Cadre) -> Iterator[QuestionPosee]:
    """The indicators of the socle, in the order of the catalogue."""
    for code, indicateur in cadre.droit.indicators(cadre.effet).items():
        pose = cadre.contrat.indicateurs.get(code)
        if pose is None and cadre.droit.family(code) is not Famille.NATIONAL:
            continue
        motif = pose.sans_objet if pose else inapplicable(indicateur, cadre.etablissement)
        poids = pose.coefficient if pose else None
        cible = find_target(cadre, pose.cibles if pose else {}, poids)
        question = Question(
            code,
            indicateur.libelle,
            indicateur,
            cible.texte,
            cadre.in_contract("indicateurs", code, "cibles", str(cible.annee)),
            cadre.weight(
                f"Coefficient\u00a0: {code}",
                poids,
                *("indicateurs", code, "coefficient"),
            ),
            (pose.site if pose else None) or "",
            motif or "",
            cible.annee if cible.annee != cadre.evaluation.annee else None,
            cible.motif,
            pose is not None,
        )
        place = PlaceMesure(cadre.evaluee.fichier, ("indicateurs", code))
        yield QuestionPosee(question, cadre.evaluation.indicateurs.get(code), place)


def iter_objectives(volet: Volet) -> Iterator[tuple[Chemin, Objectif]]:
    """The principal, the supplementary and the complementary objectives, and where they stand."""
    for cle in DECISIFS:
        objectif: Objectif | None = getattr(volet, cle)
        if objectif is not None:
            yield (cle,), objectif
    for rang, complementaire in enumerate(volet.objectifs_complementaires):
        yield (_COMPLEMENTAIRES, rang), complementaire


def ask_objectives(
    cadre: Cadre, decrit: VoletDecrit, volet: Volet
) -> Iterator[tuple[Chemin, QuestionPosee]]:
    """The objectives of a volet, and where they stand in it."""
    indicateurs = cadre.droit.volet_indicators(cadre.effet, decrit.id)
    vu = cadre.volet(decrit.id)
    for chemin, objectif in iter_objectives(volet):
        if chemin[0] == _COMPLEMENTAIRES:
            mesure = vu.complementaires.get(objectif.id)
            lieu: Chemin = ("complementaires", objectif.id)
        else:
            mesure, lieu = getattr(vu, str(chemin[0])), chemin
        indicateur = indicateurs.get(objectif.indicateur or "")
        question = _question(cadre, objectif, indicateur, ("volets", decrit.id, *chemin))
        decide = chemin[0] != _COMPLEMENTAIRES
        question = replace(question, sol=_CIBLES[decrit.modele], decide=decide)
        place = PlaceMesure(cadre.evaluee.fichier, ("volets", decrit.id, *lieu))
        yield chemin, QuestionPosee(question, mesure, place)


def _question(
    cadre: Cadre, objectif: Objectif, indicateur: Indicateur | None, chemin: Chemin
) -> Question:
    cible = _target(cadre, objectif, decide=chemin[-1] in DECISIFS)
    return Question(
        objectif.indicateur or objectif.id,
        objectif.libelle or (indicateur.libelle if indicateur else objectif.id),
        indicateur,
        cible.texte,
        cadre.in_contract(*chemin, "cibles", str(cible.annee)),
        cadre.weight(f"Poids\u00a0: {objectif.id}", objectif.poids, *chemin, "poids"),
        objectif.site or "",
        annee_cible=cible.annee if cible.annee != cadre.evaluation.annee else None,
        sans_cible=cible.motif,
    )


def _target(cadre: Cadre, objectif: Objectif, *, decide: bool) -> CiblePosee:
    """The target of the year; an obligation answered by yes or no, without years, awaits yes."""
    if objectif.indicateur is None and not objectif.cibles:
        return CiblePosee("oui", cadre.evaluation.annee, "")
    return find_target(cadre, objectif.cibles, objectif.poids, decide=decide)


def evaluate_objectives(
    cadre: Cadre, decrit: VoletDecrit, volet: Volet
) -> tuple[ResultatObjectif | None, ResultatObjectif | None, tuple[ResultatObjectif, ...]]:
    """The results of the principal, the supplementary and the complementary objectives."""
    seuls: dict[str | int, ResultatObjectif] = {}
    complementaires = []
    for chemin, posee in ask_objectives(cadre, decrit, volet):
        resultat = evaluate_question(*posee)
        if chemin[0] == _COMPLEMENTAIRES:
            complementaires.append(resultat)
        else:
            seuls[chemin[0]] = resultat
    principal, supplementaire = map(seuls.get, DECISIFS)
    return principal, supplementaire, tuple(complementaires)


def iter_measures(volet: Volet) -> Iterator[tuple[Chemin, str, Objectif]]:
    """The measured indicators of the actions of a volet: their place, their action, themselves."""
    for rang, action in enumerate(volet.actions):
        for place, mesure in enumerate(action.mesures):
            yield ("actions", rang, "mesures", place), action.id, mesure


def evaluate_measures(
    cadre: Cadre, decrit: VoletDecrit, volet: Volet
) -> tuple[tuple[str, ResultatObjectif], ...]:
    """The results of the indicators of the actions, under the ids that the contract gives them."""
    indicateurs = cadre.droit.volet_indicators(cadre.effet, decrit.id)
    vues = cadre.volet(decrit.id).mesures
    resultats = []
    for chemin, action, objectif in iter_measures(volet):
        indicateur = indicateurs.get(objectif.indicateur or "")
        question = _question(cadre, objectif, indicateur, ("volets", decrit.id, *chemin))
        place = PlaceMesure(cadre.evaluee.fichier, ("volets", decrit.id, "mesures", objectif.id))
        posee = replace(question, code=objectif.id, poids=None)
        resultats.append((action, evaluate_question(posee, vues.get(objectif.id), place)))
    return tuple(resultats)
