"""On which page each anchor falls: the cached results of the contents and of the page count.

An estimate, from the widths of the letters and the measures of the styles; Word corrects it when
it refreshes its fields. Calibrated on LibreOffice (`docs/word/notes.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from caqes_docs.document.model import Document, Orientation
from caqes_docs.rendering.docx.charte.geometrie import Geometrie
from caqes_docs.rendering.docx.charte.lecture import Charte
from caqes_docs.rendering.docx.pages.boites import Boite, Mesureur, stack_height

_WIDOW = 2
"""Lines of a paragraph that never stand alone on a page."""
_LEAST = 1440
"""Height of the smallest page, in twips: a charte with absurd margins is not waited for."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """The page of each anchor, and how many pages there are."""

    pages: Mapping[str, int] = field(default_factory=dict)
    total: int = 1

    def page(self, ancre: str) -> int:
        """The page where `ancre` falls; the first when the document does not hold it."""
        return self.pages.get(ancre, 1)


def paginate(document: Document, charte: Charte) -> Pagination:
    """The estimated pages of `document` in the house style."""
    mise_en_page = _MiseEnPage(Mesureur(charte).document(document), charte.geometrie)
    return mise_en_page.fill()


class _MiseEnPage:
    """Fills pages with boxes."""

    __slots__ = ("_below", "_boites", "_geometrie", "_height", "_page", "_pages", "_top", "_y")

    def __init__(self, boites: Sequence[Boite], geometrie: Geometrie) -> None:
        self._boites = boites
        self._geometrie = geometrie
        self._height = 0
        self._page = 1
        self._y = self._top = 0
        self._below = 0
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
                self._height = max(_LEAST, self._geometrie.text_height(orientation))
            if group[0].saut or self._is_too_high(group):
                self._next_page(group[0])
            for boite in group:
                self._place(boite)
            start = end
        return Pagination(self._pages, self._page)

    def _is_too_high(self, group: Sequence[Boite]) -> bool:
        """Whether a group must go to the next page; one taller than a page is left where it is."""
        if self._y == self._top:
            return False
        need = _least(group)
        above = max(self._below, group[0].avant)
        return self._y + above + need > self._height and (len(group) == 1 or need <= self._height)

    def _next_page(self, boite: Boite) -> None:
        """Start a page with `boite`, under the header of its table when there is one."""
        if self._y:
            self._turn(boite.repetition)
        self._below = 0

    def _turn(self, top: int = 0) -> None:
        self._page += 1
        # -- a header that eats the page is not repeated --
        self._y = self._top = top if 2 * top < self._height else 0
        self._below = 0

    def _place(self, boite: Boite) -> None:
        # -- the space above is dropped at the top of a page, except after a page break --
        above = max(self._below, boite.avant) if self._y or boite.saut else 0
        room = (self._height - self._y - above - boite.bords - boite.pied) // boite.pas
        kept = boite.lignes if boite.lignes <= room else _lines_before_break(boite, room)
        if kept == 0 and self._y == self._top:
            # -- taller than a page: no better place below --
            kept = 1
        if kept:
            self._mark(boite)
            self._advance(boite, above, kept)
        if kept == boite.lignes:
            return
        self._turn(boite.repetition)
        if not kept:
            self._mark(boite)
        self._place_rest(boite, boite.lignes - kept)

    def _place_rest(self, boite: Boite, lines: int) -> None:
        """Lines that start a page, and go on over as many pages as needed."""
        per_page = max(1, (self._height - self._y) // boite.pas)
        while lines > per_page:
            lines -= per_page
            self._turn()
            per_page = max(1, self._height // boite.pas)
        self._advance(boite, 0, lines)

    def _advance(self, boite: Boite, above: int, lines: int) -> None:
        self._y += above + lines * boite.pas + boite.bords
        while self._y > self._height:
            # -- a row taller than a page goes on over the next ones --
            self._page += 1
            self._y -= self._height - self._top
        self._below = boite.apres

    def _mark(self, boite: Boite) -> None:
        for ancre in boite.ancres:
            self._pages[ancre] = self._page


def _end_of_group(boites: Sequence[Boite], start: int) -> int:
    """The first box after `start` that may stand on another page."""
    end = start + 1
    while end < len(boites) and boites[end - 1].garde and not boites[end].saut:
        end += 1
    return end


def _least(group: Sequence[Boite]) -> int:
    """What a group needs at the top of a page: all of it, but the end of its last paragraph."""
    last = group[-1]
    spared = 0 if last.insecable or last.lignes <= _WIDOW + 1 else last.lignes - _WIDOW
    return stack_height(group) - group[0].avant - spared * last.pas + last.pied


def _lines_before_break(boite: Boite, room: int) -> int:
    """How many of the lines stay when a paragraph is cut, widows and orphans avoided."""
    if boite.insecable or boite.lignes == 1:
        return 0
    kept = min(room, boite.lignes - _WIDOW)
    return kept if kept >= _WIDOW else 0
