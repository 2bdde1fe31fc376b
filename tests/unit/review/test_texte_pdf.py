"""Tests of `review.texte_pdf`: the PDF says what the document says, no more, no less."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from caqes_docs.core.errors import EnvironnementError
from caqes_docs.document.model import Cellule, Colonne, Document, Paragraphe, Tableau, Texte
from caqes_docs.document.texte import document_text
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import ETABLISSEMENT, sample_document
from tests.outils.partage import examples
from tests.outils.strategies import documents
from tests.unit.rendering.pdf.essais import failures, make_pdf, sample_pdf


class DescribeParity:
    @pytest.mark.parametrize("brouillon", [True, False], ids=["brouillon", "définitif"])
    def it_reads_back_the_words_of_the_document(self, brouillon: bool) -> None:
        document = sample_document(brouillon)
        assert canonical(pdf_text(sample_pdf(brouillon))) == canonical(document_text(document))

    def it_reads_back_a_hostile_name_untouched(self) -> None:
        assert canonical(ETABLISSEMENT) in canonical(pdf_text(sample_pdf(True)))

    @settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))
    @given(document=documents())
    def it_holds_whatever_the_document(self, document: Document) -> None:
        data = make_pdf(document)
        assert canonical(pdf_text(data)) == canonical(document_text(document))
        assert failures(data) == []


class DescribePdfText:
    def it_leaves_out_headers_footers_and_watermark(self) -> None:
        words = pdf_text(sample_pdf(True))
        assert "PROJET" not in words
        assert "Page\u00a01" not in words

    def it_leaves_out_header_rows_that_repeat(self) -> None:
        assert pdf_text(sample_pdf(True)).count("Valeur de départ") == 5

    def it_reads_whole_a_row_taller_than_a_page(self) -> None:
        left, right = ("gauche " * 900).strip(), ("droite " * 900).strip()
        row = tuple(Cellule((Paragraphe((Texte(words),)),)) for words in (left, right))
        table = Tableau((Colonne(1), Colonne(4)), (), (row,))
        document = dataclasses.replace(sample_document(), couverture=(), corps=(table,))
        assert canonical(pdf_text(make_pdf(document))) == canonical(left + right)

    @pytest.mark.parametrize("library", ["pypdfium2", "pikepdf"])
    def it_says_what_is_missing_on_this_machine(
        self, library: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sample_pdf(True)
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(EnvironnementError, match=library):
            pdf_text(data)


class DescribeCanonical:
    def it_forgets_spaces_bullets_and_hyphens(self) -> None:
        assert canonical("• peut-être\u202f1\u00a0000 €\n") == canonical("peut\u2010être 1000€")

    def it_composes_accents_and_parts_ligatures(self) -> None:
        assert canonical("e\u0301 ﬁn") == "éfin"

    def but_it_keeps_every_other_sign(self) -> None:
        assert canonical("a) « b » — 1,5 %") == "a)«b»—1,5%"
