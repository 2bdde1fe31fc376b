"""The same data without one of its optional values, in turn: what an act must bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


def without_each(modele: M) -> Iterator[tuple[str, M]]:
    """`modele` without each value that may be missing, at any depth, with its path.

    A list is emptied, then each of its records is tried.
    """
    for nom, champ in type(modele).model_fields.items():
        valeur = getattr(modele, nom)
        if not champ.is_required() and valeur not in (None, (), {}):
            yield nom, modele.model_copy(update={nom: _nothing(valeur)})
        for chemin, moins in _parts(valeur):
            yield f"{nom}.{chemin}", modele.model_copy(update={nom: moins})


def _nothing(valeur: object) -> object:
    return type(valeur)() if isinstance(valeur, tuple | dict) else None


def _parts(valeur: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(valeur, BaseModel):
        yield from without_each(valeur)
    elif isinstance(valeur, tuple):
        for rang, element in enumerate(valeur):
            for chemin, moins in _parts(element):
                yield f"{rang}.{chemin}", (*valeur[:rang], moins, *valeur[rang + 1 :])
