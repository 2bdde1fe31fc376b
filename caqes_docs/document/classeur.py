"""A workbook as data: sheets, rows and cells, whatever writes them.

A text is a text, whatever it looks like; a formula is a cell of its own kind and carries no value:
whoever opens the workbook works it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A number and its unit: « taux » (a fraction), « euro », « nombre », « annee », « ecart »."""

    valeur: Decimal
    unite: str = "nombre"
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Formule:
    """What is worked out when the workbook is opened, without its « = »."""

    texte: str
    unite: str = "nombre"
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A text, which stands out when it is `fort`: the title of a section, a total."""

    texte: str
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Reponse:
    """True or false."""

    valeur: bool
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Jour:
    """A date."""

    date: dt.date
    fort: bool = False


@dataclass(frozen=True, slots=True)
class Mots:
    """The words that a cell expects, and what to say of another."""

    mots: tuple[str, ...]
    rappel: str


@dataclass(frozen=True, slots=True)
class Bornes:
    """The numbers that a cell expects, both ends included, and what to say of another."""

    minimum: Decimal
    maximum: Decimal | None
    rappel: str


@dataclass(frozen=True, slots=True)
class Saisie:
    """A cell that the reader may change, even in a sheet that is protected.

    What it expects is a reminder, not a wall: whoever insists may type something else.
    """

    contenu: Chiffre | Mention | Reponse | Jour
    attendu: Mots | Bornes | None = None


Case = str | int | Chiffre | Formule | Mention | Reponse | Jour | Saisie | None


@dataclass(frozen=True)
class Feuille:
    """A sheet: its header stays visible and filters the rows; `titre` heads each printed page.

    Nothing but its `Saisie` can be changed by mistake where it is `protegee`. There is no password.
    """

    nom: str
    entete: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[Case, ...], ...]
    titre: str = ""
    protegee: bool = False


@dataclass(frozen=True)
class Classeur:
    """The sheets; `date` is the only date that the file holds of itself."""

    titre: str
    auteur: str
    date: dt.date
    feuilles: tuple[Feuille, ...]


def quote_sheet(nom: str) -> str:
    """The name of a sheet as a formula writes it.

    >>> quote_sheet("L'an 2019")
    "'L''an 2019'"
    """
    return "'" + nom.replace("'", "''") + "'"
