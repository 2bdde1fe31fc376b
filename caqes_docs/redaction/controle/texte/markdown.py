"""The Markdown of a clause under each of its choices: headings, tables, what is never printed.

The body is laid out as the templates would, once per branch of each `if` and `for` that spans
lines, with a letter in place of each value. Every line remembers the line it comes from.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from jinja2 import nodes
from markdown_it.token import Token

from caqes_docs.core.francais.accord import compte
from caqes_docs.redaction.bibliotheque.entete_tableaux import TableauEntete
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.expressions.types import ENTETE_TABLEAUX, Faute
from caqes_docs.redaction.langage.markdown_reader import BLOCS

Branches = Mapping[int, int]
_VALEUR = "x"
GRAPHIQUE = "\ue001"
"""Stands for a chart in a layout, as a letter does for a value."""
_PLUS_BAS = 3
_BARRE = re.compile(r"(?<!\\)\|")


@dataclass
class Squelette:
    """A body laid out, with the line of the file's text behind each of its lines."""

    morceaux: list[str] = field(default_factory=list)
    origines: list[int] = field(default_factory=list)
    _rang: int = 0

    def add(self, texte: str, ligne: int) -> None:
        """Append `texte`, whose first line is line `ligne` of the source."""
        if "\n" not in texte and self._rang < len(self.origines):
            self.morceaux.append(texte)  # in the midst of a line: most of them
            return
        for saut, partie in enumerate(texte.split("\n")):
            if saut:
                self.morceaux.append("\n")
                self._rang += 1
            if partie:
                manquantes = self._rang + 1 - len(self.origines)
                self.origines.extend([ligne + saut] * manquantes)
                self.morceaux.append(partie)

    @property
    def texte(self) -> str:
        """The layout as one text."""
        return "".join(self.morceaux)

    def line(self, rang: int) -> int:
        """The line of the source behind line `rang` of the layout (from 0)."""
        return self.origines[min(rang, len(self.origines) - 1)] if self.origines else 1


def branches(noeud: nodes.If | nodes.For) -> list[Sequence[nodes.Node]]:
    """What an `if` or a `for` may print; the last is its `else`, maybe empty."""
    if isinstance(noeud, nodes.For):
        return [noeud.body, noeud.else_]
    return [noeud.body, *(suite.body for suite in noeud.elif_), noeud.else_]


def layouts(arbre: nodes.Template, *, lignes: bool = False) -> Iterator[Squelette]:
    """The body laid out once per branch that may change its blocks; of its lines too on demand."""
    corps = _plain(arbre.body)
    for choix in ({}, *_variants(arbre.body, {}, lignes=lignes)):
        squelette = Squelette()
        _lay(corps, choix, squelette)
        yield squelette


_ENJAMBE = re.compile(r"```|~~~|<|\]:|\r")
"""Opens what may go on beyond a blank line, or be called from afar: code, HTML, references."""
_PARAGRAPHE = re.compile(r"\n[ \t]*\n(?=[^ \t\n])")


def pieces(texte: str) -> Iterator[tuple[int, str]]:
    """Parts of `texte` that Markdown reads the same alone, each with the rank of its first line.

    They end at a blank line that is followed by the margin. The layouts of a body share most of
    them: what is found in one piece is found once.
    """
    if _ENJAMBE.search(texte):
        yield 0, texte
        return
    debut = rang = 0
    for coupure in _PARAGRAPHE.finditer(texte):
        yield rang, texte[debut : coupure.end()]
        rang += texte.count("\n", debut, coupure.end())
        debut = coupure.end()
    yield rang, texte[debut:]


def _variants(corps: Sequence[nodes.Node], chemin: Branches, *, lignes: bool) -> Iterator[Branches]:
    """One set of choices per branch."""
    for noeud in corps:
        if isinstance(noeud, nodes.If | nodes.For) and (lignes or not _is_inline(noeud)):
            for rang, branche in enumerate(branches(noeud)):
                choix = {**chemin, id(noeud): rang}
                yield choix
                yield from _variants(branche, choix, lignes=lignes)


def prints_chart(expr: nodes.Node) -> bool:
    """Whether `expr` may print a chart."""
    if isinstance(expr, nodes.CondExpr):
        return prints_chart(expr.expr1) or (expr.expr2 is not None and prints_chart(expr.expr2))
    if isinstance(expr, nodes.Or):
        return prints_chart(expr.left) or prints_chart(expr.right)
    return isinstance(expr, nodes.Filter) and expr.name == "graphique"


def _stand_in(expr: nodes.Node) -> str:
    return GRAPHIQUE if prints_chart(expr) else _VALEUR


def _is_inline(noeud: nodes.Node) -> bool:
    return not any(
        "\n" in donnees.data or "|" in donnees.data
        for donnees in noeud.find_all(nodes.TemplateData)
    )


CorpsLu: TypeAlias = "list[tuple[str, int] | tuple[int, int, list[CorpsLu]]]"
"""What a body prints: texts with their lines; choices (identity, turns of the first, branches)."""


def _plain(noeuds: Sequence[nodes.Node]) -> CorpsLu:
    """A body as the layouts read it, again and again."""
    corps: CorpsLu = []
    for noeud in noeuds:
        if isinstance(noeud, nodes.Output):
            for expr in noeud.nodes:
                texte = expr.data if isinstance(expr, nodes.TemplateData) else _stand_in(expr)
                ligne = expr.lineno or 1
                avant = corps[-1] if corps else ()
                if len(avant) == 2 and avant[0].count("\n") + avant[1] == ligne:
                    texte, ligne = avant[0] + texte, avant[1]
                    corps.pop()
                corps.append((texte, ligne))
        elif isinstance(noeud, nodes.If | nodes.For):
            tours = 2 if isinstance(noeud, nodes.For) else 1
            corps.append((id(noeud), tours, [_plain(branche) for branche in branches(noeud)]))
    return corps


def _lay(corps: CorpsLu, choix: Branches, sortie: Squelette) -> None:
    for element in corps:
        if len(element) == 2:
            sortie.add(*element)
            continue
        noeud, tours, suites = element
        rang = choix.get(noeud, 0)
        for _ in range(1 if rang else tours):
            _lay(suites[rang], choix, sortie)


def check_structure(redaction: Redaction, arbre: nodes.Template) -> Iterator[Faute]:
    """Headings and tables of a body, under each of its choices."""
    examen = _Examen(redaction)
    for squelette in layouts(arbre):
        examen.read(squelette)
    yield from examen.finish()


@dataclass(frozen=True)
class _Table:
    ligne: int
    colonnes: int


@functools.lru_cache(maxsize=2048)
def _blocks(morceau: str) -> tuple[tuple[Token, int, int], ...]:
    """The headings, tables and paragraphs of a piece, with their lines (from 0)."""
    return tuple(
        (jeton, jeton.map[0], jeton.map[1])
        for jeton in BLOCS.parse(morceau)
        if jeton.map is not None
        if jeton.type in ("heading_open", "table_open", "paragraph_open")
    )


class _Examen:
    """Gathers the faults of all the layouts of one body, each once."""

    def __init__(self, redaction: Redaction) -> None:
        self.formes = redaction.developpe.formes
        self.fautes: dict[Faute, None] = {}
        self.suites: list[tuple[_Table, ...]] = []

    def _add(self, ligne: int, message: str, remede: str, code: str = "C-056") -> None:
        self.fautes.setdefault(Faute(code, ligne, message, remede))

    def read(self, squelette: Squelette) -> None:
        """Examine one layout."""
        lignes = squelette.texte.split("\n")
        niveau, tables = 1, []
        for debut, morceau in pieces(squelette.texte):
            for jeton, haut, bas in _blocks(morceau):
                place = range(debut + haut, debut + bas)
                if jeton.type == "heading_open":
                    niveau = self._heading(jeton, niveau, squelette.line(place.start))
                elif jeton.type == "table_open":
                    tables.append(self._table(place, lignes, squelette))
                else:
                    self._stray_row(place, lignes, squelette)
        self.suites.append(tuple(tables))

    def _heading(self, jeton: Token, avant: int, ligne: int) -> int:
        rang = int(jeton.tag[1])
        if jeton.level:
            message = "Un intertitre ne peut pas se trouver dans une liste."
            self._add(ligne, message, "Le placer hors de la liste.", "C-055")
        elif rang == 1:
            message = "«\u00a0#\u00a0» est réservé au titre de la clause."
            self._add(ligne, message, "Écrire «\u00a0##\u00a0».", "C-055")
        elif rang > avant + 1:
            message = f"L’intertitre saute du niveau {avant} au niveau {rang}."
            self._add(ligne, message, f"Écrire «\u00a0{'#' * (avant + 1)}\u00a0».", "C-055")
        elif rang > _PLUS_BAS:
            message = f"Un intertitre de niveau {rang} se lirait comme celui du dessus."
            self._add(ligne, message, f"S’arrêter à «\u00a0{'#' * _PLUS_BAS}\u00a0».", "C-055")
        return rang

    def _table(self, place: range, lignes: list[str], squelette: Squelette) -> _Table:
        attendues = _cells(lignes[place.start])
        for rang in place:
            if lignes[rang].strip() and (nombre := _cells(lignes[rang])) != attendues:
                self._add(
                    squelette.line(rang),
                    f"Cette ligne de tableau a {compte(nombre, 'case(s)')}, l’en-tête en a "
                    f"{attendues}.",
                    "Ajouter ou retirer une barre «\u00a0|\u00a0»\u00a0; laisser une ligne vide "
                    "après le tableau.",
                )
        return _Table(squelette.line(place.start), attendues)

    def _stray_row(self, place: range, lignes: list[str], squelette: Squelette) -> None:
        for rang in place:
            if lignes[rang].lstrip().startswith("|"):
                self._add(
                    squelette.line(rang),
                    "Cette ligne commence par une barre mais n’est dans aucun tableau.",
                    "Vérifier la ligne de tirets sous l’en-tête, et ôter toute ligne vide entre "
                    "deux lignes du tableau.",
                )

    def finish(self) -> Iterator[Faute]:
        """The faults, with those that need all the layouts."""
        yield from self.fautes
        ordre = sorted({table.ligne for suite in self.suites for table in suite})
        if self.formes:
            yield from dict.fromkeys(self._forms(ordre))

    def _forms(self, ordre: list[int]) -> Iterator[Faute]:
        if len(self.formes) > len(ordre):
            yield Faute(
                "C-056",
                ENTETE_TABLEAUX,
                f"L’en-tête décrit {len(self.formes)} tableaux, le texte en contient {len(ordre)}.",
                "Retirer la description en trop de «\u00a0tableaux\u00a0».",
            )
        for suite in self.suites:
            for place, table in enumerate(suite):
                voulue = self._form(ordre.index(table.ligne))
                if voulue.largeurs and len(voulue.largeurs) != table.colonnes:
                    yield Faute(
                        "C-056",
                        table.ligne,
                        f"Ce tableau a {table.colonnes} colonnes, mais «\u00a0largeurs\u00a0» "
                        f"en donne {len(voulue.largeurs)}.",
                        "Donner une largeur par colonne.",
                    )
                if self._form(place) != voulue:
                    yield Faute(
                        "C-056",
                        table.ligne,
                        "Selon les conditions, ce tableau recevrait la légende et les largeurs "
                        "d’un autre.",
                        "Placer les tableaux conditionnels après ceux qui s’impriment toujours.",
                    )

    def _form(self, rang: int) -> TableauEntete:
        return self.formes[min(rang, len(self.formes) - 1)]


def _cells(ligne: str) -> int:
    propre = ligne.strip()
    propre = propre.removeprefix("|")
    if propre.endswith("|") and not propre.endswith("\\|"):
        propre = propre[:-1]
    return len(_BARRE.split(propre))
