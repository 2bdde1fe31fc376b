"""Markdown of a clause, tokens included, to nodes of the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from caqes_docs.assembly.jetons import JETON, Registre
from caqes_docs.core.texte_fr import split_exposants, typographier
from caqes_docs.document.model import (
    ACompleter,
    Bloc,
    Cellule,
    Colonne,
    Element,
    Emphase,
    Exposant,
    Fort,
    Inline,
    Inlines,
    Ligne,
    Liste,
    Paragraphe,
    SautLigne,
    Tableau,
    Texte,
    Titre,
)
from caqes_docs.document.walk import plain

_LECTEUR = (
    MarkdownIt("commonmark", {"html": False, "linkify": False})
    .enable("table")
    .disable(
        ["html_block", "html_inline", "fence", "code", "lheading", "reference", "link", "image"]
    )
    .disable(["autolink", "backticks", "entity", "hr", "blockquote"])
)

_ALIGNEMENTS = {"left": "gauche", "center": "centre", "right": "droite"}


@dataclass(frozen=True)
class FormeTableau:
    """What a clause says of a table: shares of the width, caption, marked row headers."""

    largeurs: tuple[int, ...] = ()
    legende: Inlines = ()
    entete_colonne: bool = False


@dataclass
class Intertitre:
    """A heading found inside a clause, before the assembly knows its level."""

    rang: int
    contenu: Inlines


@dataclass
class Lecture:
    """One reading: the register of tokens, the role of paragraphs, the tables to come."""

    registre: Registre
    role: str = "corps"
    tableaux: tuple[FormeTableau, ...] = ()
    lettres: bool = False
    _table: int = field(default=0, init=False)

    def read(self, texte: str) -> list[Bloc | Intertitre]:
        """The blocks of `texte`, in order."""
        arbre = SyntaxTreeNode(_LECTEUR.parse(texte))
        return [bloc for noeud in arbre.children for bloc in self._block(noeud)]

    def read_line(self, texte: str) -> Inlines:
        """The inlines of one line (a title, a caption, the name of a signatory)."""
        arbre = SyntaxTreeNode(_LECTEUR.parseInline(texte))
        return self._inlines(arbre.children[0]) if arbre.children else ()

    def _block(self, noeud: SyntaxTreeNode) -> Iterator[Bloc | Intertitre]:
        match noeud.type:
            case "paragraph":
                contenu = self._inlines(noeud.children[0])
                if contenu:
                    yield Paragraphe(contenu, self.role)
            case "heading":
                yield Intertitre(int(noeud.tag[1]), self._inlines(noeud.children[0]))
            case "bullet_list":
                yield self._list(noeud, ordonnee=False)
            case "ordered_list":
                yield self._list(noeud, ordonnee=True)
            case "table":
                yield self._table_block(noeud)
            case _:
                raise ValueError(f"élément Markdown non admis\u00a0: {noeud.type}")

    def _list(self, noeud: SyntaxTreeNode, *, ordonnee: bool) -> Liste:
        debut = int(noeud.attrGet("start") or 1) if ordonnee else 1
        elements = []
        for rang, fils in enumerate(noeud.children, debut):
            blocs = [bloc for petit in fils.children for bloc in self._block(petit)]
            marque = self._mark(rang) if ordonnee else ""
            elements.append(Element(tuple(_only_blocks(blocs)), marque))
        return Liste(tuple(elements), ordonnee)

    def _mark(self, rang: int) -> str:
        return f"{chr(96 + rang)})" if self.lettres else f"{rang}°"

    def _table_block(self, noeud: SyntaxTreeNode) -> Tableau:
        forme = self._next_form()
        entete, *corps = noeud.children
        lignes_entete = [self._row(ligne, entete=True) for ligne in entete.children]
        lignes = [
            self._row(ligne, entete=False, premiere=forme.entete_colonne)
            for groupe in corps
            for ligne in groupe.children
        ]
        colonnes = _columns(entete.children[0], forme.largeurs, [*lignes_entete, *lignes])
        return Tableau(colonnes, tuple(lignes_entete), tuple(lignes), forme.legende)

    def _next_form(self) -> FormeTableau:
        if not self.tableaux:
            return FormeTableau()
        forme = self.tableaux[min(self._table, len(self.tableaux) - 1)]
        self._table += 1
        return forme

    def _row(self, noeud: SyntaxTreeNode, *, entete: bool, premiere: bool = False) -> Ligne:
        return tuple(
            Cellule(
                (Paragraphe(_short_marks(self._inlines(cellule.children[0])), "cellule"),),
                entete=entete or (premiere and rang == 0),
            )
            for rang, cellule in enumerate(noeud.children)
        )

    def _inlines(self, noeud: SyntaxTreeNode) -> Inlines:
        brut = [inline for fils in noeud.children for inline in self._inline(fils)]
        return _merge(brut)

    def _inline(self, noeud: SyntaxTreeNode) -> Iterator[Inline]:
        match noeud.type:
            case "text":
                yield from self._text(noeud.content)
            case "softbreak":
                yield Texte(" ")
            case "hardbreak":
                yield SautLigne()
            case "strong":
                yield Fort(self._inlines(noeud))
            case "em":
                yield Emphase(self._inlines(noeud))
            case _:
                raise ValueError(f"élément Markdown non admis\u00a0: {noeud.type}")

    def _text(self, texte: str) -> Iterator[Inline]:
        for rang, morceau in enumerate(JETON.split(typographier(texte))):
            if rang % 2:
                yield self.registre.get(morceau)
            elif morceau:
                for run, leve in split_exposants(morceau):
                    yield Exposant(run) if leve else Texte(run)


def _short_marks(inlines: Inlines) -> Inlines:
    """In a cell, « [à compléter] » is enough: the header says of what."""
    return tuple(
        replace(inline, court=True) if isinstance(inline, ACompleter) else inline
        for inline in inlines
    )


def _merge(inlines: list[Inline]) -> Inlines:
    """Neighbouring library runs become one, and line breaks swallow the space around them."""
    sortie: list[Inline] = []
    for inline in inlines:
        dernier = sortie[-1] if sortie else None
        if isinstance(inline, Texte) and isinstance(dernier, Texte):
            sortie[-1] = Texte(dernier.texte + inline.texte)
        else:
            sortie.append(inline)
    return tuple(sortie)


def _only_blocks(blocs: list[Bloc | Intertitre]) -> Iterator[Bloc]:
    for bloc in blocs:
        if isinstance(bloc, Intertitre):
            raise TypeError("un intertitre ne peut pas se trouver dans une liste")
        yield bloc


def _columns(
    entete: SyntaxTreeNode, largeurs: tuple[int, ...], lignes: list[Ligne]
) -> tuple[Colonne, ...]:
    alignements = [_alignment(cellule) for cellule in entete.children]
    if len(largeurs) != len(alignements):
        largeurs = tuple(_natural_width(rang, lignes) for rang in range(len(alignements)))
    return tuple(
        Colonne(largeur, alignement)  # type: ignore[arg-type]
        for largeur, alignement in zip(largeurs, alignements, strict=True)
    )


def _alignment(cellule: SyntaxTreeNode) -> str:
    trouve = re.search(r"text-align:(\w+)", str(cellule.attrGet("style") or ""))
    return _ALIGNEMENTS[trouve.group(1)] if trouve else "gauche"


def _natural_width(rang: int, lignes: list[Ligne]) -> int:
    """A share that follows the text: between its longest word and a bounded mean length."""
    textes = [
        plain(bloc.contenu)
        for ligne in lignes
        for bloc in ligne[rang].blocs
        if isinstance(bloc, Paragraphe)
    ]
    mot = max((len(mot) for texte in textes for mot in texte.split()), default=4)
    moyenne = sum(map(len, textes)) // max(len(textes), 1)
    return max(mot, min(moyenne, 60), 6)


def demote(titre: Intertitre, niveau: int) -> Titre:
    """The heading of `titre`, `##` being one level below the clause's own."""
    return Titre(niveau + max(titre.rang - 2, 0), "", titre.contenu)
