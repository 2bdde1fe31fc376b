"""The legal cases of `ciblage.yaml`, decided from the table to the outcome."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.ciblage.decisions import count_risks
from tests.outils.ciblage import criteres_de, decide_one, seuils_de

CAS: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "ciblage.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)["cas"]


class DescribeCasDeCiblage:
    """Each case is a line that a jurist can read."""

    @pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
    def it_decides_as_the_rule_says(self, cas: dict[str, Any], projet: Projet) -> None:
        criteres = () if cas.get("criteres") == "non" else criteres_de(projet)
        decision = decide_one(cas["donne"], seuils_de(projet), criteres)
        volet = {v.volet.value: v for v in decision.volets}[cas["volet"]]
        if "critere" in cas:
            critere = volet.criteres[int(cas["critere"])]
            assert critere.issue == cas["attendu"]
            assert critere.raison
            if cas["regle"] != "R-TGT-Q4":
                assert critere.regle == cas["regle"]
        else:
            assert volet.issue == cas["attendu"]
            assert volet.raison
        if "risques" in cas:
            assert count_risks(decision) == cas["risques"]

    def it_names_each_case_once(self) -> None:
        noms = [cas["id"] for cas in CAS]
        assert len(set(noms)) == len(noms)
