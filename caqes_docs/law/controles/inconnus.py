"""What an evaluation names without the contract knowing it: it would count for nothing, unsaid.

Contrat type, art. 5 and 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.plan import plan_actions
from caqes_docs.law.caqes_1.objectifs import iter_measures, iter_objectives
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.stipulations.admises import unknown_indicator
from caqes_docs.law.resultats import ResultatEvaluation


def check_unknown(cadre: Cadre, resultat: ResultatEvaluation) -> Iterator[Constat]:
    """Volets, indicators, objectives and actions that the contract has not, or not that year."""
    yield from _check_volets(cadre, {volet.volet for volet in resultat.volets})
    connus = {indicateur.code for indicateur in resultat.indicateurs}
    for code in cadre.evaluation.indicateurs:
        if code not in connus:
            message = f"L’indicateur {code} n’est pas au contrat."
            remede = "Corriger le code, ou retirer la mesure."
            yield _unknown(cadre, "V-053", ("indicateurs", code), message, remede)
    yield from _check_socle(cadre)
    for decrit, volet in cadre.en_cours:
        yield from _check_catalogue(cadre, decrit.id, volet)
        yield from _check_volet(cadre, decrit.id, volet)


def _unknown(cadre: Cadre, code: str, chemin: Chemin, message: str, remede: str) -> Constat:
    return fault(code, cadre.evaluee.fichier.key_source(chemin), message, remede)


def _check_volets(cadre: Cadre, evalues: set[str]) -> Iterator[Constat]:
    for nom in cadre.evaluation.volets.keys() - evalues:
        if nom in cadre.contrat.volets:
            yield _unknown(
                cadre,
                "V-051",
                ("volets", nom),
                f"Le volet {nom} n’est pas en vigueur en {cadre.evaluation.annee}, ou sa signature "
                "et sa durée manquent.",
                "Corriger le dossier, ou retirer le volet de l’évaluation.",
            )
        else:
            message = f"Le contrat n’a pas de volet «\u00a0{nom}\u00a0»."
            remede = f"Volets du contrat\u00a0: {', '.join(sorted(evalues))}."
            yield _unknown(cadre, "V-052", ("volets", nom), message, remede)


def _check_catalogue(cadre: Cadre, nom: str, volet: Volet) -> Iterator[Constat]:
    """V-033: an objective of the contract measured by an indicator that the library ignores."""
    indicateurs = cadre.droit.volet_indicators(cadre.effet, nom)
    mesures = [(chemin, mesure) for chemin, _, mesure in iter_measures(volet)]
    for chemin, objectif in [*iter_objectives(volet), *mesures]:
        code = objectif.indicateur
        if code is not None and code not in indicateurs:
            source = cadre.contract_source("volets", nom, *chemin, "indicateur")
            yield unknown_indicator(code, indicateurs, source)


_SEULS = {"objectif_principal": "principal", "objectif_supplementaire": "supplémentaire"}


def _check_volet(cadre: Cadre, nom: str, volet: Volet) -> Iterator[Constat]:
    """V-034: what is measured of a volet without being in the contract."""
    vu = cadre.volet(nom)
    for cle, mot in _SEULS.items():
        if getattr(volet, cle) is None and getattr(vu, cle) not in (None, Releve()):
            message = f"Le volet {nom} n’a pas d’objectif {mot} au contrat."
            remede = f"Retirer «\u00a0{cle}\u00a0», ou corriger le contrat."
            yield _unknown(cadre, "V-034", ("volets", nom, cle), message, remede)
    objectifs = [objectif.id for objectif in volet.objectifs_complementaires]
    actions = [action.id for action in volet.actions]
    yield from _check_ids(cadre, ("volets", nom, "complementaires"), vu.complementaires, objectifs)
    yield from _check_ids(cadre, ("volets", nom, "actions"), vu.actions, actions)
    mesures = [mesure.id for _, _, mesure in iter_measures(volet)]
    yield from _check_ids(cadre, ("volets", nom, "mesures"), vu.mesures, mesures)


_MOTS = {
    "complementaires": ("objectif", "Objectifs", "aucun"),
    "actions": ("action", "Actions", "aucune"),
    "mesures": ("indicateur", "Indicateurs des actions", "aucun"),
}


def _check_ids(
    cadre: Cadre, chemin: tuple[str, str, str], mesures: Iterable[str], connus: list[str]
) -> Iterator[Constat]:
    mot, pluriel, aucun = _MOTS[chemin[2]]
    for identifiant in mesures:
        if identifiant not in connus:
            message = f"L’{mot} {identifiant} n’est pas au contrat (volet {chemin[1]})."
            remede = f"{pluriel} du contrat\u00a0: {', '.join(sorted(connus)) or aucun}."
            yield _unknown(cadre, "V-034", (*chemin, identifiant), message, remede)


def _check_socle(cadre: Cadre) -> Iterator[Constat]:
    """V-034: objectives that the socle has not, and actions that its plan has not."""
    yield from _check_volet(cadre, SOCLE, Volet())
    if cadre.volet(SOCLE).nombre_risques is not None:
        yield fault(
            "V-034",
            cadre.evaluation_source("volets", SOCLE, "nombre_risques"),
            "Le volet socle n’a pas de risques.",
            "Retirer «\u00a0nombre_risques\u00a0».",
        )
    connues = plan_actions(cadre.contrat, cadre.droit)
    for identifiant in cadre.evaluation.actions:
        if connues is not None and identifiant not in connues:
            message = f"L’action {identifiant} n’est pas au plan du contrat."
            remede = f"Actions du plan\u00a0: {', '.join(sorted(connues)) or 'aucune'}."
            yield _unknown(cadre, "V-034", ("actions", identifiant), message, remede)
