"""The amending articles of a script: one per amended article, in the order of the contract.

Layout (i) of the Guide de légistique (3.4.1): several changes of one article are the 1°, 2°… of one
amending article, those of one alinéa the a), b)…; annexes come after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby
from string import ascii_lowercase
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.citations import FERMANT, quoted_blocks
from caqes_docs.document.amendement.formules import FORMULES, Formules
from caqes_docs.document.amendement.grammaire.divisions import Divisions
from caqes_docs.document.amendement.grammaire.enonces import Enonce, Enonceur
from caqes_docs.document.amendement.grammaire.entiers import whole_unit
from caqes_docs.document.amendement.grammaire.multiples import Multiple, find_multiples
from caqes_docs.document.amendement.unites import (
    PlanUnites,
    UniteActe,
    has_heading,
    of,
    to,
    unit_name,
)
from caqes_docs.document.revision.script import Changement, Remplacement, Script
from caqes_docs.document.walk import plain


def redige(
    a: doc.Document,
    b: doc.Document,
    script: Script,
    formules: Formules = FORMULES,
    vacants: frozenset[str] = frozenset(),
) -> tuple[ArticleModificatif, ...]:
    """The amending articles of a script already made coarse; `vacants`: numbers freed before.

    Raises:
        RevisionError: A-020 an operation has no sentence.
    """
    return _Redaction(a, b, formules, vacants).articles(script)


class _Redaction:
    """Gathers the sentences, and lays them out."""

    def __init__(
        self, a: doc.Document, b: doc.Document, formules: Formules, vacants: frozenset[str]
    ) -> None:
        self._plan, self._plan_b = PlanUnites(a), PlanUnites(b)
        self._formules = formules
        self._divisions = Divisions(self._plan, formules, vacants)
        self._enonceur = Enonceur(self._plan, formules)

    def articles(self, script: Script) -> tuple[ArticleModificatif, ...]:
        """The articles, in the order of A; annexes after."""
        multiples = find_multiples(self._plan, script)
        apart = {id(one) for multiple in multiples for one in multiple.operations}
        found = [(self._order(one.unites[0]), self._multiple(one)) for one in multiples]
        by_head: dict[int, list[Enonce]] = {}
        for enonce in self._sentences([one for one in script.operations if id(one) not in apart]):
            by_head.setdefault(self._plan.head(enonce.unite).rang, []).append(enonce)
        for head, enonces in by_head.items():
            unite = self._plan.unites[head]
            found.append((self._order(unite), self._article(unite, enonces)))
        for operation in script.operations:
            if isinstance(operation, Remplacement) and _is_about_headings(operation):
                rang, _ = self._plan.position(operation.adresse)
                found += (
                    ((bool(article.annexes) or self._is_annex(article.ancre), rang, 1), article)
                    for article in self._divisions.articles(operation)
                )
        return tuple(article for _, article in sorted(found, key=lambda one: one[0]))

    def _is_annex(self, ancre: str) -> bool:
        return any(one.ancre == ancre and one.annexe is not None for one in self._plan.unites)

    def _order(self, unite: UniteActe) -> tuple[bool, int, int]:
        return unite.annexe is not None, unite.rang, 0

    def _sentences(self, operations: Sequence[Changement]) -> Iterator[Enonce]:
        """One sentence for each operation, or one for those that replace a whole unit."""
        by_unit: dict[int, list[Changement]] = {}
        for operation in operations:
            if not (
                isinstance(operation, Remplacement) and _is_about_headings(operation)
            ) or self._divisions.has_lead(operation):
                by_unit.setdefault(self._plan.position(operation.adresse)[0], []).append(operation)
        for rang, mine in by_unit.items():
            unite = self._plan.unites[rang]
            whole = whole_unit(self._plan, self._plan_b, unite, mine, self._formules)
            if whole is not None:
                yield whole
            else:
                yield from self._enonceur.states(mine)

    # -- layout --

    def _article(self, unite: UniteActe, enonces: list[Enonce]) -> ArticleModificatif:
        name = unit_name(unite, self._plan, self._formules)
        enonces.sort(key=lambda one: one.ordre)
        whole = len(enonces) == 1 and enonces[0].lieu == "‹entier›"
        if len(enonces) == 1:
            blocs: Sequence[doc.Bloc] = self._announced(enonces[0], name, "", ".", alone=True)
        elif enonces[0].lieu not in ("", "{a}") and len({one.lieu for one in enonces}) == 1:
            blocs = tuple(self._in_one_place(enonces, name))
        else:
            blocs = (
                _line(f"{_capital(name)} est ainsi {_agreed('modifié', name)}\u00a0:"),
                *self._numbered(enonces, name),
            )
        return ArticleModificatif(
            (unite.ancre,),
            f"Modification {of(name)}",
            tuple(blocs),
            tuple(one.operations for one in enonces),
            action="remplacé" if whole else "modifié",
        )

    def _in_one_place(self, enonces: list[Enonce], name: str) -> Iterator[doc.Bloc]:
        """« Au premier alinéa de l’article 5 : 1° … ; 2° … »."""
        own = unit_name(enonces[0].unite, self._plan, self._formules)
        place = enonces[0].lieu.replace("{de}", f" {of(own)}").rstrip(", ")
        yield _line(f"{_capital(place)}\u00a0:")
        for rang, one in enumerate(enonces, 1):
            fin = "." if one is enonces[-1] else "\u202f;"
            yield from self._announced(replace(one, lieu=""), name, f"{rang}° ", fin)

    def _numbered(self, enonces: list[Enonce], name: str) -> Iterator[doc.Bloc]:
        groups = [list(group) for _, group in groupby(enonces, lambda one: one.lieu or one.ordre)]
        marks = (f"{rang}° " for rang in count(1))
        for group in groups:
            fin = "." if group is groups[-1] else "\u202f;"
            if len(group) == 1 or group[0].lieu == "{a}":
                for one in group[:-1]:
                    yield from self._announced(one, name, next(marks), "\u202f;")
                yield from self._announced(group[-1], name, next(marks), fin)
                continue
            place = self._place(group[0], name)
            yield _line(f"{next(marks)}{_capital(place)}\u00a0:")
            for letter, one in zip(ascii_lowercase, group, strict=False):
                last = one is group[-1]
                yield from self._announced(
                    replace(one, lieu=""), name, f"{letter}) ", fin if last else "\u202f;"
                )

    def _place(self, enonce: Enonce, name: str) -> str:
        return enonce.lieu.replace("{de}", self._own(enonce, name)).rstrip(", ")

    def _own(self, enonce: Enonce, name: str) -> str:
        """What is said of the unit when the article is already named: nothing, or its own part."""
        own = unit_name(enonce.unite, self._plan, self._formules)
        return "" if own == name else f" {of(own.removesuffix(f' {of(name)}'))}"

    def _announced(
        self,
        enonce: Enonce,
        name: str,
        mark: str,
        fin: str,
        *,
        alone: bool = False,
    ) -> tuple[doc.Bloc, ...]:
        """The sentence, then the blocks that it quotes."""
        own = unit_name(enonce.unite, self._plan, self._formules)
        short = self._own(enonce, name)
        words = {
            "{de}": f" {of(own)}" if alone else short,
            "{a}": f"{to(own)}, " if alone else f"{_to_part(short)}",
            "{debut}": f"au début {of(own)}, " if alone else f"au début{short}, ",
            "‹nom›": own if alone or short else _pronoun(name),
            "‹e›": "e" if _is_feminine(own) else "",
        }
        lieu = "" if enonce.lieu == "‹entier›" else enonce.lieu
        inlines = [_filled(one, words) for one in (doc.Texte(lieu), *enonce.corps)]
        inlines = _capitalised([one for one in inlines if one != doc.Texte("")])
        ended = plain(tuple(inlines)).endswith(fin + FERMANT)
        end = "" if enonce.cites or ended else fin
        paragraph = doc.Paragraphe(
            (*((doc.Texte(mark),) if mark else ()), *inlines, *((doc.Texte(end),) if end else ()))
        )
        return paragraph, *(quoted_blocks(enonce.cites, fin) if enonce.cites else ())

    def _multiple(self, multiple: Multiple) -> ArticleModificatif:
        names = [unit_name(one, self._plan, self._formules) for one in multiple.unites]
        line = doc.Paragraphe((doc.Texte(multiple.lieu(names)), *multiple.corps, doc.Texte(".")))
        return ArticleModificatif(
            tuple(one.ancre for one in multiple.unites),
            "Modification de plusieurs articles",
            (line,),
            (multiple.operations,),
        )


def _is_about_headings(operation: Remplacement) -> bool:
    nodes: tuple[Any, ...] = (*operation.avant, *operation.apres)
    return any(map(has_heading, nodes))


def _line(texte: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),))


def _filled(inline: doc.Inline, words: dict[str, str]) -> doc.Inline:
    if not isinstance(inline, doc.Texte):
        return inline
    texte = inline.texte
    for mark, said in words.items():
        texte = texte.replace(mark, said)
    return doc.Texte(texte)


def _capitalised(inlines: list[doc.Inline]) -> list[doc.Inline]:
    first: Any = inlines[0]
    return [doc.Texte(_capital(first.texte)), *inlines[1:]]


def _capital(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _is_feminine(name: str) -> bool:
    return name.startswith(("la ", "l’annexe"))


def _agreed(participe: str, name: str) -> str:
    return participe + ("e" if _is_feminine(name) else "")


def _pronoun(name: str) -> str:
    return "elle" if _is_feminine(name) else "il"


def _to_part(short: str) -> str:
    """« à la partie « … », », when a part of an annex is amended beside others."""
    if not short:
        return ""
    return f"{short.strip().removeprefix('de ').replace('la ', 'à la ', 1)}, "
