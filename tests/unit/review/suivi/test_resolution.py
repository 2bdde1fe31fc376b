"""Changes accepted and refused from the XML alone: the patterns measured on Word's format."""

from __future__ import annotations

import pytest
from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.review.suivi.resolution import VueSuivie, resolve_body
from caqes_docs.review.texte_docx import paragraph_text
from tests.unit.review.suivi.test_controle import GONE, RUN, body, gone, ins, row


def paragraph(runs: str, mark: str = "") -> str:
    return f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{runs}</w:p>"


def run(texte: str) -> str:
    return RUN.replace(">x<", f">{texte}<")


def struck(number: int, texte: str) -> str:
    return gone(number, GONE.replace(">x<", f">{texte}<"))


def lines(content: str, vue: VueSuivie) -> list[str]:
    resolved = resolve_body(body(content), vue)
    return [paragraph_text(one) for one in resolved.iter(qw("p"))]


CASES = {
    "text": (paragraph(struck(1, "a") + ins(2, run("b"))), ["b"], ["a"]),
    "inserted paragraph": (
        paragraph(run("a")) + paragraph(ins(1, run("b")), ins(2, "")),
        ["a", "b"],
        ["a"],
    ),
    "removed paragraph": (
        paragraph(struck(1, "a"), gone(2, "")) + paragraph(run("b")),
        ["b"],
        ["a", "b"],
    ),
    "unmarked paragraph": (
        paragraph(ins(1, run("b"))) + paragraph(run("c")),
        ["b", "c"],
        ["", "c"],
    ),
    "split": (paragraph(run("a"), ins(1, "")) + paragraph(run("b")), ["a", "b"], ["ab"]),
    "merge": (paragraph(run("a"), gone(1, "")) + paragraph(run("b")), ["ab"], ["a", "b"]),
    "before a table": (
        paragraph(ins(1, run("a")), ins(2, "")) + row("", paragraph(run("b"))),
        ["a", "b"],
        ["b"],
    ),
    "row": (
        row(gone(1, ""), paragraph(struck(2, "a"), gone(3, ""))) + paragraph(run("b")),
        ["b"],
        ["a", "b"],
    ),
}


class DescribeResolution:
    """`resolve_body`."""

    @pytest.mark.parametrize("name", CASES)
    def it_accepts_and_refuses(self, name: str) -> None:
        content, accepted, refused = CASES[name]
        assert lines(content, "acceptée") == accepted
        assert lines(content, "refusée") == refused

    def it_removes_a_table_without_rows(self) -> None:
        content = row(gone(1, ""), paragraph(struck(2, "a"), gone(3, "")))
        assert resolve_body(body(content), "acceptée").find("w:tbl", NSMAP) is None

    def it_leaves_no_mark_behind(self) -> None:
        for content, _, _ in CASES.values():
            resolved = resolve_body(body(content), "refusée")
            assert not list(resolved.iter(qw("ins"), qw("del"), qw("delText")))

    def but_guesses_nothing_of_a_move(self) -> None:
        moved = f'<w:p><w:moveTo w:id="1">{RUN}</w:moveTo></w:p>'
        with pytest.raises(ValueError, match="moveTo"):
            resolve_body(body(moved), "acceptée")

    def it_does_not_touch_what_it_is_given(self) -> None:
        given = body(paragraph(ins(1, RUN)))
        before = etree.tostring(given)
        resolve_body(given, "refusée")
        assert etree.tostring(given) == before
