"""Days that are not worked, and the last day of a delay for whoever wants to be safe (R-PRO-9)."""

from __future__ import annotations

import datetime as dt

SAMEDI = 5
_FIXES = frozenset(
    {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)},
)
"""Code du travail, art. L. 3133-1, with those that move with Easter."""
_APRES_PAQUES = (1, 39, 50)
"""The Monday of Easter, Ascension Day, the Monday of Pentecost."""


def easter(annee: int) -> dt.date:
    """The Sunday of Easter in the Gregorian calendar.

    >>> easter(2018), easter(2019), easter(2020)
    (datetime.date(2018, 4, 1), datetime.date(2019, 4, 21), datetime.date(2020, 4, 12))
    """
    siecle = annee // 100
    lune = (19 * (annee % 19) + siecle - siecle // 4 - (8 * siecle + 13) // 25 + 15) % 30
    lune -= lune // 28 * (1 - 29 // (lune + 1) * ((21 - annee % 19) // 11))
    semaine = (annee + annee // 4 + lune + 2 - siecle + siecle // 4) % 7
    ecart = lune - semaine
    mois = 3 + (ecart + 40) // 44
    return dt.date(annee, mois, ecart + 28 - 31 * (mois // 4))


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
