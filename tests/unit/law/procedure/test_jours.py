"""Days that are not worked."""

from __future__ import annotations

import datetime as dt

import pytest

from caqes_docs.law.procedure.jours import is_worked, safe_last_day

FETES_2020 = ("01-01", "04-13", "05-01", "05-08", "05-21", "06-01", "07-14", "11-11", "12-25")


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

    def it_leaves_a_week_end_and_its_monday_behind(self) -> None:
        assert safe_last_day(dt.date(2020, 4, 9)) == dt.date(2020, 4, 10)
        assert safe_last_day(dt.date(2020, 4, 10)) == dt.date(2020, 4, 14)
