"""The fingerprint of a document: canonical JSON, SHA-256, and the manifest of its clauses.

The same digest is stamped in the Word file, in the PDF and beside them: two files that carry it
were written from the same document, word for word.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from caqes_docs.document.model import Clause, Document, Piece, ValidationClause
from caqes_docs.document.texte import blocks_text, heading_text
from caqes_docs.document.walk import iter_document

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"


@dataclass(frozen=True, slots=True)
class ClauseManifeste:
    """One printed clause: which wording it was, where it stands, what it said."""

    id: str
    version: dt.date
    statut: str
    bibliotheque: str
    validation: ValidationClause | None
    ancre: str
    empreinte: str
    """SHA-256 of the canonical text of the clause, its heading included."""


@dataclass(frozen=True, slots=True)
class Manifeste:
    """The fingerprint of a document and of each of its clauses, in reading order."""

    empreinte: str
    clauses: tuple[ClauseManifeste, ...]


def digest(document: Document) -> str:
    """The SHA-256 of the canonical JSON of `document`, in hexadecimal."""
    return _sha256(canonical_json(document))


def manifest(document: Document) -> Manifeste:
    """What a returned file is aligned against."""
    clauses = (bloc for bloc in iter_document(document) if isinstance(bloc, Clause))
    return Manifeste(digest(document), tuple(_clause_entry(clause) for clause in clauses))


def canonical_json(document: Document) -> bytes:
    """The document as JSON: sorted keys, no superfluous space, UTF-8.

    The writers of one act ask for it in turn: that of the last document is kept.
    """
    for connu, octets in _DERNIER:
        if connu is document:
            return octets
    octets = _CANONIQUE.encode(document).encode()
    _DERNIER[:] = [(document, octets)]
    return octets


_DERNIER: list[tuple[Document, bytes]] = []


def _node(value: object) -> object:
    """What stands for a node in its JSON: its fields, given one level at a time.

    The encoder, written in C, asks for the nodes as it meets them: the whole tree of plain values
    is never built.
    """
    kind: Any = type(value)
    names = _names(kind)
    if names is None:
        return _encode(value)
    data: dict[str, object] = {"type_noeud": kind.__name__}
    for name in names:
        data[name] = getattr(value, name)
    return data


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a node; None for what is no node, or has a form of its own."""
    if kind is Piece or not is_dataclass(kind):
        return None
    return tuple(item.name for item in fields(kind))


_CANONIQUE = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_node,
)


def document_data(document: Document) -> Json:
    """The document as plain JSON values; each node carries its type under `type_noeud`."""
    return _encode(document)


def node_data(noeud: object) -> Json:
    """A node, or what holds nodes, as plain JSON values."""
    return _encode(noeud)


def clause_text(clause: Clause) -> str:
    """The canonical text of a clause, its heading included."""
    heading = [heading_text(clause.titre)] if clause.titre is not None else []
    body = [blocks_text(clause.blocs)] if clause.blocs else []
    return "\n".join(heading + body)


def _clause_entry(clause: Clause) -> ClauseManifeste:
    identite = clause.identite
    return ClauseManifeste(
        id=identite.id,
        version=identite.version,
        statut=identite.statut,
        bibliotheque=identite.bibliotheque,
        validation=identite.validation,
        ancre=clause.ancre,
        empreinte=_sha256(clause_text(clause).encode()),
    )


def decimal_text(valeur: Decimal) -> str:
    """The digits of a number, the same for equal numbers.

    >>> decimal_text(Decimal("0.50")), decimal_text(Decimal("1E+2")), decimal_text(Decimal("-0"))
    ('0.5', '100', '0')
    """
    digits = format(valeur, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def _encode(value: object) -> Json:
    match value:
        case None | bool() | int() | str():
            return value
        case dt.date():
            return value.isoformat()
        case Decimal():
            return decimal_text(value)
        case Piece():
            return _encode_piece(value)
        case tuple():
            return [_encode(item) for item in value]
        case Mapping():
            return {str(key): _encode(item) for key, item in value.items()}
        case _ if is_dataclass(value):
            data = {item.name: _encode(getattr(value, item.name)) for item in fields(value)}
            return {"type_noeud": type(value).__name__, **data}
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a document")


def _encode_piece(piece: Piece) -> Json:
    """A piece stands for its bytes by their own digest."""
    return {
        "type_noeud": "Piece",
        "nom": piece.nom,
        "type_mime": piece.type_mime,
        "description": piece.description,
        "taille": len(piece.contenu),
        "sha256": _sha256(piece.contenu),
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
