"""What is said on a terminal, in a file, or on a terminal that lacks signs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caqes_docs.interfaces.cli import affichage


class DescribeRepli:
    """The error handler `caqes`: what stands for a sign that the terminal lacks."""

    @pytest.mark.parametrize(
        ("encodage", "texte", "vu"),
        [
            ("cp1252", "1\u202f250,50\u00a0€ → l’œuvre…", "1 250,50\u00a0€ -> l’œuvre…"),
            ("cp850", "1\u202f250,50\u00a0€ → l’œuvre…", "1 250,50\u00a0EUR -> l'oeuvre..."),
            ("cp850", "«\u00a0À signer\u00a0» – ½ ≥ ¼", "«\u00a0À signer\u00a0» - ½ >= ¼"),
            ("ascii", "«\u00a0Évalué\u00a0» ≠ ½", '" Evalue " <> 1/2'),
            ("cp1252", "\u2603 d\u0323", "? d?"),
        ],
    )
    def it_keeps_the_sense(self, encodage: str, texte: str, vu: str) -> None:
        assert texte.encode(encodage, "caqes").decode(encodage) == vu

    def it_replaces_nothing_when_reading(self) -> None:
        with pytest.raises(UnicodeDecodeError):
            b"\xff".decode("utf-8", "caqes")


class DescribeSpeech:
    """Files and pipes."""

    @pytest.mark.parametrize("encodage", ["cp1252", "latin-1", "ascii"])
    def it_does_not_depend_on_the_encoding_of_the_machine(self, encodage: str) -> None:
        commande = [sys.executable, "-m", "caqes_docs", "clauses", "liste"]
        milieu = {**os.environ, "PYTHONIOENCODING": encodage, "PYTHONUTF8": "0"}
        fini = subprocess.run(commande, env=milieu, capture_output=True, check=True)
        assert "Bibliothèque" in fini.stdout.decode("utf-8")
        assert fini.stderr == b""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """Somebody watches."""
        return True


def _watch(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """A terminal of fifty columns, which both streams go to."""
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "50")
    return terminal


class DescribeTerminal:
    """What only a watched terminal is shown."""

    @pytest.mark.parametrize(("refuse", "vu"), [("", "\x1b[32mFait.\x1b[0m\n"), ("1", "Fait.\n")])
    def it_is_coloured_but_where_colours_are_refused(
        self, refuse: str, vu: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = _watch(monkeypatch)
        monkeypatch.setenv("NO_COLOR", refuse)
        affichage.say("Fait.", "green")
        assert terminal.getvalue() == vu

    def it_rewrites_one_line_and_leaves_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = _watch(monkeypatch)
        with affichage.progress() as tell:
            tell("1 – " + "Établissement " * 5)
        premiere, vide = terminal.getvalue().strip("\r").split("\r\r")
        assert premiere == ("1 – " + "Établissement " * 5)[:49]
        assert vide == " " * 49

    def it_keeps_the_whole_of_a_cell(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = _watch(monkeypatch)
        nom = "contrat_990000010_CAQES-2018-990000010_definitif.docx"
        affichage.show_table(("Dossier", "Fichiers"), [("990000010", nom)])
        cellules = [ligne.split("│") for ligne in terminal.getvalue().splitlines()]
        assert "".join(c[2].strip() for c in cellules if len(c) == 4) == nom


class DescribeBug:
    """A fault of the program."""

    def it_keeps_its_trace_in_utf8(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        affichage.show_bug(ValueError("1\u202f250 → 3"))
        (trace,) = tmp_path.glob("caqes-*.txt")
        assert "1\u202f250 → 3" in trace.read_text(encoding="utf-8")
