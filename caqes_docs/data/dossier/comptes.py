"""How a sanction that is not in euros is counted: the contract says it (X37, X39)."""

from __future__ import annotations

import enum


class UniteDiminution(enum.StrEnum):
    """What a rate of the liste en sus cuts: the texts do not say it (X37)."""

    POINTS = "points"
    PART = "part"

    @property
    def libelle(self) -> str:
        """The words printed in an act, after the rate."""
        return {
            "points": "en points du taux de prise en charge",
            "part": "en proportion de la part prise en charge",
        }[self.value]


class ArrondiMois(enum.StrEnum):
    """How a modulated length becomes whole months: no text says it (X39)."""

    INFERIEUR = "inferieur"
    SUPERIEUR = "superieur"
    PROCHE = "proche"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "inferieur": "ramenée au nombre entier de mois inférieur",
            "superieur": "portée au nombre entier de mois supérieur",
            "proche": "arrondie au nombre entier de mois le plus proche",
        }[self.value]
