"""Data with their places: what a file says, as a tree whose every value knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import CLE, Chemin, Donnee, FichierYaml

ContenuSitue: TypeAlias = "str | None | tuple[Situe, ...] | Mapping[str, Situe]"


@dataclass(frozen=True)
class Situe:
    """A value and its place; that of its key, when it has one."""

    contenu: ContenuSitue
    lieu: Source
    cle: Source | None = None


def situate(fichier: FichierYaml, chemin: Chemin = ()) -> Situe:
    """What `fichier` says at `chemin`, which must stand there."""
    valeur = fichier.donnees
    for partie in chemin:
        if isinstance(valeur, list) and isinstance(partie, int):
            valeur = valeur[partie]
        elif isinstance(valeur, dict):
            valeur = valeur[str(partie)]
    return _situate(fichier, valeur, chemin)


def _situate(fichier: FichierYaml, valeur: Donnee, chemin: Chemin) -> Situe:
    contenu: ContenuSitue
    if isinstance(valeur, dict):
        contenu = {nom: _situate(fichier, fils, (*chemin, nom)) for nom, fils in valeur.items()}
    elif isinstance(valeur, list):
        contenu = tuple(_situate(fichier, fils, (*chemin, r)) for r, fils in enumerate(valeur))
    else:
        contenu = valeur
    cle = fichier.key_source(chemin) if (*chemin, CLE) in fichier.positions else None
    return Situe(contenu, fichier.source(chemin), cle)


def plain(situe: Situe) -> Donnee:
    """The data alone."""
    contenu = situe.contenu
    if isinstance(contenu, Mapping):
        return {nom: plain(fils) for nom, fils in contenu.items()}
    if isinstance(contenu, tuple):
        return [plain(fils) for fils in contenu]
    return contenu


def spread(situe: Situe, fichier: FichierYaml) -> FichierYaml:
    """`fichier` with the data of the tree, each of whose values keeps its own place."""
    places = dict(_iter_places(situe, ()))
    positions = {chemin: (source.ligne, source.colonne) for chemin, source in places.items()}
    ailleurs = {c: source.fichier for c, source in places.items() if source.fichier != fichier.nom}
    return replace(fichier, donnees=plain(situe), positions=positions, ailleurs=ailleurs)


def _iter_places(situe: Situe, chemin: Chemin) -> Iterator[tuple[Chemin, Source]]:
    yield chemin, situe.lieu
    if situe.cle is not None:
        yield (*chemin, CLE), situe.cle
    if isinstance(situe.contenu, Mapping):
        for nom, fils in situe.contenu.items():
            yield from _iter_places(fils, (*chemin, nom))
    elif isinstance(situe.contenu, tuple):
        for rang, fils in enumerate(situe.contenu):
            yield from _iter_places(fils, (*chemin, rang))
