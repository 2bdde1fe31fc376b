"""The keys of an avenant: where each leads in the dossier, and what lists are known by.

A key goes down by names, « contrat.indicateurs.NAT-10-1-1.cibles.2020 ». An item of a list has for
name what tells it from the others: the FINESS of a site, the number of an action. A list whose
items nothing tells apart is changed whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from caqes_docs.data.avenant.situe import Situe
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.yaml_strict import Donnee

DOSSIER = TypeChamp("bloc", Dossier)
"""The type of the whole."""
_IDENTITES = ("id", "finess", "exercice", "action", "volet", "sur")
"""What tells the items of a list apart, the first that their model has."""


def type_below(type_: TypeChamp | None, nom: str) -> TypeChamp | None:
    """The type of what has that name in a value of that type; None when nothing can."""
    if type_ is None:
        return None
    if type_.sorte in ("liste", "table"):
        return type_.element
    return fields_of(type_.classe).get(nom) if type_.sorte == "bloc" else None


def type_at(chemin: Iterable[str]) -> TypeChamp | None:
    """The type of what stands there in a dossier; None when nothing can."""
    courant: TypeChamp | None = DOSSIER
    for nom in chemin:
        courant = type_below(courant, nom)
    return courant


def identity_key(type_: TypeChamp | None) -> str | None:
    """The key that tells the items of such a list apart."""
    element = type_.element if type_ and type_.sorte == "liste" else None
    if element is None or element.sorte != "bloc":
        return None
    return next((cle for cle in _IDENTITES if cle in fields_of(element.classe)), None)


def identities(type_: TypeChamp | None, elements: Sequence[Donnee]) -> list[str] | None:
    """The name of each item; None when nothing tells them apart."""
    cle = identity_key(type_)
    if cle is None:
        return None
    noms = [element.get(cle) if isinstance(element, dict) else None for element in elements]
    textes = [nom for nom in noms if isinstance(nom, str)]
    return textes if len(set(textes)) == len(elements) else None


def children(noeud: Situe, type_: TypeChamp | None) -> dict[str, Situe]:
    """What stands below, by name."""
    if isinstance(noeud.contenu, Mapping):
        return dict(noeud.contenu)
    if isinstance(noeud.contenu, tuple):
        noms = identities(type_, [_flat(element) for element in noeud.contenu])
        return dict(zip(noms, noeud.contenu, strict=True)) if noms is not None else {}
    return {}


def _flat(element: Situe) -> Any:
    """The texts of a block of keys: enough to tell it from its neighbours."""
    if not isinstance(element.contenu, Mapping):
        return None
    return {nom: fils.contenu for nom, fils in element.contenu.items()}


def find_path(cle: str, racine: Situe) -> tuple[tuple[str, ...], Situe | None]:
    """The names that `cle` goes through, and what stands there, if anything does.

    A name may hold a dot: the longest one that stands there is taken.
    """
    courant: Situe | None = racine
    type_: TypeChamp | None = DOSSIER
    chemin: list[str] = []
    reste = cle.split(".")
    while reste:
        dessous = children(courant, type_) if courant is not None else {}
        longueurs = range(len(reste), 0, -1)
        pris = next((n for n in longueurs if ".".join(reste[:n]) in dessous), 1)
        if type_ is not None and type_.sorte == "liste" and ".".join(reste[:pris]) not in dessous:
            pris = len(reste)  # a new item: what is left is its name
        nom = ".".join(reste[:pris])
        courant, type_ = dessous.get(nom), type_below(type_, nom)
        chemin.append(nom)
        reste = reste[pris:]
    return tuple(chemin), courant
