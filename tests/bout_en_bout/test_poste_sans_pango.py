"""A desk without Pango: all works; the engine that needs it says once what to install."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.mauvais.cas import BASE, Cas
from tests.unit.rendering.pdf.essais import failures


class DescribePosteSansPango:
    """What legal staff see on Windows."""

    def it_makes_the_pdf_all_the_same(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", "990780058", "--travaux", "1", "--formats", "pdf"]
        assert run([*commande, "--projet", str(espace), "--sortie", str(espace / "o")]) == 0
        (pdf,) = (espace / "o").glob("*.pdf")
        assert failures(pdf.read_bytes()) == []
        assert "1 acte produit" in capsys.readouterr().err

    def it_writes_word_and_says_once_what_the_other_engine_needs(
        self,
        espace: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", "990780058", "990780082", "--travaux", "1", "--moteur", "weasyprint"]
        code = run([*commande, "--projet", str(espace), "--sortie", str(espace / "o")])
        assert code == ExitCode.ENVIRONNEMENT
        assert sorted(chemin.suffix for chemin in (espace / "o").iterdir()) == [
            ".docx",
            ".docx",
            ".jsonl",
        ]
        sortie = capsys.readouterr()
        assert sortie.err.count("WeasyPrint") == 1
        assert "2 actes produits" in sortie.err

    def it_keeps_the_answer_free_of_what_the_engine_prints(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "weasyprint.py").write_text("print('install!')\nraise OSError", "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        for nom in [nom for nom in sys.modules if nom.partition(".")[0] == "weasyprint"]:
            monkeypatch.delitem(sys.modules, nom)
        Cas(BASE, ()).build(tmp_path / "p")
        commande = ["generer", "--tous", "--travaux", "1", "--format", "json"]
        commande += ["--moteur", "weasyprint"]
        assert run([*commande, "--projet", str(tmp_path / "p")]) == ExitCode.ENVIRONNEMENT
        (acte,) = json.loads(capsys.readouterr().out)["actes"]
        assert acte["erreur"]["code"] == "R-200"

    @pytest.mark.parametrize(
        "commande",
        [
            ["consolider", "--annee", "2019"],
            [
                "simuler",
                "990780017",
                "--annee",
                "2019",
                "--volet",
                "transports",
                "--de",
                "0%",
                "--a",
                "1%",
                "--pas",
                "1%",
            ],
        ],
    )
    def it_tells_the_missing_pdf_in_json(
        self,
        commande: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        sortie = ["--sortie", str(tmp_path), "--formats", "pdf", "--format", "json"]
        sortie += ["--moteur", "weasyprint"]
        assert run([*commande, *sortie, "--projet", str(RACINE)]) == ExitCode.ENVIRONNEMENT
        (erreur,) = json.loads(capsys.readouterr().out)["erreurs"]
        assert erreur["code"] == "R-200"
        assert set(erreur) == {"code", "message", "remede"}
