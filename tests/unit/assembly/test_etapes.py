"""The step which an act is: its date, its name in clauses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.etapes import DonneesDuPlan, EtapeResolue, step_date, step_values
from caqes_docs.core.errors import ClauseError, DonneesError
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.reference import find_date_path
from caqes_docs.redaction.langage.vues import Lieu

ENVOI = dt.date(2019, 6, 3)
DEMANDE = dt.date(2019, 7, 8)
EVALUATION = Evaluation.model_validate(
    {
        "dossier": "990780017",
        "annee": "2018",
        "procedure": {
            "rapport": {
                "date": "2019-06-03",
                "mode": "lettre recommandée",
                "recue_le": "2019-06-05",
                "observations": [{"recue_le": "2019-06-20", "texte": "Le délai est bref."}],
            },
            "avis_notification": {"demande_le": "2019-07-08"},
        },
    }
)
DONNEES = DonneesDuPlan(TypeChamp("bloc", Evaluation), EVALUATION, Lieu(None, ()), defaut=("date",))


@pytest.fixture
def plan(projet: Projet) -> TypeDocument:
    """A document of an evaluation, to be given another date of reference."""
    return projet.types["grille_evaluation"]


def written(type_document: TypeDocument, **cles: str | None) -> TypeDocument:
    """The same type with other words in its plan."""
    return replace(type_document, plan=type_document.plan.model_copy(update=cles))


class DescribeDateDeLEtape:
    @pytest.mark.parametrize(
        ("cles", "attendue"),
        [
            ({"etape": "procedure.rapport", "date_de_reference": None}, ENVOI),
            ({"etape": "procedure.avis_notification", "date_de_reference": None}, DEMANDE),
            ({"date_de_reference": "procedure.rapport.recue_le"}, dt.date(2019, 6, 5)),
        ],
    )
    def it_is_read_in_the_data(
        self, plan: TypeDocument, cles: dict[str, str | None], attendue: dt.date
    ) -> None:
        assert step_date(written(plan, **cles), DONNEES, None) == attendue

    def but_a_draft_may_have_the_day_of_its_edition(self, plan: TypeDocument) -> None:
        absente = written(plan, date_de_reference="procedure.notification.date")
        assert step_date(absente, DONNEES, ENVOI) == ENVOI
        with pytest.raises(DonneesError) as faute:
            step_date(absente, DONNEES, None)
        assert faute.value.code == "D-051"
        assert "procedure.notification.date" in faute.value.remede

    @pytest.mark.parametrize("ecrite", ["procedure.raport.date", "procedure.rapport", "annee"])
    def but_a_path_must_lead_to_a_date(self, plan: TypeDocument, ecrite: str) -> None:
        with pytest.raises(ClauseError) as faute:
            step_date(written(plan, date_de_reference=ecrite), DONNEES, ENVOI)
        assert faute.value.code == "P-020"
        assert find_date_path(DONNEES.racine, ecrite, None) is None


class DescribeNomDeLEtape:
    def it_has_what_the_step_says(self, plan: TypeDocument, projet: Projet) -> None:
        etape, lieu = step_values(written(plan, etape="procedure.rapport"), DONNEES, projet.droit)[
            "etape"
        ]
        assert isinstance(etape, EtapeResolue)
        assert etape.libelle == "transmission du rapport d’évaluation"
        assert (etape.date, etape.mode, etape.avis) == (ENVOI, "lettre recommandée", None)
        assert [un.texte for un in etape.observations] == ["Le délai est bref."]
        assert str(lieu) == "procedure.rapport"

    def it_is_an_avis_too(self, plan: TypeDocument, projet: Projet) -> None:
        etape, _ = step_values(
            written(plan, etape="procedure.avis_notification"), DONNEES, projet.droit
        )["etape"]
        assert isinstance(etape, EtapeResolue)
        assert etape.avis is not None
        assert (etape.date, etape.avis.demande_le, etape.observations) == (DEMANDE, DEMANDE, ())
        assert str(etape.origines["date"]) == "procedure.avis_notification.demande_le"

    def it_is_nothing_when_the_step_is_not_taken(self, plan: TypeDocument, projet: Projet) -> None:
        assert (
            step_values(written(plan, etape="procedure.notification"), DONNEES, projet.droit)[
                "etape"
            ][0]
            is None
        )
        assert step_values(plan, DONNEES, projet.droit) == {}
