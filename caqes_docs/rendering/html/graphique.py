"""A chart as a drawing inside the page (SVG): read by browsers, drawn by the PDF engine.

The drawing is one figure; its text alternative is what the document says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from html import escape

from caqes_docs.document.model import Graphique, Serie
from caqes_docs.rendering.graphique.couleurs import (
    AXE,
    CONTOUR,
    ENCRE,
    GRILLE,
    REPERE,
    bar_colours,
    curve_look,
)
from caqes_docs.rendering.graphique.disposition import (
    CLEF,
    CORPS,
    INTERLIGNE,
    LARGEUR,
    RANG_LEGENDE,
    Disposition,
    PlaceEtiquette,
    label_places,
    lay_out,
)
from caqes_docs.rendering.graphique.echelle import SANS_VALEUR, empty_categories, value_text
from caqes_docs.rendering.polices import FAMILLE

_DASHES = {"solid": "", "sysDash": "4 2", "sysDot": "1.2 1.8", "dashDot": "5 2 1.2 2"}
_REPERE_DASH = "6 2.5"
_ABOVE, _BELOW = -350, 950


def write_svg(graphique: Graphique) -> str:
    """The `svg` element of a chart."""
    dessin = _Dessin(graphique, lay_out(graphique))
    width, height = _n(LARGEUR), _n(dessin.place.hauteur)
    titre = escape(graphique.alternative, quote=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}pt" height="{height}pt"'
        f' viewBox="0 0 {width} {height}" font-family="{FAMILLE}" font-size="{_n(CORPS)}"'
        f' fill="#{ENCRE}"><title>{titre}</title>{"".join(dessin.parts())}</svg>'
    )


class _Dessin:
    """Draws one chart."""

    def __init__(self, graphique: Graphique, place: Disposition) -> None:
        self._graphique = graphique
        self.place = place
        self._zero = self._y(Decimal(0))

    def parts(self) -> Iterator[str]:
        """The drawing, from back to front."""
        yield from self._axis()
        yield from self._names()
        places = label_places(self._graphique, self.place.echelle)
        mains = [serie for serie in self._graphique.series if not serie.repere]
        curves = self._graphique.sorte == "courbe"
        ordered = sorted(
            zip(self._graphique.series, places, strict=True), key=lambda one: one[0].repere
        )
        labels: list[str] = []
        for serie, where in ordered:
            rank = len(mains) if serie.repere else mains.index(serie)
            if curves:
                yield from self._curve(serie, rank)
            elif serie.repere:
                yield from self._marks(serie)
            else:
                yield from self._bars(serie, rank, len(mains))
            labels += self._labels(serie, where, rank, len(mains))
        yield from labels
        yield from self._gaps()
        yield from self._legend(mains)

    def _y(self, valeur: Decimal) -> int:
        place = self.place
        return place.y(place.echelle.share(valeur, place.bas - place.haut))

    def _axis(self) -> Iterator[str]:
        place, graphique = self.place, self._graphique
        for tick in place.echelle.graduations:
            y = self._y(tick)
            colour = AXE if tick == 0 else GRILLE
            yield _line(place.gauche, y, place.droite, y, colour, 70)
            label = value_text(tick, graphique.unite)
            yield _text(place.gauche - 400, y + CORPS // 3, label, "end")
        if graphique.axe_valeurs:
            middle = (place.haut + place.bas) // 2
            yield _text(CORPS, middle, graphique.axe_valeurs, "middle", turn=-90)

    def _names(self) -> Iterator[str]:
        place = self.place
        for rank, lines in enumerate(place.noms):
            x = place.centre(rank)
            if place.penche:
                yield _text(x + 200, place.bas + INTERLIGNE, lines[0], "end", turn=-45)
                continue
            for row, line in enumerate(lines):
                yield _text(x, place.bas + INTERLIGNE * (row + 1) + 200, line, "middle")
        if self._graphique.axe_categories:
            y = place.bas + place.profondeur + 1500
            middle = (place.gauche + place.droite) // 2
            yield _text(middle, y, self._graphique.axe_categories, "middle")

    def _slots(self, rank: int, count: int) -> tuple[int, int]:
        """The offset of the left of a bar from the middle of its category, and its width."""
        room = min(self.place.slot() * 6 // 10, 5000 * count)
        return rank * room // count - room // 2, room // count

    def _bars(self, serie: Serie, rank: int, count: int) -> Iterator[str]:
        fill, _ = bar_colours(rank)
        offset, width = self._slots(rank, count)
        for position, valeur in enumerate(serie.valeurs):
            if valeur is not None:
                y = self._y(valeur)
                x, top = self.place.centre(position) + offset, min(y, self._zero)
                yield _rect((x, top, width, abs(y - self._zero)), fill)

    def _marks(self, serie: Serie) -> Iterator[str]:
        half = min(self.place.slot() * 38 // 100, 3000)
        for position, valeur in enumerate(serie.valeurs):
            if valeur is not None:
                x, y = self.place.centre(position), self._y(valeur)
                yield _line(x - half - 40, y, x + half + 40, y, "FFFFFF", 300)
                yield _line(x - half, y, x + half, y, REPERE, 180)

    def _curve(self, serie: Serie, rank: int) -> Iterator[str]:
        colour, shape, dashes = curve_look(rank)
        dash = _REPERE_DASH if serie.repere else _DASHES[dashes]
        colour = REPERE if serie.repere else colour
        for run in _runs(serie, self.place, self._y):
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in run)
            yield _polyline(points, colour, dash, 110 if serie.repere else 160)
            if not serie.repere:
                yield from (_point(shape, x, y, colour) for x, y in run)

    def _labels(
        self, serie: Serie, where: tuple[PlaceEtiquette, ...], rank: int, count: int
    ) -> Iterator[str]:
        offset, width = self._slots(rank, count) if not serie.repere else (0, 0)
        shift = offset + width // 2 if self._graphique.sorte == "barres" else 0
        for position, (place, valeur) in enumerate(zip(where, serie.valeurs, strict=True)):
            if valeur is None or not place:
                continue
            down = place in ("dedans", "dessous") or (place == "dehors" and valeur < 0)
            ink = bar_colours(rank)[1] if place == "dedans" else ENCRE
            x = self.place.centre(position) + shift
            y = self._y(valeur) + (_BELOW if down else _ABOVE)
            anchor = "start" if self._is_on_axis(position) else "middle"
            if place == "droite":
                x, y, anchor = x + 400, y - _ABOVE + CORPS // 3, "start"
            yield _text(x, y, value_text(valeur, self._graphique.unite), anchor, colour=ink)

    def _is_on_axis(self, position: int) -> bool:
        return self.place.bords and position == 0

    def _gaps(self) -> Iterator[str]:
        for position, empty in enumerate(empty_categories(self._graphique)):
            if empty:
                x = self.place.centre(position)
                yield _text(x, self._zero + _ABOVE, SANS_VALEUR, "middle", colour=AXE)

    def _legend(self, mains: list[Serie]) -> Iterator[str]:
        place = self.place
        top = (
            place.hauteur - 300 - RANG_LEGENDE * (place.legende[-1][1] + 1) if place.legende else 0
        )
        for serie, (x, row) in zip(self._graphique.series, place.legende, strict=False):
            y = top + RANG_LEGENDE * row + 1000
            rank = len(mains) if serie.repere else mains.index(serie)
            yield self._key(serie, rank, x, y - CORPS // 3)
            yield _text(x + CLEF, y, serie.nom, "start")

    def _key(self, serie: Serie, rank: int, x: int, y: int) -> str:
        end = x + CLEF - 600
        if self._graphique.sorte == "courbe":
            colour, shape, dashes = curve_look(rank)
            if serie.repere:
                return _polyline(f"{_n(x)},{_n(y)} {_n(end)},{_n(y)}", REPERE, _REPERE_DASH, 110)
            line = _polyline(f"{_n(x)},{_n(y)} {_n(end)},{_n(y)}", colour, _DASHES[dashes], 160)
            return line + _point(shape, (x + end) // 2, y, colour)
        if serie.repere:
            return _line(x, y, end, y, REPERE, 180)
        return _rect((x + 400, y - 400, 900, 800), bar_colours(rank)[0])


def _runs(
    serie: Serie, place: Disposition, height: Callable[[Decimal], int]
) -> Iterator[list[tuple[int, int]]]:
    """The unbroken parts of a curve."""
    run: list[tuple[int, int]] = []
    for position, valeur in enumerate(serie.valeurs):
        if valeur is not None:
            run.append((place.centre(position), height(valeur)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _n(length: int) -> str:
    """Hundredths as a decimal number.

    >>> _n(46500), _n(-35)
    ('465', '-0.35')
    """
    whole, rest = divmod(abs(length), 100)
    digits = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{digits}" if length < 0 else digits


def _text(x: int, y: int, words: str, anchor: str, *, turn: int = 0, colour: str = ENCRE) -> str:
    turned = f' transform="rotate({turn} {_n(x)} {_n(y)})"' if turn else ""
    ink = "" if colour == ENCRE else f' fill="#{colour}"'
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{ink}{turned}>'
        f"{escape(words, quote=False)}</text>"
    )


def _line(x1: int, y1: int, x2: int, y2: int, colour: str, width: int) -> str:
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="#{colour}"'
        f' stroke-width="{_n(width)}"/>'
    )


def _rect(box: tuple[int, int, int, int], fill: str) -> str:
    x, y, width, height = map(_n, box)
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#{fill}"'
        f' stroke="#{CONTOUR}" stroke-width="0.6"/>'
    )


def _polyline(points: str, colour: str, dash: str, width: int) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="#{colour}"'
        f' stroke-width="{_n(width)}"{dashed}/>'
    )


_SHAPES = {
    "square": ((-230, -230), (230, -230), (230, 230), (-230, 230)),
    "triangle": ((0, -280), (270, 220), (-270, 220)),
    "diamond": ((0, -300), (300, 0), (0, 300), (-300, 0)),
}


def _point(shape: str, x: int, y: int, colour: str) -> str:
    if shape == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2.4" fill="#{colour}"/>'
    points = " ".join(f"{_n(x + dx)},{_n(y + dy)}" for dx, dy in _SHAPES[shape])
    return f'<polygon points="{points}" fill="#{colour}"/>'
