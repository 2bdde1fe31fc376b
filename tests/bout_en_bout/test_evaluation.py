"""The documents of an evaluation: same words everywhere, valid PDFs, same bytes, refusals told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.document.texte import document_text
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import MesureProposee
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

TYPES = ("grille_evaluation", "note_calcul", "notification")
DOSSIER = "2A9780012"
SOCLE_SEUL = "990780082"
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def act(projet: Projet, depot: Depot, type_: str, options: Options) -> Assemblage:
    """The act of one type for the sample of the mixed total (T16)."""
    affaire = depot.affaires[DOSSIER]
    return assemble_act(projet.types[type_], affaire, projet.bibliotheque, projet.droit, options)


class DescribeDocumentsDEvaluation:
    @pytest.mark.parametrize("type_", TYPES)
    def it_says_the_same_in_word_pdf_and_model(
        self, type_: str, projet: Projet, depot: Depot
    ) -> None:
        document = act(projet, depot, type_, Options(annee=2019)).document
        word = render(document, projet.types[type_], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))
        pdf = render(document, projet.types[type_], "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            assert page.validate_pdf_bytes(pdf, profile=profil).failures == []

    @pytest.mark.parametrize("type_", TYPES)
    def it_writes_the_same_bytes_twice(self, type_: str, projet: Projet, depot: Depot) -> None:
        premier, second = (
            render(act(projet, depot, type_, Options(annee=2019)).document, projet.types[type_], f)
            for f in ("docx", "docx")
        )
        assert premier == second

    def it_prints_the_mixed_total_and_the_cut_apart(self, projet: Projet, depot: Depot) -> None:
        texte = document_text(act(projet, depot, "grille_evaluation", Options(annee=2019)).document)
        assert "−\u00a020\u202f000\u00a0€" in texte
        assert (
            "diminution de la part prise en charge au titre de la liste en sus\u00a0: 10\u00a0%"
            in texte
        )

    def it_names_the_court_as_of_the_decision(self, projet: Projet, depot: Depot) -> None:
        decision = depot.affaires[DOSSIER].evaluations[2019].valeur.decision
        assert decision is not None
        assert decision.date is not None
        assert decision.date >= dt.date(2020, 1, 1)
        document = act(projet, depot, "decision_definitive", Options(annee=2019)).document
        texte = document_text(document)
        assert "pôle social du tribunal judiciaire" in texte

    def it_says_which_years_are_evaluated(self, projet: Projet, depot: Depot) -> None:
        with pytest.raises(DonneesError) as faute:
            act(projet, depot, "note_calcul", Options(annee=2020))
        assert faute.value.code == "D-046"
        assert "2018, 2019" in faute.value.remede


class DescribeDerniereAnnee:
    """The year 2021 is evaluated in 2022, when the contracts are over."""

    def it_is_notified_on_the_ground_of_the_former_wording(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        texte = (projet.racine / f"contracts_data/evaluations/{SOCLE_SEUL}-2019.yaml").read_text(
            encoding="utf-8"
        )
        for avant, apres in (("2020", "2022"), ("2019", "2021")):
            texte = texte.replace(avant, apres)
        chemin = tmp_path / "evaluation.yaml"
        chemin.write_text(texte, encoding="utf-8")
        charge, fautes = load_record(chemin, "evaluation.yaml", Evaluation)
        assert fautes == []
        assert charge is not None
        affaire = replace(depot.affaires[SOCLE_SEUL], evaluations={2021: charge})
        for type_ in ("grille_evaluation", "note_calcul", "decision_definitive"):
            acte = assemble_act(
                projet.types[type_], affaire, projet.bibliotheque, projet.droit, Options(annee=2021)
            )
            assert acte.sujet.date.year == 2022
        notifie = document_text(acte.document)
        assert "antérieure au 1er\u00a0janvier 2022" in notifie
        assert "en vigueur du 1er\u00a0janvier\u00a02018 au 31\u00a0décembre 2021" in notifie
        mesures = {volet.mesure for volet in judge(affaire, charge, projet.droit).resultat.volets}
        assert mesures <= {
            MesureProposee.AUCUNE,
            MesureProposee.SUSPENDUE,
            MesureProposee.NON_EVALUABLE,
        }
