"""The canonical text of an act, read back from its Word file.

The inverse of the writer for what is printed: it proves that Word says what the document says.
Tracked insertions are read, tracked deletions are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, WP, qw
from caqes_docs.ooxml.paquet import read_package
from caqes_docs.ooxml.styles import Styles, read_styles

BULLET = "•"
_BLANKS = re.compile("[ \t\r\n]+")
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES"))
_ASIDES = frozenset(("caqesencart", "caqesencartavertissement"))
_SIGNATURES = "caqessignature"
_ROWS_OF_A_BOX = 3
"""Office, mention and name of a signature box stand one above the other."""


def normalise(text: str) -> str:
    r"""`text` with every run of blanks made one space, none at the ends.

    Paragraphs of Word cannot tell a line end from a cell end, nor keep an empty line apart from a
    spacing. Non-breaking spaces are words of the act: they stay.

    >>> normalise(" a\n\n b\tc\u00a0; ")
    'a b c\xa0;'
    """
    return _BLANKS.sub(" ", text).strip(" ")


def docx_text(data: bytes) -> str:
    """The text of a Word file in the form of `document.texte.document_text`.

    Equal to it once both are normalised.
    """
    fichier, _ = read_package(data)
    styles = read_styles(fichier.styles, fichier.part.numbering_part.element)
    return "\n".join(_Reader(styles).lines(fichier.element.body)) + "\n"


class _Reader:
    """Reads the lines of a body, or of a cell."""

    __slots__ = ("_asides", "_signatures", "_styles")

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        names = styles.par_nom
        self._asides = {names[name] for name in _ASIDES if name in names}
        self._signatures = names.get(_SIGNATURES, "")

    def lines(self, container: etree._Element) -> Iterator[str]:
        for child in container.iterchildren(qw("p"), qw("tbl")):
            if child.tag == qw("tbl"):
                yield from self._table(child)
            else:
                yield from self._paragraph(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        text = paragraph_text(paragraph)
        if self._is_bulleted(paragraph):
            yield f"{BULLET} {text}"
        elif text:
            yield text

    def _is_bulleted(self, paragraph: etree._Element) -> bool:
        number = paragraph.find("w:pPr/w:numPr/w:numId", NSMAP)
        if number is not None:
            return number.get(qw("val")) != "0"
        style = paragraph.find("w:pPr/w:pStyle", NSMAP)
        return style is not None and style.get(qw("val")) in self._styles.numerotes

    def _table(self, table: etree._Element) -> Iterator[str]:
        style = table.find("w:tblPr/w:tblStyle", NSMAP)
        name = None if style is None else style.get(qw("val"))
        rows = [
            [list(self.lines(cell)) for cell in row.iterchildren(qw("tc"))]
            for row in table.iterchildren(qw("tr"))
        ]
        if name in self._asides:
            yield from (line for row in rows for cell in row for line in cell)
        elif name == self._signatures:
            yield from _boxes(rows)
        else:
            yield from ("\t".join(" ".join(cell) for cell in row) for row in rows)


def _boxes(rows: list[list[list[str]]]) -> Iterator[str]:
    """The lines of signature boxes, one box after the other."""
    for start in range(0, len(rows), _ROWS_OF_A_BOX):
        for box in zip_longest(*rows[start : start + _ROWS_OF_A_BOX], fillvalue=()):
            yield from (line for cell in box for line in cell)


def paragraph_text(paragraph: etree._Element) -> str:
    """The printed characters of a paragraph; page numbers, which the document does not know, out.

    A line break is a newline, as in the document; a drawing reads as its text alternative.
    """
    pieces: list[str] = []
    codes: list[str] = []
    for node in paragraph.iter(*_TEXTUAL):
        if node.tag == qw("fldChar"):
            _follow_field(node, codes)
        elif node.tag == qw("instrText"):
            if codes:
                codes[-1] += str(node.text or "")
        elif node.tag == _DRAWING:
            pieces.append(str(node.get("descr") or ""))
        elif not _in_page_field(codes) and not _is_formatting(node):
            pieces.append(_PRINTED.get(str(node.tag)) or str(node.text or ""))
    return "".join(pieces)


_PRINTED = {qw("tab"): "\t", qw("br"): "\n", qw("noBreakHyphen"): "-"}
_DRAWING = f"{{{WP}}}docPr"
_TEXTUAL = (qw("t"), *_PRINTED, qw("fldChar"), qw("instrText"), _DRAWING)


def _follow_field(node: etree._Element, codes: list[str]) -> None:
    """Keep the instructions of the fields that are open, innermost last."""
    kind = node.get(qw("fldCharType"))
    if kind == "begin":
        codes.append("")
    elif kind == "end" and codes:
        codes.pop()


def _in_page_field(codes: list[str]) -> bool:
    return any(code.split()[:1] and code.split()[0] in _PAGE_FIELDS for code in codes)


def _is_formatting(node: etree._Element) -> bool:
    """A tab stop of the paragraph (`w:tabs/w:tab`), which has the name of a printed tab."""
    parent = node.getparent()
    return parent is not None and parent.tag == qw("tabs")
