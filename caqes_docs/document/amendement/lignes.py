"""What a row, a cell of a table is called: by its own words, since rows are hard to count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import comparable
from caqes_docs.document.amendement.unites import inner_quotes
from caqes_docs.document.revision.alineas import ordinal
from caqes_docs.document.texte import blocks_text

_COURT, _DEBUT, _PAS = 12, 8, 4
"""Words of a first cell quoted whole at most; else how many first ones, and how many more."""


def cell_words(ligne: doc.Ligne) -> list[str]:
    """The cells of a row that say something, each on one line."""
    said = (re.sub(r"[ \n\t]+", " ", blocks_text(one.blocs)).strip() for one in ligne)
    return [one for one in said if one]


def row_name(tableau: doc.Tableau, rang: int) -> str:
    """« « MCO-07 » », with its rank when several rows say the same words."""
    rows = [cell_words(ligne) for ligne in tableau.lignes]
    names = list(_names(rows[rang]))
    rank = f"({feminine(rang + 1)})"
    for name in names:
        if sum(_is_named(name, row) for row in rows) == 1:
            return _quoted(name)
    return f"{_quoted(names[0])} {rank}" if names else rank


def _names(words: Sequence[str]) -> Iterator[str]:
    first = words[0].split(" ") if words else []
    if len(first) > _COURT:
        for count in range(_DEBUT, len(first), _PAS):
            yield f"{' '.join(first[:count]).rstrip(',;:.–')}…"
    for count in range(1, len(words) + 1):
        yield ", ".join(words[:count])


def _is_named(name: str, words: Sequence[str]) -> bool:
    """Whether a name is the first cells of a row, or its first words."""
    sought = comparable(name)
    if any(comparable(", ".join(words[:count])) == sought for count in range(1, len(words) + 1)):
        return True
    said = comparable(", ".join(words))
    return name.endswith("…") and said.startswith(comparable(name[:-1].rstrip()))


def _quoted(name: str) -> str:
    return f"«\u00a0{inner_quotes(name)}\u00a0»"


def feminine(rang: int) -> str:
    """The rank of a row, of a sentence."""
    return "première" if rang == 1 else ordinal(rang)


def column_name(tableau: doc.Tableau, ligne: doc.Ligne, rang: int) -> str:
    """What heads the column of a cell; empty when no heading names it alone."""
    (header, *others) = tableau.entete or ((),)
    if others or len(header) != len(ligne) or any(one.etendue != 1 for one in (*header, *ligne)):
        return ""
    titles = [comparable(blocks_text(one.blocs)) for one in header]
    cell: Any = header[rang]
    name = blocks_text(cell.blocs)
    lone = titles.count(titles[rang]) == 1 and "\n" not in name and len(ligne[rang].blocs) == 1
    return inner_quotes(name) if lone and isinstance(ligne[rang].blocs[0], doc.Paragraphe) else ""
