"""Every rule of computation is held by a case, or left aside for a stated reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cas.test_cas import CAS
from tests.cas.test_ciblage import CAS as CIBLAGE
from tests.cas.test_dates_et_mesures import _cases
from tests.unit.law.caqes_1.test_formules import DescribeRefus

ICI = Path(__file__).parent
REGLES: dict[str, Any] = yaml.safe_load((ICI / "regles.yaml").read_text(encoding="utf-8"))
RECENSEES = [
    *(f"R-DATE-{n}" for n in range(1, 14)),
    *(f"R-TGT-{n}" for n in ("T", "P", "Q1", "Q2", "Q3", "Q4", "Q5", "X", "0")),
    *(f"R-RATE-{n}" for n in range(1, 11)),
    *(f"R-SOC-{n}" for n in range(1, 6)),
    *(f"R-TRA-{n}" for n in range(1, 5)),
    *(f"R-PER-{n}" for n in range(1, 4)),
    "R-QUA-1",
    *(f"R-ALL-{n}" for n in range(1, 7)),
    "R-REF-1",
]
_PARAMETRES = [*CAS, *_cases("dates"), *_cases("mesures")]
ESSAIS = {
    *(str(parametre.id) for parametre in _PARAMETRES),
    *(f"ciblage-{cas['id']}" for cas in CIBLAGE),
    *dir(DescribeRefus),
}


class DescribeRegles:
    """`tests/cas/regles.yaml`."""

    def it_lists_every_rule_and_no_other(self) -> None:
        assert sorted(REGLES) == sorted(RECENSEES)

    @pytest.mark.parametrize("regle", RECENSEES)
    def it_says_what_holds_the_rule(self, regle: str) -> None:
        tenue = REGLES[regle]
        if isinstance(tenue, dict):
            assert len(tenue["laissee_de_cote"].split()) >= 4
            return
        assert tenue
        for debut in tenue:
            assert any(essai.startswith(debut) for essai in ESSAIS), debut

    def it_knows_the_rule_of_every_case(self) -> None:
        regles = {parametre.values[-1]["regle"] for parametre in _PARAMETRES}
        assert regles <= set(RECENSEES)
