"""What the models say of themselves: the type, the French title and the keys at a path.

Used by messages (close names), by the clause checker (does `etablissement.raison_social` exist?)
and by the reader of values (what is missing, in words).
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from caqes_docs.data.lecture.yaml_strict import Chemin

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclasses.dataclass(frozen=True, slots=True)
class TypeChamp:
    """The type of a value: `sorte` is « bloc », « liste », « table » or « simple ».

    `classe` is the model, or the Python type of a simple value; `element` the type of the items
    of a list or table; `optionnel` tells whether the value may be missing; `titre` names it.
    """

    sorte: str
    classe: type
    optionnel: bool = False
    element: TypeChamp | None = None
    titre: str = ""


def titled(titre: str) -> Callable[[_F], _F]:
    """Gives a computed property the French name that messages use."""

    def keep(methode: _F) -> _F:
        methode.titre = titre  # type: ignore[attr-defined]
        return methode

    return keep


@functools.cache
def fields_of(classe: type) -> dict[str, TypeChamp]:
    """The fields and computed properties of a model or of a frozen dataclass."""
    champs: dict[str, TypeChamp] = {}
    if issubclass(classe, BaseModel):
        for nom, champ in classe.model_fields.items():
            champs[nom] = type_of(champ.annotation, champ.title or nom)
    elif dataclasses.is_dataclass(classe):
        annotations = typing.get_type_hints(classe, include_extras=True)
        for field in dataclasses.fields(classe):
            if field.metadata.get("cache"):
                continue
            titre = str(field.metadata.get("titre", field.name))
            champs[field.name] = type_of(annotations[field.name], titre)
    champs.update(_properties(classe))
    return champs


def _properties(classe: type) -> dict[str, TypeChamp]:
    trouvees: dict[str, TypeChamp] = {}
    for parent in reversed(classe.__mro__):
        if parent.__module__.startswith("pydantic"):
            continue
        for nom, membre in vars(parent).items():
            if isinstance(membre, property) and not nom.startswith("_") and membre.fget:
                retour = typing.get_type_hints(membre.fget, include_extras=True).get("return")
                if retour is not None:
                    titre = getattr(membre.fget, "titre", nom.replace("_", " "))
                    trouvees[nom] = type_of(retour, titre)
    return trouvees


def type_of(annotation: Any, titre: str = "") -> TypeChamp:
    """The `TypeChamp` of a Python annotation."""
    annotation, optionnel = _strip(annotation)
    origine = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origine in (tuple, list):
        return TypeChamp("liste", tuple, optionnel, type_of(arguments[0], titre), titre)
    if origine is dict or (isinstance(origine, type) and issubclass(origine, typing.Mapping)):
        return TypeChamp("table", dict, optionnel, type_of(arguments[1], titre), titre)
    if isinstance(annotation, type):
        est_bloc = issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)
        return TypeChamp("bloc" if est_bloc else "simple", annotation, optionnel, None, titre)
    return TypeChamp("simple", object, optionnel, None, titre)


def _strip(annotation: Any) -> tuple[Any, bool]:
    """`annotation` without `Annotated` and `None`, and whether `None` was there."""
    optionnel = False
    while True:
        origine = typing.get_origin(annotation)
        if origine is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origine in (typing.Union, types.UnionType):
            membres = [membre for membre in typing.get_args(annotation) if membre is not type(None)]
            optionnel = optionnel or len(membres) < len(typing.get_args(annotation))
            annotation = membres[0]
        else:
            return annotation, optionnel


def walk_type(racine: TypeChamp, chemin: Iterable[str | int]) -> TypeChamp | None:
    """The type found by following `chemin` from `racine`, or None."""
    courant: TypeChamp | None = racine
    for partie in chemin:
        if courant is None:
            return None
        if courant.sorte in ("liste", "table"):
            courant = courant.element
        elif courant.sorte == "bloc":
            courant = fields_of(courant.classe).get(str(partie))
        else:
            return None
    return courant


def keys_at(modele: type[BaseModel], chemin: Chemin) -> list[str]:
    """The keys that the block at `chemin` accepts (empty when it is no block)."""
    trouve = walk_type(TypeChamp("bloc", modele), chemin)
    if trouve is None or trouve.sorte != "bloc" or not issubclass(trouve.classe, BaseModel):
        return []
    return list(trouve.classe.model_fields)
