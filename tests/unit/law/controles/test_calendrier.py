"""Tests of `law.controles.calendrier`: a volet takes effect with its contract (D-074)."""

from __future__ import annotations

import pytest

from caqes_docs.law.controles.dossier import check_affaire
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\n'


def told(atelier: Atelier, contrat: str) -> list[str]:
    affaire, _ = atelier.load(contrat, EVALUATION)
    constats = check_affaire(affaire, atelier.droit)
    return [c.message.replace("\u00a0", " ") for c in constats if c.code == "D-074"]


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
