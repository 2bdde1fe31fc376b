"""Tests of `core.identifiants`: keys of FINESS, SIREN, SIRET and RPPS numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.identifiants import (
    finess_with_key,
    is_finess,
    is_finess_shape,
    is_rpps,
    is_siren,
    is_siret,
)

CHIFFRES = "0123456789"
racines = st.one_of(
    st.text(CHIFFRES, min_size=8, max_size=8),
    st.tuples(st.sampled_from(["2A", "2B"]), st.text(CHIFFRES, min_size=6, max_size=6)).map(
        "".join
    ),
)


class DescribeFiness:
    """`is_finess`, `is_finess_shape`, `finess_with_key`."""

    @pytest.mark.parametrize("numero", ["990780017", "2A9780012", "2B9780010", "060785011"])
    def it_accepts_a_number_whose_key_holds(self, numero: str) -> None:
        assert is_finess(numero)

    @pytest.mark.parametrize("numero", ["990780018", "2B9780012", "2A9780011", "060785012"])
    def but_not_a_changed_digit_or_the_other_half_of_corsica(self, numero: str) -> None:
        assert is_finess_shape(numero)
        assert not is_finess(numero)

    @pytest.mark.parametrize(
        "numero",
        ["", "99078001", "9907800170", "99078001X", "2C9780012", "A29780012", "２A9780012"],
    )
    def but_nothing_of_another_shape(self, numero: str) -> None:
        assert not is_finess_shape(numero)
        assert not is_finess(numero)

    @given(racines)
    def it_holds_for_every_number_given_its_key(self, racine: str) -> None:
        assert is_finess(finess_with_key(racine))

    @given(racines, st.integers(1, 9))
    def but_for_no_other_last_digit(self, racine: str, ecart: int) -> None:
        juste = finess_with_key(racine)
        assert not is_finess(racine + str((int(juste[-1]) + ecart) % 10))

    @given(st.text(CHIFFRES, min_size=8, max_size=8), st.integers(0, 6))
    def it_catches_two_neighbouring_digits_swapped(self, racine: str, rang: int) -> None:
        juste = finess_with_key(racine)
        a, b = juste[rang], juste[rang + 1]
        faux = juste[:rang] + b + a + juste[rang + 2 :]
        assert not is_finess(faux) or {a, b} in ({a}, {"0", "9"})


class DescribeSirenEtSiret:
    """`is_siren`, `is_siret`."""

    def it_accepts_the_sample_numbers(self) -> None:
        assert is_siren("999000011")
        assert not is_siren("999000012")

    @pytest.mark.parametrize("numero", ["", "99900001", "9990000110", "999 000 011", "999.000.011"])
    def but_only_nine_characters_without_separator(self, numero: str) -> None:
        assert not is_siren(numero)

    def it_accepts_a_site_of_la_poste_whose_key_does_not_hold(self) -> None:
        assert is_siret("35600000000048")
        assert is_siret("35600000012345")

    def but_no_other_wrong_key(self) -> None:
        assert is_siret("26010004500012")
        assert not is_siret("26010004500013")
        assert not is_siret("260100045")


class DescribeRpps:
    """`is_rpps`."""

    @given(st.text(CHIFFRES, min_size=10, max_size=10))
    def it_accepts_one_last_digit_out_of_ten(self, racine: str) -> None:
        assert [is_rpps(f"{racine}{cle}") for cle in CHIFFRES].count(True) == 1

    @pytest.mark.parametrize("numero", ["", "1000000000", "100000000090", "1000000000A"])
    def but_nothing_of_another_length(self, numero: str) -> None:
        assert not is_rpps(numero)
