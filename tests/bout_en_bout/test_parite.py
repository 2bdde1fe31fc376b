"""Word, the PDF of both engines and the model say the same words, for every act of the region."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import page
import pikepdf
import pytest

from caqes_docs.application.production import MOTEURS, render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.document.texte import document_text
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

DOSSIERS = sorted(
    chemin.stem
    for chemin in (Path(__file__).resolve().parents[2] / "contracts_data/dossiers").glob("*.yaml")
)
# A contract with a volet and a hostile name, and one without volet: `make test` prints these two.
COURTS = {"990780033", "990780074"}
PDF = [pytest.param(d, marks=() if d in COURTS else pytest.mark.long) for d in DOSSIERS]
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


class DescribeParite:
    """The three forms of one act."""

    @pytest.mark.parametrize("dossier", DOSSIERS)
    def it_prints_in_word_the_words_of_the_model(
        self, dossier: str, projet: Projet, assembler: Callable[..., Assemblage]
    ) -> None:
        document = assembler(dossier).document
        word = render(document, projet.types["contrat"], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))

    @pytest.mark.parametrize("dossier", PDF)
    def it_prints_in_a_valid_pdf_the_words_of_the_model(
        self, dossier: str, projet: Projet, assembler: Callable[..., Assemblage]
    ) -> None:
        document = assembler(dossier).document
        pages = []
        for moteur in MOTEURS:
            pdf = render(document, projet.types["contrat"], f"pdf-{moteur}")
            assert canonical(pdf_text(pdf)) == canonical(document_text(document))
            for profil in PROFILS:
                verdict = page.validate_pdf_bytes(pdf, profile=profil)
                assert [(f.rule_id, f.message) for f in verdict.failures] == []
            with pikepdf.open(io.BytesIO(pdf)) as lu:
                pages.append(len(lu.pages))
        assert abs(pages[0] - pages[1]) <= max(1, pages[1] // 20)
