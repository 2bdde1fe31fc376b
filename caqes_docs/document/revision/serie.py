"""A script as plain JSON values, and its digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from caqes_docs.document.empreinte import Json, node_data
from caqes_docs.document.revision.script import Changement, Script


def script_data(script: Script) -> list[dict[str, Json]]:
    """The operations in order: kind, address in A, what is removed, what is inserted."""
    return [_operation(operation) for operation in script.operations]


def _operation(operation: Changement) -> dict[str, Json]:
    data: Any = node_data(operation)
    adresse = data["adresse"]
    del adresse["type_noeud"]
    return {"operation": data.pop("type_noeud"), **data}


def script_digest(script: Script) -> str:
    """The SHA-256 of the script."""
    data = json.dumps(script_data(script), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()
