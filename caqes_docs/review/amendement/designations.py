"""Rows and alinéas that a sentence designates by their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caqes_docs.review.amendement.blocs import IllisibleError
from caqes_docs.review.amendement.etat import AlineaLu, TableLue, bare_words
from caqes_docs.review.amendement.lexique import LIGNE, K, rank_of


def row_runs(table: TableLue | None, noms: str) -> list[tuple[int, int]]:
    """The runs of rows, from 0, of « « A », « B » à « D » ».

    Raises:
        IllisibleError: a name is that of no row, or of several without a rank.
    """
    if table is None:
        raise IllisibleError("l’alinéa désigné n’est pas un tableau")
    runs: list[tuple[int, int]] = []
    for found in re.finditer(rf"(, | et | à )?({LIGNE})", noms):
        rang = _row(table, found[2])
        if found[1] == " à " and runs and runs[-1][0] < rang or runs and runs[-1][1] == rang:
            runs[-1] = runs[-1][0], rang + 1
        else:
            runs.append((rang, rang + 1))
    return runs


def _row(table: TableLue, nom: str) -> int:
    quote, rank = re.search("«([^«»]*)»", nom), re.search(rf"\(({K})\)$", nom)
    rows = [[one for one in cells if one] for cells in table.cellules]
    places = [
        rang
        for rang, cells in enumerate(rows)
        if quote is None or _is_named(bare_words(quote[1]), cells)
    ]
    if rank:
        places = [rang for rang in places if rang == rank_of(rank[1]) - 1]
    if len(places) != 1:
        raise IllisibleError(f"{nom} désigne {len(places)} lignes")
    return places[0]


def _is_named(name: str, cells: Sequence[str]) -> bool:
    first = (", ".join(cells[:count]) for count in range(1, len(cells) + 1))
    return name in first or (name.endswith("…") and _begins(", ".join(cells), name))


def mention_run(alineas: Sequence[AlineaLu], dits: str) -> tuple[int, int]:
    """The lines of the cover, from 0, that are quoted whole.

    Raises:
        IllisibleError: one is not there, or twice, or they do not follow each other.
    """
    lines = [bare_words(" ".join(one.lines())) for one in alineas]
    quoted = [bare_words(one) for one in re.findall("«([^«»]*)»", dits)]
    if any(lines.count(one) != 1 for one in quoted):
        raise IllisibleError(f"{dits} ne désigne pas une seule mention")
    ranks = [lines.index(one) for one in quoted]
    if ranks != list(range(ranks[0], ranks[0] + len(ranks))):
        raise IllisibleError("les mentions ne se suivent pas")
    return ranks[0], ranks[-1] + 1


def check_recalled(alineas: Sequence[AlineaLu], dits: str) -> None:
    """Whether the words recalled are the first ones of the alinéas that go.

    Raises:
        IllisibleError: they are those of others.
    """
    quoted = [bare_words(one) for one in re.findall("«([^«»]*)»", dits)]
    left = [words for one in alineas for words in one.lines()[:1] if one.table is None]
    if any(not any(_begins(words, sought) for words in left) for sought in quoted):
        raise IllisibleError("les mots rappelés ne sont pas ceux des alinéas désignés")


def _begins(words: str, sought: str) -> bool:
    cut = sought.removesuffix("…").rstrip()
    return words == sought or (cut != sought and words.startswith(cut))
