"""Where the parts of a chart stand: decided once, drawn in the PDF, asked of Word.

Lengths are whole hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from caqes_docs.document.model import Graphique, Serie
from caqes_docs.rendering.graphique.echelle import Echelle, build_scale, category_names, value_text
from caqes_docs.rendering.polices import DEFAUT, EM, NORMAL

LARGEUR: Final = 46500
"""Width of the house page between its margins."""
CORPS: Final = 800
"""Size of the letters."""
INTERLIGNE: Final = 1000
RANG_LEGENDE: Final = 1500
CLEF: Final = 2200
"""Room of the key of a series in the legend, before its name."""
_PLOT = 15500
_MARGE = 1400
_ENTRE = 1600
_MAX_LINES = 3
_MAX_LABELS = 14
_TIE = 8
"""A label takes so many hundredths of the axis."""
_SLANT = (71, 100)
"""Sine of 45 degrees."""
_ADVANCES = {letter: width for width, letters in NORMAL.items() for letter in letters}

PlaceEtiquette: TypeAlias = Literal["", "dehors", "dedans", "dessus", "dessous", "droite"]


def text_width(texte: str) -> int:
    """The width of a label."""
    return sum(_ADVANCES.get(letter, DEFAUT) for letter in texte) * CORPS // EM


@dataclass(frozen=True, slots=True)
class Disposition:
    """The frame of one chart; `y` grows downwards, as on a page."""

    echelle: Echelle
    gauche: int
    droite: int
    haut: int
    bas: int
    """Foot of the axis of values."""
    noms: tuple[tuple[str, ...], ...]
    """The lines of the name of each category."""
    penche: bool
    """Names are written at 45 degrees: they do not fit otherwise."""
    profondeur: int
    """Room of the names below the axis."""
    legende: tuple[tuple[int, int], ...]
    """Place of each series in the legend: left, and rank of the row."""
    hauteur: int
    bords: bool
    """The first and last points stand on the edges (curves)."""

    def y(self, echelon: int) -> int:
        """The height on the page of what stands `echelon` above the foot."""
        return self.bas - echelon

    def slot(self) -> int:
        """The room of one category."""
        count = len(self.noms)
        return (self.droite - self.gauche) // (max(count - 1, 1) if self.bords else count)

    def centre(self, rank: int) -> int:
        """The middle of a category."""
        if self.bords and len(self.noms) > 1:
            return self.gauche + rank * (self.droite - self.gauche) // (len(self.noms) - 1)
        return self.gauche + (2 * rank + 1) * (self.droite - self.gauche) // (2 * len(self.noms))


def lay_out(graphique: Graphique) -> Disposition:
    """The frame of `graphique`."""
    echelle = build_scale(graphique)
    bords = graphique.sorte == "courbe"
    ticks = [value_text(tick, graphique.unite) for tick in echelle.graduations]
    gauche = max(map(text_width, ticks)) + 700 + (_MARGE if graphique.axe_valeurs else 0)
    droite = LARGEUR - (_end_room(graphique) if bords else 400)
    count = len(graphique.categories)
    room = (droite - gauche) // (max(count - 1, 1) if bords else count) - 400
    names = category_names(graphique)
    noms = tuple(wrap(nom, room) for nom in names)
    penche = any(len(lines) > _MAX_LINES or _widest(lines) > room for lines in noms)
    depth = INTERLIGNE * max(map(len, noms))
    if penche:
        noms = tuple((nom,) for nom in names)
        gauche = max(gauche, min(_slanted(noms[0]) - room // 2, LARGEUR // 3))
        depth = max(map(_slanted, noms)) + INTERLIGNE
    bas = _MARGE + _PLOT
    legende = _legend(graphique.series, gauche)
    rows = legende[-1][1] + 1 if legende else 0
    below = 700 + depth + (_MARGE if graphique.axe_categories else 0) + rows * RANG_LEGENDE
    return Disposition(
        echelle,
        gauche,
        droite,
        _MARGE,
        bas,
        noms,
        penche,
        depth,
        legende,
        bas + below + 300,
        bords,
    )


def _end_room(graphique: Graphique) -> int:
    """What is written on the right of curves, and half of the last name below."""
    ends = [value_text(serie.valeurs[-1], graphique.unite) for serie in graphique.series]
    return max(*map(text_width, ends), text_width(graphique.categories[-1][:20]) // 2) + 500


def _widest(lines: Sequence[str]) -> int:
    return max(map(text_width, lines))


def _slanted(lines: Sequence[str]) -> int:
    return _widest(lines) * _SLANT[0] // _SLANT[1]


def wrap(texte: str, room: int) -> tuple[str, ...]:
    """`texte` cut at its spaces into lines of at most `room`; a word is never cut."""
    lines: list[str] = []
    for word in texte.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined) > room:
            lines.append(word)
        else:
            lines[-1:] = [joined]
    return tuple(lines)


def _legend(series: Sequence[Serie], gauche: int) -> tuple[tuple[int, int], ...]:
    """The places of the names of series; one series alone is named by the title."""
    if len(series) < 2:
        return ()
    places: list[tuple[int, int]] = []
    x, row = gauche, 0
    for serie in series:
        width = CLEF + text_width(serie.nom)
        if x > gauche and x + width > LARGEUR:
            x, row = gauche, row + 1
        places.append((x, row))
        x += width + _ENTRE
    return tuple(places)


def label_places(graphique: Graphique, echelle: Echelle) -> tuple[tuple[PlaceEtiquette, ...], ...]:
    """Where each value is written, series by series; empty where it is not."""
    if graphique.sorte == "courbe":
        marks = [serie for serie in graphique.series if serie.repere]
        return tuple(_curve_labels(serie, marks, echelle) for serie in graphique.series)
    mains = [serie for serie in graphique.series if not serie.repere]
    marks = [serie for serie in graphique.series if serie.repere]
    crowded = len(mains) * len(graphique.categories) > _MAX_LABELS
    return tuple(
        tuple(
            ""
            if crowded or serie.valeurs[rank] is None
            else _mark_label(serie, mains, marks, rank, echelle)
            if serie.repere
            else _bar_label(serie, marks, rank, echelle)
            for rank in range(len(graphique.categories))
        )
        for serie in graphique.series
    )


def _curve_labels(
    serie: Serie, marks: Sequence[Serie], echelle: Echelle
) -> tuple[PlaceEtiquette, ...]:
    """The first and the last points of a curve; the first of a marker line, far from them."""
    known = [rank for rank, valeur in enumerate(serie.valeurs) if valeur is not None]
    ends = {known[0]} if known else set()
    if known and not serie.repere:
        ends.add(known[-1])
    places: list[PlaceEtiquette] = [""] * len(serie.valeurs)
    for rank in ends:
        under = _is_under(serie, marks, rank, echelle)
        last = rank == len(serie.valeurs) - 1
        places[rank] = "droite" if last else "dessous" if under else "dessus"
    return tuple(places)


def _bar_label(serie: Serie, marks: Sequence[Serie], rank: int, echelle: Echelle) -> PlaceEtiquette:
    """Above the bar, or inside it under a mark; a low bar under a mark has no room for words."""
    if not _is_under(serie, marks, rank, echelle):
        return "dehors"
    valeur = serie.valeurs[rank]
    return "dedans" if valeur is not None and valeur >= _tie(echelle) else ""


def _is_under(serie: Serie, marks: Sequence[Serie], rank: int, echelle: Echelle) -> bool:
    """Whether a mark stands where the label above the value would."""
    valeur = serie.valeurs[rank]
    others = [mark.valeurs[rank] for mark in marks if mark is not serie]
    return valeur is not None and any(
        other is not None and valeur <= other < valeur + _tie(echelle) for other in others
    )


def _tie(echelle: Echelle) -> Decimal:
    return (echelle.haut - echelle.bas) * _TIE / 100


def _mark_label(
    serie: Serie, mains: Sequence[Serie], marks: Sequence[Serie], rank: int, echelle: Echelle
) -> PlaceEtiquette:
    """A mark is labelled when it stands beside one bar alone."""
    if len(mains) > 1 or len(marks) > 1:
        return ""
    valeur, bar = serie.valeurs[rank], mains[0].valeurs[rank] if mains else None
    if valeur is not None and bar is not None and bar - _tie(echelle) < valeur < bar:
        return "dessous"
    return "dessus"
