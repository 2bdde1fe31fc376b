"""The height of the rows of a table: its plain cells measured without a detour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from caqes_docs.document.model import Bloc, Ligne, Paragraphe
from caqes_docs.rendering.docx.apparences import PLAIN_ROLES, Contexte
from caqes_docs.rendering.docx.charte.lecture import Charte
from caqes_docs.rendering.docx.pages.mesure import Justification, line_height
from caqes_docs.rendering.docx.tableaux import CELL_MARGIN, HAND_HEIGHT, awaits_hand

ROW_EXTRA = 100
"""Margins and border of a row of data, above and below together (twips)."""

MeasureBlocks: TypeAlias = Callable[[tuple[Bloc, ...], Contexte], int]


@dataclass(frozen=True, slots=True)
class _CaseMesuree:
    """A kind of cell: where its blocks stand, and the lines of a plain paragraph there."""

    contexte: Contexte
    justification: Justification
    pas: int
    marges: int
    """Space above and below the paragraph."""


class Rangs:
    """Measures the rows of one table."""

    __slots__ = ("_cases", "_charte", "_largeurs", "_measure")

    def __init__(self, charte: Charte, largeurs: Sequence[int], measure: MeasureBlocks) -> None:
        self._charte = charte
        self._largeurs = largeurs
        self._measure = measure
        self._cases: dict[tuple[int, int, bool], _CaseMesuree] = {}

    def height(self, ligne: Ligne, *, header: bool) -> int:
        """The height of a row, its margins and the border above it included."""
        column = tallest = 0
        for cellule in ligne:
            case = self._case(column, cellule.etendue, header or cellule.entete)
            first = cellule.blocs[0] if len(cellule.blocs) == 1 else None
            if isinstance(first, Paragraphe) and first.role in PLAIN_ROLES:
                height = case.marges + case.pas * case.justification.count(first.contenu)
            else:
                height = self._measure(cellule.blocs, case.contexte)
            tallest = max(tallest, height)
            column += cellule.etendue
        height = tallest + ROW_EXTRA
        return max(height, HAND_HEIGHT) if awaits_hand(ligne) else height

    def _case(self, column: int, span: int, header: bool) -> _CaseMesuree:
        key = (column, span, header)
        found = self._cases.get(key)
        if found is None:
            width = sum(self._largeurs[column : column + span]) - 2 * CELL_MARGIN
            name = "Caqes Cellule Entete" if header else "Caqes Cellule"
            metrique = self._charte.metrique(name)
            found = self._cases[key] = _CaseMesuree(
                Contexte(width, cellule=True, entete=header),
                Justification.of(metrique, width),
                line_height(metrique),
                metrique.avant + metrique.apres,
            )
        return found
