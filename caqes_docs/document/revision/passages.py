"""The words of one place as characters that can be cut, never inside a value or a reference."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from caqes_docs.document import model as doc
from caqes_docs.document.revision.forme import fold
from caqes_docs.document.walk import plain

Bout: TypeAlias = "tuple[doc.Inline, tuple[type[doc.Fort] | type[doc.Emphase], ...]]"
"""An inline that holds no other, and the emphasis around it."""

_WORDS = re.compile(" +|[^ ]+")


@dataclass(frozen=True, slots=True)
class Jeton:
    """The smallest thing that changes: a word, the spaces between two words, a value."""

    debut: int
    fin: int
    """Characters of the place."""
    cle: str
    espace: bool
    atome: bool
    """A value, a citation, a reference, a gap to be filled: never read as words."""


def pieces(contenu: doc.Inlines) -> list[Bout]:
    """`contenu` without its groups; neighbouring words that look the same are one."""
    flat: list[Bout] = []
    for morceau in _flatten(contenu, ()):
        inline, habits = morceau
        if flat and isinstance(inline, doc.Texte):
            before, same = flat[-1]
            if isinstance(before, doc.Texte) and same == habits:
                flat[-1] = doc.Texte(before.texte + inline.texte), habits
                continue
        flat.append(morceau)
    return flat


def _flatten(
    contenu: doc.Inlines, habits: tuple[type[doc.Fort] | type[doc.Emphase], ...]
) -> Iterable[Bout]:
    for inline in contenu:
        if isinstance(inline, doc.Fort | doc.Emphase):
            yield from _flatten(inline.contenu, (*habits, type(inline)))
        elif isinstance(inline, doc.Suivi):
            raise ValueError("a tracked passage is not compared again")
        else:
            yield inline, habits


def rebuild(morceaux: Sequence[Bout], depth: int = 0) -> doc.Inlines:
    """The inlines that `morceaux` make, each emphasis once around neighbours."""
    out: list[doc.Inline] = []
    groups = itertools.groupby(morceaux, lambda one: one[1][depth : depth + 1])
    for habit, inside in groups:
        if habit:
            out.append(habit[0](rebuild(list(inside), depth + 1)))
        else:
            out += [inline for inline, _ in inside]
    return tuple(out)


def normal(contenu: doc.Inlines) -> doc.Inlines:
    """`contenu` with as few inlines as say the same."""
    return rebuild(pieces(contenu))


def extract(morceaux: Sequence[Bout], debut: int, fin: int) -> doc.Inlines:
    """The characters from `debut` to `fin`; what prints nothing goes with what stands before it.

    Raises:
        ValueError: the passage would cut a value.
    """
    out: list[Bout] = []
    place = 0
    for inline, habits in morceaux:
        length = len(plain((inline,)))
        left, right = max(debut - place, 0), min(fin - place, length)
        if left < right or (length == 0 and debut < place <= fin or place == debut == 0 == length):
            whole = left == 0 and right == length
            if isinstance(inline, doc.Texte) and not whole:
                inline = replace(inline, texte=inline.texte[left:right])
            elif not whole:
                raise ValueError(f"a passage cuts {plain((inline,))!r}")
            out.append((inline, habits))
        place += length
    return rebuild(out)


def tokens(morceaux: Sequence[Bout]) -> list[Jeton]:
    """What may change in a place, in order: words are cut at ordinary spaces only."""
    found: list[Jeton] = []
    place = 0
    for inline, _ in morceaux:
        texte = plain((inline,))
        if isinstance(inline, doc.Texte):
            for word in _WORDS.finditer(texte):
                debut, fin, cle = place + word.start(), place + word.end(), fold(word[0])
                found.append(Jeton(debut, fin, cle, cle.isspace(), False))
        elif texte:
            cle = fold(texte)
            found.append(Jeton(place, place + len(texte), cle, cle.isspace(), not cle.isspace()))
        place += len(texte)
    return found
