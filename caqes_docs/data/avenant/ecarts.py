"""What two states of the data have different: the smallest keys that lead from one to the other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caqes_docs.data.avenant.cles import DOSSIER, identities, type_below
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.data.lecture.yaml_strict import Donnee

LONGUEUR = 120
"""Of a value in a message, in letters, at most."""


@dataclass(frozen=True)
class EcartDeDonnees:
    """One key that two states do not say alike; None where one of them says nothing."""

    chemin: tuple[str, ...]
    avant: Donnee
    apres: Donnee

    @property
    def cle(self) -> str:
        """The key as an avenant writes it."""
        return ".".join(self.chemin)


def is_void(valeur: object) -> bool:
    """Whether nothing is said: no value, or a block and a list that hold none.

    >>> is_void({"a": None, "b": []}), is_void("0")
    (True, False)
    """
    if isinstance(valeur, Mapping):
        return all(map(is_void, valeur.values()))
    if isinstance(valeur, Sequence) and not isinstance(valeur, str):
        return all(map(is_void, valeur))
    return valeur is None


def same(un: object, autre: object) -> bool:
    r"""Whether both say the same, blanks and empty keys aside.

    >>> same({"a": "3,9\u00a0%", "b": None}, {"a": "3,9 %"}), same("3,9 %", "3.9 %")
    (True, False)
    """
    if is_void(un) or is_void(autre):
        return is_void(un) and is_void(autre)
    if isinstance(un, Mapping) and isinstance(autre, Mapping):
        return all(same(un.get(cle), autre.get(cle)) for cle in un.keys() | autre.keys())
    if isinstance(un, str) or isinstance(autre, str):
        return isinstance(un, str) and isinstance(autre, str) and un.split() == autre.split()
    if isinstance(un, Sequence) and isinstance(autre, Sequence):
        return len(un) == len(autre) and all(map(same, un, autre))
    return False


def written(valeur: object) -> str:
    """A value in a message: quoted when it is a text, on one line and cut when it is long."""
    if isinstance(valeur, str):
        return f"«\u00a0{' '.join(valeur.split())}\u00a0»"
    texte = json.dumps(valeur, ensure_ascii=False) if not is_void(valeur) else "rien"
    return texte if len(texte) <= LONGUEUR else f"{texte[: LONGUEUR - 3]}…"


def derive(avant: Donnee, apres: Donnee) -> list[EcartDeDonnees]:
    """The keys that lead from a dossier to another one: put on the first, they give the second."""
    return list(_derive(avant, apres, DOSSIER, ()))


def _derive(
    avant: Donnee, apres: Donnee, type_: TypeChamp | None, chemin: tuple[str, ...]
) -> Iterator[EcartDeDonnees]:
    if same(avant, apres):
        return
    tables = _named(avant, apres, type_)
    if tables is None:
        yield EcartDeDonnees(chemin, _pruned(avant), _pruned(apres))
        return
    anciens, neufs = tables
    for nom in (*anciens, *(nom for nom in neufs if nom not in anciens)):
        yield from _derive(anciens.get(nom), neufs.get(nom), type_below(type_, nom), (*chemin, nom))


def _named(
    avant: Donnee, apres: Donnee, type_: TypeChamp | None
) -> tuple[dict[str, Donnee], dict[str, Donnee]] | None:
    """What both hold by name; None when they are to be changed whole."""
    if is_void(avant) or is_void(apres):
        seul = apres if is_void(avant) else avant
        if type_ is None or type_.sorte != "table" or not isinstance(seul, dict):
            return None
        return ({}, seul) if seul is apres else (seul, {})
    if isinstance(avant, dict) and isinstance(apres, dict):
        return avant, apres
    if not (isinstance(avant, list) and isinstance(apres, list)):
        return None
    noms, autres = identities(type_, avant), identities(type_, apres)
    if noms is None or autres is None:
        return None
    gardes = [nom for nom in noms if nom in autres]
    ajoutes = [nom for nom in autres if nom not in noms]
    if autres != [*gardes, *ajoutes]:  # an item inserted, or moved: its rank is part of the list
        return None
    return dict(zip(noms, avant, strict=True)), dict(zip(autres, apres, strict=True))


def _pruned(valeur: Donnee) -> Donnee:
    """The value without the keys that say nothing."""
    if isinstance(valeur, dict):
        return {cle: _pruned(v) for cle, v in valeur.items() if not is_void(v)}
    if isinstance(valeur, list):
        return [_pruned(v) for v in valeur]
    return valeur
