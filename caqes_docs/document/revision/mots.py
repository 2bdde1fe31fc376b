"""Which words change in one place, in units that a reader takes in.

Words when few of them change, else the sentences, else the whole place; a lone word that happens
to stay between two changes is part of the change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from caqes_docs.document.revision.passages import Jeton


@dataclass(frozen=True, slots=True)
class Finesse:
    """When words are shown, and when a larger unit reads better."""

    passages: int = 2
    """Passages changed in a place, at most, for them to be shown word by word."""
    part: float = 0.3
    """Share of the words of a place that change, at most, when they stand in several passages."""
    part_seule: float = 0.6
    """The same, when one passage changes."""
    ancrage: int = 2
    """Words that bear sense and stay, at least, for two changes not to be one."""


FINESSE = Finesse()
_WEIGHT = 4
"""Letters of a word that bears sense, at least."""
_SENTENCE = re.compile(r"[.!?…](?: ?[»\"')])?$")


class EcartMots(NamedTuple):
    """Tokens `debut:fin` of the first state become tokens `debut_b:fin_b` of the second."""

    debut: int
    fin: int
    debut_b: int
    fin_b: int


def differing(
    a: Sequence[Jeton], b: Sequence[Jeton], finesse: Finesse = FINESSE
) -> list[EcartMots]:
    """What changes from `a` to `b`, in order, never touching; nothing that is form alone."""
    raw = _merge(_raw(a, b), a, finesse)
    found = [one for one in raw if not _is_form(one, a, b)]
    if not found or _is_readable(found, a, finesse):
        return found
    ends = _sentences(a, raw)
    sentences = list(pairwise(ends))
    touched = [
        any(debut <= e.debut < fin or debut < e.fin <= fin for e in found)
        for debut, fin in sentences
    ]
    if 2 * sum(touched) > len(sentences):
        return [_trimmed(EcartMots(0, len(a), 0, len(b)), a, b)]
    whole = (
        EcartMots(*one, *(_place(end, raw, len(a), len(b)) for end in one)) for one in sentences
    )
    return _join([one for one, hit in zip(whole, touched, strict=True) if hit])


def _raw(a: Sequence[Jeton], b: Sequence[Jeton]) -> Iterator[EcartMots]:
    """The gaps between the words that stay, cut down to what differs in them."""
    words_a = [rang for rang, one in enumerate(a) if not one.espace]
    words_b = [rang for rang, one in enumerate(b) if not one.espace]
    matcher = SequenceMatcher(
        None, [a[rang].cle for rang in words_a], [b[rang].cle for rang in words_b], autojunk=False
    )
    last = last_b = 0
    for debut, debut_b, taille in matcher.get_matching_blocks():
        for rang in range(taille):
            stays, stays_b = words_a[debut + rang], words_b[debut_b + rang]
            yield _trimmed(EcartMots(last, stays, last_b, stays_b), a, b)
            last, last_b = stays + 1, stays_b + 1
    yield _trimmed(EcartMots(last, len(a), last_b, len(b)), a, b)


def _trimmed(ecart: EcartMots, a: Sequence[Jeton], b: Sequence[Jeton]) -> EcartMots:
    """Without what is the same at both ends."""
    debut, fin, debut_b, fin_b = ecart
    while debut < fin and debut_b < fin_b and a[debut].cle == b[debut_b].cle:
        debut, debut_b = debut + 1, debut_b + 1
    while debut < fin and debut_b < fin_b and a[fin - 1].cle == b[fin_b - 1].cle:
        fin, fin_b = fin - 1, fin_b - 1
    return EcartMots(debut, fin, debut_b, fin_b)


def _merge(ecarts: Iterator[EcartMots], a: Sequence[Jeton], finesse: Finesse) -> list[EcartMots]:
    """Two changes that only incidental words keep apart are one."""
    merged: list[EcartMots] = []
    for ecart in ecarts:
        if ecart.debut == ecart.fin and ecart.debut_b == ecart.fin_b:
            continue
        if merged and _weight(a[merged[-1].fin : ecart.debut]) < finesse.ancrage:
            merged[-1] = _union(merged[-1], ecart)
        else:
            merged.append(ecart)
    return merged


def _union(premier: EcartMots, second: EcartMots) -> EcartMots:
    return EcartMots(premier.debut, second.fin, premier.debut_b, second.fin_b)


def _weight(jetons: Sequence[Jeton]) -> int:
    """How many tokens bear sense."""
    return sum(not one.espace and (one.atome or len(one.cle) >= _WEIGHT) for one in jetons)


def _is_form(ecart: EcartMots, a: Sequence[Jeton], b: Sequence[Jeton]) -> bool:
    """Whether both passages print the same words, cut otherwise; blanks at the ends are none."""
    before = "".join(one.cle for one in a[ecart.debut : ecart.fin])
    after = "".join(one.cle for one in b[ecart.debut_b : ecart.fin_b])
    if ecart.debut == 0:
        before, after = before.lstrip(), after.lstrip()
    if ecart.fin == len(a):
        before, after = before.rstrip(), after.rstrip()
    return re.sub(" +", " ", before) == re.sub(" +", " ", after)


def _is_readable(ecarts: Sequence[EcartMots], a: Sequence[Jeton], finesse: Finesse) -> bool:
    words = sum(not one.espace for one in a)
    changed = sum(not one.espace for ecart in ecarts for one in a[ecart.debut : ecart.fin])
    if len(ecarts) == 1:
        return changed <= finesse.part_seule * words
    return len(ecarts) <= finesse.passages and changed <= finesse.part * words


def _sentences(a: Sequence[Jeton], raw: Sequence[EcartMots]) -> list[int]:
    """Where sentences that end outside of any change begin, and the end of the last one."""
    ends = [0]
    for rang, jeton in enumerate(a[:-1], 1):
        following = next((one.cle for one in a[rang:] if not one.espace), "")
        closed = _SENTENCE.search(jeton.cle) and following[:1].isupper()
        if closed and not any(one.debut < rang < one.fin for one in raw):
            ends.append(rang)
    return [*ends, len(a)]


def _place(end: int, raw: Sequence[EcartMots], length: int, length_b: int) -> int:
    """Where token `end` of the first state stands in the second."""
    if end == length:
        return length_b
    return end + sum(
        (one.fin_b - one.debut_b) - (one.fin - one.debut) for one in raw if one.debut < end
    )


def _join(ecarts: Sequence[EcartMots]) -> list[EcartMots]:
    """Changes that touch, made one."""
    joined: list[EcartMots] = []
    for ecart in ecarts:
        if joined and ecart.debut == joined[-1].fin:
            joined[-1] = _union(joined[-1], ecart)
        else:
            joined.append(ecart)
    return joined
