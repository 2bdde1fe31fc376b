"""Tests of `law.droit.droit`: questions with a date; no answer outside the dates of the law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import DroitError, ExitCode
from caqes_docs.law.droit.catalogue import Famille
from caqes_docs.law.droit.chargement import Racine, load_droit
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.modeles import Unite
from tests.mauvais.cas import BASE

DROIT = load_droit([Racine("nationale", BASE / "clauses", "clauses")])
JOUR = dt.date(2018, 1, 1)
Question = Callable[[Droit, str, dt.date], object]

QUESTIONS: dict[str, tuple[Question, str]] = {
    "L-001": (Droit.text, "css/L162-30-20"),
    "L-003": (Droit.term, "juges"),
    "L-005": (Droit.parameter, "socle/plafonds"),
    "L-007": (Droit.regime, "caqes_11"),
}
HORS_DATES: dict[str, tuple[Question, str]] = {
    "L-002": (Droit.text, "css/L162-30-2"),
    "L-004": (Droit.term, "juge"),
    "L-006": (Droit.parameter, "socle/plafond"),
    "L-008": (Droit.regime, "caqes_1"),
}


class DescribeEffectDate:
    """`effect_date` (R-DATE-1; cases T1 and T2)."""

    def it_is_the_next_day_for_a_signature_on_31_december(self) -> None:
        assert effect_date(dt.date(2017, 12, 31)) == dt.date(2018, 1, 1)

    def it_is_a_year_later_for_a_signature_on_1_january(self) -> None:
        assert effect_date(dt.date(2018, 1, 1)) == dt.date(2019, 1, 1)

    @given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)))
    def it_is_the_first_1_january_after_the_signature(self, signature: dt.date) -> None:
        effet = effect_date(signature)
        assert (effet.month, effet.day) == (1, 1)
        assert 0 < (effet - signature).days <= 366


class DescribeQuestions:
    """`text`, `term`, `parameter`, `regime`."""

    def it_answers_with_the_value_of_the_day(self) -> None:
        assert DROIT.text("css/L162-30-2", JOUR).court == "L. 162-30-2"
        assert DROIT.term("juge", dt.date(2018, 12, 31)).texte == (
            "tribunal des affaires de sécurité sociale"
        )
        assert DROIT.term("juge", dt.date(2019, 1, 1)).texte == "pôle social"
        assert DROIT.regime("caqes_1", JOUR).volets == ("socle",)

    def it_reads_a_parameter_in_its_unit(self) -> None:
        plafond = DROIT.parameter("socle/plafond", JOUR)
        assert plafond.valeur == Decimal("0.01")
        assert plafond.unite == "taux"
        assert plafond.version.source == "contrat type, art. 10-6"

    @pytest.mark.parametrize("code", QUESTIONS)
    def it_proposes_a_name_near_an_unknown_one(self, code: str) -> None:
        question, nom = QUESTIONS[code]
        with pytest.raises(DroitError) as leve:
            question(DROIT, nom, JOUR)
        assert leve.value.code == code
        assert nom in leve.value.message
        assert leve.value.remede.startswith("Vouliez-vous dire «\u00a0")
        assert leve.value.exit_code is ExitCode.DROIT

    @pytest.mark.parametrize("code", HORS_DATES)
    @pytest.mark.parametrize("date", [dt.date(2016, 12, 31), dt.date(2022, 1, 1)])
    def but_says_nothing_outside_its_dates(self, code: str, date: dt.date) -> None:
        question, nom = HORS_DATES[code]
        if code == "L-004" and date.year == 2022:
            assert question(DROIT, nom, date)
            return
        with pytest.raises(DroitError) as leve:
            question(DROIT, nom, date)
        assert leve.value.code == code
        assert f"{date.year}." in leve.value.message

    def it_holds_on_the_last_day_and_not_on_the_next(self) -> None:
        assert DROIT.text("css/L162-30-2", dt.date(2021, 12, 31)).id == "css/L162-30-2"
        with pytest.raises(DroitError, match="au 1er\u00a0janvier\u00a02022"):
            DROIT.text("css/L162-30-2", dt.date(2022, 1, 1))


class DescribeCatalogue:
    """`indicators`, `family`, `target_rate`."""

    def it_gives_the_indicators_of_a_day(self) -> None:
        assert list(DROIT.indicators(JOUR)) == ["NAT-1"]
        assert list(DROIT.indicators(JOUR, Famille.NATIONAL)) == ["NAT-1"]
        assert list(DROIT.indicators(JOUR, Famille.HAD)) == []
        assert list(DROIT.indicators(dt.date(2022, 1, 1))) == []

    def it_knows_the_family_of_a_code_at_any_time(self) -> None:
        assert DROIT.family("NAT-1") is Famille.NATIONAL
        assert DROIT.family("NAT-9") is None

    @pytest.mark.parametrize(
        ("annee", "attendu"), [(2018, Decimal("0.01")), (2021, Decimal("0.01")), (2022, None)]
    )
    def it_gives_a_rate_for_a_year(self, annee: int, attendu: Decimal | None) -> None:
        valeur = DROIT.target_rate("socle/plafond", annee)
        assert (valeur.valeur if valeur else None) == attendu

    def but_none_that_the_library_does_not_hold(self) -> None:
        assert DROIT.target_rate("taux_cibles/absent", 2018) is None

    def it_reads_a_delay_in_days_from_the_library(self, projet: Projet) -> None:
        delai = projet.droit.parameter("procedure/seconde_proposition", JOUR)
        assert (delai.valeur, delai.unite) == (Decimal(15), Unite.JOUR)
