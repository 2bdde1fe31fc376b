"""Tests of `core.periode`: days in force, overlaps and gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.periode import Periode, in_force, overlaps_and_gaps

JOUR = dt.timedelta(days=1)
dates = st.dates(dt.date(2017, 1, 1), dt.date(2023, 12, 31))
periodes = st.builds(
    lambda du, duree: Periode(du, None if duree is None else du + dt.timedelta(duree)),
    dates,
    st.none() | st.integers(0, 900),
)


@dataclass(frozen=True)
class Version:
    """Something dated."""

    nom: str
    en_vigueur: Periode


def _version(nom: str, du: str, au: str | None = None) -> Version:
    fin = dt.date.fromisoformat(au) if au else None
    return Version(nom, Periode(dt.date.fromisoformat(du), fin))


A = _version("a", "2018-01-01", "2018-12-31")
B = _version("b", "2019-01-01", "2019-12-31")
C = _version("c", "2020-01-01")


class DescribePeriode:
    """`Periode`."""

    @pytest.mark.parametrize(
        ("date", "attendu"),
        [
            ("2017-12-31", False),
            ("2018-01-01", True),
            ("2018-12-31", True),
            ("2019-01-01", False),
        ],
    )
    def it_holds_its_first_and_last_days(self, date: str, attendu: bool) -> None:
        assert A.en_vigueur.holds(dt.date.fromisoformat(date)) is attendu

    def it_never_ends_without_a_last_day(self) -> None:
        assert C.en_vigueur.holds(dt.date(2199, 12, 31))

    def it_reads_as_a_jurist_writes_it(self) -> None:
        assert str(A.en_vigueur) == "2018-01-01 – 2018-12-31"
        assert str(C.en_vigueur) == "depuis le 2020-01-01"

    @given(periodes, periodes)
    def it_overlaps_when_a_day_is_shared(self, a: Periode, b: Periode) -> None:
        debut = max(a.du, b.du)
        assert a.overlaps(b) is b.overlaps(a) is (a.holds(debut) and b.holds(debut))


class DescribeInForce:
    """`in_force`."""

    @pytest.mark.parametrize(
        ("date", "attendue"),
        [
            ("2017-12-31", None),
            ("2018-06-15", A),
            ("2018-12-31", A),
            ("2019-01-01", B),
            ("2031-01-01", C),
        ],
    )
    def it_picks_the_version_of_the_day(self, date: str, attendue: Version | None) -> None:
        assert in_force([C, A, B], dt.date.fromisoformat(date)) == attendue

    def it_prefers_the_latest_to_begin(self) -> None:
        longue = _version("longue", "2018-01-01")
        assert in_force([B, longue], dt.date(2019, 7, 1)) == B

    def but_nothing_comes_from_nothing(self) -> None:
        assert in_force([], dt.date(2018, 1, 1)) is None


class DescribeOverlapsAndGaps:
    """`overlaps_and_gaps`."""

    def it_finds_nothing_between_versions_that_follow(self) -> None:
        assert overlaps_and_gaps([C, A, B]) == ([], [])

    def it_finds_a_shared_day(self) -> None:
        suivante = _version("x", "2018-12-31", "2019-12-31")
        assert overlaps_and_gaps([A, suivante]) == ([(A, suivante)], [])

    def it_finds_a_day_left_alone(self) -> None:
        suivante = _version("x", "2019-01-02", "2019-12-31")
        assert overlaps_and_gaps([suivante, A]) == ([], [(A, suivante)])

    def it_finds_whatever_follows_a_version_without_end(self) -> None:
        apres = _version("x", "2025-01-01")
        assert overlaps_and_gaps([C, apres]) == ([(C, apres)], [])

    @given(st.lists(dates, min_size=1, max_size=5, unique=True))
    def it_leaves_in_peace_whatever_is_cut_end_to_end(self, debuts: list[dt.date]) -> None:
        debuts = sorted(debuts)
        fins = [suivant - JOUR for suivant in debuts[1:]] + [None]
        suite = [
            Version(str(rang), Periode(du, au))
            for rang, (du, au) in enumerate(zip(debuts, fins, strict=True))
        ]
        assert overlaps_and_gaps(suite) == ([], [])
