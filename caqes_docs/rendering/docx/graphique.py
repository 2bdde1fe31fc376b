"""A chart in Word: the paragraph of its title, and that of its drawing."""

from __future__ import annotations

from typing import Final

from caqes_docs.document.model import Graphique
from caqes_docs.document.walk import plain
from caqes_docs.ooxml.ns import WP, A, C, R
from caqes_docs.ooxml.xml import escape_attribute
from caqes_docs.rendering.docx.apparences import Allure, Contexte
from caqes_docs.rendering.docx.flux import Flux
from caqes_docs.rendering.docx.graphique_partie import chart_xml
from caqes_docs.rendering.graphique.disposition import LARGEUR, lay_out

_EMU_PER_TWIP = 635
_TWIPS = 5
"""Hundredths of a point in a twip."""
_FIRST_ID = 700_000_001
"""Drawings of the charte have small identifiers; no two may share one."""
RELATION: Final = "rIdGraphique"


def chart_part(rank: int) -> str:
    """The name of the part of chart `rank` (from 1)."""
    return f"word/charts/chart{rank}.xml"


def chart_size(graphique: Graphique, contexte: Contexte) -> tuple[int, int]:
    """Width and height of a chart, in twips: the house page, or what is left of it."""
    room = contexte.largeur - contexte.retrait
    return min(LARGEUR // _TWIPS, room), lay_out(graphique).hauteur // _TWIPS


def chart_title(style: str, contexte: Contexte) -> Allure:
    """The look of the title, indented as the list around."""
    return Allure(style, contexte.retrait or None)


def write_chart(flux: Flux, bloc: Graphique, contexte: Contexte) -> None:
    """The title, then the chart on the same page."""
    flux.settle_mark()
    title = chart_title(flux.charte.style("caption"), contexte)
    flux.paragraph(title, flux.runs(bloc.titre), garder=True)
    flux.graphiques.append(chart_xml(bloc))
    rank = len(flux.graphiques)
    look = Allure(flux.charte.style("Caqes Corps"), contexte.retrait or None)
    flux.paragraph(look, _drawing(bloc, rank, contexte), alignement="left")


def _drawing(bloc: Graphique, rank: int, contexte: Contexte) -> str:
    width, height = (side * _EMU_PER_TWIP for side in chart_size(bloc, contexte))
    title, alternative = escape_attribute(plain(bloc.titre)), escape_attribute(bloc.alternative)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{_FIRST_ID + rank - 1}" name="Graphique {rank}" descr="{alternative}"'
        f' title="{title}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{C}">'
        f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{RELATION}{rank}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
