"""Periods of validity, and the choice of what is in force at a date."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Periode:
    """From `du` to `au`, both included; `au` is None while nothing ends it."""

    du: dt.date
    au: dt.date | None = None

    def holds(self, date: dt.date) -> bool:
        """Whether `date` falls inside the period.

        >>> Periode(dt.date(2018, 1, 1), dt.date(2018, 12, 31)).holds(dt.date(2018, 12, 31))
        True
        """
        return self.du <= date and (self.au is None or date <= self.au)

    @property
    def is_inverted(self) -> bool:
        """Whether the period ends before it begins."""
        return self.au is not None and self.au < self.du

    def overlaps(self, autre: Periode) -> bool:
        """Whether the two periods share a day."""
        return (self.au is None or autre.du <= self.au) and (
            autre.au is None or self.du <= autre.au
        )

    def __str__(self) -> str:
        """`2018-01-01 – 2021-12-31`, or « depuis le … »."""
        return f"{self.du} – {self.au}" if self.au else f"depuis le {self.du}"


def months_after(jour: dt.date, mois: int) -> dt.date:
    """The day of the same number `mois` months later, or the last day of a shorter month.

    >>> months_after(dt.date(2018, 1, 31), 1), months_after(dt.date(2018, 2, 28), 1)
    (datetime.date(2018, 2, 28), datetime.date(2018, 3, 28))
    """
    rang = jour.month - 1 + mois
    annee, mois_final = jour.year + rang // 12, rang % 12 + 1
    return dt.date(annee, mois_final, min(jour.day, calendar.monthrange(annee, mois_final)[1]))


def _ends_after(periode: Periode, autre: Periode) -> bool:
    return periode.au is None or (autre.au is not None and autre.au < periode.au)


class Datee(Protocol):
    """Anything that is in force during a period."""

    @property
    def en_vigueur(self) -> Periode:
        """The period."""


D = TypeVar("D", bound=Datee)


def in_force(versions: Iterable[D], date: dt.date) -> D | None:
    """The version in force at `date`; the latest to begin when several claim it."""
    tenues = [version for version in versions if version.en_vigueur.holds(date)]
    return max(tenues, key=lambda version: version.en_vigueur.du, default=None)


def overlaps_and_gaps(
    versions: Sequence[D],
) -> tuple[list[tuple[D, D]], list[tuple[D, D]]]:
    """Pairs of successive versions that overlap, and pairs that leave days uncovered."""
    triees = sorted(versions, key=lambda version: version.en_vigueur.du)
    chevauchements: list[tuple[D, D]] = []
    lacunes: list[tuple[D, D]] = []
    if not triees:
        return chevauchements, lacunes
    avant = triees[0]
    for apres in triees[1:]:
        if avant.en_vigueur.overlaps(apres.en_vigueur):
            chevauchements.append((avant, apres))
        elif avant.en_vigueur.au and apres.en_vigueur.du - avant.en_vigueur.au > dt.timedelta(1):
            lacunes.append((avant, apres))
        if not _ends_after(avant.en_vigueur, apres.en_vigueur):
            avant = apres
    return chevauchements, lacunes
