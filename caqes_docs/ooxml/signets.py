"""Point bookmarks: the anchors of clauses and divisions.

A point bookmark inside the heading paragraph is the only marker that survives Word, LibreOffice
and tracked changes (see `docs/word/notes.md`).
"""

from __future__ import annotations

import hashlib
import re

from caqes_docs.core.errors import RenduError

_LEGAL = re.compile(r"[A-Za-z_]\w{0,39}")
_FORBIDDEN = re.compile(r"\W")


def bookmark_name(ancre: str) -> str:
    """The bookmark name of an anchor: the anchor itself whenever Word accepts it.

    Word wants at most 40 letters, digits or underscores, a digit never first. Anything else is
    folded, with a digest so that two anchors never share a name.

    >>> bookmark_name("_cl_objet")
    '_cl_objet'
    >>> bookmark_name("annexe-1")
    'annexe_1_4ada6b21'
    """
    if _LEGAL.fullmatch(ancre):
        return ancre
    digest = hashlib.sha256(ancre.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    folded = _FORBIDDEN.sub("_", ancre)[:29]
    return f"_{folded}_{digest}" if not re.match("[A-Za-z_]", folded) else f"{folded}_{digest}"


class Signets:
    """Gives each bookmark of a document its number, and refuses a name used twice."""

    __slots__ = ("_last", "_names")

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._last = -1

    def next_number(self) -> int:
        """A number that no bookmark has, nor any tracked change."""
        self._last += 1
        return self._last

    def point(self, ancre: str) -> str:
        """The XML of a new point bookmark.

        Raises:
            RenduError: the anchor already stands in the document (Word keeps only one of them).
        """
        return self.around(ancre, "")

    def around(self, ancre: str, runs: str) -> str:
        """`runs` inside a new bookmark, which a field repeats.

        Raises:
            RenduError: the anchor already stands in the document (Word keeps only one of them).
        """
        name = bookmark_name(ancre)
        # -- Word compares the names without regard to case --
        key = name.lower()
        if key in self._names:
            raise RenduError(
                "R-121",
                f"L'ancre « {ancre} » sert deux fois dans l'acte.",
                remede="Donner à chaque clause et à chaque division une ancre distincte.",
            )
        number = self._names[key] = self.next_number()
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'
