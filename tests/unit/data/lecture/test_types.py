"""Tests of `data.lecture.types`: text in, exact value out, one French sentence when it is wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from caqes_docs.core.francais.formes import euros, taux
from caqes_docs.core.identifiants import finess_with_key
from caqes_docs.data.lecture.types import (
    Annee,
    CodePostal,
    Courriel,
    Date,
    Entier,
    Finess,
    Identifiant,
    Montant,
    Motif,
    Nombre,
    OuiNon,
    Rpps,
    Siren,
    Siret,
    Taux,
    TexteLong,
    TexteSimple,
)


def _parse(type_: Any, texte: object) -> Any:
    return TypeAdapter(type_).validate_python(texte)


def _code(type_: Any, texte: object) -> str:
    with pytest.raises(ValidationError) as leve:
        _parse(type_, texte)
    (erreur,) = leve.value.errors()
    assert erreur["ctx"]["message"].endswith(".")
    assert erreur["ctx"]["remede"].endswith(".")
    return str(erreur["ctx"]["code"])


class DescribeTexte:
    """`TexteSimple`, `TexteLong` and `Motif`."""

    @pytest.mark.parametrize(
        ("texte", "code"),
        [
            ("Centre \U0001f642", "D-016"), ("1\ufe0f\u20e3", "D-003"), ("Soleil ☀", "D-016"),
            ("\U0001d400BC", "D-016"), ("Centre\nhospitalier", "D-017"), ("a\tb", "D-003"),
            ("a\r\nb", "D-003"), ("a\u2028b", "D-003"), ("…", "D-015"),
        ],
    )  # fmt: skip
    def it_refuses_what_no_act_prints(self, texte: str, code: str) -> None:
        assert _code(TexteSimple, texte) == code

    def but_a_remark_may_have_several_lines(self) -> None:
        assert _parse(TexteLong, "Un\ndeux\n") == "Un\ndeux"

    @pytest.mark.parametrize("texte", ["oui", "Non.", "X", "n/a", "Sans objet", "12 %", "néant"])
    def it_refuses_an_answer_where_a_motive_is_awaited(self, texte: str) -> None:
        assert _code(Motif, texte) == "D-018"

    def but_it_takes_a_motive(self) -> None:
        assert _parse(Motif, "Aucun lit de MCO") == "Aucun lit de MCO"


class DescribeDate:
    """`Date`."""

    @pytest.mark.parametrize("texte", ["2017-12-20", "20/12/2017", " 2017-12-20 "])
    def it_reads_the_two_forms(self, texte: str) -> None:
        assert _parse(Date, texte) == dt.date(2017, 12, 20)

    @pytest.mark.parametrize(
        "texte",
        [
            "2017-12-32", "29/02/2018", "31/11/2017", "00/01/2018", "12/20/2017",
            "20/12/17", "2017-12-2", "20-12-2017", "2017/12/20", "20 décembre 2017",
            "2017-12-20T00:00", "9999-12-31", "1899-12-31", "0001-01-01", "", "demain",
        ],
    )  # fmt: skip
    def but_nothing_else(self, texte: str) -> None:
        assert _code(Date, texte) == "D-020"

    @given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
    def it_reads_back_every_day(self, date: dt.date) -> None:
        assert _parse(Date, date.isoformat()) == date
        assert _parse(Date, f"{date.day}/{date.month}/{date.year}") == date


class DescribeMontant:
    """`Montant`."""

    @pytest.mark.parametrize(
        ("texte", "attendu"),
        [
            ("1 250 000,50 €", "1250000.50"),
            ("1\u202f250\u202f000,50\u00a0€", "1250000.50"),
            ("1250000.5", "1250000.5"),
            ("478 912 340", "478912340"),
            ("0", "0"),
            ("-12,30", "-12.30"),
        ],
    )
    def it_reads_what_people_write(self, texte: str, attendu: str) -> None:
        montant = _parse(Montant, texte)
        assert isinstance(montant, Decimal)
        assert str(montant) == attendu

    @pytest.mark.parametrize(
        "texte",
        [
            "300.000", "1.250.000", "1,250,000", "1250000,505", "12,", ",50", "€", "",
            "1e3", "1_000", "environ 3", "3 %", "--1", "12 € 50", "NaN", "Infinity", "9" * 14,
            "4 968 41,75", "4 96 8417", "1  250", "12,5 0", "12 34", "1\n250", "0 12",
        ],
    )  # fmt: skip
    def but_nothing_that_may_mean_two_things(self, texte: str) -> None:
        assert _code(Montant, texte) == "D-021"

    @given(st.decimals("-9999999999999.99", "9999999999999.99", places=2))
    def it_reads_back_what_acts_print(self, montant: Decimal) -> None:
        assert _parse(Montant, euros(montant)) == montant


class DescribeTaux:
    """`Taux`."""

    @pytest.mark.parametrize(
        ("texte", "attendu"),
        [("3,9 %", "0.039"), ("3.9%", "0.039"), ("100\u00a0%", "1"), ("-0,8 %", "-0.008")],
    )
    def it_reads_a_percentage_as_a_fraction(self, texte: str, attendu: str) -> None:
        assert _parse(Taux, texte) == Decimal(attendu)

    @pytest.mark.parametrize("texte", ["3,9", "0,039", "%", "3,9 % %", "3,9 ‰", "trois %", ""])
    def but_never_without_its_sign(self, texte: str) -> None:
        assert _code(Taux, texte) == "D-022"

    @given(st.decimals("-999999", "999999", places=6))
    def it_reads_back_what_acts_print(self, pour_cent: Decimal) -> None:
        assert _parse(Taux, taux(pour_cent / 100)) == pour_cent / 100


class DescribeNombresEtReponses:
    """`Entier`, `Annee`, `OuiNon`."""

    def it_reads_numbers_and_years(self) -> None:
        assert _parse(Entier, "1 200") == 1200
        assert _parse(Annee, "2018") == 2018

    @pytest.mark.parametrize("texte", ["12.500", "1 2", "12 50,5", "1,2,3", "5 %"])
    def but_no_number_that_may_mean_two(self, texte: str) -> None:
        assert _code(Nombre, texte) == "D-026"

    @pytest.mark.parametrize("texte", ["", "-1", "1,5", "12 mois", "1" * 13, "1 20", "12 00"])
    def but_no_other_number(self, texte: str) -> None:
        assert _code(Entier, texte) == "D-023"

    @pytest.mark.parametrize("texte", ["18", "2118", "1899", "2018-2019", "N+1", ""])
    def but_no_other_year(self, texte: str) -> None:
        assert _code(Annee, texte) == "D-025"

    @pytest.mark.parametrize(
        ("texte", "attendu"), [("oui", True), ("Oui", True), ("NON", False), (" non ", False)]
    )
    def it_reads_an_answer(self, texte: str, attendu: bool) -> None:
        assert _parse(OuiNon, texte) is attendu

    @pytest.mark.parametrize("texte", ["yes", "true", "o", "1", "", "peut-être"])
    def but_only_in_french(self, texte: str) -> None:
        assert _code(OuiNon, texte) == "D-024"


class DescribeIdentifiants:
    """`Finess`, `Siren`, `Siret`, `Rpps`, `Courriel`, `CodePostal`, `Identifiant`."""

    @pytest.mark.parametrize("texte", ["2a9780012", "2A 978 001 2", "2A9780012"])
    def it_reads_a_finess_however_spaced(self, texte: str) -> None:
        assert _parse(Finess, texte) == "2A9780012"

    @given(st.text("0123456789", min_size=8, max_size=8))
    def it_keeps_the_zeros_of_a_finess(self, racine: str) -> None:
        assert _parse(Finess, finess_with_key(racine)) == finess_with_key(racine)

    @pytest.mark.parametrize(
        ("type_", "texte", "code"),
        [
            (Finess, "99078001", "D-030"),
            (Finess, "２A9780012", "D-030"),
            (Finess, "990780018", "D-031"),
            (Siren, "999000012", "D-032"),
            (Siren, "999.000.011", "D-032"),
            (Siret, "26010004500013", "D-032"),
            (Rpps, "10000000001", "D-033"),
            (Courriel, "nom@domaine", "D-034"),
            (Courriel, "Nom <nom@domaine.fr>", "D-034"),
            (Courriel, "a@b.fr, c@d.fr", "D-034"),
            (CodePostal, "6000", "D-035"),
            (CodePostal, "１３００１", "D-035"),
            (CodePostal, "2A000", "D-035"),
            (Identifiant, "ars île", "D-036"),
            (Identifiant, "-ars", "D-036"),
            (Identifiant, "../ars", "D-036"),
            (Identifiant, "a" * 65, "D-036"),
        ],
    )
    def it_tells_each_by_its_code(self, type_: Any, texte: str, code: str) -> None:
        assert _code(type_, texte) == code

    @pytest.mark.parametrize(
        ("type_", "texte", "attendu"),
        [
            (Siren, "999 000 011", "999000011"),
            (Siret, "260 100 045 00012", "26010004500012"),
            (Rpps, "10000000009", "10000000009"),
            (Courriel, "caqes.ch@exemple.fr", "caqes.ch@exemple.fr"),
            (CodePostal, "01000", "01000"),
            (Identifiant, "CAQES-2018_1.b", "CAQES-2018_1.b"),
            (TexteSimple, "  CH  Nord ", "CH  Nord"),
        ],
    )
    def it_reads_the_others(self, type_: Any, texte: str, attendu: str) -> None:
        assert _parse(type_, texte) == attendu

    @pytest.mark.parametrize(
        "type_", [TexteSimple, Date, Montant, Taux, Entier, Annee, OuiNon, Finess, Siren, Courriel]
    )
    @pytest.mark.parametrize("valeur", [["a"], {"a": "b"}, 12])
    def it_wants_text_everywhere(self, type_: Any, valeur: object) -> None:
        assert _code(type_, valeur) == "D-012"
