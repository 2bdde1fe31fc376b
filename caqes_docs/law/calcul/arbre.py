"""The tree of an amount for a machine: every step numbered, exact, and enough to be replayed alone.

The schema is described in `docs/arbre_de_calcul.md`. The steps told to a reader come first, under
the numbers of `law.calcul.explication`; then those of the branches that a condition left aside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.source import parse_source
from caqes_docs.law.calcul.explication import steps
from caqes_docs.law.calcul.noeud import Fondement, Noeud, ValeurNoeud

SCHEMA = 1


@dataclass(frozen=True)
class Pas:
    """One step of a tree: its number, those of its operands, whether its value counted."""

    repere: int
    noeud: Noeud
    operandes: tuple[int, ...]
    retenue: bool


def number(racine: Noeud) -> tuple[Pas, ...]:
    """Every step of `racine`, each once, by number."""
    dites = [etape.noeud for etape in steps(racine)]
    reperes = {id(noeud): rang for rang, noeud in enumerate(dites, 1)}
    tus = []
    for noeud in _distinct(racine, set()):
        if id(noeud) not in reperes:
            reperes[id(noeud)] = len(reperes) + 1
            tus.append(noeud)
    return tuple(
        Pas(rang, noeud, tuple(reperes[id(o)] for o in noeud.operandes), rang <= len(dites))
        for rang, noeud in enumerate((*dites, *tus), 1)
    )


def _distinct(noeud: Noeud, vus: set[int]) -> Iterator[Noeud]:
    if id(noeud) in vus:
        return
    vus.add(id(noeud))
    for operande in noeud.operandes:
        yield from _distinct(operande, vus)
    yield noeud


def missing_leaves(racine: Noeud) -> tuple[Noeud, ...]:
    """What is not known and keeps `racine` from being known: its unknown leaves, each once."""
    if racine.is_known:
        return ()
    return tuple(
        etape.noeud
        for etape in steps(racine)
        if not etape.noeud.is_known and not etape.noeud.operandes
    )


def as_dict(racine: Noeud) -> dict[str, object]:
    """The tree as JSON-ready data; numbers are decimal strings, never floats."""
    pas = number(racine)
    resultat = next(p.repere for p in pas if p.noeud is racine)
    return {"resultat": resultat, "etapes": [_step(p) for p in pas]}


def _step(pas: Pas) -> dict[str, object]:
    noeud = pas.noeud
    return {
        "repere": pas.repere,
        "operation": noeud.operation.value,
        "libelle": noeud.libelle,
        "nature": noeud.nature.value,
        "valeur": exact(noeud.valeur),
        "motif": noeud.motif or None,
        "operandes": list(pas.operandes),
        "retenue": pas.retenue,
        "fondement": None if noeud.fondement is None else _ground(noeud.fondement),
        "origine": _origin(noeud.origine),
        "periode": None
        if noeud.periode is None
        else {"du": _day(noeud.periode.du), "au": _day(noeud.periode.au)},
    }


def exact(valeur: ValeurNoeud) -> str | bool | None:
    """A value as JSON holds it: a number with all its digits and a day, as text.

    >>> exact(Decimal("1E+3")), exact(Decimal("0.0390")), exact(True), exact(None)
    ('1000', '0.0390', True, None)
    """
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    return format(valeur, "f") if isinstance(valeur, Decimal) else valeur


def _day(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _ground(fondement: Fondement) -> dict[str, object]:
    return {
        "regle": fondement.regle or None,
        "source": fondement.source,
        "references": list(fondement.references),
        "certitude": fondement.certitude.value,
    }


def _origin(origine: str) -> dict[str, object] | None:
    if not origine:
        return None
    source = parse_source(origine)
    return {
        "fichier": source.fichier,
        "ligne": source.ligne or None,
        "colonne": source.colonne or None,
    }
