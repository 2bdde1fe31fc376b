"""The lines of an amending article as statements, each with the lines that it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from caqes_docs.review.amendement.etat import bare_words

_CLOSED = re.compile(r"\s*»\s*[.;]?\s*$")


@dataclass(slots=True)
class Enonciation:
    """A sentence as printed, and what stands between quotes under it."""

    texte: str
    cites: list[str] = field(default_factory=list)
    """Each alinéa, or each table, whose rows are one line: a cell may hold several."""
    tableaux: bool = False


class IllisibleError(ValueError):
    """A sentence is not of the grammar."""


def read_statements(lignes: Sequence[str]) -> list[Enonciation]:
    """The statements, in order; quoted lines go with the sentence above them.

    Raises:
        IllisibleError: a quotation has no sentence, or no end.
    """
    found: list[Enonciation] = []
    rest = list(lignes)
    inside = False
    while rest:
        line = rest.pop(0)
        if line.strip() == "«":
            _last(found).cites.append(bare_words(" ".join(_table_lines(rest))))
            found[-1].tableaux = True
            inside = bool(rest) and rest[0].startswith("«")
        elif line.startswith("«"):
            closed = _CLOSED.search(line)
            _last(found).cites.append(_CLOSED.sub("", line[1:]).strip())
            inside = not closed
        elif inside:
            closed = _CLOSED.search(line)
            found[-1].cites[-1] += " " + _CLOSED.sub("", line).strip()
            inside = not closed
        elif line.strip():
            found.append(Enonciation(line))
    if inside:
        raise IllisibleError("une citation n’est pas refermée")
    return found


def _last(found: list[Enonciation]) -> Enonciation:
    if not found:
        raise IllisibleError("une citation n’est annoncée par aucune phrase")
    return found[-1]


def _table_lines(rest: list[str]) -> list[str]:
    rows: list[str] = []
    while rest:
        if rest[0].startswith("«"):
            return rows
        line = rest.pop(0)
        if line.lstrip().startswith("»") and _CLOSED.fullmatch(line):
            return rows
        rows.append(line)
    raise IllisibleError("un tableau cité n’est pas refermé")
