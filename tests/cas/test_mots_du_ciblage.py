"""What the targeting says of a row, word for word: outcomes, values printed, reasons, sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from tests.outils.ciblage import criteres_de, decide_one, seuils_de
from tests.outils.partage import read_cases

LIGNES: dict[str, Any] = read_cases(Path(__file__).with_name("mots_du_ciblage.yaml"))


class DescribeMots:
    """`tests/cas/mots_du_ciblage.yaml`."""

    @pytest.mark.parametrize("nom", LIGNES)
    def it_says_what_the_file_says(self, nom: str, projet: Projet) -> None:
        cas = LIGNES[nom]
        decision = decide_one(cas["donne"], seuils_de(projet), criteres_de(projet))
        assert tell(decision) == cas["attendu"]


def tell(decision: DecisionEtablissement) -> dict[str, Any]:
    """The decision as the file writes it."""
    return {
        "issue": decision.issue.value,
        "risques": [decision.nb_risques, decision.risques_ouverts],
        "cibles": [volet.volet.value for volet in decision.cibles],
        "ouverts": [volet.volet.value for volet in decision.ouverts],
        "volets": {
            volet.volet.value: f"{volet.issue.value} : {_plain(volet.raison)}"
            for volet in decision.volets
        },
        "criteres": [
            f"{c.regle} {c.issue.value} | {_plain(c.valeur_imprimee)} | {_plain(c.raison)} | "
            f"{len(c.sources)} × {c.origine}"
            for c in decision.criteres
        ],
    }


def _plain(texte: str) -> str:
    """Without the spaces that do not break, which another test reads."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")
