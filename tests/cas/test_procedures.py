"""The delays of the two procedures: `procedures.yaml`, written from the text of the decree."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.dossier.procedure import ProcedureContrat, ProcedureEvaluation
from caqes_docs.data.lecture.yaml_strict import FichierYaml, read_yaml
from caqes_docs.law.calcul.noeud import Operation, iter_noeuds, replay
from caqes_docs.law.procedure.contrat import contract_delays
from caqes_docs.law.procedure.delais import Delai, Support
from caqes_docs.law.procedure.evaluation import evaluation_delays

_REPONSES = {True: "oui", False: "non"}


def _read() -> tuple[FichierYaml, Any]:
    """The file with the places of its values, and its cases, text only."""
    fichier, constats = read_yaml(Path(__file__).parent / "procedures.yaml", "procedures.yaml")
    assert fichier is not None, constats
    return fichier, fichier.donnees


FICHIER, CAS = _read()


def _cases(famille: str) -> list[Any]:
    return [pytest.param(rang, cas, id=cas["id"]) for rang, cas in enumerate(CAS[famille])]


def _support(projet: Projet, famille: str, rang: int) -> Support:
    return Support(projet.droit, FICHIER, (famille, rang, "procedure"))


def _told(delai: Delai) -> list[str | None]:
    """First day, last day, prolonged or not, as the file writes them."""
    return [_day(delai.premier_jour), _day(delai.terme), _REPONSES[delai.proroge]]


def _day(jour: dt.date | None) -> str | None:
    return None if jour is None else jour.isoformat()


class DescribeDelais:
    """The days that the articles count."""

    @pytest.mark.parametrize(("rang", "cas"), _cases("contrat"))
    def it_counts_those_of_a_proposal(self, rang: int, cas: Any, projet: Projet) -> None:
        procedure = ProcedureContrat.model_validate(cas["procedure"])
        delais = contract_delays(_support(projet, "contrat", rang), procedure)
        assert {nom: _told(delai) for nom, delai in delais.items()} == (cas["attendu"] or {})

    @pytest.mark.parametrize(("rang", "cas"), _cases("evaluation"))
    def it_counts_those_of_a_decision(self, rang: int, cas: Any, projet: Projet) -> None:
        procedure = ProcedureEvaluation.model_validate(cas["procedure"])
        support = _support(projet, "evaluation", rang)
        delais = evaluation_delays(support, procedure, msap="msap" in cas)
        assert {nom: _told(delai) for nom, delai in delais.items()} == cas["attendu"]
        for delai in delais.values():
            assert replay(delai.fin) == delai.fin.valeur

    def it_says_on_what_ground(self, projet: Projet) -> None:
        procedure = ProcedureEvaluation.model_validate(
            {"notification": {"date": "2020-04-06", "recue_le": "2020-04-08"}}
        )
        support = Support(projet.droit, FICHIER)
        delai = evaluation_delays(support, procedure, msap=True)["notification"]
        assert delai.articles == ("css/D162-16", "css/D162-10")
        assert delai.parametres == ("procedure/notification", "procedure/msap")
        assert delai.initial.fondement is not None
        assert delai.initial.fondement.references == ("css/D162-10",)
        regles = {n.fondement.regle for n in iter_noeuds(delai.fin) if n.fondement}
        assert regles == {"R-PRO-7", "R-PRO-8"}

    def and_counts_once_what_one_text_fixes(self, projet: Projet) -> None:
        etape = {"date": "2017-09-04", "recue_le": "2017-09-06"}
        procedure = ProcedureContrat.model_validate(
            {"premiere_proposition": etape, "seconde_proposition": etape}
        )
        delais = contract_delays(Support(projet.droit, FICHIER), procedure)
        premiere, seconde = delais["premiere_proposition"], delais["seconde_proposition"]
        assert premiere.initial.operation is Operation.MOIS_APRES
        assert seconde.initial.operation is Operation.JOURS_APRES
        assert premiere.articles == seconde.articles == ("css/D162-15",)
        assert premiere.a_temps is seconde.a_temps is None
