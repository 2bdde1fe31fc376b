"""Two sequences matched in order: what is alike first, then what resembles.

Rare labels in their longest common order hold the rest apart (patience), so that the work grows as
the length of the sequences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

Paires: TypeAlias = "list[tuple[int, int]]"

LIKE = 0.35
"""Two passages that share this much of their words are two states of one."""
_SMALL = 4_096
"""Pairs that are tried one by one, at most; beyond, neighbours alone are."""
_NEAR = 8


def align(
    a: Sequence[Hashable],
    b: Sequence[Hashable],
    ressemblance: Callable[[int, int], float],
    faibles: tuple[Sequence[Hashable], Sequence[Hashable]] | None = None,
) -> Paires:
    """Pairs of places in `a` and `b`, both growing: equal labels, then `faibles`, then alike.

    `ressemblance` of two places is 0 when they cannot be two states of one thing.
    """
    pairs = list(_equal(a, b, range(len(a)), range(len(b))))
    if faibles is not None:
        pairs = _between(pairs, len(a), len(b), lambda x, y: list(_equal(*faibles, x, y)))
    return _between(pairs, len(a), len(b), lambda x, y: _alike(x, y, ressemblance))


def _between(
    pairs: Paires, length: int, length_b: int, find: Callable[[range, range], Paires]
) -> Paires:
    """`pairs`, with those that `find` finds in the gaps between them."""
    out: Paires = []
    last = last_b = 0
    for stop, stop_b in (*pairs, (length, length_b)):
        if last < stop and last_b < stop_b:
            out += find(range(last, stop), range(last_b, stop_b))
        if (stop, stop_b) != (length, length_b):
            out.append((stop, stop_b))
        last, last_b = stop + 1, stop_b + 1
    return out


def _equal(
    a: Sequence[Hashable], b: Sequence[Hashable], ici: range, la: range
) -> Iterator[tuple[int, int]]:
    """Equal labels: both ends, then the rare ones, then what stands between them."""
    debut, debut_b, fin, fin_b = ici.start, la.start, ici.stop, la.stop
    while debut < fin and debut_b < fin_b and a[debut] == b[debut_b]:
        yield debut, debut_b
        debut, debut_b = debut + 1, debut_b + 1
    tail: Paires = []
    while debut < fin and debut_b < fin_b and a[fin - 1] == b[fin_b - 1]:
        fin, fin_b = fin - 1, fin_b - 1
        tail.append((fin, fin_b))
    if debut < fin and debut_b < fin_b:
        yield from _inside(a, b, range(debut, fin), range(debut_b, fin_b))
    yield from reversed(tail)


def _inside(
    a: Sequence[Hashable], b: Sequence[Hashable], ici: range, la: range
) -> Iterator[tuple[int, int]]:
    anchors = _rare(a, b, ici, la)
    if not anchors:
        if len(ici) * len(la) <= _SMALL:
            left, right = a[ici.start : ici.stop], b[la.start : la.stop]
            for x, y, size in SequenceMatcher(
                None, left, right, autojunk=False
            ).get_matching_blocks():
                yield from ((ici.start + x + k, la.start + y + k) for k in range(size))
        return
    debut, debut_b = ici.start, la.start
    for x, y in anchors:
        yield from _equal(a, b, range(debut, x), range(debut_b, y))
        yield x, y
        debut, debut_b = x + 1, y + 1
    yield from _equal(a, b, range(debut, ici.stop), range(debut_b, la.stop))


def _rare(a: Sequence[Hashable], b: Sequence[Hashable], ici: range, la: range) -> Paires:
    """Labels that occur once on each side, in their longest common order."""
    count, count_b = Counter(a[x] for x in ici), Counter(b[y] for y in la)
    where = {b[y]: y for y in la}
    once = [(x, where[a[x]]) for x in ici if count[a[x]] == 1 == count_b[a[x]]]
    return _longest_growing(once)


def _longest_growing(pairs: Paires) -> Paires:
    """The longest part of `pairs` whose second places grow as the first ones.

    >>> _longest_growing([(0, 2), (1, 0), (2, 1), (3, 3)])
    [(1, 0), (2, 1), (3, 3)]
    """
    tops: list[int] = []
    last: list[int] = []
    previous: list[int] = []
    for rang, (_, y) in enumerate(pairs):
        place = bisect_left(tops, y)
        tops[place:] = [y, *tops[place + 1 :]]
        last[place:] = [rang, *last[place + 1 :]]
        previous.append(last[place - 1] if place else -1)
    chain: Paires = []
    rang = last[-1] if last else -1
    while rang >= 0:
        chain.append(pairs[rang])
        rang = previous[rang]
    return chain[::-1]


def _alike(ici: range, la: range, ressemblance: Callable[[int, int], float]) -> Paires:
    if len(ici) * len(la) > _SMALL:
        return _neighbours(ici, la, ressemblance)
    best = [[0.0] * (len(la) + 1) for _ in range(len(ici) + 1)]
    score = [[ressemblance(x, y) for y in la] for x in ici]
    for i in reversed(range(len(ici))):
        for j in reversed(range(len(la))):
            together = best[i + 1][j + 1] + score[i][j] if score[i][j] >= LIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: Paires = []
    i = j = 0
    while i < len(ici) and j < len(la):
        if score[i][j] >= LIKE and best[i][j] == best[i + 1][j + 1] + score[i][j]:
            pairs.append((ici[i], la[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _neighbours(ici: range, la: range, ressemblance: Callable[[int, int], float]) -> Paires:
    """Each place with the first that resembles it among the next ones."""
    pairs: Paires = []
    debut = la.start
    for x in ici:
        found = next(
            (y for y in range(debut, min(debut + _NEAR, la.stop)) if ressemblance(x, y) >= LIKE),
            None,
        )
        if found is not None:
            pairs.append((x, found))
            debut = found + 1
    return pairs
