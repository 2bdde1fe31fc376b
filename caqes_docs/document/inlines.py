"""The inlines of the document model: what stands inside a paragraph, resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Texte:
    """Words of the library, typographically finished."""

    texte: str


@dataclass(frozen=True, slots=True)
class Exposant:
    """A raised run: the « er » of « 1er »."""

    texte: str


@dataclass(frozen=True, slots=True)
class Fort:
    """Strong emphasis."""

    contenu: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphase:
    """Light emphasis."""

    contenu: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Valeur:
    """A datum printed in the text, with the path it comes from.

    `contenu` is the formatted value; raw strings of the data stand there untouched, but for the
    kind of the spaces where no line may be cut.
    """

    contenu: tuple[Texte | Exposant, ...]
    chemin: str
    origine: str = ""
    """`file:line:column` of the datum, or empty when it was computed by the model itself."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The citation of a legal text that stands in the register of texts (`reference` is its id)."""

    texte: str
    reference: str


@dataclass(frozen=True, slots=True)
class Renvoi:
    """A resolved cross-reference: the text as printed, and the anchor it leads to."""

    texte: str
    ancre: str


@dataclass(frozen=True, slots=True)
class ACompleter:
    """A datum that is missing in a draft; a final document never holds one.

    Printed as « [à compléter : libelle] »; Word shows a native comment at the place, which says
    nothing of files (`Document.consignes`).
    """

    libelle: str
    chemin: str
    origine: str = ""
    """`file:line:column` where the datum is to be written."""
    court: bool = False
    """True in the cell of a table, whose header already says what is awaited."""
    cles: str = ""
    """The words that the file accepts, which the terminal alone tells."""

    @property
    def texte(self) -> str:
        """The mark as printed by every writer."""
        return "[à compléter]" if self.court else f"[à compléter\u00a0: {self.libelle}]"


@dataclass(frozen=True, slots=True)
class AEcrire:
    """A place left on purpose for a hand: dots when `pointilles` > 0, an empty cell when 0."""

    libelle: str
    """What is to be written there, for assistive technologies and checks; not printed."""
    pointilles: int = 0

    @property
    def texte(self) -> str:
        """The dots as printed by every writer (empty when `pointilles` is 0)."""
        return "…" * self.pointilles


@dataclass(frozen=True, slots=True)
class SautLigne:
    """A line break inside a paragraph (addresses)."""


SensSuivi: TypeAlias = Literal["ajout", "retrait"]
"""What a tracked change does to what it holds."""


@dataclass(frozen=True, slots=True)
class Suivi:
    """Words that a comparison tracks (`document.revision`); never one inside another."""

    contenu: tuple[Inline, ...]
    sens: SensSuivi


Inline: TypeAlias = (
    Texte
    | Exposant
    | Fort
    | Emphase
    | Valeur
    | Citation
    | Renvoi
    | ACompleter
    | AEcrire
    | SautLigne
    | Suivi
)
Inlines: TypeAlias = tuple[Inline, ...]
