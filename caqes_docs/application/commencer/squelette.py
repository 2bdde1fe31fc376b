"""The empty YAML of a record: every key with its French title, as its model tells them."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from pydantic import BaseModel

from caqes_docs.data.lecture.introspection import TypeChamp, fields_of

_RIEN: Mapping[str, str] = {}


def skeleton(modele: type[BaseModel], retrait: int = 0, remplace: Mapping[str, str] = _RIEN) -> str:
    """The YAML of a record with every key empty, each with its French title above.

    `remplace` gives the lines of some keys, by dotted path: no line at all leaves the key out.
    """
    return "".join(_lines(TypeChamp("bloc", modele), retrait, "", remplace))


def _lines(bloc: TypeChamp, retrait: int, avant: str, remplace: Mapping[str, str]) -> list[str]:
    marge = " " * retrait
    assert issubclass(bloc.classe, BaseModel)
    lignes: list[str] = []
    for nom in bloc.classe.model_fields:
        champ = fields_of(bloc.classe)[nom]
        if avant + nom in remplace:
            lignes.append(remplace[avant + nom])
        elif mot := _spared(avant, nom, champ):
            lignes.append(_aside(nom, champ, marge, mot))
        elif champ.sorte == "bloc" and not _must_fill(champ):
            sous = _lines(champ, retrait + 2, f"{avant}{nom}.", remplace)
            lignes += [f"{marge}{nom}:\n", *sous]
        else:
            lignes.append(_line(nom, champ, marge))
    return lignes


def _line(nom: str, champ: TypeChamp, marge: str) -> str:
    """A key that is not unfolded, under its title."""
    if champ.sorte == "bloc":
        cles = ", ".join(fields_of(champ.classe))
        return f"{marge}# {champ.titre}, en retrait\u00a0: {cles}\n{marge}{nom}:\n"
    if champ.sorte == "liste":
        return f"{marge}# {champ.titre}\n{marge}{nom}: []\n"
    return f"{marge}# {champ.titre}{_note(champ)}\n{marge}{nom}:\n"


def _aside(nom: str, champ: TypeChamp, marge: str, mot: str) -> str:
    """A key that an act may do without, as a comment: filled once its sign is taken away."""
    modele, suite = champ.classe, _note(champ) if champ.optionnel else ""
    if champ.sorte == "bloc" and issubclass(modele, BaseModel):
        suite = f", en retrait\u00a0: {', '.join(modele.model_fields)}"
    return f"{marge}# {champ.titre} ({mot}){suite}\n{marge}# {nom}:\n"


def _spared(avant: str, nom: str, champ: TypeChamp) -> str:
    """Why a key is a comment: the act may do without it, or what is above it asks for it."""
    parent = avant.rstrip(".").rpartition(".")[2]
    if nom not in _SELON.get(parent, (nom,)):
        return "s’il y a lieu"
    dit = champ.sorte == "table" or not FACULTATIFS.isdisjoint((nom, f"{parent}.{nom}"))
    return "facultatif" if dit else ""


def _note(champ: TypeChamp) -> str:
    """Whether a key is obligatory, and the words that it accepts when its title is silent."""
    valeurs = ", ".join(_values(champ))
    if not champ.optionnel:
        return f" (obligatoire\u00a0: {valeurs})" if valeurs else " (obligatoire)"
    return f" ({valeurs})" if valeurs and "(" not in champ.titre else ""


def _values(champ: TypeChamp) -> list[str]:
    """The words that an enumerated key accepts."""
    return [str(m.value) for m in champ.classe] if issubclass(champ.classe, enum.Enum) else []


def _must_fill(champ: TypeChamp) -> bool:
    """Whether an optional block could not stand empty: it holds an obligatory key."""
    champs = fields_of(champ.classe)
    noms = champ.classe.model_fields if issubclass(champ.classe, BaseModel) else ()
    return champ.optionnel and any(
        not champs[nom].optionnel and champs[nom].sorte == "simple" for nom in noms
    )


FACULTATIFS = frozenset((
    "acteurs", "annexe_au_cpom", "arrete_referentiels", "categorie", "changements",
    "contrats_remplaces", "cpom",
    "dates_des_parties", "delegation", "demande_instance", "departement", "diagnostic",
    "en_partie", "fictif", "ght", "informations", "mandat", "niveau", "numero_dossier",
    "plafond_global_sanctions", "procedure", "refus", "regle", "rencontres", "rpps", "siren",
    "siret", "telephone", "representant.civilite", "representant.courriel",
    "plan_actions.retirer", "plan_actions.ajouter", "choix.sanction_refus_de_plusieurs_volets",
))  # fmt: skip
"""What an act does without, by name or by parent and name."""
_SELON = {"sanction": ("type", "taux_maximum", "bareme"), "interessement": ("prevu",)}
"""What these blocks always say; the rest depends on it."""
