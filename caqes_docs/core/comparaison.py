"""The comparison that a threshold asks for: « dépasse » is not « atteint »."""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal


class Operateur(enum.StrEnum):
    """How a value is compared with a threshold; `PARMI` with a list of words."""

    SUPERIEUR = ">"
    AU_MOINS = ">="
    INFERIEUR = "<"
    AU_PLUS = "<="
    PARMI = "parmi"

    @property
    def libelle(self) -> str:
        """The words that stand before the threshold."""
        return _LIBELLES[self]

    def holds(self, valeur: Decimal, seuil: Decimal) -> bool:
        """Whether `valeur` meets the threshold.

        >>> Operateur.SUPERIEUR.holds(Decimal(2), Decimal(2))
        False

        Raises:
            KeyError: `PARMI` compares words, not numbers.
        """
        return _COMPARAISONS[self](valeur, seuil)


_LIBELLES: Mapping[Operateur, str] = {
    Operateur.SUPERIEUR: "plus de",
    Operateur.AU_MOINS: "au moins",
    Operateur.INFERIEUR: "moins de",
    Operateur.AU_PLUS: "au plus",
    Operateur.PARMI: "classe",
}
_COMPARAISONS: Mapping[Operateur, Callable[[Decimal, Decimal], bool]] = {
    Operateur.SUPERIEUR: operator.gt,
    Operateur.AU_MOINS: operator.ge,
    Operateur.INFERIEUR: operator.lt,
    Operateur.AU_PLUS: operator.le,
}
