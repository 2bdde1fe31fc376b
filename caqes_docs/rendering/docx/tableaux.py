"""Tables of data and framed asides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from caqes_docs.document import model as doc
from caqes_docs.document.hauteur import PAGE, WHOLE, row_height, table_height
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import plain
from caqes_docs.ooxml.xml import escape_attribute
from caqes_docs.rendering.docx.apparences import PLAIN_ROLES, Allure, Contexte, paragraph_look
from caqes_docs.rendering.docx.charte.lecture import Charte
from caqes_docs.rendering.docx.flux import Flux, paragraph_properties

SHORT_TABLE = 8
"""Up to this many rows, header included and none of them tall, a table stays on one page."""
HAND_HEIGHT = 454
"""Least height of a row that a hand fills in: 8 mm."""
SHORT_ASIDE = 1200
"""Up to this many characters, a framed aside stays on one page."""
CELL_MARGIN = 85
ASIDE_MARGIN = 170
_HAND_ROW = f'<w:trHeight w:val="{HAND_HEIGHT}" w:hRule="atLeast"/>'
_ALIGNMENT = {"gauche": "", "centre": "center", "droite": "right"}
NO_LOOK = (
    '<w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)
_HEADER_LOOK = (
    '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)
_PLAIN = doc.Paragraphe((), "cellule")

WriteBlocks: TypeAlias = Callable[[tuple[doc.Bloc, ...], Contexte], None]


@dataclass(frozen=True, slots=True)
class _Fonds:
    """The shades of the charte: header rows, row labels, rows that name a group."""

    entete: str
    libelle: str
    groupe: str


def _shades(charte: Charte, style: str) -> _Fonds:
    shades = charte.styles.ombrages
    label = shades.get(f"{style}/firstCol", "")
    group = shades.get(f"{style}/band1Horz", label)
    return _Fonds(shades.get(f"{style}/firstRow", ""), label, group)


def is_group_row(ligne: doc.Ligne, columns: int) -> bool:
    """Whether a row of the body is one header cell across the table: it names the rows below."""
    return len(ligne) == 1 and ligne[0].entete and ligne[0].etendue == columns > 1


def row_ties(bloc: doc.Tableau) -> Iterator[bool]:
    """For each row of the body, whether it stays on the page of the next one."""
    short = len(bloc.entete) + len(bloc.lignes) <= SHORT_TABLE
    whole = short and table_height(bloc) <= WHOLE
    last = len(bloc.lignes) - 1
    columns = len(bloc.colonnes)
    for position, ligne in enumerate(bloc.lignes):
        yield position < last and (whole or is_group_row(ligne, columns))


def awaits_hand(ligne: doc.Ligne) -> bool:
    """Whether a cell of the row is left blank for a hand."""
    for cellule in ligne:
        first = cellule.blocs[0] if cellule.blocs else None
        if isinstance(first, doc.Paragraphe) and first.contenu:
            inline = first.contenu[-1]
            if isinstance(inline, doc.AEcrire) and inline.pointilles == 0:
                return True
    return False


@dataclass(frozen=True, slots=True)
class _Case:
    """A kind of cell."""

    debut: str
    paragraphe: str
    """The start of a plain paragraph in such a cell."""
    contexte: Contexte


class _Grille:
    """What the cells of one table share; cells that look alike are described once."""

    __slots__ = ("_cases", "_charte", "_fonds", "colonnes", "largeurs")

    def __init__(self, bloc: doc.Tableau, largeur: int, charte: Charte, fonds: _Fonds) -> None:
        self.largeurs = column_widths([colonne.largeur for colonne in bloc.colonnes], largeur)
        self.colonnes = bloc.colonnes
        self._charte = charte
        self._fonds = fonds
        self._cases: dict[tuple[int, int, bool, bool, bool], _Case] = {}

    def group(self, *, kept: bool) -> _Case:
        """The only cell of a row that names the rows below it."""
        width = sum(self.largeurs)
        start = _cell_start(width, len(self.largeurs), self._fonds.groupe)
        inside = Contexte(width - 2 * CELL_MARGIN, cellule=True, entete=True, garder=kept)
        return self._kind(start, inside)

    def case(self, column: int, cellule: doc.Cellule, *, header: bool, kept: bool) -> _Case:
        """The start of a cell, and where its blocks stand."""
        key = (column, cellule.etendue, cellule.entete, header, kept)
        found = self._cases.get(key)
        if found is None:
            found = self._cases[key] = self._describe(column, cellule, header=header, kept=kept)
        return found

    def _describe(self, column: int, cellule: doc.Cellule, *, header: bool, kept: bool) -> _Case:
        width = sum(self.largeurs[column : column + cellule.etendue])
        shade = self._fonds.entete if header else self._fonds.libelle if cellule.entete else ""
        valign = '<w:vAlign w:val="center"/>' if header else ""
        start = _cell_start(width, cellule.etendue, shade, valign)
        colonne = self.colonnes[column] if column < len(self.colonnes) else doc.Colonne(1)
        inside = Contexte(
            width - 2 * CELL_MARGIN,
            cellule=True,
            entete=header or cellule.entete,
            alignement=_ALIGNMENT[colonne.alignement],
            garder=kept,
        )
        return self._kind(start, inside)

    def _kind(self, start: str, inside: Contexte) -> _Case:
        look = paragraph_look(self._charte, _PLAIN, inside)
        properties = paragraph_properties(
            look.style, inside.garder, False, look.retrait, inside.alignement
        )
        return _Case(start, f"{start}<w:p>{properties}", inside)


def column_widths(parts: Sequence[int], largeur: int) -> tuple[int, ...]:
    """`largeur` shared out among columns, to the twip.

    >>> column_widths((1, 1, 1), 100)
    (33, 34, 33)
    """
    total = sum(parts)
    edges = [0]
    done = 0
    for part in parts:
        done += part
        edges.append(round(largeur * done / total))
    return tuple(right - left for left, right in zip(edges, edges[1:], strict=False))


def write_table(flux: Flux, blocks: WriteBlocks, bloc: doc.Tableau, contexte: Contexte) -> None:
    """A table of data under its caption."""
    flux.settle_mark()
    if bloc.legende:
        caption = Allure(flux.charte.style("caption"))
        flux.paragraph(caption, flux.runs(bloc.legende), garder=True)
    flux.settle_page_break()
    style = flux.charte.style("Caqes Tableau")
    width = contexte.largeur - contexte.retrait
    grille = _Grille(bloc, width, flux.charte, _shades(flux.charte, style))
    look = _HEADER_LOOK if bloc.entete else NO_LOOK
    name = plain(bloc.legende)
    flux.out.append(table_start(style, grille.largeurs, contexte.retrait, look, name))
    for ligne in bloc.entete:
        _write_row(flux, blocks, ligne, grille, header=True, kept=True)
    for ligne, tied in zip(bloc.lignes, row_ties(bloc), strict=True):
        first = ligne[0] if ligne else None
        with flux.tracked(first.sens if isinstance(first, doc.CelluleSuivie) else None):
            if is_group_row(ligne, len(bloc.colonnes)):
                _write_group_row(flux, blocks, ligne[0], grille, kept=tied)
            else:
                _write_row(flux, blocks, ligne, grille, header=False, kept=tied)
    flux.out.append("</w:tbl>")
    flux.separator()


def _write_group_row(
    flux: Flux, blocks: WriteBlocks, cellule: doc.Cellule, grille: _Grille, *, kept: bool
) -> None:
    flux.out.append(f"<w:tr><w:trPr><w:cantSplit/>{flux.row_mark()}</w:trPr>")
    _write_cell(flux, blocks, cellule, grille.group(kept=kept))
    flux.out.append("</w:tr>")


def _write_row(
    flux: Flux, blocks: WriteBlocks, ligne: doc.Ligne, grille: _Grille, *, header: bool, kept: bool
) -> None:
    repeated = "<w:tblHeader/>" if header else ""
    height = _HAND_ROW if awaits_hand(ligne) else ""
    whole = "" if row_height(ligne, grille.colonnes) > PAGE else "<w:cantSplit/>"
    properties = f"{whole}{height}{repeated}{flux.row_mark()}"
    flux.out.append(f"<w:tr><w:trPr>{properties}</w:trPr>")
    column = 0
    for cellule in ligne:
        _write_cell(flux, blocks, cellule, grille.case(column, cellule, header=header, kept=kept))
        column += cellule.etendue
    flux.out.append("</w:tr>")


def _write_cell(flux: Flux, blocks: WriteBlocks, cellule: doc.Cellule, case: _Case) -> None:
    first = cellule.blocs[0] if len(cellule.blocs) == 1 else None
    if isinstance(first, doc.Paragraphe) and first.role in PLAIN_ROLES and flux.idle:
        flux.out.append(f"{case.paragraphe}{flux.runs(first.contenu)}</w:p></w:tc>")
        return
    flux.out.append(case.debut)
    written = len(flux.out)
    blocks(cellule.blocs, case.contexte)
    _fill_empty(flux, written, case.contexte)
    flux.out.append("</w:tc>")


def _fill_empty(flux: Flux, start: int, contexte: Contexte) -> None:
    """Word refuses a cell without a paragraph."""
    flux.settle_mark()
    if len(flux.out) == start:
        name = "Caqes Cellule Entete" if contexte.entete else "Caqes Cellule"
        flux.paragraph(Allure(flux.charte.style(name)), "", garder=contexte.garder)


def write_aside(flux: Flux, blocks: WriteBlocks, bloc: doc.Encart, contexte: Contexte) -> None:
    """A framed aside: a table of one cell, the only frame that holds lists and tables."""
    flux.settle_mark()
    flux.settle_page_break()
    warning = bloc.role == "avertissement"
    style = flux.charte.style("Caqes Encart Avertissement" if warning else "Caqes Encart")
    width = contexte.largeur - contexte.retrait
    properties = ("<w:cantSplit/>" if is_short_aside(bloc) else "") + flux.row_mark()
    whole = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    flux.out.append(table_start(style, (width,), contexte.retrait, NO_LOOK, ""))
    flux.out.append(f'<w:tr>{whole}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
    inside = Contexte(width - 2 * ASIDE_MARGIN, garder=contexte.garder)
    start = len(flux.out)
    blocks(bloc.blocs, inside)
    _fill_empty(flux, start, inside)
    flux.out.append("</w:tc></w:tr></w:tbl>")
    flux.separator()


def is_short_aside(bloc: doc.Encart) -> bool:
    """Whether an aside is kept on one page."""
    return len(blocks_text(bloc.blocs)) <= SHORT_ASIDE


def _cell_start(width: int, span: int, shade: str, valign: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{spanned}{shade}{valign}</w:tcPr>"


def table_start(style: str, widths: tuple[int, ...], retrait: int, look: str, caption: str) -> str:
    """Fixed layout: Word and LibreOffice give the same widths, and are faster."""
    named = ""
    if caption:
        value = escape_attribute(caption.replace("\n", " "))
        named = f'<w:tblCaption w:val="{value}"/><w:tblDescription w:val="{value}"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="{retrait}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
