"""Tables of data, framed asides and signature boxes: the three uses of a Word table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from caqes_docs.document.model import (
    Bloc,
    BlocSignature,
    Cellule,
    Colonne,
    Encart,
    Inlines,
    Ligne,
    Signataire,
    Tableau,
)
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import plain
from caqes_docs.ooxml.xml import escape_attribute
from caqes_docs.rendering.docx_apparences import Allure, Contexte
from caqes_docs.rendering.docx_flux import Flux

SHORT_TABLE = 6
"""Up to this many rows, a table stays on one page."""
SHORT_ASIDE = 1200
"""Up to this many characters, a framed aside stays on one page."""
SIGNATURES_PER_ROW = 3
SIGNATURE_HEIGHT = 2400
CELL_MARGIN = 85
ASIDE_MARGIN = 170
SIGNATURE_MARGIN = 113
_ALIGNMENT = {"gauche": "", "centre": "center", "droite": "right"}
_NO_LOOK = (
    '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)
_HEADER_LOOK = (
    '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="1" w:noVBand="1"/>'
)

WriteBlocks: TypeAlias = Callable[[tuple[Bloc, ...], Contexte], None]


class _Grille:
    """What the cells of one table share; cells that look alike are described once."""

    __slots__ = ("_cases", "_colonnes", "_fonds", "largeurs")

    def __init__(self, bloc: Tableau, largeur: int, fonds: tuple[str, str]) -> None:
        self.largeurs = column_widths([colonne.largeur for colonne in bloc.colonnes], largeur)
        self._colonnes = bloc.colonnes
        self._fonds = fonds
        self._cases: dict[tuple[int, int, bool, bool, bool], tuple[str, Contexte]] = {}

    def case(
        self, column: int, cellule: Cellule, *, header: bool, kept: bool
    ) -> tuple[str, Contexte]:
        """The start of a cell, and where its blocks stand."""
        key = (column, cellule.etendue, cellule.entete, header, kept)
        found = self._cases.get(key)
        if found is None:
            found = self._cases[key] = self._describe(column, cellule, header=header, kept=kept)
        return found

    def _describe(
        self, column: int, cellule: Cellule, *, header: bool, kept: bool
    ) -> tuple[str, Contexte]:
        width = sum(self.largeurs[column : column + cellule.etendue])
        span = f'<w:gridSpan w:val="{cellule.etendue}"/>' if cellule.etendue > 1 else ""
        shade = self._fonds[0] if header else self._fonds[1] if cellule.entete else ""
        valign = '<w:vAlign w:val="center"/>' if header else ""
        start = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}{valign}</w:tcPr>'
        colonne = self._colonnes[column] if column < len(self._colonnes) else Colonne(1)
        return start, Contexte(
            width - 2 * CELL_MARGIN,
            cellule=True,
            entete=header or cellule.entete,
            alignement=_ALIGNMENT[colonne.alignement],
            garder=kept,
        )


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


def write_table(flux: Flux, blocks: WriteBlocks, bloc: Tableau, contexte: Contexte) -> None:
    """A table of data under its caption."""
    flux.settle_mark()
    if bloc.legende:
        caption = Allure(flux.coquille.style("caption"))
        flux.paragraph(caption, flux.runs(bloc.legende), garder=True)
    flux.settle_page_break()
    style = flux.coquille.style("Caqes Tableau")
    shades = flux.coquille.styles.ombrages
    fonds = (shades.get(f"{style}/firstRow", ""), shades.get(f"{style}/firstCol", ""))
    grille = _Grille(bloc, contexte.largeur - contexte.retrait, fonds)
    look = _HEADER_LOOK if bloc.entete else _NO_LOOK
    name = plain(bloc.legende)
    flux.out.append(_table_start(style, grille.largeurs, contexte.retrait, look, name))
    kept = len(bloc.entete) + len(bloc.lignes) <= SHORT_TABLE
    for ligne in bloc.entete:
        _write_row(flux, blocks, ligne, grille, header=True, kept=True)
    for position, ligne in enumerate(bloc.lignes):
        last = position == len(bloc.lignes) - 1
        _write_row(flux, blocks, ligne, grille, header=False, kept=kept and not last)
    flux.out.append("</w:tbl>")
    flux.separator()


def _write_row(
    flux: Flux, blocks: WriteBlocks, ligne: Ligne, grille: _Grille, *, header: bool, kept: bool
) -> None:
    repeated = "<w:tblHeader/>" if header else ""
    flux.out.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>")
    column = 0
    for cellule in ligne:
        start, inside = grille.case(column, cellule, header=header, kept=kept)
        flux.out.append(start)
        written = len(flux.out)
        blocks(cellule.blocs, inside)
        _fill_empty(flux, written, inside)
        flux.out.append("</w:tc>")
        column += cellule.etendue
    flux.out.append("</w:tr>")


def _fill_empty(flux: Flux, start: int, contexte: Contexte) -> None:
    """Word refuses a cell without a paragraph."""
    flux.settle_mark()
    if len(flux.out) == start:
        name = "Caqes Cellule Entete" if contexte.entete else "Caqes Cellule"
        flux.paragraph(Allure(flux.coquille.style(name)), "", garder=contexte.garder)


def write_aside(flux: Flux, blocks: WriteBlocks, bloc: Encart, contexte: Contexte) -> None:
    """A framed aside: a table of one cell, the only frame that holds lists and tables."""
    flux.settle_mark()
    flux.settle_page_break()
    warning = bloc.role == "avertissement"
    style = flux.coquille.style("Caqes Encart Avertissement" if warning else "Caqes Encart")
    width = contexte.largeur - contexte.retrait
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if is_short_aside(bloc) else ""
    flux.out.append(_table_start(style, (width,), contexte.retrait, _NO_LOOK, ""))
    flux.out.append(f'<w:tr>{whole}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
    inside = Contexte(width - 2 * ASIDE_MARGIN, garder=contexte.garder)
    start = len(flux.out)
    blocks(bloc.blocs, inside)
    _fill_empty(flux, start, inside)
    flux.out.append("</w:tc></w:tr></w:tbl>")
    flux.separator()


def is_short_aside(bloc: Encart) -> bool:
    """Whether an aside is kept on one page."""
    return len(blocks_text(bloc.blocs)) <= SHORT_ASIDE


def write_signatures(flux: Flux, bloc: BlocSignature, contexte: Contexte) -> None:
    """Signature boxes side by side; a layout table: no header row, nothing announced."""
    if not bloc.signataires:
        return
    flux.settle_mark()
    flux.settle_page_break()
    columns = signature_columns(bloc)
    widths = column_widths((1,) * columns, contexte.largeur * columns // max(columns, 2))
    style = flux.coquille.style("Caqes Signature")
    flux.out.append(_table_start(style, widths, contexte.retrait, _NO_LOOK, ""))
    for start in range(0, len(bloc.signataires), columns):
        row = bloc.signataires[start : start + columns]
        last = start + columns >= len(bloc.signataires)
        _write_signature_row(flux, row, widths, last=last)
    flux.out.append("</w:tbl>")
    flux.separator()


def signature_columns(bloc: BlocSignature) -> int:
    """How many boxes stand on a row; four are better as two rows of two."""
    count = len(bloc.signataires)
    return 2 if count == SIGNATURES_PER_ROW + 1 else min(count, SIGNATURES_PER_ROW)


def _write_signature_row(
    flux: Flux, row: tuple[Signataire, ...], widths: tuple[int, ...], *, last: bool
) -> None:
    missing = len(widths) - len(row)
    after = ""
    if missing:
        room = sum(widths[len(row) :])
        after = f'<w:gridAfter w:val="{missing}"/><w:wAfter w:w="{room}" w:type="dxa"/>'
    flux.out.append(
        f"<w:tr><w:trPr>{after}<w:cantSplit/>"
        f'<w:trHeight w:val="{SIGNATURE_HEIGHT}" w:hRule="atLeast"/></w:trPr>'
    )
    for signataire, width in zip(row, widths, strict=False):
        flux.out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
        _write_signature_box(flux, signataire, kept=not last)
        flux.out.append("</w:tc>")
    flux.out.append("</w:tr>")


def _write_signature_box(flux: Flux, signataire: Signataire, *, kept: bool) -> None:
    parts: tuple[tuple[str, Inlines], ...] = (
        ("signature_qualite", signataire.qualite),
        ("signature_mention", signataire.mention),
        ("signature_nom", signataire.nom),
    )
    for role, contenu in parts:
        look = Allure(flux.coquille.role_style(role))
        flux.paragraph(look, flux.runs(contenu), garder=kept)


def _table_start(style: str, widths: tuple[int, ...], retrait: int, look: str, caption: str) -> str:
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
