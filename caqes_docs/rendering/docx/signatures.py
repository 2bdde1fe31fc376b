"""Signature boxes: a layout table, no header row, nothing announced.

A box is three cells one above the other (office, mention, name), so that names stand on one line
whatever the length of the offices. The room to sign is the space above the name, in its style.
"""

from __future__ import annotations

from collections.abc import Sequence

from caqes_docs.document.model import BlocSignature, Inlines, Signataire
from caqes_docs.rendering.docx.apparences import Allure, Contexte
from caqes_docs.rendering.docx.flux import Flux
from caqes_docs.rendering.docx.tableaux import NO_LOOK, column_widths, table_start

SIGNATURES_PER_ROW = 3
SIGNATURE_MARGIN = 113
_ROLES = ("signature_qualite", "signature_mention", "signature_nom")
_NIL = 'w:val="nil"'
_OPEN, _CLOSE = f"<w:tcBorders><w:top {_NIL}/><w:left {_NIL}/>", f"<w:right {_NIL}/></w:tcBorders>"
_BORDERS = (f"{_OPEN}<w:bottom {_NIL}/>{_CLOSE}", f"{_OPEN}{_CLOSE}", "")
"""As in the PDF, the frame holds the room to sign alone: the office stands above it."""


def write_signatures(flux: Flux, bloc: BlocSignature, contexte: Contexte) -> None:
    """Signature boxes side by side, on the page of what stands before them."""
    if not bloc.signataires:
        return
    flux.settle_mark()
    flux.keep_last()
    flux.settle_page_break()
    widths = signature_widths(bloc, contexte)
    style = flux.charte.style("Caqes Signature")
    flux.out.append(table_start(style, widths, contexte.retrait, NO_LOOK, ""))
    rows = signature_rows(bloc)
    for position, boxes in enumerate(rows):
        _write_boxes(flux, boxes, widths, last=position == len(rows) - 1)
    flux.out.append("</w:tbl>")
    flux.separator()


def signature_rows(bloc: BlocSignature) -> list[tuple[Signataire, ...]]:
    """The boxes by row; four are better as two rows of two."""
    columns = _columns(bloc)
    return [
        bloc.signataires[start : start + columns]
        for start in range(0, len(bloc.signataires), columns)
    ]


def signature_widths(bloc: BlocSignature, contexte: Contexte) -> tuple[int, ...]:
    """The widths of the boxes; one alone takes half of the line."""
    columns = _columns(bloc)
    return column_widths((1,) * columns, contexte.largeur * columns // max(columns, 2))


def signature_parts(boxes: Sequence[Signataire]) -> list[tuple[str, tuple[Inlines, ...]]]:
    """The three rows of some boxes: role of the paragraphs, and one paragraph for each box."""
    parts = zip(*((box.qualite, box.mention, box.nom) for box in boxes), strict=True)
    return list(zip(_ROLES, parts, strict=True))


def _columns(bloc: BlocSignature) -> int:
    count = len(bloc.signataires)
    return 2 if count == SIGNATURES_PER_ROW + 1 else min(count, SIGNATURES_PER_ROW)


def _write_boxes(
    flux: Flux, boxes: tuple[Signataire, ...], widths: tuple[int, ...], *, last: bool
) -> None:
    """One row of boxes, tied to the next row unless it is the last."""
    missing = len(widths) - len(boxes)
    after = ""
    if missing:
        room = sum(widths[len(boxes) :])
        after = f'<w:gridAfter w:val="{missing}"/><w:wAfter w:w="{room}" w:type="dxa"/>'
    for position, (role, parts) in enumerate(signature_parts(boxes)):
        look = Allure(flux.charte.role_style(role))
        kept = not last or position < len(_ROLES) - 1
        flux.out.append(f"<w:tr><w:trPr>{after}<w:cantSplit/>{flux.row_mark()}</w:trPr>")
        for contenu, width in zip(parts, widths, strict=False):
            size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
            flux.out.append(f"<w:tc><w:tcPr>{size}{_BORDERS[position]}</w:tcPr>")
            flux.paragraph(look, flux.runs(contenu), garder=kept)
            flux.out.append("</w:tc>")
        flux.out.append("</w:tr>")
