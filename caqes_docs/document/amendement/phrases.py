"""The sentences of an alinéa, when nothing in it may be taken for the end of one."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…](?:[ \u00a0]?[»”\")])?(?= +[A-ZÀ-Ÿ«“])")
_DOUBTFUL = re.compile(r"(?<!\w)(?:\w{1,2}|art|cf|etc|chap|al|fig)\.(?= )", re.IGNORECASE)
"""« M. Martin », « L. 162-1 »: a point that ends no sentence."""


def sentences(texte: str) -> list[tuple[int, int]] | None:
    """Where each sentence begins and ends; None when an abbreviation makes the count doubtful.

    >>> sentences("Il signe. Elle vise.")
    [(0, 9), (10, 20)]
    """
    if _DOUBTFUL.search(texte) or texte.rstrip()[-1:] not in ".!?…":
        return None
    found: list[tuple[int, int]] = []
    debut = len(texte) - len(texte.lstrip())
    for end in _END.finditer(texte):
        found.append((debut, end.end()))
        debut = end.end() + len(texte[end.end() :]) - len(texte[end.end() :].lstrip())
    return [*found, (debut, len(texte.rstrip()))]


def sentence_rank(texte: str, debut: int, fin: int) -> int | None:
    """The sentence, from 0, that a passage is; for an insertion, the one that would follow."""
    known = sentences(texte)
    if known is None:
        return None
    if not texte[debut:fin].strip():
        return len(known) if not texte[fin:].strip() else None
    left = debut + len(texte[debut:fin]) - len(texte[debut:fin].lstrip())
    right = debut + len(texte[debut:fin].rstrip())
    return known.index((left, right)) if (left, right) in known and len(known) > 1 else None
