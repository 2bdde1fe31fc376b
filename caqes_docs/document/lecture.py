"""A document read back from its JSON, strictly: what is not the model's own is refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import enveloppe, graphique, inlines, model
from caqes_docs.document.empreinte import document_data

_TRACKED = frozenset(("Suivi", "BlocSuivi", "ElementSuivi", "CelluleSuivie", "TitreSuivi"))
_CLASSES: dict[str, type] = {
    name: kind
    for module in (enveloppe, graphique, inlines, model)
    for name, kind in vars(module).items()
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and name not in _TRACKED
}


def read_document(octets: bytes, nom: str) -> model.Document:
    """The document of a file `document.json`; attached files, of which it has digests only, apart.

    Raises:
        RevisionError: A-002 this is not the JSON of a document, word for word.
    """
    try:
        data = json.loads(octets.decode("utf-8"))
        if isinstance(data, dict):
            data["pieces"] = []
        document = typing.cast("model.Document", _node(data, model.Document, ""))
        if document_data(document) != data:
            raise ValueError("le document ne se relit pas à l’identique")
    except (ValueError, TypeError, RecursionError, ArithmeticError) as error:
        raise RevisionError(
            "A-002",
            f"«\u00a0{nom}\u00a0» n’est pas un acte enregistré\u00a0: {_french(error)}.",
            remede="Donner le fichier .json que «\u00a0caqes generer --formats json\u00a0» écrit, "
            "tel quel.",
        ) from error
    return document


def _french(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"JSON illisible, ligne {error.lineno}, colonne {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "le texte n’est pas en UTF-8"
    return str(error) or "une valeur est impossible"


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _fault(chemin: str, quoi: str) -> ValueError:
    return ValueError(f"à «\u00a0{chemin.lstrip('.') or 'racine'}\u00a0», {quoi}")


def _node(data: object, attendu: type, chemin: str) -> object:
    """A node of the model, of the class that it says."""
    if not isinstance(data, dict):
        raise _fault(chemin, "un objet est attendu")
    dit = data.get("type_noeud")
    if dit in _TRACKED:
        raise _fault(chemin, "c’est déjà une comparaison")
    if dit != attendu.__name__:
        raise _fault(chemin, f"un nœud {attendu.__name__} est attendu, pas {dit}")
    hints = _hints(attendu)
    if set(data) != {"type_noeud", *hints}:
        others = sorted({"type_noeud", *hints} ^ set(data))
        raise _fault(chemin, f"clé en trop ou manquante ({', '.join(others)})")
    values = {nom: _value(data[nom], hint, f"{chemin}.{nom}") for nom, hint in hints.items()}
    return attendu(**values)


def _value(data: object, hint: Any, chemin: str) -> object:  # noqa: C901
    """A value of the type that a field declares."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _one_of(data, inside, chemin)
    if origin is tuple:
        if not isinstance(data, list):
            raise _fault(chemin, "une liste est attendue")
        return tuple(_value(one, inside[0], f"{chemin}[{rang}]") for rang, one in enumerate(data))
    if origin in (Mapping, dict):
        if not isinstance(data, dict):
            raise _fault(chemin, "un objet est attendu")
        return {str(cle): _value(one, inside[1], f"{chemin}.{cle}") for cle, one in data.items()}
    if origin is typing.Literal:
        if data not in inside:
            raise _fault(chemin, f"valeur inconnue ({data})")
        return data
    if dataclasses.is_dataclass(hint):
        return _node(data, typing.cast("type", hint), chemin)
    if hint in (dt.date, Decimal) and isinstance(data, str):
        return dt.date.fromisoformat(data) if hint is dt.date else Decimal(data)
    if type(data) is not hint:
        raise _fault(chemin, f"une valeur de type {getattr(hint, '__name__', hint)} est attendue")
    return data


def _one_of(data: object, hints: tuple[Any, ...], chemin: str) -> object:
    """A value of one of some types; a node says which one it is."""
    if data is None and type(None) in hints:
        return None
    if isinstance(data, dict):
        kind = _CLASSES.get(str(data.get("type_noeud")))
        if kind in hints:
            return _node(data, typing.cast("type", kind), chemin)
        if data.get("type_noeud") in _TRACKED:
            raise _fault(chemin, "c’est déjà une comparaison")
    others = [hint for hint in hints if hint is not type(None)]
    if len(others) == 1:
        return _value(data, others[0], chemin)
    raise _fault(chemin, "un nœud d’un autre type est attendu")
