"""The cap that the parties chose for the sum of sanctions: why the total is not the plain sum."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from tests.outils.affaires import Atelier

CONTRAT = """
choix: {plafond_global_sanctions: PLAFOND}
socle:
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle:
    sanction_proposee: OUVERTE
    appreciation: "Peu."
    modulation: 80 %
    motif_modulation: "Peu."
"""


@pytest.fixture
def atelier(projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
    """Where P is 40 000 000 in 2019: the sanction of the socle is 320 000."""
    return Atelier(projet.droit, depot, tmp_path)


class DescribePlafondGlobal:
    @pytest.mark.parametrize(
        ("plafond", "ouverte", "total", "dit"),
        [
            ("'0,5 %'", "oui", "-200000.00", ["de − 320 000 € à − 200 000 €"]),
            ("'0,8 %'", "oui", "-320000.00", []),
            ("'0,5 %'", "non", "0", []),
            ("null", "oui", "-320000.00", []),
            ("'0,5 %'", "null", None, []),
        ],
    )
    def it_is_told_when_it_lowers_the_total(
        self, plafond: str, ouverte: str, total: str | None, dit: list[str], atelier: Atelier
    ) -> None:
        resultat = atelier.evaluate(
            CONTRAT.replace("PLAFOND", plafond), EVALUATION.replace("OUVERTE", ouverte)
        )
        assert resultat.total.valeur == (None if total is None else Decimal(total))
        espaces = str.maketrans("\u00a0\u202f", "  ")
        assert len(resultat.avertissements) == len(dit)
        for message, mots in zip(resultat.avertissements, dit, strict=True):
            assert mots in message.translate(espaces)
            assert "(0,5 % des produits)" in message.translate(espaces)
