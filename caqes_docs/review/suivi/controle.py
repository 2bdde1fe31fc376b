"""What is wrong in the tracked changes of a Word file, that its schema lets through.

Word refuses such a file, repairs it, or does something else than what it shows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.ooxml.paquet import read_package

_CHANGES = (qw("ins"), qw("del"))
_NUMBERED = (*_CHANGES, qw("bookmarkStart"), qw("commentRangeStart"))
_PARA_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_LONGEST_NAME = 40
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")


def lint_file(octets: bytes) -> Iterator[str]:
    """The faults of the changes of a Word file, in French; none when all is well."""
    fichier, _ = read_package(octets)
    yield from lint_changes(fichier.element.body)


def lint_changes(body: etree._Element) -> Iterator[str]:
    """The faults of the changes of `body`, in French; none when all is well."""
    yield from _identities(body)
    yield from _letters(body)
    yield from _nesting(body)
    yield from _marks(body)
    yield from _fields(body)


def _twice(values: Iterator[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _identities(body: etree._Element) -> Iterator[str]:
    numbers = (str(node.get(qw("id"))) for node in body.iter(*_NUMBERED))
    yield from (f"numéro {number} donné deux fois" for number in _twice(numbers))
    names = [str(node.get(qw("name"))) for node in body.iter(qw("bookmarkStart"))]
    folded = (name.lower() for name in names)
    yield from (f"signet {name} posé deux fois" for name in _twice(folded))
    yield from (f"signet {n} trop long" for n in names if len(n) > _LONGEST_NAME)
    marks = (str(node.get(_PARA_ID)) for node in body.iter(qw("p")) if node.get(_PARA_ID))
    yield from (f"paragraphe {mark} nommé deux fois" for mark in _twice(marks))
    for change in body.iter(*_CHANGES):
        for name in ("id", "author", "date"):
            if not change.get(qw(name)):
                yield f"changement sans {name}"
        if change.get(qw("date")) and not _is_moment(str(change.get(qw("date")))):
            yield f"date {change.get(qw('date'))} illisible"


def _is_moment(texte: str) -> bool:
    try:
        return bool(_DATE.fullmatch(texte) and dt.datetime.fromisoformat(texte.rstrip("Z")))
    except ValueError:
        return False


def _letters(body: etree._Element) -> Iterator[str]:
    for node in body.iter(qw("t"), qw("instrText")):
        if _is_inside(node, qw("del")):
            yield "lettres non retirées dans un retrait"
    for node in body.iter(qw("delText"), qw("delInstrText")):
        if not _is_inside(node, qw("del")):
            yield "lettres retirées hors d’un retrait"


def _nesting(body: etree._Element) -> Iterator[str]:
    for change in body.iter(*_CHANGES):
        parent = change.getparent()
        if _is_inside(change, qw("ins")) or _is_inside(change, qw("del")):
            yield "changement dans un changement"
        if parent is not None and parent.tag == qw("r"):
            yield "changement à l’intérieur d’un passage"
        if change.find("w:p", NSMAP) is not None:
            yield "changement autour d’un paragraphe"


def _is_inside(node: etree._Element, tag: str) -> bool:
    return next(node.iterancestors(tag), None) is not None


def _marks(body: etree._Element) -> Iterator[str]:
    for letters in body.iterfind(".//w:pPr/w:rPr", NSMAP):
        places = [rank for rank, child in enumerate(letters) if child.tag in _CHANGES]
        if len(places) > 1:
            yield "deux changements d’une marque de paragraphe"
        elif places and places != [0]:
            yield "changement d’une marque de paragraphe mal placé"
    for properties in body.iter(qw("trPr")):
        places = [rank for rank, child in enumerate(properties) if child.tag in _CHANGES]
        if places and places != [len(properties) - 1]:
            yield "changement d’une ligne mal placé"
        if places and not _is_marked_inside(properties):
            yield "ligne marquée dont le contenu ne l’est pas"


def _is_marked_inside(properties: etree._Element) -> bool:
    """Whether the runs and the paragraphs of a row are marked as the row is."""
    row = properties.getparent()
    assert row is not None
    tag = next(str(child.tag) for child in properties if child.tag in _CHANGES)
    runs = all(_is_inside(run, tag) for run in row.iter(qw("r")))
    marks = all(p.find(f"w:pPr/w:rPr/{tag}", NSMAP) is not None for p in row.iter(qw("p")))
    return runs and marks


def _fields(body: etree._Element) -> Iterator[str]:
    """A field is whole in each view, and wholly in one change or in none."""
    for paragraph in body.iter(qw("p")):
        open_: list[int] = []
        for node in paragraph.iter(qw("fldChar")):
            holder = next(node.iterancestors(*_CHANGES), None)
            here = 0 if holder is None else id(holder)
            kind = node.get(qw("fldCharType"))
            if kind == "begin":
                open_.append(here)
            elif open_ and open_[-1] != here:
                yield "champ coupé par un changement"
            if kind == "end" and open_:
                open_.pop()
