"""The chart of the document model: exact values, and the sentences that say what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from caqes_docs.document.inlines import Inlines

MAX_CATEGORIES = 12
"""Beyond, the names under the axis are no longer read: the caller makes two charts."""

Sorte: TypeAlias = Literal["barres", "courbe"]
UniteGraphique: TypeAlias = Literal["euro", "taux", "nombre"]


@dataclass(frozen=True, slots=True)
class Serie:
    """One value per category; None where there is none (« n. é. »).

    A `repere` is what the others are held against (targets, a cap): marks beside bars, a dashed
    line beside a curve. A rate is a fraction: Decimal("0.039") is printed « 3,9 % ». All the digits
    are printed: whoever computes a value rounds it.
    """

    nom: str
    valeurs: tuple[Decimal | None, ...]
    repere: bool = False


@dataclass(frozen=True, slots=True)
class Graphique:
    """A chart of bars or curves; the points of a curve are at even distances.

    `titre` is printed above. `alternative` says in full sentences what the chart shows: Word and
    PDF give it to assistive technologies, plain text prints it in place of the drawing.

    Raises:
        ValueError: a series has not one value per category, or there are too many categories.
    """

    titre: Inlines
    alternative: str
    sorte: Sorte
    categories: tuple[str, ...]
    series: tuple[Serie, ...]
    unite: UniteGraphique
    axe_categories: str = ""
    axe_valeurs: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.categories) <= MAX_CATEGORIES:
            raise ValueError(f"{len(self.categories)} categories in a chart")
        if not self.series or not self.alternative.strip():
            raise ValueError("a chart needs a series and a text alternative")
        for serie in self.series:
            if len(serie.valeurs) != len(self.categories):
                raise ValueError(f"series {serie.nom}: not one value per category")
            if not all(valeur is None or valeur.is_finite() for valeur in serie.valeurs):
                raise ValueError(f"series {serie.nom}: a value that is no number")
