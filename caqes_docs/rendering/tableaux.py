"""What tables and boxes to sign ask so that they read well, whole or cut by pages.

The classes named here are drawn by the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.document import model as doc
from caqes_docs.document.hauteur import HALF_PAGE, PAGE, WHOLE, row_height, table_height
from caqes_docs.document.walk import plain

_SHORT = 8
"""A table of at most so many rows, none of them tall, stands on one page."""
_TIED = HALF_PAGE
"""Tied rows and the header of the table take at most so many lines."""
_BOXES = 3
"""Signature boxes side by side, at most."""
_END = 6
"""Two rows at an end of a table are tied when they take at most so many lines."""


def table_classes(tableau: doc.Tableau) -> str:
    """The class of the role, and what says that the table is not to be cut."""
    classe = tableau.role.replace("_", "-")
    return f"{classe} insecable" if is_whole(tableau) else classe


def is_whole(tableau: doc.Tableau) -> bool:
    """Whether no page cuts the table."""
    return len(tableau.lignes) <= _SHORT and table_height(tableau) <= WHOLE


def ends_tied(tableau: doc.Tableau) -> bool:
    """Whether the last row of a table that pages cut is never alone on one, nor a title there."""
    last = tableau.lignes[-2:]
    return (
        len(tableau.lignes) > len(last)
        and not any(is_group(ligne, len(tableau.colonnes)) for ligne in last)
        and sum(row_height(ligne, tableau.colonnes) for ligne in last) <= _END
        and not is_whole(tableau)
    )


def row_classes(tableau: doc.Tableau) -> list[str]:
    """One string per row of the body, often empty.

    A row tied to the next never ends a page: titles of groups, and the rows beside the ends, so
    that no row is left alone on a page. Tall rows are not tied, and one that may be taller than a
    page is cut: WeasyPrint drops the header of a table to make room for rows that it may not part.
    """
    count = len(tableau.lignes)
    tied = head = sum(row_height(ligne, tableau.colonnes) for ligne in tableau.entete)
    classes: list[str] = []
    for rank, ligne in enumerate(tableau.lignes):
        group = is_group(ligne, len(tableau.colonnes))
        names = ["groupe"] if group else []
        if row_height(ligne, tableau.colonnes) > PAGE:
            names.append("haute")
        if rank + 1 < count and (group or rank in (0, count - 2)):
            height = row_height(ligne, tableau.colonnes)
            after = row_height(tableau.lignes[rank + 1], tableau.colonnes)
            tied += height
            if tied + after <= _TIED and (group or height + after <= _END):
                names.append("liee")
        if "liee" not in names:
            tied = head
        classes.append(" ".join(names))
    return classes


def is_group(ligne: doc.Ligne, columns: int) -> bool:
    """Whether the row is the title of those that follow: one header cell across the table."""
    match ligne:
        case (doc.Cellule(etendue=width, entete=True),):
            return 1 < columns <= width
        case _:
            return False


def cell_attributes(cellule: doc.Cellule, colonne: doc.Colonne | None, scope: str) -> str:
    """The attributes of a cell that starts in `colonne`; `scope` is empty for a data cell."""
    classes: list[str] = (
        [] if colonne is None or colonne.alignement == "gauche" else [colonne.alignement]
    )
    if is_blank(cellule):
        classes.append("a-remplir")
    return (
        (f' class="{" ".join(classes)}"' if classes else "")
        + (f' scope="{scope}"' if scope else "")
        + (f' colspan="{cellule.etendue}"' if cellule.etendue > 1 else "")
    )


def is_blank(cellule: doc.Cellule) -> bool:
    """Whether a hand is to write in the cell."""
    match cellule.blocs:
        case (doc.Paragraphe(contenu=(doc.AEcrire(pointilles=0),)),):
            return True
        case _:
            return False


def colgroup(colonnes: tuple[doc.Colonne, ...]) -> str:
    """The widths of the columns."""
    total = sum(colonne.largeur for colonne in colonnes)
    cols = "".join(f'<col style="width:{100 * c.largeur / total:.3f}%">' for c in colonnes)
    return f"<colgroup>{cols}</colgroup>" if cols else ""


def box_rows(signataires: tuple[doc.Signataire, ...]) -> Iterator[tuple[doc.Signataire, ...]]:
    """Rows as even as possible: four signatories make two and two, not three and one."""
    rows = -(-len(signataires) // _BOXES)
    for rank in range(rows):
        start = rank * len(signataires) // rows
        yield signataires[start : (rank + 1) * len(signataires) // rows]


def field_words(signataire: doc.Signataire) -> str:
    """What is said of the field of a box: « Signature : » and who signs there."""
    qualite = " ".join(plain(signataire.qualite).split())
    return f"Signature\u00a0: {qualite}" if qualite else "Signature"
