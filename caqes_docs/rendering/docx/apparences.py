"""Which style a block takes where it stands: asked by the writer and by the page estimator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from caqes_docs.document.model import (
    Bloc,
    Element,
    Encart,
    Liste,
    Paragraphe,
    Tableau,
)
from caqes_docs.document.walk import plain
from caqes_docs.rendering.annonces import leads_to
from caqes_docs.rendering.docx.charte.lecture import Charte

RETRAIT_LISTE = 397
"""How far each level of a list goes in, when no style says it (twips)."""
LIST_LEVELS = 3
HEADING_LEVELS = 4
TOC_LEVELS = 3
PLAIN_ROLES = frozenset(("corps", "cellule"))
"""Plain text: its look depends on where it stands."""
CLOSING_ROLES = frozenset(("date_effet", "fait_a"))
"""What stands above the signatures: one page holds it all, and the end of the text before it."""
_RETRAIT_PUCE_CELLULE = 199
_RETRAIT_LISTE_CELLULE = 284


@dataclass(frozen=True, slots=True)
class Contexte:
    """Where the blocks being written stand."""

    largeur: int
    """Room left, in twips."""
    profondeur: int = 0
    """Levels of list around."""
    cellule: bool = False
    entete: bool = False
    alignement: str = ""
    garder: bool = False
    """Every paragraph is kept with the next one."""

    def deeper(self) -> Contexte:
        """The inside of one more level of list."""
        return replace(self, profondeur=self.profondeur + 1)

    @property
    def retrait(self) -> int:
        """The left indent of the text of the list around."""
        return RETRAIT_LISTE * self.profondeur


@dataclass(frozen=True, slots=True)
class Allure:
    """A paragraph style id, and the indent that replaces the style's when there is one."""

    style: str
    gauche: int | None = None
    suspendu: int = 0

    @property
    def retrait(self) -> str:
        """`w:ind`, or nothing when the style is enough."""
        if self.gauche is None:
            return ""
        return f'<w:ind w:left="{self.gauche}" w:hanging="{self.suspendu}"/>'


def paragraph_look(charte: Charte, bloc: Paragraphe, contexte: Contexte) -> Allure:
    """The look of a paragraph; a list or a cell changes that of plain text."""
    depth = contexte.profondeur
    if bloc.role not in PLAIN_ROLES:
        return Allure(charte.role_style(bloc.role), contexte.retrait if depth else None)
    if contexte.cellule:
        name = "Caqes Cellule Entete" if contexte.entete else "Caqes Cellule"
        return Allure(charte.style(name), depth * _RETRAIT_PUCE_CELLULE if depth else None)
    if depth:
        return Allure(charte.style(f"Caqes Suite{min(depth, LIST_LEVELS)}"))
    return Allure(charte.role_style(bloc.role))


def element_look(charte: Charte, element: Element, contexte: Contexte) -> Allure:
    """The look of the first paragraph of a list element; `contexte` is the inside of the list."""
    depth = contexte.profondeur
    level = min(depth, LIST_LEVELS)
    if contexte.cellule:
        name = "Caqes Liste Cellule" if element.marque else "Caqes Puce Cellule"
        step = _RETRAIT_LISTE_CELLULE if element.marque else _RETRAIT_PUCE_CELLULE
        return _stepped(charte.style(name), depth, step, deep=depth > 1)
    if element.marque:
        style = charte.style(f"Caqes Liste{level}")
    else:
        style = charte.style("List Bullet" if level == 1 else f"List Bullet {level}")
    return _stepped(style, depth, RETRAIT_LISTE, deep=depth > level)


def _stepped(style: str, depth: int, step: int, *, deep: bool) -> Allure:
    """Beyond the levels that the charte describes, the indent is computed."""
    return Allure(style, depth * step, step) if deep else Allure(style)


def heading_style(charte: Charte, niveau: int) -> str:
    """The style id of a heading."""
    return charte.style(f"heading {max(1, min(niveau, HEADING_LEVELS))}")


def toc_style(charte: Charte, niveau: int) -> str:
    """The style id of a line of the contents."""
    return charte.style(f"toc {max(1, min(niveau, TOC_LEVELS))}")


def introduces(bloc: Paragraphe, following: Bloc | None) -> bool:
    """Whether a paragraph announces what follows it (« … : », a warning) and must stay with it."""
    if bloc.role in CLOSING_ROLES:
        return True
    if bloc.role == "avertissement":
        return following is not None
    if bloc.role == "adresse":
        return isinstance(following, Paragraphe) and following.role == "adresse"
    texte = plain(bloc.contenu).rstrip()
    if isinstance(following, Paragraphe):
        return leads_to(bloc, following)
    return isinstance(following, Liste | Tableau | Encart) and texte.endswith((":", "«"))


def element_context(contexte: Contexte, position: int, count: int) -> Contexte:
    """The inside of element `position`: the last one never starts a page alone."""
    return replace(contexte, garder=True) if position == count - 2 else contexte
