"""Records that clauses may name: fields with their French names, and the places of their data.

A subject declares its own records with these; the language itself knows only the act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caqes_docs.redaction.langage.vues import Lieu


def champ(titre: str) -> Any:
    """A field of a resolved record, with the French name that messages give it."""
    return field(metadata={"titre": titre})


def lieux() -> Any:
    """The places that the fields of a resolved record come from, field by field."""
    return field(default_factory=dict, metadata={"cache": True}, compare=False)


@dataclass(frozen=True)
class Acte:
    """The act being made."""

    titre: str = champ("titre de l’acte")
    date_effet: dt.date | None = champ("date d’effet")
    date_signature: dt.date | None = champ("date de signature")
    origines: Mapping[str, Lieu] = lieux()
