"""Tracked changes as Word gets them: the traps of redlines, each on the smallest act."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from caqes_docs.document import model as doc
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.garde import EtatActe, build_comparison
from caqes_docs.document.revision.marques import moved_anchors
from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.rendering.docx.charte.charte import Charte, load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.review.suivi.blocs import differences, read_body
from caqes_docs.review.suivi.controle import lint_file
from caqes_docs.review.suivi.resolution import VueSuivie, resolve_body
from tests.outils.partage import examples
from tests.outils.revisions import act, article, items, pairs, paragraph, table

RACINE = Path(__file__).resolve().parents[4]
DATE = dt.date(2026, 3, 2)


@pytest.fixture(scope="module")
def charte() -> Charte:
    return load_charte(RACINE / "templates" / "maison" / "charte.docx")


def shown(a: doc.Document, b: doc.Document) -> doc.Document:
    before, after = EtatActe("A", a, "0" * 64), EtatActe("B", b, "1" * 64)
    return build_comparison(before, after, compare(a, b), "Mme R.", DATE)


def redline(a: doc.Document, b: doc.Document, charte: Charte) -> bytes:
    return write_docx(shown(a, b), charte)


def body(octets: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(octets)) as package:
        found = etree.fromstring(package.read("word/document.xml")).find("w:body", NSMAP)
    assert found is not None
    return found


def proved(a: doc.Document, b: doc.Document, charte: Charte) -> bytes:
    """The redline of A and B, once it is certain that Word shows both in it."""
    octets = redline(a, b, charte)
    assert list(lint_file(octets)) == []
    moved = moved_anchors(shown(a, b))
    vues: tuple[tuple[VueSuivie, doc.Document], ...] = (("acceptée", b), ("refusée", a))
    for vue, document in vues:
        lu = read_body(octets, vue, sans_page=True)
        plain = replace(document, brouillon=True)
        assert list(differences(lu, read_body(write_docx(plain, charte)), moved)) == []
    return octets


UN, DEUX, TROIS = (paragraph(f"Alinéa {x} de cet article, en entier.") for x in ("un", "deux", "x"))
AMOUNT = "La somme annuelle est de 1\u202f234,50\u00a0€ pour chacun des sites."
LIEN = doc.Paragraphe((doc.Texte("Voir l’"), doc.Renvoi("article\u00a01", "_cl_1"), doc.Texte(".")))
PAIRS = {
    "inserted paragraph": (act(article("1", UN)), act(article("1", UN, DEUX))),
    "last paragraph of the act": (act(article("1", UN, DEUX)), act(article("1", UN))),
    "first paragraph of an untitled clause": (
        act(replace(article("1", UN, DEUX), titre=None)),
        act(replace(article("1", paragraph("Neuf et autre."), DEUX), titre=None)),
    ),
    "before a table": (
        act(article("1", UN, table(("a", "b")))),
        act(article("1", UN, DEUX, table(("a", "b")))),
    ),
    "row": (
        act(article("1", table(("a", "1"), ("b", "2")))),
        act(article("1", table(("a", "1"), ("c", "3")))),
    ),
    "columns": (
        act(article("1", table(("a", "1")))),
        act(article("1", table(("a", "1", "2")))),
    ),
    "amount": (
        act(article("1", paragraph(AMOUNT))),
        act(article("1", paragraph(AMOUNT.replace("234", "235")))),
    ),
    "item": (
        act(article("1", UN, items("le socle ;", "les volets."))),
        act(article("1", UN, items("le socle ;", "les annexes ;", "les volets."))),
    ),
    "article": (
        act(article("1", UN), article("2", DEUX)),
        act(article("1", UN), article("1-1", TROIS), article("2", DEUX)),
    ),
    "moved article": (
        act(article("1", UN), article("2", DEUX), article("3", TROIS)),
        act(article("3", TROIS), article("1", UN), article("2", DEUX)),
    ),
    "reference": (
        act(article("1", UN), article("2", LIEN)),
        act(article("1", UN), article("2", DEUX)),
    ),
    "number of a heading": (
        act(article("1", UN), article("2", LIEN)),
        act(article("1", UN), replace(article("3", LIEN), ancre="_cl_2")),
    ),
}
"""By trap, the two states."""


class DescribeComparatifWord:
    """The Word file of a comparison."""

    @pytest.mark.parametrize("trap", PAIRS)
    def it_shows_both_states(self, trap: str, charte: Charte) -> None:
        proved(*PAIRS[trap], charte)

    @pytest.mark.parametrize("vue", ["refusée", "acceptée"])
    @pytest.mark.parametrize("trap", ["inserted paragraph", "last paragraph of the act"])
    def it_leaves_no_empty_paragraph(self, trap: str, vue: VueSuivie, charte: Charte) -> None:
        a, b = PAIRS[trap]
        octets = redline(a, b, charte)
        shown = a if vue == "refusée" else b
        plain = body(write_docx(replace(shown, brouillon=True), charte))
        resolved = resolve_body(body(octets), vue)
        page = next(p for p in resolved if p.find("w:pPr/w:sectPr", NSMAP) is not None)
        after = list(resolved)[resolved.index(page) + 1 :]
        # -- the comparison alone ends with a paragraph of its own, as thin as can be --
        assert len([p for p in after if p.tag == qw("p")]) == len(plain.findall("w:p", NSMAP)) + 1

    def it_marks_a_row_at_both_levels(self, charte: Charte) -> None:
        root = body(redline(*PAIRS["row"], charte))
        marked = [row for row in root.iter(qw("tr")) if row.find("w:trPr/w:del", NSMAP) is not None]
        assert len(marked) == 1
        runs = len(list(marked[0].iter(qw("r"))))
        assert runs == len(marked[0].findall(".//w:del/w:r", NSMAP)) > 0
        assert all(p.find("w:pPr/w:rPr/w:del", NSMAP) is not None for p in marked[0].iter(qw("p")))

    def it_marks_the_whole_of_an_amount(self, charte: Charte) -> None:
        root = body(redline(*PAIRS["amount"], charte))
        assert [node.text for node in root.iter(qw("delText"))] == ["1\u202f234,50\u00a0€"]

    def it_numbers_everything_from_one_counter(self, charte: Charte) -> None:
        root = body(redline(*PAIRS["article"], charte))
        numbered = [n.get(qw("id")) for n in root.iter(qw("ins"), qw("del"), qw("bookmarkStart"))]
        assert len(set(numbered)) == len(numbered) > 4

    def it_has_no_field_that_word_would_refresh(self, charte: Charte) -> None:
        root = body(redline(*PAIRS["reference"], charte))
        codes = [str(node.text) for node in root.iter(qw("instrText"), qw("delInstrText"))]
        assert not [code for code in codes if "REF _no_" in code]

    def it_keeps_a_deleted_no_break_hyphen(self, charte: Charte) -> None:
        cited = doc.Paragraphe((doc.Citation("L.\u00a0162-30-2", "css/l162_30_2"),))
        a, b = act(article("1", UN, cited)), act(article("1", UN))
        root = body(proved(a, b, charte))
        assert len(list(root.iterfind(".//w:del/w:r/w:noBreakHyphen", NSMAP))) == 2

    def it_bears_the_author_and_the_date_that_it_is_given(self, charte: Charte) -> None:
        a, b = PAIRS["item"]
        octets = redline(a, b, charte)
        signed = {
            (node.get(qw("author")), node.get(qw("date")))
            for node in body(octets).iter(qw("ins"), qw("del"))
        }
        assert signed == {("Mme R.", "2026-03-02T00:00:00Z")}
        assert octets == redline(a, b, charte)

    def it_says_what_is_not_tracked(self, charte: Charte) -> None:
        a, b = PAIRS["item"]
        other = replace(b, bandeaux=replace(b.bandeaux, pied_gauche="Autre pied"))
        words = str(read_body(redline(a, other, charte)))
        assert "les en-têtes et les pieds de page" in words
        assert "« Autre pied »" in words or "Autre pied" in words

    @given(etats=pairs())
    @settings(max_examples=examples(40), deadline=None)
    def it_shows_any_two_states(
        self, etats: tuple[doc.Document, doc.Document], charte: Charte
    ) -> None:
        a, b = etats
        if compare(a, b):
            proved(a, b, charte)
