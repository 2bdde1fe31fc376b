"""Which keys of a dossier a finding asks to fill: its remedy names them, or its place is theirs.

Every remedy that names a key is obeyed by a test, and its fault goes: it is what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of, walk_type
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml

RACINE = TypeChamp("bloc", Dossier)
_ABSOLUE = re.compile("Remplir «\u00a0([^»]+)\u00a0»")
_RELATIVE = re.compile("(?:Ajouter|Écrire) «\u00a0([a-z_]+): ")
_A_POSER = re.compile(r"à poser \((.+)\)")
_A_PART = frozenset({"telephone", "rpps"})
"""What no act misses: left to the file."""


def keys_of(constat: Constat, fichier: FichierYaml) -> Iterator[Chemin]:
    """The places to fill, from the root of the dossier; an indicator, by its own place."""
    remede = constat.remede
    if poses := _A_POSER.search(constat.message):
        for code in sorted(poses[1].split(", "), key=_natural):
            yield ("contrat", "indicateurs", code)
    elif absolue := _ABSOLUE.search(remede):
        yield _path(absolue[1])
    elif constat.gravite is Gravite.MANQUE or constat.code == "D-011":
        ici = _place(fichier, constat)
        relative = _RELATIVE.search(remede)
        if ici is not None:
            yield (*ici, relative[1]) if relative else ici


def expand(chemin: Chemin, donnees: Donnee) -> Iterator[Chemin]:
    """The simple values to ask for in the place of the one at `chemin`; none when it is filled."""
    champ = walk_type(RACINE, chemin)
    valeur = look(donnees, chemin)
    if champ is None:
        return
    element = champ.element
    if champ.sorte == "simple" or (element is not None and element.sorte == "simple"):
        if not valeur and champ.sorte != "table":
            yield chemin
    elif champ.sorte == "bloc":
        for nom in _asked(champ):
            yield from expand((*chemin, nom), donnees)
    elif champ.sorte == "liste":
        yield from expand((*chemin, len(valeur) if isinstance(valeur, list) else 0), donnees)


def _asked(champ: TypeChamp) -> list[str]:
    """The obligatory keys of a block, or its simple ones when none is."""
    assert issubclass(champ.classe, BaseModel)
    modele, champs = champ.classe.model_fields, fields_of(champ.classe)
    return [nom for nom in modele if modele[nom].is_required()] or [
        nom for nom in modele if champs[nom].sorte in ("simple", "liste") and nom not in _A_PART
    ]


def look(donnees: Donnee, chemin: Chemin) -> Donnee:
    """What stands at `chemin`; None when nothing does."""
    for partie in chemin:
        if isinstance(donnees, dict):
            donnees = donnees.get(str(partie))
        elif isinstance(donnees, list) and isinstance(partie, int) and partie < len(donnees):
            donnees = donnees[partie]
        else:
            return None
    return donnees


def _path(texte: str) -> Chemin:
    """The place that a remedy names: the items of a list count from one there."""
    chemin: Chemin = ()
    for partie in texte.split("."):
        champ = walk_type(RACINE, chemin)
        liste = champ is not None and champ.sorte == "liste" and partie.isdigit()
        chemin = (*chemin, int(partie) - 1 if liste else partie)
    return chemin


def _place(fichier: FichierYaml, constat: Constat) -> Chemin | None:
    """The longest place of the file where a finding stands: a value, or else a key."""
    ici = (constat.source.ligne, constat.source.colonne)
    places = [chemin for chemin, position in fichier.positions.items() if position == ici]
    return max((p[:-1] if p[-1:] == ("#cle",) else p for p in places), key=len, default=None)


def _natural(code: str) -> list[tuple[int, str]]:
    """NAT-10-1-2 before NAT-10-1-10."""
    return [(int(x), "") if x.isdigit() else (-1, x) for x in re.split(r"(\d+)", code)]
