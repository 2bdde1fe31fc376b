"""What is missing from a volet is told at its own line, under the name that the file gives it."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run

DOSSIER = "contracts_data/dossiers/990780017.yaml"
RETIRES = (
    '          pilote: "Direction des achats et de la logistique"\n',
    '        financement: "Économies constatées sur les dépenses de transports"\n',
)


class DescribeManques:
    def it_names_the_key_of_a_volet_as_the_file_does(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = espace / DOSSIER
        texte = chemin.read_text(encoding="utf-8")
        for ligne in RETIRES:
            assert texte.count(ligne) == 1
            texte = texte.replace(ligne, "")
        chemin.write_text(texte, encoding="utf-8")
        assert run(["verifier", "990780017", "--projet", str(espace)]) == 0
        capture = capsys.readouterr()
        dit = (capture.out + capture.err).replace("\u00a0", " ")
        action = texte[: texte.index("- id: CHUP-T1")].count("\n") + 1
        assert (
            f"{DOSSIER}:{action}:11  D-060  à compléter\n"
            "    À compléter : plan d’actions du volet, pilote de l’action.\n"
            "    → Remplir « contrat.volets.transports.actions.1.pilote ».\n"
        ) in dit
        assert "Remplir « contrat.volets.transports.interessement.financement »." in dit
        assert "lignes" not in dit
