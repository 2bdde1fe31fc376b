"""Days that are not worked."""

from __future__ import annotations

import datetime as dt

import pytest

from caqes_docs.law.procedure.jours import easter, is_worked, safe_last_day

FETES_2020 = ("01-01", "04-13", "05-01", "05-08", "05-21", "06-01", "07-14", "11-11", "12-25")


def _butcher(annee: int) -> dt.date:
    """Easter by the anonymous Gregorian computus (Butcher, 1876)."""
    metonique, (siecle, reste) = annee % 19, divmod(annee, 100)
    quarts, seuls = divmod(siecle, 4)
    avance = (siecle - (siecle + 8) // 25 + 1) // 3
    epacte = (19 * metonique + siecle - quarts - avance + 15) % 30
    jour = (32 + 2 * seuls + 2 * (reste // 4) - epacte - reste % 4) % 7
    trop = (metonique + 11 * epacte + 22 * jour) // 451
    mois, rang = divmod(epacte + jour - 7 * trop + 114, 31)
    return dt.date(annee, mois, rang + 1)


class DescribeJours:
    @pytest.mark.parametrize("jour", FETES_2020)
    def it_knows_the_days_that_are_not_worked(self, jour: str) -> None:
        fete = dt.date.fromisoformat(f"2020-{jour}")
        assert not is_worked(fete)
        veille = fete - dt.timedelta(1 if fete.weekday() else 3)
        assert is_worked(veille)

    @pytest.mark.parametrize("jour", ["2017-08-15", "2017-11-01", "2020-02-29", "2020-03-01"])
    def it_counts_saturdays_with_them(self, jour: str) -> None:
        assert not is_worked(dt.date.fromisoformat(jour))

    @pytest.mark.parametrize(
        ("annee", "jour"),
        [(2000, "04-23"), (2008, "03-23"), (2017, "04-16"), (2021, "04-04"), (2038, "04-25")],
    )
    def it_finds_easter(self, annee: int, jour: str) -> None:
        assert easter(annee) == dt.date.fromisoformat(f"{annee}-{jour}")

    @pytest.mark.parametrize("siecle", [*range(16, 41), 75])
    def and_agrees_with_another_computus(self, siecle: int) -> None:
        annees = range(100 * siecle, 100 * siecle + 100)
        assert [easter(annee) for annee in annees] == [_butcher(annee) for annee in annees]

    def it_leaves_a_week_end_and_its_monday_behind(self) -> None:
        assert safe_last_day(dt.date(2020, 4, 9)) == dt.date(2020, 4, 10)
        assert safe_last_day(dt.date(2020, 4, 10)) == dt.date(2020, 4, 14)
