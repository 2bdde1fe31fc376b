"""The tables as typst source: widths, headers that repeat, titles of groups, rows never cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from caqes_docs.document import model as doc
from caqes_docs.document.hauteur import HALF_PAGE, PAGE, row_height
from caqes_docs.rendering.tableaux import ends_tied, is_group, is_whole
from caqes_docs.rendering.typst.litteraux import array

Cell: TypeAlias = str
Fold: TypeAlias = Callable[[doc.Cellule, bool], Cell]
"""What writes a cell, told whether it repeats on each page."""
_SIDES = {"gauche": "left", "centre": "center", "droite": "right"}


def fold_table(tableau: doc.Tableau, legende: str, fold: Fold, *, tied: bool = False) -> str:
    """The call that draws `tableau`, whose cells `fold` writes; `tied` to what follows it."""
    columns = array(f"{colonne.largeur}fr" for colonne in tableau.colonnes)
    sides = array(_SIDES[colonne.alignement] for colonne in tableau.colonnes)
    rows = [_row(ligne, tableau, fold) for ligne in tableau.lignes]
    if ends_tied(tableau):  # a header that does not repeat stays with the row that follows it
        rows[-2] = f"table.header(level: 3, repeat: false, {rows[-2]})"
    head = ", ".join(_cell("e", cellule, fold) for ligne in tableau.entete for cellule in ligne)
    if head:
        rows.insert(0, f"table.header({head})")
    options = f", legende: [{legende}]" if legende else ""
    if is_whole(tableau):
        options += ", entier: true, tenu: true" if tied else ", entier: true"
    inside = ",\n".join(rows)
    return f"#tableau(columns: {columns}, align: {sides}{options},\n{inside})"


def _row(ligne: doc.Ligne, tableau: doc.Tableau, fold: Fold) -> str:
    if is_group(ligne, len(tableau.colonnes)):
        return _cell("g", ligne[0], fold)
    height = row_height(ligne, tableau.colonnes)
    tall = height > PAGE or height == HALF_PAGE  # which stands for a height that is not known
    return ", ".join(
        _cell("l" if cellule.entete else "d", cellule, fold, tall=tall) for cellule in ligne
    )


def _cell(name: str, cellule: doc.Cellule, fold: Fold, *, tall: bool = False) -> Cell:
    options = f", colspan: {cellule.etendue}" if cellule.etendue > 1 else ""
    options += ", breakable: true" if tall else ""
    contenu = f"[{fold(cellule, name == 'e')}]"
    return contenu if name == "d" and not options else f"{name}({contenu}{options})"
