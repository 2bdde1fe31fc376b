"""Which keys of a file are to be filled: those that findings ask for, then those that stand empty.

Every remedy that names a key is obeyed by a test, and its fault goes: it is what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from caqes_docs.application.commencer.completer.annees import next_year
from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.squelette import FACULTATIFS
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, look

_ABSOLUE = re.compile("Remplir «\u00a0([^»]+)\u00a0»")
_RELATIVES = re.compile("«\u00a0([a-z_.]+)(?:: [^»]*)?\u00a0»")
_A_REMPLIR = frozenset({"D-011", "V-010", "V-036", "V-146", "V-150"})
"""What an error asks for in its own place."""
_DEMANDES: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("demandes.yaml").read_bytes()
)
"""By model, the keys asked of a block begun, those that it may have besides, those it needs."""
_ENTIERS, _EN_PLUS = _DEMANDES["entiers"], _DEMANDES["en_plus"]
_NECESSAIRES = _DEMANDES["necessaires"]
_A_PART = FACULTATIFS - {"telephone"}
"""What is left to the file; the telephone of a person designated stands in a column."""
_NOMMES = re.compile(
    r"(?P<quoi>à poser|pas de coefficient|pas de poids|sans poids,) \(?(?P<codes>[^)]+?)(?:\)|\.$)"
)
"""What is wanted, and the codes of what lacks it."""
SUIVIS = ("referents", "interlocuteurs")
"""Who follows each volet of a contract."""
_BAREMES = (("sanction", "bareme"), ("interessement", "bareme"))


def keys_of(constat: Constat, fichier: FichierYaml, fiche: Fiche) -> Iterator[Chemin]:
    """The places to fill, from the root of the file; an indicator, by its own place."""
    remede = constat.remede
    if nommes := _NOMMES.search(constat.message):
        yield from _each(nommes, constat, fichier)
    elif constat.code == "V-147":
        yield ("contrat", "choix", "annee_sans_cible")
    elif constat.code == "D-125":
        yield from [p for p in places_of(constat, fichier) if p[-1] in SUIVIS][:1]
    elif constat.code == "V-035":
        yield from _grounds(constat, fichier)
    elif absolue := _ABSOLUE.search(remede):
        chemin = _path(absolue[1].removeprefix(f"{fiche.prefixe}."), fiche)
        yield from ((*chemin[:-1], avant) for avant in _DEMANDES["avant"].get(str(chemin[-1]), ()))
        yield chemin
    elif constat.gravite is Gravite.MANQUE or constat.code in _A_REMPLIR:
        ici = places_of(constat, fichier)
        noms = [tuple(nom.split(".")) for nom in _RELATIVES.findall(remede)]
        dessous = [(*place, *nom) for place in ici for nom in noms]
        yield from [c for c in dessous if fiche.champ(c) is not None] or ici[:1]


def awaits(constat: Constat, fichier: FichierYaml, chemin: Chemin) -> bool:
    """Whether it only wants what goes with the answer at `chemin`, which is asked next."""
    noms = _RELATIVES.findall(constat.remede) if constat.remede.startswith("Remplir ") else []
    ici = [look(fichier.donnees, (*chemin[:-1], nom)) for nom in noms]
    return chemin[-1] in noms and any(valeur in (None, "") for valeur in ici)


def _each(nommes: re.Match[str], constat: Constat, fichier: FichierYaml) -> Iterator[Chemin]:
    """What is wanted of each of the codes that a message lists."""
    codes = sorted(nommes["codes"].split(", "), key=_natural)
    if nommes["quoi"] == "à poser":
        yield from (("contrat", "indicateurs", code) for code in codes)
    elif nommes["quoi"] == "pas de coefficient":
        yield from (("contrat", "indicateurs", code, "coefficient") for code in codes)
    elif nommes["quoi"] == "pas de poids":
        yield from _weights(codes, constat, fichier)
    else:  # of a part of the level
        place = next((p for p in places_of(constat, fichier) if p[-1] != "poids"), ())
        yield from ((*place, "poids", code) for code in codes if place)


def _weights(codes: list[str], constat: Constat, fichier: FichierYaml) -> Iterator[Chemin]:
    """The weights of the items of the list where the finding stands, known by their codes."""
    for place in places_of(constat, fichier):
        liste = look(fichier.donnees, place)
        for rang, element in enumerate(liste if isinstance(liste, list) else ()):
            noms = [look(element, (cle,)) for cle in ("indicateur", "id")]
            if next((nom for nom in noms if nom), None) in codes:
                yield (*place, rang, "poids")


def _grounds(constat: Constat, fichier: FichierYaml) -> Iterator[Chemin]:
    """What the scales of a volet are measured on, where they do not say it."""
    for place in places_of(constat, fichier):
        for cles in _BAREMES:
            bareme = look(fichier.donnees, (*place, *cles))
            if isinstance(bareme, dict) and bareme.get("nom") not in (None, "saisie"):
                yield from [(*place, *cles, "sur")] * ("parts" not in bareme)


def open_keys(fichier: FichierYaml, fiche: Fiche) -> Iterator[Chemin]:
    """The keys of `fichier` that stand empty, as it has them; those that a block of it lacks."""
    for chemin in sorted(fichier.positions, key=fichier.positions.__getitem__):
        champ = fiche.champ(chemin) if chemin[-1:] != ("#cle",) else None
        if champ is None:
            continue
        valeur = look(fichier.donnees, chemin)
        if champ.sorte in ("simple", "liste") and valeur in (None, "", []):
            yield chemin
        elif chemin[-1:] == ("cibles",):
            suivante = next_year(fiche, fichier, chemin)
            yield from [(*chemin, str(suivante))] * (suivante is not None)
        elif champ.sorte == "bloc" and isinstance(valeur, dict) and "sans_objet" not in valeur:
            en_plus = () if valeur.get("modele") else _besides(champ)
            yield from ((*chemin, nom) for nom in en_plus if nom not in valeur)
    yield from _adapted(fichier, fiche)


def _adapted(fichier: FichierYaml, fiche: Fiche) -> Iterator[Chemin]:
    """Who carries each action of the typical plans taken over, and when it ends."""
    plan = ("contrat", "plan_actions")
    types, retirees = (look(fichier.donnees, (*plan, cle)) for cle in ("types", "retirer"))
    otees = [look(r, ("action",)) for r in retirees] if isinstance(retirees, list) else []
    connus = fiche.projet.droit.plans_types
    for nom in types if isinstance(types, list) else ():
        for action in connus[str(nom)].actions if str(nom) in connus else ():
            ici = [(*plan, "adapter", action.id, cle) for cle in ("pilote", "echeance")]
            yield from [c for c in ici if action.id not in otees and not look(fichier.donnees, c)]


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


def is_needed(chemin: Chemin, fiche: Fiche) -> bool:
    """Whether a key that stands empty is wanted, though no finding names it."""
    parent = fiche.champ(chemin[:-1])
    return parent is not None and chemin[-1] in _NECESSAIRES.get(parent.classe.__name__, ())


def _besides(champ: TypeChamp) -> list[str]:
    """The keys of a block that are asked for though its file does not show them."""
    nom = champ.classe.__name__
    entier = _is_plain(champ) or nom in _ENTIERS
    return _asked(champ) if entier else _EN_PLUS.get(nom, [])


def _asked(champ: TypeChamp) -> list[str]:
    """What is wanted of a block; else all of a plain one, the obligatory keys, or else any."""
    modele, admis = _fields(champ), _sorts(champ)
    if voulus := _ENTIERS.get(champ.classe.__name__):
        return voulus
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
