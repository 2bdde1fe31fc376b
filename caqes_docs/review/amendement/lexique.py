"""The words of the grammar: ranks in letters, what a sentence may open with, what it does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caqes_docs.review.amendement.blocs import IllisibleError

_UNITS = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième"),
    *("huitième", "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième"),
    *("quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième"),
)
_TENS = (("vingt", 20), ("trent", 30), ("quarant", 40), ("cinquant", 50), ("soixant", 60))


def _ranks() -> dict[str, int]:
    found = {word: rang for rang, word in enumerate(_UNITS, 1)} | {"première": 1}
    for stem, ten in _TENS:
        whole = stem if stem == "vingt" else f"{stem}e"
        found[f"{stem}ième"] = ten
        found[f"{whole} et unième"] = ten + 1
        found |= {f"{whole}-{_UNITS[unit - 1]}": ten + unit for unit in range(2, 10)}
    return found


RANGS = _ranks()
K = r"(?:\d+e|(?:(?:vingt|trente|(?:quar|cinqu|soix)ante) et )?[a-zéè]+(?:-[a-zéè]+)*)"
Q = "«([^«»]*)»"
TYPE = "(?:les mots|le mot|le taux|le montant|la date|le nombre)"
TABLE = rf"tableau (?:«(?P<legende>[^«»]*)»|du (?P<table>{K}) alinéa)"
LIGNE = rf"(?:«[^«»]*»(?: \({K}\))?|\({K}\))"
"""A row by its first words, by its rank when others begin alike."""
LIGNES = rf"{LIGNE}(?:(?:, | et | à ){LIGNE})*"


@dataclass(slots=True)
class OperationLue:
    """What one sentence does, in ranks of A from 0."""

    genre: str
    divisions: tuple[int, ...] = ()
    alinea: int | None = None
    fin: int | None = None
    """The alinéa, or the row, that follows the last one touched."""
    ligne: int | None = None
    avant: str = ""
    apres: str = ""
    lignes: list[str] = field(default_factory=list)
    partout: bool = False


def name_forms(nom: str) -> tuple[str, ...]:
    """A name as subject, after « de », after « à »."""
    if nom.startswith("le "):
        return nom, f"du {nom[3:]}", f"au {nom[3:]}"
    return nom, f"de {nom}", f"à {nom}"


def rank_of(word: str) -> int:
    """The rank, from 1, of an ordinal in letters."""
    rang = RANGS.get(word) or (int(word[:-1]) if word[:-1].isdigit() else 0)
    if not rang:
        raise IllisibleError(f"« {word} » n’est pas un rang")
    return rang


def spaced(texte: str) -> str:
    """`texte` with plain spaces, its quotes kept."""
    for blank in "\u00a0\u202f\u2007\u2009\t\n":
        texte = texte.replace(blank, " ")
    return " ".join(texte.replace("’", "'").split())


def lowered(texte: str) -> str:
    """`texte` without its capital."""
    return texte[:1].lower() + texte[1:]


def unmarked(phrase: str) -> tuple[str, str]:
    """A sentence without its 1° or a), and which of both it had."""
    found = re.match(r"(?:\d+(°)|[a-z](\))) ", phrase)
    return (phrase[found.end() :], found[1] or found[2]) if found else (phrase, "")
