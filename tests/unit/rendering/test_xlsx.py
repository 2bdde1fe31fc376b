"""The workbook that is written: read back by another library, always the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import warnings
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from caqes_docs.core.errors import RenduError
from caqes_docs.document.classeur import (
    Bornes,
    Case,
    Chiffre,
    Classeur,
    Feuille,
    Formule,
    Jour,
    Mention,
    Mots,
    Reponse,
    Saisie,
)
from caqes_docs.rendering.xlsx import write_xlsx
from tests.outils.partage import examples

DATE = dt.date(2018, 1, 1)
LETTRES = st.characters(codec="utf-8", min_codepoint=32, max_codepoint=0xFFFD)
RICHE = "<r><t>x</t></r>"
TEXTES = [
    "=1+1",
    "@x",
    "+3",
    "-1",
    "'a",
    "é\u202f%",
    " a & <b> ",
    "{=A1}",
    "007",
    "TRUE",
    "_x0041_",
]
LIENS = ["http://exemple.invalid", "mailto:a@exemple.invalid", "internal:Feuille!A1", RICHE]


def _write(*lignes: tuple[Case, ...], titre: str = "", protegee: bool = False) -> bytes:
    feuille = Feuille("L’essai", ("Un", "Deux"), (10, 20), lignes, titre, protegee)
    return write_xlsx(Classeur("Titre", "Auteur", DATE, (feuille,)))


def _open(contenu: bytes) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_workbook(io.BytesIO(contenu))["L’essai"]


def _read(contenu: bytes) -> list[list[object]]:
    return [[case.value for case in ligne] for ligne in _open(contenu).iter_rows(min_row=2)]


def _part(contenu: bytes, nom: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return archive.read(nom).decode()


def _digits(*valeurs: Decimal) -> list[str]:
    """The digits that the file holds for each number."""
    xml = _part(_write(*((Chiffre(valeur),) for valeur in valeurs)))
    return re.findall(r'<c r="A\d+" s="\d+"><v>([^<]*)</v>', xml.partition('<row r="2"')[2])


class DescribeTextes:
    """A text is a text, whatever it looks like."""

    @pytest.mark.parametrize("texte", [*TEXTES, *LIENS])
    def it_writes_text_as_text(self, texte: str) -> None:
        contenu = _write((texte, Saisie(Mention(texte))))
        page = _open(contenu)
        for repere in ("A2", "B2"):
            lu = str(page[repere].value).replace("_x005F_", "_")
            assert (lu, page[repere].data_type, page[repere].hyperlink) == (texte, "s", None)
        assert "<f>" not in _part(contenu)

    @pytest.mark.parametrize("texte", ["=1+1", "@x", '=HYPERLINK("http://exemple.invalid")', RICHE])
    def it_writes_a_remark_as_text_whatever_it_looks_like(self, texte: str) -> None:
        case = _open(_write((Mention(texte, fort=True), None)))["A2"]
        assert (case.value, case.data_type) == (texte, "s")
        assert case.font.bold

    @settings(max_examples=examples(20), deadline=None)
    @given(st.lists(st.text(LETTRES, min_size=1, max_size=20), min_size=5, max_size=20))
    def it_loses_no_letter(self, textes: list[str]) -> None:
        page = _open(_write(*((texte,) for texte in textes)))
        lus = [(case.value, case.data_type) for (case, *_vides) in page.iter_rows(min_row=2)]
        assert lus == [(texte, "s") for texte in textes]

    def it_refuses_what_no_workbook_can_hold(self) -> None:
        with pytest.raises(RenduError) as leve:
            _write(("\x01", None))
        assert leve.value.code == "R-120"

    @pytest.mark.parametrize("texte", ["a" * 32_768, "𝟏" * 16_384])
    def and_a_text_that_a_program_would_cut(self, texte: str) -> None:
        with pytest.raises(RenduError, match="trop long") as leve:
            _write((texte, None))
        assert leve.value.code == "R-124"
        assert _read(_write((texte[:-1], None)))[0][0] == texte[:-1]


class DescribeNombres:
    """A number keeps its digits."""

    def it_writes_numbers_with_their_unit(self) -> None:
        contenu = _write((Chiffre(Decimal("0.022"), "taux"), Chiffre(Decimal(500000), "euro")))
        page = _open(contenu)
        assert page["A2"].value == pytest.approx(0.022)
        assert page["A2"].number_format.endswith("%")
        assert page["B2"].value == 500000

    def it_writes_each_digit_of_an_amount(self) -> None:
        ecrits = ["0.1", "0.07", "-0.01", "1234567890123.45", "9007199254740993", "0.30"]
        ecrits += ["99999999999999.99", "0.00000000000012345", "1.2345678901234567"]
        assert _digits(*map(Decimal, ecrits)) == ecrits
        assert _digits(Decimal("1E+16")) == ["10000000000000000"]

    def and_of_a_longer_one_the_nearest_that_a_workbook_holds(self) -> None:
        ecrits = ["12345678901234567.89", "0.1000000000000000055511151231257", "1" * 25]
        assert _digits(*map(Decimal, ecrits)) == [repr(float(ecrit)) for ecrit in ecrits]

    @settings(max_examples=examples(20), deadline=None)
    @given(st.lists(st.tuples(st.integers(-(10**40), 10**40), st.integers(0, 40)), min_size=9))
    def it_is_always_the_nearest_number(self, tires: list[tuple[int, int]]) -> None:
        valeurs = [Decimal(chiffres).scaleb(-rang) for chiffres, rang in tires]
        assert [float(lu) for lu in _digits(*valeurs)] == [float(valeur) for valeur in valeurs]

    @settings(max_examples=examples(20), deadline=None)
    @given(st.lists(st.integers(-(10**16), 10**16), min_size=20))
    def it_keeps_every_cent(self, centimes: list[int]) -> None:
        montants = [Decimal(valeur) / 100 for valeur in centimes]
        assert [Decimal(lu) for lu in _digits(*montants)] == montants

    def it_writes_answers_and_days(self) -> None:
        contenu = _write((Reponse(False), Jour(dt.date(2019, 9, 6))))
        ((reponse, jour),) = _read(contenu)
        assert reponse is False
        assert str(jour) == "2019-09-06 00:00:00"
        assert _open(contenu)["B2"].number_format == "dd/mm/yyyy"

    def it_writes_a_formula_without_its_value(self) -> None:
        contenu = _write((Formule("IF(B2<>0,1,2)", "euro"), Chiffre(Decimal(1))))
        case = _open(contenu)["A2"]
        assert (case.value, case.data_type) == ("=IF(B2<>0,1,2)", "f")
        assert load_workbook(io.BytesIO(contenu), data_only=True)["L’essai"]["A2"].value is None
        assert 'fullCalcOnLoad="1"' in _part(contenu, "xl/workbook.xml")


class DescribeFeuille:
    """What surrounds the cells."""

    def it_heads_each_printed_page(self) -> None:
        page: Any = _open(_write(titre="Martin & Fils"))
        assert page.oddHeader.left.text == "Martin && Fils"
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
        assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:B1")
        assert page.page_setup.paperSize == 9

    @pytest.mark.parametrize(
        ("titre", "entete"),
        [
            ("Clinique A&G", '&amp;LClinique A&amp;&amp;&amp;"-,Regular"G'),
            ("a" * 9000, "&amp;L" + "a" * 253),
            ("&" * 200, "&amp;L" + "&amp;&amp;" * 126),
            ("&G" * 100, "&amp;L" + '&amp;&amp;&amp;"-,Regular"G' * 16 + "&amp;&amp;"),
            ("𝟏" * 130, "&amp;L" + "𝟏" * 126),
            ("CH\u00a0&[Picture]", '&amp;LCH\u00a0&amp;&amp;&amp;"-,Regular"[Picture]'),
        ],
    )
    def it_never_takes_a_name_for_an_order(self, titre: str, entete: str) -> None:
        assert f"<oddHeader>{entete}</oddHeader>" in _part(_write(titre=titre))

    def it_makes_room_for_long_texts(self) -> None:
        lignes = ((Saisie(Mention("mot " * 20)), None), ("mot " * 20, None), ("mot", None))
        page = _open(_write(*lignes))
        haute, aussi, basse = (page.row_dimensions[rang].height for rang in (2, 3, 4))
        assert haute == aussi > 3 * basse
        assert _open(_write(("mot " * 900, None))).row_dimensions[2].height < 409
        assert page.column_dimensions["B"].width >= 20

    def it_keeps_a_reader_from_changing_what_is_worked_out(self) -> None:
        contenu = _write((Formule("1+1"), Saisie(Chiffre(Decimal(2), fort=True))), protegee=True)
        page = _open(contenu)
        assert page.protection.sheet
        assert page.protection.password is None
        assert (page.protection.formatColumns, page.protection.autoFilter) == (False, False)
        verrous = [page[repere].protection.locked for repere in ("A1", "A2", "B2")]
        assert verrous == [True, True, False]
        assert page["B2"].fill.fgColor.rgb == "FFFFF6D5"

    def but_leaves_a_sheet_open_unless_told(self) -> None:
        assert "sheetProtection" not in _part(_write(("a", "b")))

    def it_reminds_of_what_a_cell_expects(self) -> None:
        choix = Mots(("oui", "non"), "Répondre par oui ou par non.")
        taux = Bornes(Decimal("-0.5"), Decimal(1), "De −50 % à 100 %.")
        montant = Bornes(Decimal(0), None, "Pas de montant négatif.")
        un, deux = Chiffre(Decimal("0.1"), "taux"), Chiffre(Decimal(2), "euro")
        page = _open(
            _write((Saisie(Mention("oui"), choix), Saisie(un, taux)), (Saisie(deux, montant),))
        )
        regles = {str(r.sqref): r for r in page.data_validations.dataValidation}
        vus = {
            repere: (r.type, r.operator, r.formula1, r.formula2, r.error)
            for repere, r in regles.items()
        }
        assert vus == {
            "A2": ("list", None, '"oui,non"', None, choix.rappel),
            "B2": ("decimal", None, "-0.5", "1", taux.rappel),
            "A3": ("decimal", "greaterThanOrEqual", "0", None, montant.rappel),
        }
        assert {(r.errorStyle, r.allow_blank) for r in regles.values()} == {("warning", True)}

    def but_refuses_a_reminder_that_no_program_takes(self) -> None:
        choix = Mots(("mot" * 100,), "Un mot.")
        with pytest.warns(UserWarning, match="255"), pytest.raises(ValueError, match="mot"):
            _write((Saisie(Mention("mot"), choix),))


class DescribeOctets:
    """The same content gives the same bytes."""

    @settings(max_examples=examples(20), deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 10**6), st.none() | st.integers(0, 9)), max_size=5))
    def it_reads_back_and_never_changes(self, lignes: list[tuple[int, int | None]]) -> None:
        contenu = _write(*lignes)
        assert contenu == _write(*lignes)
        assert _read(contenu) == [list(ligne) for ligne in lignes]

    def it_knows_no_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        contenu = _write(("a", "b"))
        monkeypatch.setattr(time, "time", lambda: 4e9)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "4000000000")
        monkeypatch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        try:
            assert _write(("a", "b")) == contenu
        finally:
            monkeypatch.undo()
            time.tzset()
        assert _part(contenu, "docProps/core.xml").count("2018-01-01T00:00:00Z") == 2
