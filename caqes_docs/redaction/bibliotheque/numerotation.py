"""Numbers, anchors and cross-references, worked out before any clause is read."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from caqes_docs.core.errors import ClauseError
from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.document.model import Renvoi, Section
from caqes_docs.document.texte import reference_words
from caqes_docs.redaction.bibliotheque.nommage import place_id
from caqes_docs.redaction.bibliotheque.numeros import keep_numbers, parse_number
from caqes_docs.redaction.bibliotheque.places import Place
from caqes_docs.redaction.bibliotheque.plan import (
    Annexe,
    AnnexesVoletsDecrits,
    Chapitre,
    Plan,
    Poste,
    PosteAnnexe,
    PosteArticle,
    PosteChapitre,
    PosteClause,
    PosteModifications,
    PosteVolets,
    PosteVoletsDecrits,
)
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction

LONGUEUR_ANCRE = 40
_P = TypeVar("_P")


@dataclass(frozen=True)
class Modifications:
    """What an avenant brings: articles, numbered among its own, and annexes of the contract."""

    articles: tuple[Section, ...] = ()
    annexes: tuple[Section, ...] = ()


@dataclass
class Numeroteur:
    """Walks a plan and numbers what will be printed.

    `condition` tells whether a wording is printed for a volet (None outside volets); a clause whose
    condition is false and that has no `sinon` takes no number. `volets` are those of the contract.
    `numeros` are those that a signed contract gave, by anchor: they stay, and volets that have
    none come last.
    """

    bibliotheque: Bibliotheque
    date: dt.date
    condition: Callable[[Redaction, str | None], bool]
    volets: frozenset[str] = frozenset()
    modifications: Modifications = Modifications()
    numeros: Mapping[str, str] = field(default_factory=dict)
    volet: str | None = field(default=None, init=False)
    chapitres: int = field(default=0, init=False)
    articles: int = field(default=0, init=False)
    annexes: int = field(default=0, init=False)

    def number(self, plan: Plan) -> tuple[Place, ...]:
        """The places of the body and of the annexes, in order."""
        corps = [place for poste in plan.corps for place in self._post(poste)]
        annexes = (place for annexe in plan.annexes for place in self._annex_post(annexe))
        places = (*corps, *annexes)
        return keep_numbers(places, self.numeros) if self.numeros else places

    def _post(self, poste: Poste) -> Iterator[Place]:
        if isinstance(poste, PosteChapitre):
            yield from self._chapter(poste.chapitre)
        elif isinstance(poste, PosteModifications):
            for apport in self.modifications.articles if poste.modifications else ():
                yield _brought(apport, self._next_article())
        else:
            yield from self._item(poste, 1)

    def _annex_post(self, poste: PosteAnnexe) -> Iterator[Place]:
        if isinstance(poste, Annexe):
            yield from self._annex(poste)
        elif isinstance(poste, PosteModifications):
            for apport in self.modifications.annexes if poste.modifications else ():
                yield _brought(apport, apport.titre.numero)
        elif isinstance(poste, AnnexesVoletsDecrits):
            for propre in sorted(poste.annexes, key=lambda a: self._rank(a.clause, a.volet)):
                yield from self._of_volet(propre.volet, self._annex, propre)

    def _rank(self, clause: str, volet: str) -> tuple[float, ...]:
        """The number that the clause of a volet has; after all others when it has none yet."""
        lu = parse_number(self.numeros.get(anchor(place_id(clause, volet)), ""))
        return lu[1] if lu else (math.inf,)

    def _of_volet(
        self, volet: str, numeroter: Callable[[_P], Iterator[Place]], poste: _P
    ) -> list[Place]:
        """The places of one volet; none when the contract does not hold it."""
        if volet not in self.volets:
            return []
        self.volet = volet
        places = list(numeroter(poste))
        self.volet = None
        return places

    def cover(self, plan: Plan) -> tuple[Place, ...]:
        """The clauses of the cover page."""
        return tuple(place for nom in plan.couverture for place in self._clause(nom, 1, lambda: ""))

    def _chapter(self, chapitre: Chapitre) -> Iterator[Place]:
        """The chapter; one that would hold nothing is not printed and takes no number."""
        contenu = tuple(place for poste in chapitre.contenu for place in self._item(poste, 2))
        if not contenu:
            return
        self.chapitres += 1
        numero = f"Chapitre{NBSP}{self.chapitres}"
        yield Place(chapitre.id, 1, numero, anchor(chapitre.id), chapitre=chapitre, contenu=contenu)

    def _item(
        self, poste: PosteClause | PosteArticle | PosteVolets, niveau: int
    ) -> Iterator[Place]:
        if isinstance(poste, PosteClause):
            paysage = poste.orientation == "paysage" and niveau == 1
            for place in self._clause(poste.clause, niveau, lambda: ""):
                yield replace(place, paysage=paysage)
        elif isinstance(poste, PosteArticle):
            yield from self._article(poste, niveau)
        elif isinstance(poste, PosteVoletsDecrits):
            article = functools.partial(self._article, niveau=niveau)
            for propre in sorted(poste.postes, key=lambda p: self._rank(p.article, p.volet)):
                yield from self._of_volet(propre.volet, article, propre)

    def _article(self, poste: PosteArticle, niveau: int) -> Iterator[Place]:
        for place in self._clause(poste.article, niveau, self._next_article):
            yield place
            rang, base = 0, place.numero.removesuffix("er")
            for nom in poste.sous_articles:
                suivant = functools.partial(str, f"{base}-{rang + 1}")
                for sous_place in self._clause(nom, niveau + 1, suivant):
                    rang += 1
                    yield sous_place

    def _next_article(self) -> str:
        self.articles += 1
        return f"Article{NBSP}{self.articles}" + ("er" if self.articles == 1 else "")

    def _annex(self, annexe: Annexe) -> Iterator[Place]:
        numero = self._next_annex if annexe.numerotee else str
        for place in self._clause(annexe.clause, 1, numero):
            yield replace(place, annexe=annexe, paysage=annexe.orientation == "paysage")

    def _next_annex(self) -> str:
        self.annexes += 1
        return f"Annexe{NBSP}{self.annexes}"

    def _clause(self, identifiant: str, niveau: int, numero: Callable[[], str]) -> Iterator[Place]:
        redaction = self.bibliotheque.wording(identifiant, self.date)
        imprimee = self.condition(redaction, self.volet)
        if imprimee or redaction.entete.sinon:
            nom = place_id(identifiant, self.volet)
            yield Place(
                nom,
                niveau,
                numero(),
                anchor(nom),
                redaction,
                imprimee,
                volet=self.volet,
            )


def _brought(apport: Section, numero: str) -> Place:
    return Place(apport.ancre, 1, numero, apport.ancre, apport=apport)


def anchor(identifiant: str) -> str:
    """The bookmark of a clause: ASCII, at most 40 characters, the same in every document.

    >>> anchor("socle.evaluation")
    '_cl_socle_evaluation'
    """
    nom = "_cl_" + re.sub(r"[^A-Za-z0-9]", "_", identifiant)
    if len(nom) <= LONGUEUR_ANCRE:
        return nom
    empreinte = hashlib.sha256(identifiant.encode()).hexdigest()[:8]
    return f"{nom[: LONGUEUR_ANCRE - 9]}_{empreinte}"


def clauses_by_anchor(bibliotheque: Bibliotheque, volets: Iterable[str] = ()) -> dict[str, str]:
    """The present id of the clause that each bookmark leads to, in files sent long ago too.

    `volets` are those that the library describes: a common clause has a bookmark in each.
    """
    noms = {place_id(nom, volet): nom for nom in bibliotheque.clauses for volet in (None, *volets)}
    noms.update(bibliotheque.anciens)
    return {anchor(ancien): present for ancien, present in noms.items()}


def find_clause(ancre: str, clauses: Mapping[str, str]) -> str | None:
    """The clause of `clauses_by_anchor` that holds the bookmark `ancre`; None for a chapter.

    A section inside a clause, or the « annexe » line of an annex, adds a part to its bookmark.
    """
    if ancre in clauses:
        return clauses[ancre]
    reste, partie = ancre.rpartition("_")[::2]
    if not partie.isdigit() and partie != "ann":
        return None
    coupees = {nom[: LONGUEUR_ANCRE - 4]: clause for nom, clause in clauses.items()}
    return find_clause(reste, clauses) or coupees.get(reste)


@dataclass
class Renvois:
    """Resolves `renvoi('socle.evaluation')` once the places are numbered."""

    present: Callable[[str], str] = str
    """Gives the present id of a clause."""
    places: dict[str, Place] = field(default_factory=dict)

    def learn(self, places: tuple[Place, ...]) -> None:
        """Take the numbers of `places` and of all they hold."""
        for place in places:
            self.places[place.id] = place
            self.learn(place.contenu)

    def __call__(self, identifiant: str, volet: str | None = None) -> Renvoi:
        """The reference to `identifiant`, as it reads inside a sentence.

        In the clauses of a volet, « .plan_actions » is the one of that volet.

        Raises:
            ClauseError: C-003 the act does not hold that clause.
        """
        place = self.places.get(identifiant) or self.places.get(self.present(identifiant))
        if volet is not None and identifiant.startswith("."):
            siennes = (place for place in self.places.values() if place.volet == volet)
            place = next((p for p in siennes if p.id.endswith(identifiant)), None)
        if place is None:
            raise ClauseError(
                "C-003",
                f"Le renvoi vise «\u00a0{identifiant}\u00a0», que l’acte ne contient pas.",
                remede=close_name(identifiant, self.places) or "Corriger le renvoi ou le plan.",
            )
        texte = place.numero or (place.redaction.entete.titre if place.redaction else "") or ""
        return Renvoi(reference_words(texte), place.ancre)
