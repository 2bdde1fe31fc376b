"""Tests of `rendering.pdf_text`: the PDF says what the document says, no more, no less."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caqes_docs.core.errors import EnvironnementError
from caqes_docs.document.model import (
    Bloc,
    Cellule,
    Colonne,
    Element,
    Fort,
    Liste,
    Paragraphe,
    Tableau,
    Texte,
)
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.pdf_text import canonical, pdf_text
from tests.echantillons import ETABLISSEMENT, sample_document
from tests.unit.rendering.pdf_essais import failures, make_pdf, sample_pdf

WORDS = st.text("aeéœÉ1 .;:’«»€<&*#|{}[]()-\u00a0\u202f", min_size=1, max_size=180).filter(
    str.strip
)


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraphe:
    return Paragraphe((Texte(draw(WORDS)), Fort((Texte(draw(WORDS)),))))


@st.composite
def lists(draw: st.DrawFn) -> Liste:
    marks = st.sampled_from(["", "a)", "12°", "—"])
    elements = draw(st.lists(st.tuples(paragraphs(), marks), min_size=1, max_size=12))
    return Liste(tuple(Element((bloc,), mark) for bloc, mark in elements))


@st.composite
def tables(draw: st.DrawFn) -> Tableau:
    rows = draw(st.integers(1, 60))
    cell = Cellule((draw(paragraphs()),))
    head = (Cellule((draw(paragraphs()),), entete=True), Cellule((draw(lists()),), entete=True))
    return Tableau((Colonne(1), Colonne(3)), (head,), ((cell, cell),) * rows)


BLOCKS = st.lists(st.one_of(paragraphs(), lists(), tables()), min_size=1, max_size=6)


class DescribeParity:
    @pytest.mark.parametrize("brouillon", [True, False], ids=["brouillon", "définitif"])
    def it_reads_back_the_words_of_the_document(self, brouillon: bool) -> None:
        document = sample_document(brouillon)
        assert canonical(pdf_text(sample_pdf(brouillon))) == canonical(document_text(document))

    def it_reads_back_a_hostile_name_untouched(self) -> None:
        assert canonical(ETABLISSEMENT) in canonical(pdf_text(sample_pdf(True)))

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(blocs=BLOCKS)
    def it_holds_whatever_the_blocks(self, blocs: list[Bloc]) -> None:
        document = dataclasses.replace(sample_document(), couverture=(), corps=tuple(blocs))
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

    def it_says_what_is_missing_on_this_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pypdfium2", None)
        with pytest.raises(EnvironnementError, match="pypdfium2"):
            pdf_text(b"")


class DescribeCanonical:
    def it_forgets_spaces_bullets_and_hyphens(self) -> None:
        assert canonical("• peut-être\u202f1\u00a0000 €\n") == canonical("peut\u2010être 1000€")

    def it_composes_accents(self) -> None:
        assert canonical("e\u0301") == "é"

    def but_it_keeps_every_other_sign(self) -> None:
        assert canonical("a) « b » — 1,5 %") == "a)«b»—1,5%"
