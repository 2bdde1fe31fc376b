"""A body of Word as blocks to be compared: style, words, bookmarks, shape of the tables.

Compared in that form, two bodies say the same thing, in the same roles, at the same places; the
typography, the contents and the blanks between tables are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from lxml import etree

from caqes_docs.document.revision.forme import canonical
from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.ooxml.paquet import read_package
from caqes_docs.ooxml.styles import Styles, read_styles
from caqes_docs.review.modele.paquet import xml_parser
from caqes_docs.review.suivi.resolution import VueSuivie, resolve_body
from caqes_docs.review.texte_docx import paragraph_text

_CONTENTS = ("toc 1", "toc 2", "toc 3", "toc heading")
_SHOWN = 160
_OF_NUMBERS = "_no_"
"""Bookmarks of the numbers that fields repeat: a comparison has none."""


@dataclass(frozen=True, slots=True)
class ParagrapheLu:
    """A paragraph of a file."""

    style: str
    texte: str


@dataclass(frozen=True, slots=True)
class TableauLu:
    """A table of a file: its columns, then, by row and by cell, the span and the blocks."""

    style: str
    colonnes: int
    lignes: tuple[tuple[tuple[int, tuple[BlocLu, ...]], ...], ...]


BlocLu: TypeAlias = ParagrapheLu | TableauLu


@dataclass(frozen=True, slots=True)
class CorpsDeWord:
    """What a body says, and the bookmarks that it holds, sorted."""

    blocs: tuple[BlocLu, ...]
    signets: tuple[str, ...]


@dataclass(frozen=True)
class FichierLu:
    """A Word file, parsed once for all that is asked of it."""

    body: etree._Element
    styles: Styles

    def view(self, vue: VueSuivie, *, sans_page: bool = False) -> CorpsDeWord:
        """Its changes accepted or refused; with `sans_page`, its first section apart."""
        body = resolve_body(self.body, vue)
        if sans_page:
            _drop_cover(body)
        return self.read(body)

    def read(self, body: etree._Element) -> CorpsDeWord:
        """A body without tracked changes that has the styles of the file."""
        names = (str(node.get(qw("name"))) for node in body.iter(qw("bookmarkStart")))
        kept = sorted(name for name in names if not name.startswith(_OF_NUMBERS))
        return CorpsDeWord(tuple(_LecteurDeWord(self.styles).blocks(body)), tuple(kept))


def open_word(octets: bytes) -> FichierLu:
    """A Word file, parsed."""
    fichier, _ = read_package(octets)
    styles = read_styles(fichier.styles, fichier.part.numbering_part.element)
    return FichierLu(fichier.element.body, styles)


def parse_body(octets: bytes) -> etree._Element:
    """The body of a main part without its package."""
    body = etree.fromstring(octets, xml_parser()).find("w:body", NSMAP)
    assert body is not None
    return body


def read_body(
    octets: bytes, vue: VueSuivie = "acceptée", *, sans_page: bool = False
) -> CorpsDeWord:
    """A Word file, its changes accepted or refused; with `sans_page`, its first section apart."""
    return open_word(octets).view(vue, sans_page=sans_page)


def _drop_cover(body: etree._Element) -> None:
    end = next((p for p in body if p.find("w:pPr/w:sectPr", NSMAP) is not None), None)
    if end is not None:
        for child in list(body)[: body.index(end) + 1]:
            body.remove(child)


class _LecteurDeWord:
    def __init__(self, styles: Styles) -> None:
        names = styles.par_nom
        keys = (name.replace(" ", "") for name in _CONTENTS)
        self._contents = {names[key] for key in keys if key in names}

    def blocks(self, container: etree._Element) -> Iterator[BlocLu]:
        for child in container.iterchildren(qw("p"), qw("tbl")):
            if child.tag == qw("tbl"):
                yield self._table(child)
                continue
            style = _value(child, "pPr", "pStyle")
            texte = canonical(paragraph_text(child))
            if texte and style not in self._contents:
                yield ParagrapheLu(style, texte)

    def _table(self, table: etree._Element) -> TableauLu:
        rows = tuple(
            tuple(
                (int(_value(cell, "tcPr", "gridSpan") or 1), tuple(self.blocks(cell)))
                for cell in row.iterchildren(qw("tc"))
            )
            for row in table.iterchildren(qw("tr"))
        )
        columns = len(table.findall("w:tblGrid/w:gridCol", NSMAP))
        return TableauLu(_value(table, "tblPr", "tblStyle"), columns, rows)


def _value(node: etree._Element, properties: str, name: str) -> str:
    held = node.find(qw(properties))
    found = None if held is None else held.find(qw(name))
    return "" if found is None else str(found.get(qw("val")))


def differences(
    trouve: CorpsDeWord, attendu: CorpsDeWord, deplaces: frozenset[str] = frozenset()
) -> Iterator[str]:
    """What two bodies do not say alike, block by block; none when all agree.

    `deplaces` are the bookmarks of what was moved, which one state alone keeps.
    """
    pairs = zip_longest(trouve.blocs, attendu.blocs)
    for rank, (found, wanted) in enumerate(pairs, 1):
        if found != wanted:
            yield f"bloc {rank}\u00a0: {_short(found)} au lieu de {_short(wanted)}"
            return
    left, right = (
        Counter(name for name in one.signets if name not in deplaces) for one in (trouve, attendu)
    )
    for name in (left - right) + (right - left):
        yield f"signet {name}\u00a0: {left[name]} au lieu de {right[name]}"


def _short(bloc: BlocLu | None) -> str:
    words = "rien" if bloc is None else str(bloc)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
