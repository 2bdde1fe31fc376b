"""The body of a Word file once all its tracked changes are accepted, or refused, from its XML.

By the marks alone, as Word does: a paragraph goes if its own mark does, and what is left of it
joins the next one, whose properties stay. Nothing here knows how the file was written.
"""

from __future__ import annotations

import copy
from typing import Literal, TypeAlias

from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, qw

VueSuivie: TypeAlias = Literal["acceptée", "refusée"]

_UNKNOWN = tuple(
    qw(name)
    for name in (
        *("moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
        *("cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
    )
)
_RESTORED = {qw("delText"): qw("t"), qw("delInstrText"): qw("instrText")}
_INK = (qw("t"), qw("tab"), qw("br"), qw("noBreakHyphen"), qw("drawing"), qw("fldChar"))


def resolve_body(body: etree._Element, vue: VueSuivie) -> etree._Element:
    """A copy of `body` without any tracked change.

    Raises:
        ValueError: it holds a change of a kind that is not resolved here: nothing is guessed.
    """
    found = next(body.iter(*_UNKNOWN), None)
    if found is not None:
        raise ValueError(f"unresolved change {etree.QName(found).localname}")
    body = copy.deepcopy(body)
    kept, dropped = (qw("ins"), qw("del")) if vue == "acceptée" else (qw("del"), qw("ins"))
    _resolve_rows(body, kept, dropped)
    gone = _take_marks(body, kept, dropped)
    _resolve_runs(body, kept, dropped)
    for paragraph in gone:
        _drop_paragraph(paragraph)
    for table in list(body.iter(qw("tbl"))):
        if table.find("w:tr", NSMAP) is None:
            _parent(table).remove(table)
    return body


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def _resolve_rows(body: etree._Element, kept: str, dropped: str) -> None:
    for row in list(body.iter(qw("tr"))):
        properties = row.find("w:trPr", NSMAP)
        if properties is None:
            continue
        if properties.find(dropped) is not None:
            _parent(row).remove(row)
        for mark in properties.findall(kept):
            properties.remove(mark)


def _take_marks(body: etree._Element, kept: str, dropped: str) -> list[etree._Element]:
    """The paragraphs whose own mark goes; the marks themselves are taken away."""
    gone: list[etree._Element] = []
    for paragraph in body.iter(qw("p")):
        letters = paragraph.find("w:pPr/w:rPr", NSMAP)
        if letters is None:
            continue
        if letters.find(dropped) is not None:
            gone.append(paragraph)
        for mark in (*letters.findall(kept), *letters.findall(dropped)):
            letters.remove(mark)
    return gone


def _resolve_runs(body: etree._Element, kept: str, dropped: str) -> None:
    for change in list(body.iter(dropped)):
        parent = change.getparent()
        if parent is not None:
            parent.remove(change)
    for change in list(body.iter(kept)):
        parent = _parent(change)
        place = parent.index(change)
        for rank, child in enumerate(list(change)):
            parent.insert(place + rank, child)
        parent.remove(change)
    for node in body.iter(*_RESTORED):
        node.tag = _RESTORED[str(node.tag)]


def _drop_paragraph(paragraph: etree._Element) -> None:
    """Take a paragraph away; what is left of it opens the next one."""
    parent = _parent(paragraph)
    if paragraph.find("w:pPr/w:sectPr", NSMAP) is not None:
        raise ValueError("a section break is tracked")
    following = paragraph.getnext()
    left = [child for child in paragraph if child.tag != qw("pPr")]
    if not any(child.tag in _INK for one in left for child in one.iter()):
        only = parent.tag == qw("tc") and len(parent.findall("w:p", NSMAP)) == 1
        if not only:
            parent.remove(paragraph)
    elif following is not None and following.tag == qw("p"):
        place = 0 if following.find("w:pPr", NSMAP) is None else 1
        for rank, child in enumerate(left):
            following.insert(place + rank, child)
        parent.remove(paragraph)
