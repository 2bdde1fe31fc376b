"""Pydantic's complaints turned into findings: French, with the line and the close name."""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.francais.typographie import fold
from caqes_docs.core.saisie import PERDUS
from caqes_docs.data.lecture.introspection import keys_at
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml

_POSTE = (
    "Un poste du plan est «\u00a0clause\u00a0», «\u00a0article\u00a0» ou «\u00a0chapitre\u00a0»."
)
_FORMES = {
    "model_type": "Un bloc de clés est attendu ici.",
    "model_attributes_type": "Un bloc de clés est attendu ici.",
    "dict_type": "Un bloc de clés est attendu ici.",
    "tuple_type": "Une liste est attendue ici (une ligne par élément, précédée d’un tiret).",
    "list_type": "Une liste est attendue ici (une ligne par élément, précédée d’un tiret).",
    "string_type": "Un texte est attendu ici.",
    "union_tag_invalid": _POSTE,
    "union_tag_not_found": _POSTE,
}


def close_name(nom: str, noms: Iterable[str], libelles: Mapping[str, str] | None = None) -> str:
    r"""« Vouliez-vous dire … ? », or an empty string when nothing is near.

    `libelles`: what the names are called in French.

    >>> close_name("raison_social", ["raison_sociale", "finess"])
    'Vouliez-vous dire «\xa0raison_sociale\xa0»\u202f?'
    >>> close_name("HAD", ["mco", "had"])
    'Vouliez-vous dire «\xa0had\xa0»\u202f?'
    >>> close_name("raport", ["rapport_evaluation", "rapport_regional"])
    'Vouliez-vous dire «\xa0rapport_evaluation\xa0» ou «\xa0rapport_regional\xa0»\u202f?'
    """
    noms = list(noms)
    cherche = fold(nom)
    plies = {fold(autre): autre for autre in reversed(noms)}
    if cherche in plies:
        proches = [plies[cherche]]
    else:
        proches = [plies[x] for x in difflib.get_close_matches(cherche, plies, n=1)]
    proches = proches or _same_words(cherche, {n: (libelles or {}).get(n, "") for n in noms})
    dits = " ou ".join(f"«\u00a0{proche}\u00a0»" for proche in proches)
    return f"Vouliez-vous dire {dits}\u202f?" if dits else ""


_PROCHES_MAX = 3


def _same_words(cherche: str, libelles: Mapping[str, str]) -> list[str]:
    """The few names that hold each word of `cherche`, or begin with it; else by their label."""
    mots = re.findall(r"[^\W_]{3,}", cherche)
    siens = {
        nom: re.findall(r"[^\W_]+", fold(f"{nom} {libelle}")) for nom, libelle in libelles.items()
    }
    trouves = [n for n, s in siens.items() if mots and all(_is_said(mot, s) for mot in mots)]
    debuts = [n for n in trouves if _is_said(mots[0], siens[n][:1])]
    for dits in (trouves, debuts):
        if 1 <= len(dits) <= _PROCHES_MAX:
            return dits
    connus = {fold(libelle): nom for nom, libelle in libelles.items() if libelle}
    return [connus[x] for x in difflib.get_close_matches(cherche, connus, n=1)]


def _is_said(mot: str, mots: Sequence[str]) -> bool:
    """Whether one of `mots` is, nearly, `mot`, or begins like it."""
    if any(autre.startswith(mot) for autre in mots):
        return True
    return bool(difflib.get_close_matches(mot, (x for x in mots if x[:3] == mot[:3]), n=1))


def findings_of(
    error: ValidationError, modele: type[BaseModel], fichier: FichierYaml
) -> list[Constat]:
    """Every complaint of `error` as a finding placed in `fichier`.

    A key that is missing because it was misspelt is one fault, not two.
    """
    erreurs = error.errors()
    fautes_de_frappe = {
        (tuple(erreur["loc"][:-1]), proche)
        for erreur in erreurs
        if erreur["type"] == "extra_forbidden"
        for proche in _close_keys(erreur, modele)
    }
    retenues = [
        erreur
        for erreur in erreurs
        if erreur["type"] != "missing"
        or (tuple(erreur["loc"][:-1]), erreur["loc"][-1]) not in fautes_de_frappe
    ]
    return _damage_once(list(_findings(retenues, modele, fichier)))


def _damage_once(constats: list[Constat]) -> list[Constat]:
    """`constats` where a file read in another encoding is one fault, told at its first word."""
    abimes = [c for c in constats if c.code == "D-100" and PERDUS in c.message]
    if len(abimes) <= 2:
        return constats
    premier = min(abimes, key=lambda c: c.source.ligne or 0)
    message = premier.message.replace(
        PERDUS, f"{PERDUS}, comme {len(abimes) - 1} autres textes de ce fichier", 1
    )
    reste = [c for c in constats if c not in abimes]
    return [dataclasses.replace(premier, message=message), *reste]


def _close_keys(erreur: ErrorDetails, modele: type[BaseModel]) -> list[str]:
    chemin = erreur["loc"]
    return difflib.get_close_matches(str(chemin[-1]), keys_at(modele, chemin[:-1]), n=1)


def _findings(
    erreurs: list[ErrorDetails], modele: type[BaseModel], fichier: FichierYaml
) -> Iterator[Constat]:
    for erreur in erreurs:
        chemin = _real_path(tuple(p for p in erreur["loc"] if p != "[key]"), fichier)
        yield _finding(erreur, chemin, modele, fichier)


def _real_path(chemin: Chemin, fichier: FichierYaml) -> Chemin:
    """`chemin` without the name of the alternative that pydantic puts into a union's path."""
    for rang in range(1, len(chemin)):
        sans = chemin[:rang] + chemin[rang + 1 :]
        ailleurs = isinstance(chemin[rang - 1], int) and isinstance(chemin[rang], str)
        if ailleurs and (*sans, "#cle") in fichier.positions:
            return _real_path(sans, fichier)
    return chemin


def _finding(
    erreur: ErrorDetails, chemin: Chemin, modele: type[BaseModel], fichier: FichierYaml
) -> Constat:
    sorte = erreur["type"]
    contexte: dict[str, Any] = erreur.get("ctx", {})
    if sorte == "caqes" and erreur["input"] is not None:
        return _fault(
            contexte["code"], fichier, chemin, contexte["message"], contexte.get("remede", "")
        )
    if sorte == "extra_forbidden":
        return _unknown_key(chemin, modele, fichier)
    if sorte == "missing":
        cle = chemin[-1]
        return fault(
            "D-011",
            fichier.key_source(chemin[:-1]),
            f"La clé «\u00a0{cle}\u00a0» manque.",
            f"Ajouter «\u00a0{cle}: …\u00a0» dans ce bloc.",
        )
    if erreur["input"] is None:
        quoi, remede = f"«\u00a0{chemin[-1]}\u00a0»", "Remplir cette clé."
        if isinstance(chemin[-1], int):
            quoi, remede = "Cet élément", "Le remplir, ou retirer son tiret."
        return _fault("D-011", fichier, chemin, f"{quoi} est obligatoire et vide.", remede)
    if sorte in ("enum", "literal_error") and isinstance(erreur["input"], str):
        return _not_in_list(erreur, chemin, fichier)
    if sorte in _FORMES:
        return _fault("D-012", fichier, chemin, _FORMES[sorte], "Revoir le retrait et les tirets.")
    return _fault(
        "D-012", fichier, chemin, "Cette valeur n’a pas la forme attendue.", "La réécrire."
    )


def _unknown_key(chemin: Chemin, modele: type[BaseModel], fichier: FichierYaml) -> Constat:
    connues = keys_at(modele, chemin[:-1])
    source = fichier.key_source(chemin)
    proche = close_name(str(chemin[-1]), connues)
    remede = proche or "Retirer cette clé."
    if connues and not proche:
        remede = f"Clés admises ici\u00a0: {', '.join(connues)}."
    if connues and _is_cut(chemin, fichier):
        remede = (
            "Entre accolades, une virgule commence une autre clé\u00a0: mettre toute la valeur "
            'entre guillemets, par exemple "12,50".'
        )
    return fault(
        "D-010",
        source,
        f"La clé «\u00a0{chemin[-1]}\u00a0» n’existe pas ici.",
        remede,
    )


def _is_cut(chemin: Chemin, fichier: FichierYaml) -> bool:
    """Whether the key is the end of a value that holds a comma, between braces."""
    valeur: Any = fichier.donnees
    for partie in chemin:
        valeur = valeur[partie]
    return valeur is None and re.match(r"\d|.*\s", str(chemin[-1])) is not None


def _not_in_list(erreur: ErrorDetails, chemin: Chemin, fichier: FichierYaml) -> Constat:
    valeur = erreur["input"]
    attendu = str(erreur.get("ctx", {}).get("expected", ""))
    admises = [
        mot.strip(" '") for mot in attendu.replace(" or ", ", ").split(",") if mot.strip(" '")
    ]
    proche = close_name(str(valeur), admises)
    if unicodedata.normalize("NFC", str(valeur)) in admises:
        proche = "Le retaper\u00a0: ses accents y sont des signes à part, comme dans un PDF."
    liste = f"Valeurs admises\u00a0: {', '.join(admises)}."
    return _fault(
        "D-013",
        fichier,
        chemin,
        f"«\u00a0{valeur}\u00a0» n’est pas une valeur admise.",
        f"{proche} {liste}".strip(),
    )


def _fault(
    code: str, fichier: FichierYaml, chemin: Chemin, message: str, remede: str = ""
) -> Constat:
    return Constat(code, Gravite.ERREUR, fichier.source(chemin), message, remede)
