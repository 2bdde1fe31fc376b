"""Numbers that are state: a signed act keeps those that it has, only what is new takes one.

Nothing is renumbered: what is inserted after article 13 is 13-1, between 10-2 and 10-3 it is
10-2-1, at the end it is the next one, and the number of what was removed is never given again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from caqes_docs.core.errors import RevisionError
from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.document import model as doc
from caqes_docs.document.walk import iter_divisions
from caqes_docs.redaction.bibliotheque.places import Place

Rang: TypeAlias = tuple[int, ...]
"""« 10-2-1 » is (10, 2, 1): the order of these is the order of reading."""
_NUMERO = re.compile(rf"(\w+){NBSP}(\d+(?:-\d+)*)(?:er)?")


def parse_number(numero: str) -> tuple[str, Rang] | None:
    """The kind and the rank of a number; None for what has none.

    >>> parse_number("Article" + NBSP + "10-2")
    ('Article', (10, 2))
    """
    trouve = _NUMERO.fullmatch(numero)
    return (trouve[1], tuple(map(int, trouve[2].split("-")))) if trouve else None


def write_number(genre: str, rang: Rang) -> str:
    """The number as it is printed.

    >>> write_number("Article", (1,)).replace(NBSP, " ")
    'Article 1er'
    """
    return f"{genre}{NBSP}{'-'.join(map(str, rang))}" + (
        "er" if genre == "Article" and rang == (1,) else ""
    )


def numbers_of(document: doc.Document) -> dict[str, str]:
    """The numbers of an act, by the anchor of the clause or of the chapter that bears each."""
    numeros: dict[str, str] = {}
    for division in iter_divisions(document.corps):
        if division.titre is not None and division.titre.numero:
            premier = next(iter(division.blocs), None)
            annexe = isinstance(premier, doc.Clause) and division.ancre.endswith("_ann")
            porteur = premier if annexe and isinstance(premier, doc.Clause) else division
            numeros[porteur.ancre] = division.titre.numero
    return numeros


def keep_numbers(places: tuple[Place, ...], numeros: Mapping[str, str]) -> tuple[Place, ...]:
    """`places`, numbered from 1, with the numbers that the contract has; the rest takes new ones.

    `numeros` holds every number that the contract ever gave, by anchor.

    Raises:
        RevisionError: A-007 no number is free between two articles.
    """
    suites: dict[str, list[Place]] = {}
    for place in _numbered(places):
        genre = parse_number(place.numero)
        if genre is not None:
            suites.setdefault(genre[0], []).append(place)
    donnes: dict[str, str] = {}
    for genre_suite, suite in suites.items():
        rangs = _Suite(genre_suite, numeros).ranks(suite)
        donnes |= {ancre: write_number(genre_suite, rang) for ancre, rang in rangs.items()}
    return _renumbered(places, donnes)


def _numbered(places: Iterable[Place]) -> Iterator[Place]:
    for place in places:
        if place.numero:
            yield place
        yield from _numbered(place.contenu)


def _renumbered(places: tuple[Place, ...], donnes: Mapping[str, str]) -> tuple[Place, ...]:
    return tuple(
        replace(
            place,
            numero=donnes.get(place.ancre, place.numero),
            contenu=_renumbered(place.contenu, donnes),
        )
        for place in places
    )


class _Suite:
    """The articles of an act, or its chapters, or its annexes, in reading order."""

    def __init__(self, genre: str, numeros: Mapping[str, str]) -> None:
        lus = {ancre: parse_number(numero) for ancre, numero in numeros.items()}
        self.genre = genre
        self.connus = {ancre: lu[1] for ancre, lu in lus.items() if lu and lu[0] == genre}
        self.pris = set(self.connus.values())
        self.precedent: Rang = ()
        self.tete: Rang = ()
        """The article that sub-articles belong to."""
        self.tete_inseree = False

    def ranks(self, suite: list[Place]) -> dict[str, Rang]:
        """The rank of each place, by anchor."""
        rangs: dict[str, Rang] = {}
        for position, place in enumerate(suite):
            suivants = (self.connus[p.ancre] for p in suite[position:] if p.ancre in self.connus)
            suivant = next(suivants, None)
            compte = parse_number(place.numero)
            sous_article = compte is not None and len(compte[1]) > 1
            connu = self.connus.get(place.ancre)
            rang = connu or (self._sub if sous_article else self._top)(suivant)
            self.pris.add(rang)
            self.precedent = rang
            if not sous_article:
                self.tete, self.tete_inseree = rang, connu is None or len(rang) > 1
            rangs[place.ancre] = rang
        return rangs

    def _top(self, suivant: Rang | None) -> Rang:
        if suivant is None:
            return self._child(())
        return self._between(self.tete if self.tete_inseree else self.precedent, suivant)

    def _sub(self, suivant: Rang | None) -> Rang:
        dernier = self._child(self.tete)
        if suivant is None or dernier < suivant:
            return dernier
        return self._between(self.precedent, suivant)

    def _child(self, rang: Rang) -> Rang:
        """The first number under `rang` that nothing ever had, after all that had one."""
        place = len(rang)
        siens = (pris[place] for pris in self.pris if len(pris) > place and pris[:place] == rang)
        return (*rang, max(siens, default=0) + 1)

    def _between(self, avant: Rang, suivant: Rang) -> Rang:
        candidats = [self._child(avant[:-1])] if len(avant) > 1 else []
        for candidat in (*candidats, self._child(avant)):
            if avant and avant < candidat < suivant:
                return candidat
        genre = self.genre.lower()
        apres = write_number(genre, avant) if avant else f"le début de l’acte ({genre})"
        raise RevisionError(
            "A-007",
            f"Aucun numéro n’est libre entre {apres} et {write_number(genre, suivant)}, et un "
            "acte signé n’est jamais renuméroté.",
            remede="Placer ce qui est nouveau à la fin d’un article ou du chapitre, ou l’écrire "
            "dans un article qui existe.",
        )
