"""Tests of `law.droit.valeurs`: values written as text, read in their unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.francais.formes import euros, nombre, taux
from caqes_docs.law.droit.catalogue import UniteIndicateur
from caqes_docs.law.droit.modeles import Unite
from caqes_docs.law.droit.valeurs import EXEMPLES, parse_indicateur, parse_parametre


class DescribeParseParametre:
    """`parse_parametre`."""

    @pytest.mark.parametrize(
        ("texte", "unite", "attendu"),
        [
            ("1 %", Unite.TAUX, Decimal("0.01")),
            ("500 000", Unite.EURO, Decimal(500000)),
            ("15", Unite.JOUR, Decimal(15)),
            ("1,5", Unite.MOIS, Decimal("1.5")),
            ("-3", Unite.NOMBRE, Decimal(-3)),
            ("deux fois", Unite.TEXTE, "deux fois"),
        ],
    )
    def it_reads_a_value_in_its_unit(
        self, texte: str, unite: Unite, attendu: Decimal | str
    ) -> None:
        assert parse_parametre(texte, unite) == attendu

    @pytest.mark.parametrize(
        ("texte", "unite"),
        [
            ("1", Unite.TAUX),
            ("1 %", Unite.EURO),
            ("300.000", Unite.EURO),
            ("15 jours", Unite.JOUR),
            ("", Unite.NOMBRE),
            ("1e3", Unite.NOMBRE),
            ("NaN", Unite.NOMBRE),
            ("9" * 14, Unite.NOMBRE),
            ("9" * 40 + " %", Unite.TAUX),
            ("1,1234567", Unite.NOMBRE),
        ],
    )
    def but_refuses_another_one(self, texte: str, unite: Unite) -> None:
        with pytest.raises(ValueError, match=r"^.*$") as leve:
            parse_parametre(texte, unite)
        assert str(leve.value) == texte

    @given(st.decimals("-9999999", "9999999", places=2))
    def it_reads_back_what_acts_print(self, valeur: Decimal) -> None:
        assert parse_parametre(euros(valeur), Unite.EURO) == valeur
        assert parse_parametre(taux(valeur), Unite.TAUX) == valeur
        assert parse_parametre(nombre(valeur), Unite.NOMBRE) == valeur


class DescribeParseIndicateur:
    """`parse_indicateur`."""

    @pytest.mark.parametrize(
        ("texte", "unite", "attendu"),
        [
            (" 62 % ", UniteIndicateur.TAUX, Decimal("0.62")),
            ("Oui", UniteIndicateur.OUI_NON, True),
            ("non", UniteIndicateur.OUI_NON, False),
            ("a", UniteIndicateur.CLASSE, "A"),
            ("1 250", UniteIndicateur.NOMBRE, Decimal(1250)),
        ],
    )
    def it_reads_a_value_in_its_unit(
        self, texte: str, unite: UniteIndicateur, attendu: Decimal | bool | str
    ) -> None:
        assert parse_indicateur(texte, unite) == attendu

    @pytest.mark.parametrize(
        ("texte", "unite"),
        [
            ("62", UniteIndicateur.TAUX),
            ("0,62", UniteIndicateur.TAUX),
            ("yes", UniteIndicateur.OUI_NON),
            ("F", UniteIndicateur.CLASSE),
            ("AB", UniteIndicateur.CLASSE),
            ("12 %", UniteIndicateur.NOMBRE),
        ],
    )
    def but_refuses_another_one(self, texte: str, unite: UniteIndicateur) -> None:
        with pytest.raises(ValueError, match=r"^.*$") as leve:
            parse_indicateur(texte, unite)
        assert str(leve.value) == texte

    def it_has_an_example_of_each_unit(self) -> None:
        assert set(EXEMPLES) == set(UniteIndicateur)
