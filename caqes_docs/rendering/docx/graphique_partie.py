"""The chart part of Word (DrawingML): values as they were computed, no workbook behind them.

Labels are words, the same as in the PDF, whatever the settings of the machine that opens the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from caqes_docs.document.empreinte import decimal_text
from caqes_docs.document.model import Graphique, Serie
from caqes_docs.ooxml.ns import DECLARATION, A, C, R
from caqes_docs.ooxml.xml import escape
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
    LARGEUR,
    Disposition,
    PlaceEtiquette,
    label_places,
    lay_out,
)
from caqes_docs.rendering.graphique.echelle import (
    SANS_VALEUR,
    category_names,
    empty_categories,
    value_text,
)

_POSITIONS = {"dehors": "outEnd", "dedans": "inEnd", "dessus": "t", "dessous": "b", "droite": "r"}
_BARE = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_NO_LINE = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
_AXES = '<c:axId val="1001"/><c:axId val="1002"/>'
_NOTHING = "".join(
    f'<c:{name} val="0"/>'
    for name in (
        "showLegendKey",
        "showVal",
        "showCatName",
        "showSerName",
        "showPercent",
        "showBubbleSize",
    )
)


def chart_xml(graphique: Graphique) -> str:
    """`word/charts/chartN.xml`."""
    place = lay_out(graphique)
    plot = "".join(
        (*_series(graphique, place), _name_axis(graphique, place), _value_axis(graphique, place))
    )
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        '<c:date1904 val="0"/><c:lang val="fr-FR"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{_frame(place)}{plot}{_BARE}"
        f"</c:plotArea>{_legend(graphique, place)}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_text_properties()}</c:chartSpace>"
    )


def _frame(place: Disposition) -> str:
    """The frame of the axes, as shares of the drawing: the same as in the PDF."""
    shares = {
        "x": Decimal(place.gauche) / LARGEUR,
        "y": Decimal(place.haut) / place.hauteur,
        "w": Decimal(place.droite - place.gauche) / LARGEUR,
        "h": Decimal(place.bas - place.haut) / place.hauteur,
    }
    modes = "".join(f'<c:{name}Mode val="edge"/>' for name in "xy")
    sides = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares.items())
    target = '<c:layoutTarget val="inner"/>'
    return f"<c:layout><c:manualLayout>{target}{modes}{sides}</c:manualLayout></c:layout>"


@dataclass(frozen=True, slots=True)
class _Trace:
    """A series of the part: its rank there, its words, its looks."""

    rank: int
    serie: Serie
    places: tuple[PlaceEtiquette, ...]
    look: str
    """`c:spPr` and, in a line chart, `c:marker`."""
    ink: str = ENCRE


def _series(graphique: Graphique, place: Disposition) -> Iterator[str]:
    """The groups of series: bars, then lines (curves, targets, places without value)."""
    where = label_places(graphique, place.echelle)
    bars: list[_Trace] = []
    lines: list[_Trace] = []
    mains = 0
    for rank, (serie, places) in enumerate(zip(graphique.series, where, strict=True)):
        if serie.repere:
            lines.append(_Trace(rank, serie, places, _marker_look(graphique, place)))
        elif graphique.sorte == "courbe":
            lines.append(_Trace(rank, serie, places, _curve_look(mains)))
        else:
            fill, ink = bar_colours(mains)
            bars.append(_Trace(rank, serie, places, _fill(fill, CONTOUR), ink))
        mains += not serie.repere
    if bars:
        overlap = '<c:gapWidth val="67"/>'
        yield (
            '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
            f"{''.join(_bar(graphique, trace) for trace in bars)}{overlap}{_AXES}</c:barChart>"
        )
    lines_xml = [*(_curve(graphique, trace) for trace in lines), *_gaps(graphique)]
    if lines_xml:
        yield (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{"".join(lines_xml)}<c:marker val="1"/>{_AXES}</c:lineChart>'
        )


def _bar(graphique: Graphique, trace: _Trace) -> str:
    return (
        f"<c:ser>{_heading(trace.rank, trace.serie.nom)}{trace.look}"
        f'<c:invertIfNegative val="0"/>{_labels(graphique, trace)}'
        f"{_data(graphique, trace.serie.valeurs)}</c:ser>"
    )


def _curve(graphique: Graphique, trace: _Trace) -> str:
    return (
        f"<c:ser>{_heading(trace.rank, trace.serie.nom)}{trace.look}"
        f"{_labels(graphique, trace)}{_data(graphique, trace.serie.valeurs)}"
        '<c:smooth val="0"/></c:ser>'
    )


def _gaps(graphique: Graphique) -> Iterator[str]:
    """A series without line nor mark, whose name stands where there is no value."""
    empty = empty_categories(graphique)
    if not any(empty):
        return
    values = tuple(Decimal(0) if gap else None for gap in empty)
    names = _NOTHING.replace('showSerName val="0"', 'showSerName val="1"')
    yield (
        f"<c:ser>{_heading(len(graphique.series), SANS_VALEUR)}{_NO_LINE}"
        f'<c:marker><c:symbol val="none"/></c:marker><c:dLbls>{_BARE}{_text_properties(AXE)}'
        f'<c:dLblPos val="t"/>{names}</c:dLbls>{_data(graphique, values)}'
        '<c:smooth val="0"/></c:ser>'
    )


def _heading(rank: int, nom: str) -> str:
    return f'<c:idx val="{rank}"/><c:order val="{rank}"/><c:tx><c:v>{escape(nom)}</c:v></c:tx>'


def _data(graphique: Graphique, valeurs: Sequence[Decimal | None]) -> str:
    """Names of the categories and values, as literals: there is no workbook to refer to."""
    count = len(graphique.categories)
    names = "".join(
        f'<c:pt idx="{rank}"><c:v>{escape(nom)}</c:v></c:pt>'
        for rank, nom in enumerate(category_names(graphique))
    )
    values = "".join(
        f'<c:pt idx="{rank}"><c:v>{decimal_text(valeur)}</c:v></c:pt>'
        for rank, valeur in enumerate(valeurs)
        if valeur is not None
    )
    return (
        f'<c:cat><c:strLit><c:ptCount val="{count}"/>{names}</c:strLit></c:cat>'
        f"<c:val><c:numLit><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{count}"/>{values}</c:numLit></c:val>'
    )


def _labels(graphique: Graphique, trace: _Trace) -> str:
    label = partial(_label, graphique, trace)
    written = "".join(label(rank) for rank, place in enumerate(trace.places) if place)
    return f"<c:dLbls>{written}{_NOTHING}</c:dLbls>"


def _label(graphique: Graphique, trace: _Trace, rank: int) -> str:
    place, valeur = trace.places[rank], trace.serie.valeurs[rank]
    words = escape(value_text(valeur, graphique.unite))
    ink = trace.ink if place == "dedans" else ENCRE
    shown = _NOTHING.replace('showVal val="0"', 'showVal val="1"')
    return (
        f'<c:dLbl><c:idx val="{rank}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:p><a:pPr>'
        f"{_run_properties('defRPr', ink)}</a:pPr><a:r>{_run_properties('rPr', ink)}"
        f"<a:t>{words}</a:t></a:r></a:p></c:rich></c:tx>"
        f'<c:dLblPos val="{_POSITIONS[place]}"/>{shown}</c:dLbl>'
    )


def _fill(colour: str, border: str) -> str:
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln w="7620">'
        f'<a:solidFill><a:srgbClr val="{border}"/></a:solidFill></a:ln></c:spPr>'
    )


def _stroke(colour: str, width: int, dash: str) -> str:
    return (
        f'<c:spPr><a:ln w="{width}" cap="flat"><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>'
    )


def _curve_look(rank: int) -> str:
    colour, shape, dash = curve_look(rank)
    marker = f'<c:symbol val="{shape}"/><c:size val="5"/>{_fill(colour, colour)}'
    return f"{_stroke(colour, 20320, dash)}<c:marker>{marker}</c:marker>"


def _marker_look(graphique: Graphique, place: Disposition) -> str:
    """Dashes across the bars; a dashed line beside curves."""
    if graphique.sorte == "courbe":
        return f'{_stroke(REPERE, 13970, "dash")}<c:marker><c:symbol val="none"/></c:marker>'
    size = max(6, min(place.slot() * 60 // 10000, 18))
    return (
        f'{_NO_LINE}<c:marker><c:symbol val="dash"/><c:size val="{size}"/>'
        f"{_fill(REPERE, 'FFFFFF')}</c:marker>"
    )


def _name_axis(graphique: Graphique, place: Disposition) -> str:
    turn = ' rot="-2700000" vert="horz"' if place.penche else ' rot="0" vert="horz"'
    return (
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="b"/>{_axis_title(graphique.axe_categories)}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_stroke(AXE, 8890, "solid")}'
        f'{_text_properties(turn=turn)}<c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>'
        '<c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(graphique: Graphique, place: Disposition) -> str:
    echelle = place.echelle
    between = "midCat" if place.bords else "between"
    return (
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{decimal_text(echelle.haut)}"/><c:min val="{decimal_text(echelle.bas)}"/>'
        '</c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f"<c:majorGridlines>{_stroke(GRILLE, 8890, 'solid')}</c:majorGridlines>"
        f"{_axis_title(graphique.axe_valeurs, turned=True)}"
        f'<c:numFmt formatCode="{_format(graphique, place)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'{_NO_LINE}{_text_properties()}<c:crossAx val="1001"/>'
        f'<c:crosses val="autoZero"/><c:crossBetween val="{between}"/>'
        f'<c:majorUnit val="{decimal_text(echelle.pas)}"/></c:valAx>'
    )


def _format(graphique: Graphique, place: Disposition) -> str:
    """The French form of the graduations: thousands apart, a no-break space before the unit."""
    step = place.echelle.pas * (100 if graphique.unite == "taux" else 1)
    _, _, decimals = decimal_text(step).partition(".")
    if graphique.unite == "euro" and decimals:
        decimals = "00"
    body = "#,##0" + (f".{'0' * len(decimals)}" if decimals else "")
    unit = {"taux": "\u00a0%", "euro": "&quot;\u00a0€&quot;", "nombre": ""}[graphique.unite]
    return f"[$-40C]{body}{unit}"


def _axis_title(words: str, *, turned: bool = False) -> str:
    if not words:
        return ""
    turn = ' rot="-5400000" vert="horz"' if turned else ""
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turn}/><a:p><a:pPr>{_run_properties('defRPr')}</a:pPr>"
        f"<a:r>{_run_properties('rPr')}<a:t>{escape(words)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _legend(graphique: Graphique, place: Disposition) -> str:
    """The names of the series below; what marks a missing value has no place there."""
    if not place.legende:
        return ""
    rank = len(graphique.series)
    gone = f'<c:legendEntry><c:idx val="{rank}"/><c:delete val="1"/></c:legendEntry>'
    hidden = gone if any(empty_categories(graphique)) else ""
    return (
        f'<c:legend><c:legendPos val="b"/>{hidden}<c:overlay val="0"/>'
        f"{_text_properties()}</c:legend>"
    )


def _run_properties(tag: str, colour: str = ENCRE) -> str:
    language = ' lang="fr-FR"' if tag == "rPr" else ""
    return (
        f'<a:{tag}{language} sz="800" b="0"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="Arial"/><a:cs typeface="Arial"/></a:{tag}>'
    )


def _text_properties(colour: str = ENCRE, *, turn: str = "") -> str:
    return (
        f"<c:txPr><a:bodyPr{turn}/><a:p><a:pPr>{_run_properties('defRPr', colour)}</a:pPr>"
        '<a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
    )
