"""Days that are not worked, and the last day of a delay for whoever wants to be safe (R-PRO-9)."""

from __future__ import annotations

import datetime as dt

from dateutil.easter import easter

SAMEDI = 5
_FIXES = frozenset(
    {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)},
)
"""Code du travail, art. L. 3133-1, with those that move with Easter."""
_APRES_PAQUES = (1, 39, 50)
"""The Monday of Easter, Ascension Day, the Monday of Pentecost."""


def is_worked(jour: dt.date) -> bool:
    """Whether a day is neither in a week-end nor a public holiday.

    >>> is_worked(dt.date(2018, 5, 10)), is_worked(dt.date(2018, 5, 11))
    (False, True)
    """
    mobiles = {easter(jour.year) + dt.timedelta(apres) for apres in _APRES_PAQUES}
    return jour.weekday() < SAMEDI and (jour.month, jour.day) not in _FIXES and jour not in mobiles


def safe_last_day(terme: dt.date) -> dt.date:
    """The last day, were the delay « franc » and carried to the next day that is worked.

    >>> safe_last_day(dt.date(2018, 2, 28)), safe_last_day(dt.date(2018, 3, 2))
    (datetime.date(2018, 3, 1), datetime.date(2018, 3, 5))
    """
    jour = terme + dt.timedelta(1)
    while not is_worked(jour):
        jour += dt.timedelta(1)
    return jour
