"""A calendar as data: all-day events, whatever writes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evenement:
    """One day; `cle` is the same each time that the same thing is told."""

    cle: str
    jour: dt.date
    titre: str
    description: str
    categorie: str


@dataclass(frozen=True)
class Agenda:
    """The events; `date` is the day from which they are told."""

    titre: str
    date: dt.date
    evenements: tuple[Evenement, ...]
