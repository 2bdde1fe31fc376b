"""On which page each anchor falls: the cached results of the contents and of the page count.

An estimate, from the widths of the letters and the measures of the styles; Word corrects it when
it refreshes its fields. Calibrated on LibreOffice (`docs/word/notes.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caqes_docs.document.model import Document
from caqes_docs.rendering.docx_boites import Boite, Mesure
from caqes_docs.rendering.docx_coquille_lecture import Coquille
from caqes_docs.rendering.docx_geometrie import Geometrie, Orientation

_WIDOW = 2
"""Lines of a paragraph that never stand alone on a page."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """The page of each anchor, and how many pages there are."""

    pages: Mapping[str, int] = field(default_factory=dict)
    total: int = 1

    def page(self, ancre: str) -> int:
        """The page where `ancre` falls; the first when the document does not hold it."""
        return self.pages.get(ancre, 1)


def paginate(document: Document, coquille: Coquille) -> Pagination:
    """The estimated pages of `document` in the house shell."""
    mise_en_page = _MiseEnPage(Mesure(coquille).document(document), coquille.geometrie)
    return mise_en_page.fill()


class _MiseEnPage:
    """Fills pages with boxes."""

    __slots__ = ("_boites", "_geometrie", "_height", "_page", "_pages", "_y")

    def __init__(self, boites: Sequence[Boite], geometrie: Geometrie) -> None:
        self._boites = boites
        self._geometrie = geometrie
        self._height = 0
        self._page = 1
        self._y = 0
        self._pages: dict[str, int] = {}

    def fill(self) -> Pagination:
        """Place every box, tied ones together."""
        orientation: Orientation | None = None
        start = 0
        while start < len(self._boites):
            end = _end_of_group(self._boites, start)
            group = self._boites[start:end]
            if group[0].orientation != orientation:
                orientation = group[0].orientation
                self._height = self._geometrie.text_height(orientation)
            if group[0].saut:
                self._next_page()
            elif self._y and self._y + _least(group) > self._height:
                if _least(group, top=True) <= self._height or len(group) == 1:
                    self._next_page()
            for boite in group:
                self._place(boite)
            start = end
        return Pagination(self._pages, self._page)

    def _next_page(self) -> None:
        if self._y:
            self._page += 1
        self._y = 0

    def _place(self, boite: Boite) -> None:
        if boite.saut:
            self._next_page()
        # -- the space above is dropped at the top of a page, except after a page break --
        above = boite.avant if self._y or boite.saut else 0
        room = (self._height - self._y - above) // boite.pas if boite.pas else boite.lignes
        if boite.lignes <= room or (not self._y and boite.lignes == 1):
            self._mark(boite)
            self._y += above + boite.lignes * boite.pas + boite.apres
            return
        kept = _lines_before_break(boite, room)
        if not kept and self._y:
            self._next_page()
            self._y = boite.repetition
            self._place_rest(boite, boite.lignes, marked=False)
            return
        self._mark(boite)
        self._page += 1
        self._y = 0
        self._place_rest(boite, boite.lignes - kept, marked=True)

    def _place_rest(self, boite: Boite, lines: int, *, marked: bool) -> None:
        """Lines that start a page, and go on over as many pages as needed."""
        if not marked:
            self._mark(boite)
        per_page = max(1, self._height // boite.pas)
        while lines > per_page:
            lines -= per_page
            self._page += 1
            self._y = 0
        self._y += lines * boite.pas + boite.apres

    def _mark(self, boite: Boite) -> None:
        for ancre in boite.ancres:
            self._pages[ancre] = self._page


def _end_of_group(boites: Sequence[Boite], start: int) -> int:
    """The first box after `start` that may stand on another page."""
    end = start + 1
    while end < len(boites) and boites[end - 1].garde and not boites[end].saut:
        end += 1
    return end


def _least(group: Sequence[Boite], *, top: bool = False) -> int:
    """What a group needs on one page: all of it, but for the end of its last paragraph."""
    whole = sum(box.avant + box.lignes * box.pas + box.apres for box in group[:-1])
    last = group[-1]
    lines = last.lignes if last.insecable or last.lignes <= _WIDOW + 1 else _WIDOW
    return whole + last.avant + lines * last.pas - (group[0].avant if top else 0)


def _lines_before_break(boite: Boite, room: int) -> int:
    """How many of the lines stay when a paragraph is cut, widows and orphans avoided."""
    if boite.insecable or boite.lignes == 1:
        return 0
    kept = min(room, boite.lignes - _WIDOW)
    return kept if kept >= _WIDOW else 0
