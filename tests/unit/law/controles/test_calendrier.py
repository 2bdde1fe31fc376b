"""Tests of `law.controles.calendrier`: the steps to a contract follow each other (D-074)."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.controles.dossier import check_affaire
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\n'


@pytest.fixture
def atelier(projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
    """Where made-up contracts, signed on 20 December 2017, are checked."""
    return Atelier(projet.droit, depot, tmp_path)


def told(atelier: Atelier, contrat: str) -> list[str]:
    affaire, _ = atelier.load(contrat, EVALUATION)
    constats = check_affaire(affaire, atelier.droit)
    return [c.message.replace("\u00a0", " ") for c in constats if c.code == "D-074"]


class DescribeProposition:
    @pytest.mark.parametrize(
        "dates",
        [
            "",
            "date: 2017-11-06",
            "recue_le: 2017-11-08",
            "date: 2017-12-20, recue_le: 2017-12-20",
            "recue_le: 2017-11-08, audition_demandee_le: 2017-11-08, audition_tenue_le: 2017-11-08",
            "date: 2017-11-06, audition_demandee_le: 2017-11-06",
        ],
    )
    def it_may_see_two_steps_on_one_day_and_steps_that_are_not_dated(
        self, dates: str, atelier: Atelier
    ) -> None:
        assert told(atelier, f"proposition: {{{dates}}}") == []

    @pytest.mark.parametrize(
        ("dates", "message"),
        [
            (
                "date: 2017-11-06, recue_le: 2017-11-05",
                "La proposition serait reçue avant d’être envoyée : le 5 novembre 2017, et non "
                "après le 6 novembre 2017.",
            ),
            (
                "date: 2017-11-06, audition_demandee_le: 2017-11-05",
                "L’audition serait demandée avant l’envoi de la proposition : le 5 novembre 2017, "
                "et non après le 6 novembre 2017.",
            ),
            (
                "recue_le: 2017-11-08, audition_demandee_le: 2017-11-07",
                "L’audition serait demandée avant la proposition reçue : le 7 novembre 2017, et "
                "non après le 8 novembre 2017.",
            ),
            (
                "audition_demandee_le: 2017-11-20, audition_tenue_le: 2017-11-19",
                "L’audition serait tenue avant d’être demandée : le 19 novembre 2017, et non "
                "après le 20 novembre 2017.",
            ),
            (
                "date: 2017-12-21",
                "Le contrat serait signé avant d’être proposé : le 20 décembre 2017, et non après "
                "le 21 décembre 2017.",
            ),
        ],
    )
    def but_no_step_comes_before_the_one_it_follows(
        self, dates: str, message: str, atelier: Atelier
    ) -> None:
        assert told(atelier, f"proposition: {{{dates}}}") == [message]


class DescribeVolet:
    @pytest.mark.parametrize("signature", ["2017-01-01", "2017-12-31", "2018-06-01"])
    def it_takes_effect_with_the_contract_or_later(self, signature: str, atelier: Atelier) -> None:
        assert told(atelier, f"volets: {{transports: {{signature: {{date: {signature}}}}}}}") == []

    def but_not_before_it(self, atelier: Atelier) -> None:
        contrat = "volets: {transports: {signature: {date: 2016-12-31}}, pertinence: {duree: 2}}"
        assert told(atelier, contrat) == [
            "Le volet transports prendrait effet avant le contrat qui le porte : le 1er janvier "
            "2017, et non après le 1er janvier 2018."
        ]
