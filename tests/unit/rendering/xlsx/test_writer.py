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
from caqes_docs.rendering.xlsx.writer import (
    Aspect,
    Case,
    Chiffre,
    Feuille,
    Formule,
    Mention,
    Reponse,
    build_day,
    write_xlsx,
)

DATE = dt.date(2018, 1, 1)


def _write(*lignes: tuple[Case, ...]) -> bytes:
    feuille = Feuille("L’essai", ("Un", "Deux"), (10, 20), lignes)
    return write_xlsx((feuille,), "Titre", "Auteur", DATE)


def _read(contenu: bytes) -> list[list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = load_workbook(io.BytesIO(contenu))["L’essai"]
    return [[case.value for case in ligne] for ligne in page.iter_rows(min_row=2)]


class DescribeClasseur:
    """`rendering.xlsx.writer`."""

    @pytest.mark.parametrize("texte", ["=1+1", "@x", "+3", "-1", "'a", "é\u202f%", " a & <b> "])
    def it_writes_text_as_text(self, texte: str) -> None:
        page = load_workbook(io.BytesIO(_write((texte, None))))["L’essai"]
        assert page["A2"].value == texte
        assert page["A2"].data_type in ("s", "inlineStr")

    @pytest.mark.parametrize("texte", ["=1+1", "@x", '=HYPERLINK("http://exemple.invalid")'])
    def it_writes_a_remark_as_text_whatever_it_looks_like(self, texte: str) -> None:
        page = load_workbook(io.BytesIO(_write((Mention(texte, Aspect.FORT), None))))["L’essai"]
        assert (page["A2"].value, page["A2"].data_type) == (texte, "s")
        assert page["A2"].font.bold

    def it_writes_a_formula_without_its_value(self) -> None:
        contenu = _write((Formule("IF(B2<>0,1,2)", "euro"), Chiffre(Decimal(1))))
        page = load_workbook(io.BytesIO(contenu))["L’essai"]
        assert (page["A2"].value, page["A2"].data_type) == ("=IF(B2<>0,1,2)", "f")
        assert load_workbook(io.BytesIO(contenu), data_only=True)["L’essai"]["A2"].value is None

    def it_writes_answers_and_days(self) -> None:
        contenu = _write((Reponse(False), build_day(dt.date(2019, 9, 6))))
        ((reponse, jour),) = _read(contenu)
        assert reponse is False
        assert str(jour) == "2019-09-06 00:00:00"

    def it_heads_each_printed_page(self) -> None:
        feuille = Feuille("L’essai", ("Un",), (10,), (), "Martin & Fils")
        page = load_workbook(io.BytesIO(write_xlsx((feuille,), "T", "A", DATE)))["L’essai"]
        assert page.oddHeader is not None
        assert page.oddHeader.left.text == "Martin && Fils"
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert page.freeze_panes == "A2"

    def it_makes_room_for_long_texts(self) -> None:
        page = load_workbook(io.BytesIO(_write(("mot " * 20, None), ("mot", None))))["L’essai"]
        haute, basse = (page.row_dimensions[rang].height for rang in (2, 3))
        assert haute > 3 * basse

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
