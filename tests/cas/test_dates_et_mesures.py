"""The dates and the measures of the legal cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.noeud import replay
from caqes_docs.law.caqes_1.mesures import PlaceMesure, Question, evaluate_question
from caqes_docs.law.controles.mesures import check_measure
from caqes_docs.law.droit import dates
from caqes_docs.law.droit.catalogue import Indicateur
from caqes_docs.law.droit.droit import effect_date
from tests.cas.test_cas import codes
from tests.outils.partage import read_cases

ICI = Path(__file__).parent
FONCTIONS: dict[str, Callable[..., Any]] = {
    "effect_date": effect_date,
    "avenant_effect": dates.avenant_effect,
    "termination_effect": dates.termination_effect,
    "last_day": dates.last_day,
    "measure_end": dates.measure_end,
}


def _cases(nom: str) -> list[Any]:
    cas = read_cases(ICI / f"{nom}.yaml")["cas"]
    return [pytest.param(un, id=f"{nom}-{un['id']}") for un in cas]


class DescribeDates:
    """`tests/cas/dates.yaml`."""

    @pytest.mark.parametrize("cas", _cases("dates"))
    def it_holds(self, cas: Any) -> None:
        assert FONCTIONS[cas["fonction"]](*cas["donne"]) == cas["attendu"]


class DescribeMesures:
    """`tests/cas/mesures.yaml`."""

    @pytest.mark.parametrize("cas", _cases("mesures"))
    def it_holds(self, cas: Any) -> None:
        indicateur = _indicator(*cas["indicateur"]) if "indicateur" in cas else None
        question = Question("IND-1", "Essai", indicateur, cas.get("cible"), "dossier.yaml:1:1")
        mesure = Releve.model_validate(cas["mesure"]) if "mesure" in cas else None
        place = PlaceMesure(FichierYaml("evaluation.yaml", None, {}), ())
        constats = list(check_measure(question, mesure, place)) if mesure else []
        assert codes(constats) == cas.get("constats", [])
        resultat = evaluate_question(question, mesure, place)
        if "statut" in cas:
            assert resultat.statut.value == cas["statut"]
        if "motif" in cas:
            assert resultat.verdict.motif == cas["motif"]
        assert replay(resultat.verdict) == resultat.verdict.valeur
        assert resultat.verdict.is_known or resultat.verdict.motif


def _indicator(type_: str, unite: str, sens: str) -> Indicateur:
    return Indicateur.model_validate(
        {
            "id": "IND-1",
            "article": "10-1",
            "obligation": "Essai",
            "libelle": "Essai",
            "type": type_,
            "unite": unite,
            "sens": sens,
            "activites": ["MCO"],
            "elements": ["un", "deux", "trois"] if type_ == "composite" else [],
            "certitude": "instruction",
        }
    )
