"""The marks of numbered paragraphs, which Word and OpenDocument count instead of writing them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ROMAINS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True)
class NiveauListe:
    """A level of a list: how it counts, the text of its mark (« %1.%2 »), where it starts."""

    genre: str = "bullet"
    gabarit: str = ""
    debut: int = 1
    repart: bool = True
    """Whether it starts again below a new item of a level above."""
    chiffres: bool = False
    """Whether the levels above are written in figures (« 1.1 » below « Chapitre I »)."""


@dataclass
class Numeros:
    """The counts of every list of a file; `niveaux` describes them, by list and level."""

    niveaux: Mapping[tuple[str, int], NiveauListe]
    rangs: dict[tuple[str, int], int] = field(default_factory=dict)

    def mark(self, liste: str, niveau: int, depart: int | None = None, *, compte: str = "") -> str:
        """The mark of the next item, empty for a bullet; lists of one `compte` count together."""
        forme, compte = self.niveaux.get((liste, niveau), NiveauListe()), compte or liste
        rang = self.rangs.get((compte, niveau), forme.debut - 1) + 1
        self.rangs[compte, niveau] = rang if depart is None else depart
        for cle in [cle for cle in self.rangs if cle[0] == compte and cle[1] > niveau]:
            if self.niveaux.get((liste, cle[1]), forme).repart:
                del self.rangs[cle]
        if forme.genre in ("bullet", "none"):
            return ""

        def written(trouve: re.Match[str]) -> str:
            autre = self.niveaux.get((liste, int(trouve[1]) - 1), forme)
            genre = "decimal" if forme.chiffres else autre.genre
            return rank(self.rangs.get((compte, int(trouve[1]) - 1), autre.debut), genre)

        return re.sub(r"%(\d)", written, forme.gabarit).strip()


def rank(rang: int, genre: str) -> str:
    """A rank as a list writes it, in the words of Word; « letter » counts aa, ab.

    >>> [rank(28, "lowerLetter"), rank(28, "letter"), rank(1, "ordinal"), rank(44, "upperRoman")]
    ['bb', 'ab', '1er', 'XLIV']
    """
    if genre.lower().endswith("letter"):
        lettre = chr(97 + (rang - 1) % 26)
        tour = (rang - 1) // 26
        debut = lettre * tour if "Letter" in genre else rank(tour, "letter") if tour else ""
        return (debut + lettre).upper() if genre.startswith(("upper", "UPPER")) else debut + lettre
    if genre.endswith("Roman"):
        romain = ""
        for valeur, signe in _ROMAINS:
            romain += signe * (rang // valeur)
            rang %= valeur
        return romain.upper() if genre == "upperRoman" else romain
    if genre == "ordinal":
        return "1er" if rang == 1 else f"{rang}e"
    return f"{rang:02}" if genre == "decimalZero" else str(rang)
