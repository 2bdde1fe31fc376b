"""Tracked changes of Word: of runs, of the mark of a paragraph, of a row.

All bear one author and one date, which are given; their numbers come from the counter of the
bookmarks, for Word refuses a file where a change and a bookmark share one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from caqes_docs.ooxml.xml import escape_attribute

SensRevision: TypeAlias = Literal["ajout", "retrait"]
_TAGS: Final[dict[SensRevision, str]] = {"ajout": "ins", "retrait": "del"}
# -- a run holds no run; links, bookmarks and the ranges of comments stand between runs --
_RUNS = re.compile(r"(?:<w:r>.*?</w:r>)+", re.DOTALL)
_DELETED = (
    ("<w:t ", "<w:delText "),
    ("<w:t>", "<w:delText>"),
    ("</w:t>", "</w:delText>"),
    ("<w:instrText ", "<w:delInstrText "),
    ("</w:instrText>", "</w:delInstrText>"),
)


class Revisions:
    """Writes the tracked changes of one document."""

    __slots__ = ("_author", "_next", "number")

    def __init__(self, auteur: str, date: dt.date, suivant: Callable[[], int]) -> None:
        self._author = f' w:author="{escape_attribute(auteur)}" w:date="{date}T00:00:00Z"'
        self._next = suivant
        self.number = 0
        """How many there are."""

    def track(self, runs: str, sens: SensRevision) -> str:
        """`runs` inserted or removed; what stands between runs stays outside of the change."""
        if sens == "retrait":
            for name, deleted in _DELETED:
                runs = runs.replace(name, deleted)
        tag = _TAGS[sens]
        return _RUNS.sub(lambda found: f"{self._open(tag)}>{found[0]}</w:{tag}>", runs)

    def mark(self, sens: SensRevision) -> str:
        """The change that stands in the properties of a paragraph mark, or of a row."""
        return f"{self._open(_TAGS[sens])}/>"

    def _open(self, tag: str) -> str:
        self.number += 1
        return f'<w:{tag} w:id="{self._next()}"{self._author}'
