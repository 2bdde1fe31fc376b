"""What a proposal is called in the acts."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from caqes_docs.application.evaluer import evaluate_years
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.evaluation.propositions import cap_effect


class DescribeCapEffect:
    @pytest.mark.parametrize(
        ("retire", "dit"), [("22307.64", "22\u202f307,64\u00a0€"), ("0", None)]
    )
    def it_has_no_sign_since_a_plus_is_an_interessement(
        self, retire: str, dit: str | None, projet: Projet
    ) -> None:
        _, resultat = evaluate_years(projet, ("2A9780012",), 2019).evaluations[0]
        total = dataclasses.replace(resultat.total, valeur=resultat.total.nombre + Decimal(retire))
        assert cap_effect(dataclasses.replace(resultat, total=total)) == dit
