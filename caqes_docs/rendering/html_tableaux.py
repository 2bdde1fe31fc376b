"""What a table asks of its rows and cells so that it reads well, whole or cut by pages.

The classes named here are drawn by the style sheet.
"""

from __future__ import annotations

from caqes_docs.document.model import AEcrire, Cellule, Colonne, Ligne, Paragraphe, Tableau

_SHORT = 8
"""A table of at most so many rows stands on one page."""


def table_classes(tableau: Tableau) -> str:
    """The class of the role, and what says that the table is not to be cut."""
    classe = tableau.role.replace("_", "-")
    return f"{classe} insecable" if len(tableau.lignes) <= _SHORT else classe


def row_classes(tableau: Tableau) -> list[str]:
    """One string per row of the body, often empty.

    A row tied to the next never ends a page: titles of groups, and the rows beside the ends, so
    that no row is left alone on a page.
    """
    count = len(tableau.lignes)
    classes: list[str] = []
    for rank, ligne in enumerate(tableau.lignes):
        names = ["groupe"] if is_group(ligne, len(tableau.colonnes)) else []
        if rank + 1 < count and (names or rank in (0, count - 2)):
            names.append("liee")
        classes.append(" ".join(names))
    return classes


def is_group(ligne: Ligne, columns: int) -> bool:
    """Whether the row is the title of those that follow: one header cell across the table."""
    match ligne:
        case (Cellule(etendue=width, entete=True),):
            return 1 < columns <= width
        case _:
            return False


def cell_attributes(cellule: Cellule, colonne: Colonne | None, scope: str) -> str:
    """The attributes of a cell that starts in `colonne`; `scope` is empty for a data cell."""
    classes: list[str] = (
        [] if colonne is None or colonne.alignement == "gauche" else [colonne.alignement]
    )
    if _is_blank(cellule):
        classes.append("a-remplir")
    return (
        (f' class="{" ".join(classes)}"' if classes else "")
        + (f' scope="{scope}"' if scope else "")
        + (f' colspan="{cellule.etendue}"' if cellule.etendue > 1 else "")
    )


def _is_blank(cellule: Cellule) -> bool:
    """Whether a hand is to write in the cell."""
    match cellule.blocs:
        case (Paragraphe(contenu=(AEcrire(pointilles=0),)),):
            return True
        case _:
            return False


def colgroup(colonnes: tuple[Colonne, ...]) -> str:
    """The widths of the columns."""
    total = sum(colonne.largeur for colonne in colonnes)
    cols = "".join(f'<col style="width:{100 * c.largeur / total:.3f}%">' for c in colonnes)
    return f"<colgroup>{cols}</colgroup>" if cols else ""
