"""Markdown of a clause, tokens included, to nodes of the model.

The text is parsed in two steps, each remembered by content: blocks first, then the inlines of each
paragraph or cell. A token is one and the same character everywhere, so that two rows of a table,
or the same clause of two establishments, are parsed once.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from caqes_docs.core.francais.typographie import split_exposants, typographier
from caqes_docs.document import model as doc
from caqes_docs.redaction.langage.colonnes import Alignement, columns, without_silence
from caqes_docs.redaction.langage.moteur import JETON, Registre
from caqes_docs.redaction.langage.vues import EcritureError


def _reader() -> MarkdownIt:
    """CommonMark and tables, without HTML, links, images, code or entities."""
    return (
        MarkdownIt("commonmark", {"html": False, "linkify": False})
        .enable("table")
        .disable(["html_block", "html_inline", "fence", "code", "lheading", "reference"])
        .disable(["link", "image", "autolink", "backticks", "entity", "hr", "blockquote"])
    )


BLOCS = _reader().disable(["inline", "text_join"])
_LIGNES = _reader()

_ALIGNEMENTS: dict[str, Alignement] = {"left": "gauche", "center": "centre", "right": "droite"}
_RANGS = "rangs"
_TROU = doc.Texte(JETON)
"""Stands for a value in a parsed line, until the register gives the value."""


@dataclass(frozen=True)
class FormeTableau:
    """What a clause says of a table: shares of the width, caption, marked row headers."""

    largeurs: tuple[int, ...] = ()
    legende: doc.Inlines = ()
    entete_colonne: bool = False
    facultatives: tuple[int, ...] = ()
    """The columns that are left out when every one of their cells is a dash."""
    silences: tuple[str, ...] = ()
    """What a cell holds instead of a dash, column by column."""


@dataclass
class Intertitre:
    """A heading found inside a clause, before the assembly knows its level."""

    rang: int
    contenu: doc.Inlines


@dataclass
class Lecture:
    """One reading: the register of tokens, the role of paragraphs, the tables to come."""

    registre: Registre
    role: str = "corps"
    tableaux: tuple[FormeTableau, ...] = ()
    lettres: bool = False
    _table: int = field(default=0, init=False)

    def read(self, texte: str) -> list[doc.Bloc | Intertitre]:
        """The blocks of `texte`, in order."""
        return list(self._blocks(_Curseur(_parse_blocks(texte))))

    def read_line(self, texte: str) -> doc.Inlines:
        """The inlines of one line (a title, a caption, the name of a signatory)."""
        return self._fill(_parse_line(texte))

    def _blocks(self, curseur: _Curseur, fin: str = "") -> Iterator[doc.Bloc | Intertitre]:
        while (jeton := curseur.next()) is not None and jeton.type != fin:
            match jeton.type:
                case "paragraph_open":
                    yield from self._paragraph(curseur.content("paragraph_close"), jeton.level)
                case "heading_open":
                    contenu = self._fill(_parse_line(curseur.content("heading_close")))
                    yield Intertitre(int(jeton.tag[1]), contenu)
                case "bullet_list_open":
                    yield self._list(curseur, "bullet_list_close", None)
                case "ordered_list_open":
                    debut = int(jeton.attrGet("start") or 1)
                    yield self._list(curseur, "ordered_list_close", debut)
                case "table_open":
                    yield self._table_block(jeton.meta[_RANGS])
                case _:
                    raise EcritureError(f"élément Markdown non admis\u00a0: {jeton.type}")

    def _paragraph(self, texte: str, niveau: int) -> Iterator[doc.Bloc]:
        """The paragraph, or the chart that stands alone in it."""
        graphique = None if niveau else self.registre.take_chart(texte)
        if graphique is not None:
            yield graphique
        elif contenu := self._fill(_parse_line(texte)):
            yield doc.Paragraphe(contenu, self.role)

    def _list(self, curseur: _Curseur, fin: str, debut: int | None) -> doc.Liste:
        elements: list[doc.Element] = []
        while (jeton := curseur.next()) is not None and jeton.type != fin:
            blocs = tuple(_only_blocks(self._blocks(curseur, "list_item_close")))
            marque = "" if debut is None else self._mark(debut + len(elements))
            elements.append(doc.Element(blocs, marque))
        return doc.Liste(tuple(elements), debut is not None)

    def _mark(self, rang: int) -> str:
        return f"{chr(96 + rang)})" if self.lettres else f"{rang}°"

    def _table_block(self, rangs: tuple[_Rang, ...]) -> doc.Bloc:
        """The table, or the sentence in its place when it has no other row."""
        forme = self._next_form()
        entete: list[doc.Ligne] = []
        lignes: list[doc.Ligne] = []
        for rang in rangs:
            (entete if rang.entete else lignes).append(self._row(rang, forme))
        alignements = rangs[0].alignements
        if len(lignes) == 1 == len(lignes[0]) < len(alignements):
            phrase = lignes[0][0].blocs[0]
            assert isinstance(phrase, doc.Paragraphe)
            return replace(phrase, role=self.role)
        colonnes = columns(alignements, forme.largeurs, [*entete, *lignes])
        tableau = doc.Tableau(colonnes, tuple(entete), tuple(lignes), forme.legende)
        return without_silence(tableau, forme.facultatives, forme.silences)

    def _next_form(self) -> FormeTableau:
        if not self.tableaux:
            return FormeTableau()
        forme = self.tableaux[min(self._table, len(self.tableaux) - 1)]
        self._table += 1
        return forme

    def _row(self, rang: _Rang, forme: FormeTableau) -> doc.Ligne:
        cellules: list[doc.Cellule] = []
        for case in rang.cases:
            contenu = _without_empty_lines(self._fill(case, court=True))
            marquee = rang.entete or (forme.entete_colonne and not cellules)
            cellules.append(doc.Cellule((doc.Paragraphe(contenu, "cellule"),), entete=marquee))
            if case and not contenu:
                raise EcritureError("une case de tableau ne contient que des sauts de ligne")
        vides = [not case for case in rang.cases]
        return _grouped(tuple(cellules), vides) if any(vides) else tuple(cellules)

    def _fill(self, contenu: doc.Inlines, *, court: bool = False) -> doc.Inlines:
        """`contenu` with the values of the register, in reading order."""
        sortie: list[doc.Inline] = []
        for inline in contenu:
            if inline is _TROU:
                valeur = self.registre.take()
                if court and isinstance(valeur, doc.ACompleter):
                    valeur = replace(valeur, court=True)
                _append(sortie, valeur)
            elif isinstance(inline, doc.Fort | doc.Emphase):
                sortie.append(type(inline)(self._fill(inline.contenu, court=court)))
            else:
                _append(sortie, inline)
        return tuple(sortie)


class _Curseur:
    """A position in a flat list of Markdown tokens."""

    __slots__ = ("_jetons", "_rang")

    def __init__(self, jetons: Sequence[Token]) -> None:
        self._jetons = jetons
        self._rang = 0

    def next(self) -> Token | None:
        """The next token, or None at the end."""
        if self._rang >= len(self._jetons):
            return None
        self._rang += 1
        return self._jetons[self._rang - 1]

    def content(self, fin: str) -> str:
        """The text up to the token `fin`, which is swallowed."""
        texte = ""
        while (jeton := self.next()) is not None and jeton.type != fin:
            texte += jeton.content
        return texte


@dataclass(frozen=True, slots=True)
class _Rang:
    """A row of a table: the parsed words of its cells, and how each is aligned."""

    entete: bool
    cases: tuple[doc.Inlines, ...]
    alignements: tuple[Alignement, ...]


@functools.lru_cache(maxsize=512)
def _parse_blocks(texte: str) -> tuple[Token, ...]:
    """The tokens of `texte`; that which opens a table holds its rows, and nothing else does."""
    curseur = _Curseur(BLOCS.parse(texte))
    jetons: list[Token] = []
    while (jeton := curseur.next()) is not None:
        if jeton.type == "table_open":
            jeton.meta[_RANGS] = tuple(_rows(curseur))
        jetons.append(jeton)
    return tuple(jetons)


def _rows(curseur: _Curseur) -> Iterator[_Rang]:
    entete = True
    while (jeton := curseur.next()) is not None and jeton.type != "table_close":
        if jeton.type == "tbody_open":
            entete = False
        elif jeton.type == "tr_open":
            cases: list[doc.Inlines] = []
            alignements: list[Alignement] = []
            while (case := curseur.next()) is not None and case.type != "tr_close":
                cases.append(_parse_line(curseur.content(f"{case.tag}_close")))
                alignements.append(_alignment(case))
            yield _Rang(entete, tuple(cases), tuple(alignements))


@functools.lru_cache(maxsize=8192)
def _parse_line(texte: str) -> doc.Inlines:
    """The inlines of one paragraph, `_TROU` standing where a value goes."""
    groupes: list[list[doc.Inline]] = [[]]
    jetons = _LIGNES.parseInline(texte)
    for jeton in jetons[0].children or () if jetons else ():
        match jeton.type:
            case "text":
                for inline in _runs(jeton.content):
                    _append(groupes[-1], inline)
            case "softbreak":
                _append(groupes[-1], doc.Texte(" "))
            case "hardbreak":
                groupes[-1].append(doc.SautLigne())
            case "strong_open" | "em_open":
                groupes.append([])
            case "strong_close" | "em_close":
                contenu = tuple(groupes.pop())
                groupe = doc.Fort(contenu) if jeton.type == "strong_close" else doc.Emphase(contenu)
                groupes[-1].append(groupe)
            case _:
                raise EcritureError(f"élément Markdown non admis\u00a0: {jeton.type}")
    return tuple(groupes[0])


def _runs(texte: str) -> Iterator[doc.Inline]:
    for rang, morceau in enumerate(typographier(texte).split(JETON)):
        if rang:
            yield _TROU
        for run, leve in split_exposants(morceau):
            yield doc.Exposant(run) if leve else doc.Texte(run)


def _without_empty_lines(contenu: doc.Inlines) -> doc.Inlines:
    """The words of a cell; a line whose data are all missing takes no room."""
    sortie: list[doc.Inline] = []
    for inline in contenu:
        vide = isinstance(inline, doc.SautLigne) or (
            isinstance(inline, doc.Texte) and not inline.texte.strip()
        )
        if not (vide and (not sortie or isinstance(sortie[-1], doc.SautLigne))):
            sortie.append(inline)
    while sortie and isinstance(sortie[-1], doc.SautLigne):
        sortie.pop()
    return tuple(sortie)


def _append(sortie: list[doc.Inline], inline: doc.Inline) -> None:
    """Add `inline`; neighbouring library runs become one."""
    dernier = sortie[-1] if sortie else None
    if (
        isinstance(inline, doc.Texte)
        and isinstance(dernier, doc.Texte)
        and inline is not _TROU
        and dernier is not _TROU
    ):
        sortie[-1] = doc.Texte(dernier.texte + inline.texte)
    else:
        sortie.append(inline)


def _only_blocks(blocs: Iterator[doc.Bloc | Intertitre]) -> Iterator[doc.Bloc]:
    for bloc in blocs:
        if isinstance(bloc, Intertitre):
            raise EcritureError("un intertitre ne peut pas se trouver dans une liste")
        yield bloc


def _grouped(ligne: doc.Ligne, vides: list[bool]) -> doc.Ligne:
    """A row whose first cell alone holds something heads a group: it spans the table."""
    if vides[0] or not all(vides[1:]):
        raise EcritureError("une case de tableau est vide\u00a0; écrire a_ecrire(…) si c’est voulu")
    return (doc.Cellule(ligne[0].blocs, etendue=len(ligne), entete=True),)


def _alignment(jeton: Token) -> Alignement:
    style = str(jeton.attrGet("style") or "")
    return _ALIGNEMENTS.get(style.removeprefix("text-align:"), "gauche")


def demote(titre: Intertitre, niveau: int) -> doc.Titre:
    """The heading of `titre`, `##` being one level below the clause's own."""
    return doc.Titre(niveau + max(titre.rang - 2, 0), "", titre.contenu)
