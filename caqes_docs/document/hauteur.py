"""How tall the rows of a table are, near enough to tell a small table from one to cut by pages."""

from __future__ import annotations

from caqes_docs.document import model as doc
from caqes_docs.document.texte import blocks_text

HALF_PAGE = 22
"""Lines on half a landscape page: tied rows take no more."""
PAGE = 2 * HALF_PAGE
"""Lines on a landscape page: a row that may take more is cut where the page ends."""
WHOLE = 10
"""A table kept whole takes no more lines: a taller one, held back, leaves a hole in the page."""
_LINE = 80
"""Characters of a line across a page, at least."""


def table_height(tableau: doc.Tableau) -> int:
    """How many lines the table takes, header included, at most."""
    lignes = (*tableau.entete, *tableau.lignes)
    return sum(row_height(ligne, tableau.colonnes) for ligne in lignes)


def row_height(ligne: doc.Ligne, colonnes: tuple[doc.Colonne, ...]) -> int:
    """How many lines the row takes, at most; much when it holds more than running text."""
    total = sum(colonne.largeur for colonne in colonnes)
    rank, height = 0, 1
    for cellule in ligne:
        spanned = colonnes[rank : rank + cellule.etendue]
        rank += cellule.etendue
        length = max(1, sum(colonne.largeur for colonne in spanned) * _LINE // max(total, 1))
        if not all(_is_running_text(bloc) for bloc in cellule.blocs):
            return HALF_PAGE
        lines = blocks_text(cellule.blocs).splitlines()
        height = max(height, sum(1 + len(line) // length for line in lines))
    return height


def _is_running_text(bloc: doc.Bloc) -> bool:
    match bloc:
        case doc.Paragraphe(role="cellule" | "corps"):
            return True
        case doc.Liste():
            return all(_is_running_text(one) for item in bloc.elements for one in item.blocs)
        case _:
            return False
