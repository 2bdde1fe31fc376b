"""A record read in spite of its faults, to tell with them what it would miss once they are gone."""

from __future__ import annotations

import copy
import difflib
import functools
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.introspection import TypeChamp, keys_at, walk_type
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml

M = TypeVar("M", bound=BaseModel)
_TOURS = 8
"""A key put in may itself hold obligatory ones."""


def load_provisional(fichier: FichierYaml, modele: type[M]) -> Charge[M] | None:
    """`fichier` without its wrong values, a plausible one put where one is obligatory.

    None when too little is left. What it says is for findings on the rest: never for an act.
    """
    donnees: Any = copy.deepcopy(fichier.donnees)
    for _ in range(_TOURS):
        try:
            return Charge(modele.model_validate(donnees), fichier)
        except ValidationError as error:
            for erreur in reversed(error.errors()):
                _mend(donnees, modele, erreur)
    return None


def _mend(donnees: Any, modele: type[BaseModel], erreur: ErrorDetails) -> None:
    """Take away what one complaint is about; put a value in when the key is obligatory."""
    chemin: Chemin = tuple(partie for partie in erreur["loc"] if partie != "[key]")
    parent = donnees
    try:
        for partie in chemin[:-1]:
            parent = parent[partie]
        champ = walk_type(TypeChamp("bloc", modele), chemin)
        if erreur["type"] == "missing":
            parent[chemin[-1]] = stand_in(modele, chemin)
        elif proche := _close(modele, chemin, erreur, parent):
            parent[proche] = parent.pop(chemin[-1])
        elif (
            isinstance(parent, list)
            or erreur["type"] == "extra_forbidden"
            or "[key]" in erreur["loc"]
        ):
            del parent[chemin[-1]]
        elif champ is not None and champ.optionnel:
            parent[chemin[-1]] = None
        else:
            parent[chemin[-1]] = stand_in(modele, chemin)
    except (KeyError, IndexError, TypeError):
        return  # mended with what held it


def _close(modele: type[BaseModel], chemin: Chemin, erreur: ErrorDetails, parent: Any) -> str:
    """The key that was meant by one that does not exist, when nothing stands there."""
    if erreur["type"] != "extra_forbidden":
        return ""
    libres = [cle for cle in keys_at(modele, chemin[:-1]) if cle not in parent]
    return next(iter(difflib.get_close_matches(str(chemin[-1]), libres, n=1)), "")


def stand_in(modele: type[BaseModel], chemin: Chemin) -> Any:
    """A value that the key at `chemin` accepts, as a file would hold it."""
    champ = walk_type(TypeChamp("bloc", modele), chemin[:-1])
    while champ is not None and champ.sorte in ("liste", "table"):
        champ = champ.element
    if champ is None or not issubclass(champ.classe, BaseModel):
        table = walk_type(TypeChamp("bloc", modele), chemin[:-2])
        return _example_of(table, str(chemin[-2]), "additionalProperties") if table else "1"
    return _example_of(champ, str(chemin[-1]))


def _example_of(champ: TypeChamp, nom: str, partie: str = "") -> Any:
    """What the key `nom` of a block admits, or the values of the table that stands there."""
    if not issubclass(champ.classe, BaseModel):
        return "1"
    schema = _schema(champ.classe)
    propriete = schema["properties"].get(nom, {})
    return _example(propriete.get(partie, {}) if partie else propriete, schema.get("$defs", {}))


@functools.cache
def _schema(classe: type) -> dict[str, Any]:
    return TypeAdapter(classe).json_schema()


def _example(schema: dict[str, Any], noms: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _example(noms[schema["$ref"].rpartition("/")[2]], noms)
    if "anyOf" in schema:
        return _example(schema["anyOf"][0], noms)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") in ("object", "array"):
        return {} if schema["type"] == "object" else []
    return schema.get("examples", ["1"])[0]
