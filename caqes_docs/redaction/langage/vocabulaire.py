"""What clauses may name: records whose fields have French names and places, and who has which.

A subject declares its own records with these; the language itself knows only the act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vues import Lieu

Valeurs: TypeAlias = Mapping[str, tuple[object, Lieu]]
"""The values that the clauses of one document may name, each with its place."""


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


@dataclass(frozen=True)
class Noms:
    """All the names of a library: their types, and which kind of document has which."""

    types: Mapping[str, TypeChamp]
    sans_date: frozenset[str]
    """What is known before the act has a date: all that the condition of a plan may name."""
    par_donnees: Mapping[str, frozenset[str]]
    """The names of each kind of document."""
    du_volet: frozenset[str]
    """Those that mean something in the clauses of a volet alone."""
    de_l_etape: frozenset[str]
    """Those of the documents whose plan names the step which they are."""
    racines: Mapping[str, TypeChamp]
    """Where the paths of a plan start, by kind of document; some kinds have no such paths."""

    def of(self, donnees: str | None = None, *, dans_un_volet: bool = True) -> frozenset[str]:
        """The names that a document of the kind `donnees` has (of any kind when None)."""
        connus = frozenset(self.types) if donnees is None else self.par_donnees[donnees]
        return connus if dans_un_volet else connus - self.du_volet
