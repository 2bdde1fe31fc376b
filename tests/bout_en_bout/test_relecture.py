"""No act of the sample region holds what a reader would strike out (C-100)."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options

DOSSIERS = sorted(
    chemin.stem
    for chemin in (Path(__file__).resolve().parents[2] / "contracts_data/dossiers").glob("*.yaml")
)
ACTES = ("contrat", "evaluation")
COURT = "990780033"


class DescribeRelecture:
    """Every act of a dossier, read once made."""

    @pytest.mark.parametrize(
        "dossier",
        [pytest.param(d, marks=() if d == COURT else pytest.mark.long) for d in DOSSIERS],
    )
    def it_has_nothing_to_strike_out(self, dossier: str, projet: Projet, tmp_path: Path) -> None:
        types = tuple(t.plan.id for t in projet.types.values() if t.plan.donnees in ACTES)
        demande = Demande(tmp_path, ("txt",), types, Options(), 1, tous=True)
        bilan = generate(projet, [dossier], demande)
        faits = [resultat for resultat in bilan.resultats if resultat.fichiers]
        dits = [(r.type, c.message) for r in faits for c in r.constats if c.code == "C-100"]
        assert dits == []
        assert "contrat" in {resultat.type for resultat in faits}
