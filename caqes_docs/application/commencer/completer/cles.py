"""Which keys of a file are to be filled: those that findings ask for, then those that stand empty.

Every remedy that names a key is obeyed by a test, and its fault goes: it is what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.squelette import FACULTATIFS
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml

_ABSOLUE = re.compile("Remplir «\u00a0([^»]+)\u00a0»")
_RELATIVES = re.compile("«\u00a0([a-z_.]+)(?:: [^»]*)?\u00a0»")
_A_POSER = re.compile(r"à poser \((.+)\)")
_A_REMPLIR = frozenset({"D-011", "V-036", "V-146", "V-150"})
"""What an error asks for in its own place."""
_A_PART = FACULTATIFS - {"telephone"}
"""What is left to the file; the telephone of a person designated stands in a column."""
_SANS_POIDS = re.compile(r"pas de coefficient \((.+)\)")


def keys_of(constat: Constat, fichier: FichierYaml, fiche: Fiche) -> Iterator[Chemin]:
    """The places to fill, from the root of the file; an indicator, by its own place."""
    remede = constat.remede
    if poses := _A_POSER.search(constat.message):
        for code in sorted(poses[1].split(", "), key=_natural):
            yield ("contrat", "indicateurs", code)
    elif sans := _SANS_POIDS.search(constat.message):
        yield from (("contrat", "indicateurs", code, "coefficient") for code in sans[1].split(", "))
    elif absolue := _ABSOLUE.search(remede):
        yield _path(absolue[1].removeprefix(f"{fiche.prefixe}."), fiche)
    elif constat.gravite is Gravite.MANQUE or constat.code in _A_REMPLIR:
        ici = places_of(constat, fichier)
        noms = [tuple(nom.split(".")) for nom in _RELATIVES.findall(remede)]
        dessous = [(*place, *nom) for place in ici for nom in noms]
        yield from [c for c in dessous if fiche.champ(c) is not None] or ici[:1]


def open_keys(fichier: FichierYaml, fiche: Fiche) -> Iterator[Chemin]:
    """The keys of `fichier` that stand empty, as it has them; those that a block of it lacks."""
    for chemin in sorted(fichier.positions, key=fichier.positions.__getitem__):
        champ = fiche.champ(chemin) if chemin[-1:] != ("#cle",) else None
        if champ is None:
            continue
        valeur = look(fichier.donnees, chemin)
        if champ.sorte in ("simple", "liste") and valeur in (None, "", []):
            yield chemin
        elif champ.sorte == "bloc" and isinstance(valeur, dict) and _is_plain(champ):
            yield from ((*chemin, nom) for nom in _asked(champ) if nom not in valeur)


def expand(chemin: Chemin, donnees: Donnee, fiche: Fiche) -> Iterator[Chemin]:
    """The simple values to ask for in the place of the one at `chemin`; none when it is filled."""
    champ = fiche.champ(chemin)
    valeur = look(donnees, chemin)
    if champ is None:
        return
    element = champ.element
    if champ.sorte == "simple" or (element is not None and element.sorte == "simple"):
        if not valeur and champ.sorte != "table":
            yield chemin
    elif champ.sorte == "bloc":
        for nom in _asked(champ):
            yield from expand((*chemin, nom), donnees, fiche)
    elif champ.sorte == "liste":
        yield from expand((*chemin, len(valeur) if isinstance(valeur, list) else 0), donnees, fiche)


def _asked(champ: TypeChamp) -> list[str]:
    """All the keys of a plain block; of another, the obligatory ones, or else any."""
    modele, admis = _fields(champ), _sorts(champ)
    if _is_plain(champ):
        return list(admis)
    return (
        [nom for nom in modele if modele[nom].is_required()]
        or [nom for nom, sorte in admis.items() if sorte in ("simple", "liste")]
        or list(admis)
    )


def _is_plain(champ: TypeChamp) -> bool:
    """Whether a block begun is to be said whole: obligatory values, and two more at most."""
    obligatoires = [modele.is_required() for modele in _fields(champ).values()]
    sortes = _sorts(champ)
    seuls = all(sorte == "simple" for sorte in sortes.values())
    return seuls and any(obligatoires) and len(sortes) <= sum(obligatoires) + 2


def _sorts(champ: TypeChamp) -> dict[str, str]:
    """The keys of a block that are asked for, and what each is."""
    champs = fields_of(champ.classe)
    return {nom: champs[nom].sorte for nom in _fields(champ) if nom not in _A_PART}


def _fields(champ: TypeChamp) -> dict[str, FieldInfo]:
    assert issubclass(champ.classe, BaseModel)
    return champ.classe.model_fields


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


def _path(texte: str, fiche: Fiche) -> Chemin:
    """The place that a remedy names: the items of a list count from one there."""
    chemin: Chemin = ()
    for partie in texte.split("."):
        champ = fiche.champ(chemin)
        liste = champ is not None and champ.sorte == "liste" and partie.isdigit()
        chemin = (*chemin, int(partie) - 1 if liste else partie)
    return chemin


def places_of(constat: Constat, fichier: FichierYaml) -> list[Chemin]:
    """The places of the file where a finding stands, the longest first: a block, or its key."""
    ici = (constat.source.ligne, constat.source.colonne)
    places = [chemin for chemin, position in fichier.positions.items() if position == ici]
    return sorted({p[:-1] if p[-1:] == ("#cle",) else p for p in places}, key=len, reverse=True)


def _natural(code: str) -> list[tuple[int, str]]:
    """NAT-10-1-2 before NAT-10-1-10."""
    return [(int(x), "") if x.isdigit() else (-1, x) for x in re.split(r"(\d+)", code)]
