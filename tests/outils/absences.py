"""The same data without one of its optional values, in turn: what an act must bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)


def without_each(modele: M, *, tables: bool = False) -> Iterator[tuple[str, M]]:
    """`modele` without each value that may be missing, at any depth, with its path.

    A list is emptied, then each of its records is tried; so is each record of a table by name (the
    volets, the indicators) with `tables`.
    """
    for nom, champ in type(modele).model_fields.items():
        valeur = getattr(modele, nom)
        if not champ.is_required() and valeur not in (None, (), {}):
            rien = champ.get_default(call_default_factory=True)
            if rien != valeur:
                yield nom, modele.model_copy(update={nom: rien})
        for chemin, moins in _parts(valeur, tables=tables):
            yield f"{nom}.{chemin}", modele.model_copy(update={nom: moins})


def _parts(valeur: Any, *, tables: bool) -> Iterator[tuple[str, Any]]:
    if isinstance(valeur, BaseModel):
        yield from without_each(valeur, tables=tables)
    elif isinstance(valeur, tuple):
        for rang, element in enumerate(valeur):
            for chemin, moins in _parts(element, tables=tables):
                yield f"{rang}.{chemin}", (*valeur[:rang], moins, *valeur[rang + 1 :])
    elif isinstance(valeur, dict) and tables:
        for cle, element in valeur.items():
            for chemin, moins in _parts(element, tables=tables):
                yield f"{cle}.{chemin}", {**valeur, cle: moins}
