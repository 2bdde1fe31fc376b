"""The workbook that is written: read back by another library, always the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from caqes_docs.core.errors import RenduError
from caqes_docs.rendering.xlsx_writer import Chiffre, Feuille, write_xlsx

DATE = dt.date(2018, 1, 1)


def _write(*lignes: tuple[str | int | Chiffre | None, ...]) -> bytes:
    feuille = Feuille("L’essai", ("Un", "Deux"), (10, 20), lignes)
    return write_xlsx((feuille,), "Titre", "Auteur", DATE)


def _read(contenu: bytes) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = load_workbook(io.BytesIO(contenu))["L’essai"]
    return [[case.value for case in ligne] for ligne in page.iter_rows(min_row=2)]


class DescribeClasseur:
    """`rendering.xlsx_writer`."""

    @pytest.mark.parametrize("texte", ["=1+1", "@x", "+3", "-1", "'a", "é\u202f%", " a & <b> "])
    def it_writes_text_as_text(self, texte: str) -> None:
        page = load_workbook(io.BytesIO(_write((texte, None))))["L’essai"]
        assert page["A2"].value == texte
        assert page["A2"].data_type in ("s", "inlineStr")

    def it_writes_numbers_with_their_unit(self) -> None:
        contenu = _write((Chiffre(Decimal("0.022"), "taux"), Chiffre(Decimal(500000), "euro")))
        page = load_workbook(io.BytesIO(contenu))["L’essai"]
        assert page["A2"].value == pytest.approx(0.022)
        assert page["A2"].number_format.endswith("%")
        assert page["B2"].value == 500000

    @given(st.lists(st.tuples(st.integers(0, 10**6), st.none() | st.integers(0, 9)), max_size=5))
    def it_reads_back_and_never_changes(self, lignes: list[tuple[int, int | None]]) -> None:
        contenu = _write(*lignes)
        assert contenu == _write(*lignes)
        assert _read(contenu) == [list(ligne) for ligne in lignes]

    def it_refuses_what_no_workbook_can_hold(self) -> None:
        with pytest.raises(RenduError):
            _write(("\x01", None))
