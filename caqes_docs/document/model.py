"""The closed document model: what a finished act says, before Word, PDF or text.

Everything is resolved here: numbers, cross-references, dates, amounts, terms, typography. A writer
adds nothing and removes nothing; it is a fold over these nodes. Every node is frozen, so the same
document can be written by several writers at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from caqes_docs.document.enveloppe import Bandeaux, Metadonnees, Piece
from caqes_docs.document.graphique import Graphique, Serie
from caqes_docs.document.inlines import (
    ACompleter,
    AEcrire,
    Citation,
    Emphase,
    Exposant,
    Fort,
    Inline,
    Inlines,
    Renvoi,
    SautLigne,
    SensSuivi,
    Suivi,
    Texte,
    Valeur,
)

__all__ = [
    "ACompleter",
    "AEcrire",
    "Bandeaux",
    "Citation",
    "Emphase",
    "Exposant",
    "Fort",
    "Graphique",
    "Inline",
    "Inlines",
    "Metadonnees",
    "Piece",
    "Renvoi",
    "SautLigne",
    "SensSuivi",
    "Serie",
    "Suivi",
    "Texte",
    "Valeur",
]

# --------------------------------------------------------------------------------------------
# Blocks


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A paragraph; `role` names what it is (`core.roles`), never how it looks."""

    contenu: Inlines
    role: str = "corps"


@dataclass(frozen=True, slots=True)
class Element:
    """One item of a list. `marque` is its resolved mark (« a) », « 1° »), empty for a bullet."""

    blocs: tuple[Bloc, ...]
    marque: str = ""


@dataclass(frozen=True, slots=True)
class Liste:
    """A list: bulleted when `ordonnee` is False, else each element carries its own mark."""

    elements: tuple[Element, ...]
    ordonnee: bool = False


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column: its share of the width (any positive integer) and its alignment."""

    largeur: int
    alignement: Literal["gauche", "centre", "droite"] = "gauche"


@dataclass(frozen=True, slots=True)
class Cellule:
    """A cell, `etendue` columns wide. Empty only when it holds an `AEcrire`; never a table.

    The clause language makes no table in a cell: in a PDF, one cut by a page would be read out of
    order.
    """

    blocs: tuple[Bloc, ...]
    etendue: int = 1
    entete: bool = False
    """True for a header cell (first row, or a row label in the first column)."""


Ligne: TypeAlias = tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table: `entete` rows repeat at the top of each page; rows are never cut.

    `legende` is the caption printed above, also the accessible name of the table.
    """

    colonnes: tuple[Colonne, ...]
    entete: tuple[Ligne, ...]
    lignes: tuple[Ligne, ...]
    legende: Inlines = ()
    role: str = "tableau"


@dataclass(frozen=True, slots=True)
class Encart:
    """A framed aside."""

    blocs: tuple[Bloc, ...]
    role: str = "encart"


@dataclass(frozen=True, slots=True)
class SautDePage:
    """A page break."""


@dataclass(frozen=True, slots=True)
class Signataire:
    """One signature box. `champ` names the PDF signature field (ASCII), unique in the document."""

    qualite: Inlines
    mention: Inlines
    nom: Inlines
    champ: str


@dataclass(frozen=True, slots=True)
class BlocSignature:
    """Signature boxes side by side (three at most on a row), never split over two pages."""

    signataires: tuple[Signataire, ...]


@dataclass(frozen=True, slots=True)
class EntreeSommaire:
    """One line of the contents."""

    niveau: int
    texte: str
    ancre: str


@dataclass(frozen=True, slots=True)
class Sommaire:
    """The table of contents, resolved; page numbers are the writers' affair."""

    titre: Inlines
    entrees: tuple[EntreeSommaire, ...]


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading. `numero` is the resolved label (« Article 10-1 », « Annexe 2 ») or empty.

    `niveau` runs from 1; two successive headings never skip a level. Printed as
    « numero : contenu » on one line, except chapters and annexes on a page of their own
    (`sur_deux_lignes`), whose number stands on a line of its own.
    """

    niveau: int
    numero: str
    contenu: Inlines
    sur_deux_lignes: bool = False


@dataclass(frozen=True, slots=True)
class ValidationClause:
    """Who answers for the words of a clause."""

    par: str
    qualite: str
    le: dt.date
    fictive: bool = False
    """An example, which answers for nothing."""


@dataclass(frozen=True, slots=True)
class IdentiteClause:
    """Which wording of which clause was printed, so that a returned file can be aligned."""

    id: str
    version: dt.date
    statut: str
    bibliotheque: str = "nationale"
    source: str = ""
    """Path of the file of the wording, relative to its library."""
    validation: ValidationClause | None = None
    """None when nobody validated the words as they are printed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The text of one clause. `ancre` is its point bookmark (`_cl_…`, at most 40 characters)."""

    identite: IdentiteClause
    ancre: str
    titre: Titre | None
    blocs: tuple[Bloc, ...]


Orientation: TypeAlias = Literal["portrait", "paysage"]


@dataclass(frozen=True, slots=True)
class Section:
    """A division that holds clauses or other divisions: chapter, annex.

    Only a top-level section may be landscape (`orientation`), or ask for a new page.
    """

    ancre: str
    titre: Titre
    blocs: tuple[Bloc, ...]
    orientation: Orientation = "portrait"
    nouvelle_page: bool = False


# --------------------------------------------------------------------------------------------
# Tracked changes: what `document.revision` adds to an act to show another state of it


@dataclass(frozen=True, slots=True)
class BlocSuivi:
    """A block wholly inserted or removed; nothing inside is tracked again."""

    bloc: Bloc
    sens: SensSuivi


@dataclass(frozen=True, slots=True)
class ElementSuivi(Element):
    """An item inserted or removed (`sens`), or kept whose mark was `marque_avant`."""

    sens: SensSuivi | None = None
    marque_avant: str = ""


@dataclass(frozen=True, slots=True)
class CelluleSuivie(Cellule):
    """A cell of a row wholly inserted or removed."""

    sens: SensSuivi = "ajout"


@dataclass(frozen=True, slots=True)
class TitreSuivi(Titre):
    """A heading whose number was `numero_avant`."""

    numero_avant: str = ""


Bloc: TypeAlias = (
    Paragraphe
    | Liste
    | Tableau
    | Graphique
    | Encart
    | SautDePage
    | BlocSignature
    | Sommaire
    | Clause
    | Section
    | BlocSuivi
)

# --------------------------------------------------------------------------------------------
# Document


@dataclass(frozen=True, slots=True)
class Document:
    """A finished act: closed, resolved, ready for any writer."""

    metadonnees: Metadonnees
    bandeaux: Bandeaux
    couverture: tuple[Bloc, ...]
    """Blocks of the cover page; empty for a letter. The body starts on a new page after it."""
    corps: tuple[Bloc, ...]
    brouillon: bool
    consignes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By path of a missing datum, what a jurist is told: what it is, who asks for it, who knows."""
    pieces: tuple[Piece, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Digests of what the act was made from (data, library, templates, engine)."""
