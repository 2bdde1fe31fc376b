"""JSON Schema of the files of data, so that an editor completes and underlines."""

from __future__ import annotations

import functools
import json
from typing import Any

from pydantic import BaseModel

from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.reglages import Reglages

MODELES: dict[str, type[BaseModel]] = {
    "dossier": Dossier,
    "ars": Ars,
    "organisme": OrganismeLocal,
    "evaluation": Evaluation,
    "avenant": Avenant,
    "caqes": Reglages,
}


@functools.cache
def json_schema(nom: str) -> bytes:
    """The JSON Schema (draft 2020-12) of one kind of file of `contracts_data/`, or of `caqes.yaml`.

    Raises:
        KeyError: no such kind (`MODELES` lists them).
    """
    schema: dict[str, Any] = MODELES[nom].model_json_schema()
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    schema["title"] = f"caqes_docs – {nom}"
    _remove_english(schema)
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _remove_english(noeud: Any) -> None:
    """Docstrings of the code are for engineers: the user's editor shows the French titles."""
    if isinstance(noeud, dict):
        if isinstance(noeud.get("description"), str):
            del noeud["description"]
        for valeur in noeud.values():
            _remove_english(valeur)
    elif isinstance(noeud, list):
        for valeur in noeud:
            _remove_english(valeur)
