"""The date that chooses the wordings of an act: one of a few names, or a date of its data.

A plan writes `date_de_reference: procedure.notification.date`, or names the step which the act is
(`etape: procedure.rapport`), whose first date is then taken.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from typing import TypeAlias

from pydantic import BaseModel

from caqes_docs.data.lecture.introspection import TypeChamp, fields_of

Cles: TypeAlias = tuple[str, ...]
"""The keys that lead to a datum, from the root of the data of a subject."""


class DateDeReference(enum.StrEnum):
    """The dates that are not those of a step."""

    EFFET = "date_effet"
    SIGNATURE = "date_signature"
    REFUS = "date_refus"
    EVALUATION = "date_evaluation"
    ANNEE = "fin_annee"
    """The last day of the year asked for."""


ANCIENNES: Mapping[str, str] = {
    "date_proposition": "etape: procedure.premiere_proposition",
    "date_demande_avis": "etape: procedure.avis_notification",
    "date_intention": "etape: procedure.rapport",
    "date_notification": "etape: procedure.notification",
    "date_decision": "date_de_reference: decision.date",
}
"""What is written now instead of the former names of dates of steps."""


def split_path(ecrit: str) -> Cles:
    """The keys of a dotted path.

    >>> split_path("procedure.rapport.date")
    ('procedure', 'rapport', 'date')
    """
    return tuple(ecrit.split("."))


def find_step(racine: TypeChamp | None, chemin: Cles) -> TypeChamp | None:
    """The type of the datum at `chemin`, from block to block; no list is gone through."""
    courant = racine
    for cle in chemin:
        if courant is None or courant.sorte != "bloc":
            return None
        courant = fields_of(courant.classe).get(cle)
    return courant


def is_date(trouve: TypeChamp | None) -> bool:
    """Whether a datum of that type is a date."""
    return trouve is not None and trouve.sorte == "simple" and issubclass(trouve.classe, dt.date)


def first_date(etape: TypeChamp | None) -> str | None:
    """The key of the first date of a step: « date », or « demande_le » for an avis."""
    if etape is None or etape.sorte != "bloc" or not issubclass(etape.classe, BaseModel):
        return None
    champs = fields_of(etape.classe)
    return next((cle for cle in etape.classe.model_fields if is_date(champs[cle])), None)


def find_date_path(racine: TypeChamp | None, ecrite: str | None, etape: str | None) -> Cles | None:
    """The path of the date that a plan goes by, or None when it leads to no date."""
    if ecrite is not None:
        chemin = split_path(ecrite)
        return chemin if is_date(find_step(racine, chemin)) else None
    if etape is None:
        return None
    cle = first_date(find_step(racine, split_path(etape)))
    return None if cle is None else (*split_path(etape), cle)
