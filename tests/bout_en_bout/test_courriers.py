"""Letters and decisions: what they say, everywhere the same; `--accept`."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.assembler import Assemblage
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.data.depot import Depot
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"
MIXTE, VALSERRE, REFUSE = "2A9780012", "990780025", "990780157"
COURRIERS = (
    ("lettre_proposition", VALSERRE),
    ("demande_avis_proposition", REFUSE),
    ("seconde_proposition", REFUSE),
    ("convocation_audition_proposition", REFUSE),
    ("compte_rendu_audition_proposition", REFUSE),
    ("decision_refus", REFUSE),
    ("convocation_audition_rapport", MIXTE),
    ("compte_rendu_audition_rapport", MIXTE),
)
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def act(
    projet: Projet, depot: Depot, type_: str, dossier: str, *, definitif: bool = False
) -> Assemblage:
    """The act of one type, for the year 2019 of a sample."""
    options = Options(annee=2019, definitif=definitif)
    return assemble_act(
        projet.types[type_], depot.affaires[dossier], projet.bibliotheque, projet.droit, options
    )


@pytest.mark.parametrize(("type_", "dossier"), COURRIERS, ids=[nom for nom, _ in COURRIERS])
class DescribeCourriers:
    def it_says_the_same_in_word_pdf_and_model(
        self, type_: str, dossier: str, projet: Projet, depot: Depot
    ) -> None:
        document = act(projet, depot, type_, dossier).document
        word = render(document, projet.types[type_], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))
        assert word == render(document, projet.types[type_], "docx")
        pdf = render(document, projet.types[type_], "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            assert page.validate_pdf_bytes(pdf, profile=profil).failures == []

    def it_reads_as_accepted(
        self,
        type_: str,
        dossier: str,
        projet: Projet,
        depot: Depot,
        request: pytest.FixtureRequest,
    ) -> None:
        texte = write_texte(act(projet, depot, type_, dossier).document)
        golden = GOLDENS / f"{type_}_{dossier}.txt"
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")

    def it_can_be_signed(self, type_: str, dossier: str, projet: Projet, depot: Depot) -> None:
        document = act(projet, depot, type_, dossier, definitif=True).document
        assert not document.brouillon
        assert "à vérifier" not in document_text(document)
