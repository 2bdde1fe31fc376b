"""The lint of tracked changes: each pattern that the schema lets through, and Word does not."""

from __future__ import annotations

import pytest
from lxml import etree

from caqes_docs.ooxml.ns import W
from caqes_docs.review.suivi.controle import lint_changes

A = 'w:author="ARS" w:date="2026-01-15T00:00:00Z"'
HIER, FEVRIER = 'w:author="A" w:date="hier"', 'w:author="A" w:date="2026-02-31T00:00:00Z"'
NOBODY, UNDATED = 'w:date="2026-01-15T00:00:00Z"', 'w:author="A"'
RUN, GONE = "<w:r><w:t>x</w:t></w:r>", "<w:r><w:delText>x</w:delText></w:r>"
SIGNET = '<w:bookmarkStart w:id="{}" w:name="{}"/><w:bookmarkEnd w:id="{}"/>'
CHAR = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

TWICE = SIGNET.format(1, "_cl_a", 1) + SIGNET.format(2, "_CL_a", 2)


def body(content: str) -> etree._Element:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    return etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:w14="{w14}">{content}</w:body>')


def ins(number: int, inside: str, more: str = A) -> str:
    return f'<w:ins w:id="{number}" {more}>{inside}</w:ins>'


def gone(number: int, inside: str) -> str:
    return ins(number, inside).replace("w:ins", "w:del")


def row(properties: str, cell: str) -> str:
    return f"<w:tbl><w:tr><w:trPr>{properties}</w:trPr><w:tc>{cell}</w:tc></w:tr></w:tbl>"


MARKED = f"<w:p><w:pPr><w:rPr>{ins(8, '')}</w:rPr></w:pPr>{ins(9, RUN)}</w:p>"
HALF = CHAR.format("begin") + gone(1, CHAR.format("end"))
GOOD = (
    f"<w:p>{SIGNET.format(0, '_cl_a', 0)}{gone(1, GONE)}{ins(2, RUN)}</w:p>",
    row(f"<w:cantSplit/>{ins(3, '')}", MARKED),
    f"<w:p>{gone(4, CHAR.format('begin') + GONE + CHAR.format('end'))}</w:p>",
)
BAD = {
    "numéro 1 donné deux fois": f"<w:p>{SIGNET.format(1, '_cl_a', 1)}{ins(1, RUN)}</w:p>",
    "signet _cl_a posé deux fois": f"<w:p>{TWICE}</w:p>",
    f"signet {'x' * 41} trop long": f"<w:p>{SIGNET.format(1, 'x' * 41, 1)}</w:p>",
    "paragraphe 0A nommé deux fois": '<w:p w14:paraId="0A"/><w:p w14:paraId="0A"/>',
    "lettres non retirées dans un retrait": f"<w:p>{gone(1, RUN)}</w:p>",
    "lettres retirées hors d’un retrait": f"<w:p>{GONE}</w:p>",
    "changement dans un changement": f"<w:p>{ins(1, ins(2, RUN))}</w:p>",
    "changement à l’intérieur d’un passage": f"<w:p><w:r>{ins(1, '')}</w:r></w:p>",
    "changement autour d’un paragraphe": ins(1, f"<w:p>{RUN}</w:p>"),
    "champ coupé par un changement": f"<w:p>{HALF}</w:p>",
    "date hier illisible": f"<w:p>{ins(1, RUN, HIER)}</w:p>",
    "date 2026-02-31T00:00:00Z illisible": (f"<w:p>{ins(1, RUN, FEVRIER)}</w:p>"),
    "changement sans author": f"<w:p>{ins(1, RUN, NOBODY)}</w:p>",
    "changement sans date": f"<w:p>{ins(1, RUN, UNDATED)}</w:p>",
    "deux changements d’une marque de paragraphe": (
        f"<w:p><w:pPr><w:rPr>{ins(1, '')}{gone(2, '')}</w:rPr></w:pPr></w:p>"
    ),
    "changement d’une marque de paragraphe mal placé": (
        f"<w:p><w:pPr><w:rPr><w:b/>{ins(1, '')}</w:rPr></w:pPr></w:p>"
    ),
    "changement d’une ligne mal placé": row(f"{ins(3, '')}<w:cantSplit/>", MARKED),
    "ligne marquée dont le contenu ne l’est pas": row(ins(3, ""), f"<w:p>{RUN}</w:p>"),
}
"""By what is said of it."""


class DescribeControle:
    """`lint_changes`."""

    @pytest.mark.parametrize("content", GOOD)
    def it_accepts_the_patterns_of_word(self, content: str) -> None:
        assert list(lint_changes(body(content))) == []

    @pytest.mark.parametrize(("said", "content"), BAD.items())
    def but_tells_each_bad_one(self, said: str, content: str) -> None:
        assert said in list(lint_changes(body(content)))
