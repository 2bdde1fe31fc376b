"""The tidying of lists: what an amending act never says, and a consolidated text always does.

When the items of a list end with « ; », the last one ends with « . »: removing or adding an item
changes no sign by an operation (Guide de légistique, 3.4.1); the signs follow, by this rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import NoeudActe, children, with_children
from caqes_docs.document.revision.comparer import PARTIES
from caqes_docs.document.revision.forme import ClesNoeuds, canonical
from caqes_docs.document.walk import plain

_END = re.compile(r"[ \u00a0\u202f]*[;.,]$")


@dataclass(frozen=True, slots=True)
class Rangement:
    """A sign that follows the rule: in which division, at the end of which words."""

    ancre: str
    mots: str
    signe: str


def with_signs_of(a: doc.Document, b: doc.Document) -> doc.Document:
    """`b` whose items that `a` holds too end as they do in `a`: the rule alone changes a sign."""
    ends: dict[str, str] = {}
    for liste in (one for partie in PARTIES for one in _lists(getattr(a, partie))):
        for words in map(_last_words, liste.elements):
            ends.setdefault(canonical(_END.sub("", words)), words)
    parts: dict[str, Any] = {
        partie: tuple(_signed_as(bloc, ends) for bloc in getattr(b, partie)) for partie in PARTIES
    }
    return replace(b, **parts)


def _signed_as(noeud: Any, ends: dict[str, str]) -> Any:
    inside = children(noeud)
    new = tuple(_signed_as(one, ends) for one in inside)
    if any(x is not y for x, y in zip(inside, new, strict=True)):
        noeud = with_children(noeud, new)
    if isinstance(noeud, doc.Element):
        words = _last_words(noeud)
        before = ends.get(canonical(_END.sub("", words)), words)
        sign = _END.search(before)
        if sign and canonical(before) != canonical(words):
            return _signed(noeud, sign[0])
    return noeud


def tidied(a: doc.Document, b: doc.Document) -> tuple[doc.Document, tuple[Rangement, ...]]:
    """`b` whose lists that `a` did not hold end as the rule says, and what that changed."""
    work = _Rangement(a)
    parts: dict[str, Any] = {
        partie: tuple(work.node(bloc, "") for bloc in getattr(b, partie)) for partie in PARTIES
    }
    return (replace(b, **parts), tuple(work.found)) if work.found else (b, ())


class _Rangement:
    """Goes down B; the lists of A stay as they were signed."""

    def __init__(self, a: doc.Document) -> None:
        self._cles = ClesNoeuds()
        self._kept = {
            self._cles.key(one) for partie in PARTIES for one in _lists(getattr(a, partie))
        }
        self.found: list[Rangement] = []

    def node(self, noeud: Any, ancre: str) -> Any:
        """A node whose lists are tidied; itself when none was to be."""
        ancre = noeud.ancre if isinstance(noeud, doc.Clause | doc.Section) else ancre
        inside = children(noeud)
        new = tuple(self.node(one, ancre) for one in inside)
        if any(x is not y for x, y in zip(inside, new, strict=True)):
            noeud = with_children(noeud, new)
        if isinstance(noeud, doc.Liste) and self._cles.key(noeud) not in self._kept:
            return self._list(noeud, ancre)
        return noeud

    def _list(self, liste: doc.Liste, ancre: str) -> doc.Liste:
        ends = [_last_words(one) for one in liste.elements]
        if not any(end.endswith(";") for end in ends):
            return liste
        last = len(ends) - 1
        items = []
        for rang, (element, end) in enumerate(zip(liste.elements, ends, strict=True)):
            sign = "." if rang == last else "\u202f;"
            wrong = end.endswith((";", ",") if rang == last else (".", ","))
            new = _signed(element, sign) if wrong else element
            if new is not element:
                self.found.append(Rangement(ancre, end, sign.strip()))
            items.append(new)
        same = all(x is y for x, y in zip(items, liste.elements, strict=True))
        return liste if same else replace(liste, elements=tuple(items))


def _lists(noeuds: tuple[NoeudActe, ...]) -> Iterator[doc.Liste]:
    for noeud in noeuds:
        if isinstance(noeud, doc.Liste):
            yield noeud
        yield from _lists(children(noeud))


def _last_words(element: doc.Element) -> str:
    last = element.blocs[-1] if element.blocs else None
    return plain(last.contenu) if isinstance(last, doc.Paragraphe) else ""


def _signed(element: doc.Element, signe: str) -> doc.Element:
    """The item that ends with another sign; itself when a value, a group ends it."""
    last: Any = element.blocs[-1]
    end = last.contenu[-1]
    if not isinstance(end, doc.Texte):
        return element
    words = doc.Texte(_END.sub("", end.texte) + signe)
    paragraph = replace(last, contenu=(*last.contenu[:-1], words))
    return replace(element, blocs=(*element.blocs[:-1], paragraph))
