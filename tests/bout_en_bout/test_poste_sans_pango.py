"""A desk without Pango: everything but the PDF works, and one sentence says what to install."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import run


class DescribePosteSansPango:
    """What legal staff see on Windows."""

    def it_writes_word_and_says_once_what_the_pdf_needs(
        self,
        espace: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", "990780058", "990780082", "--travaux", "1"]
        code = run([*commande, "--projet", str(espace), "--sortie", str(espace / "o")])
        assert code == ExitCode.ENVIRONNEMENT
        assert sorted(chemin.suffix for chemin in (espace / "o").iterdir()) == [
            ".docx",
            ".docx",
            ".json",
        ]
        sortie = capsys.readouterr()
        assert sortie.err.count("WeasyPrint") == 1
        assert "2 actes produits" in sortie.err
