"""The articles that annexes and catalogues name, under the numbers that the act prints.

A catalogue says « 10-1 », the number of the contrat type; the article that carries the obligations
of 10-1 (register: « S0-10-1-… ») may have another one under the model of a region.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from caqes_docs.redaction.bibliotheque.places import Place

_OBLIGATION = re.compile(r"S0-(\d+-\d+)-")
_ARTICLE = re.compile(r"Article\s(\d[\d-]*)")


def moved_articles(places: Iterable[Place]) -> Mapping[str, str]:
    """The printed number of each article of the contrat type that has another one here."""
    numeros: dict[str, str] = {}
    for notre, imprime in _carried(places):
        numeros.setdefault(notre, imprime)
    return {notre: imprime for notre, imprime in numeros.items() if notre != imprime}


def _carried(places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    for place in places:
        imprime = _ARTICLE.match(place.numero)
        for cle in place.redaction.entete.obligations if imprime and place.redaction else ():
            if notre := _OBLIGATION.match(cle):
                yield notre[1], imprime[1] if imprime else ""
        yield from _carried(place.contenu)


def renumbered(valeur: Any, numeros: Mapping[str, str]) -> Any:
    """`valeur`, each field « article » of it under its printed number."""
    if isinstance(valeur, tuple):
        return tuple(renumbered(une, numeros) for une in valeur)
    if not is_dataclass(valeur) or isinstance(valeur, type):
        return valeur
    champs = {champ.name: getattr(valeur, champ.name) for champ in fields(valeur)}
    return replace(
        valeur,
        **{
            nom: numeros.get(un, un) if nom == "article" else renumbered(un, numeros)
            for nom, un in champs.items()
        },
    )
