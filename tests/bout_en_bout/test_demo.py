"""`make demo`: one line for each command, the table at the end, and nothing hidden."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caqes_docs.core.errors import ExitCode
from tests import demo
from tests.architecture.depot import RACINE
from tests.mauvais.cas import BASE, Cas

CONTRATS = "Contrats : generer --tous --formats txt,json --travaux 1 --sortie output/contrats"
NOM = "contrat_990000010_CAQES-2018-990000010_projet.txt"


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project, which is the current folder."""
    Cas(BASE, ()).build(tmp_path / "projet")
    monkeypatch.chdir(tmp_path / "projet")
    monkeypatch.setenv("CAQES_MEMOIRE", str(tmp_path / "memoire"))
    return tmp_path / "projet"


class DescribeDemo:
    """`tests.demo.main`."""

    def it_says_what_was_made_how_many_and_where(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert demo.main(["Dossiers contrôlés : verifier", CONTRATS]) == ExitCode.OK
        dit = capsys.readouterr()
        assert dit.out.splitlines() == [
            "Quoi\tCombien\tOù\tÀ ouvrir d’abord",
            f"Contrats\t1 acte, 2 fichiers\t{Path('output/contrats')}\t{NOM}",
            "",
            "Type\tDocument\tActes\tInchangés\tÀ compléter\tÉchecs\tÀ ouvrir d’abord",
            f"contrat\tContrat d’essai\t1\t0\t0\t0\t{NOM}",
        ]
        lignes = dit.err.splitlines()
        assert lignes[0].startswith("1/2  Dossiers contrôlés\u00a0: 1 dossier")
        assert lignes[1].startswith("2/2  Contrats\u00a0: 1 acte, 2 fichiers")
        assert lignes[2] == "2 documents, 0 étape en échec."
        assert lignes[3].endswith(NOM)
        assert demo.main([CONTRATS]) == ExitCode.OK
        assert "1/1  Contrats\u00a0: 1 acte, 2 fichiers (inchangé)" in capsys.readouterr().err

    def it_fails_and_goes_on_when_a_step_fails(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert demo.main(["Rien : generer 990000011", CONTRATS]) == ExitCode.USAGE
        dit = capsys.readouterr()
        assert "le détail\u00a0: caqes generer 990000011" in dit.err
        assert dit.err.endswith("2 documents, 1 étape en échec.\n")
        assert NOM in dit.out

    def it_tells_the_act_that_could_not_be_made(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (projet / "output" / "contrats" / NOM).mkdir(parents=True)
        assert demo.main([CONTRATS]) == ExitCode.RENDU
        assert "    990000010\u00a0: R-001" in capsys.readouterr().err

    def it_tells_a_document_written_twice(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert demo.main([CONTRATS, CONTRATS]) == ExitCode.INTERNE
        assert "document écrit deux fois\u00a0: " in capsys.readouterr().err

    def it_is_not_fooled_by_the_file_of_an_earlier_run(
        self, projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert demo.main([CONTRATS]) == ExitCode.OK
        ancien = projet / "output" / "contrats" / NOM
        ancien.write_text("Un autre texte.", encoding="utf-8")
        os.utime(ancien, (0, 0))
        monkeypatch.setattr("caqes_docs.application.production.write_whole", lambda *_: None)
        assert demo.main([CONTRATS]) == ExitCode.INTERNE
        assert f"document perdu\u00a0: {Path('output/contrats') / NOM}" in capsys.readouterr().err

    def it_is_what_make_runs(self) -> None:
        recette = (RACINE / "Makefile").read_text(encoding="utf-8").partition("\ndemo: ")[2]
        recette = recette.partition("\n\n")[0]
        assert "-m tests.demo" in recette
        assert recette.count(" : ") == 16
        assert "caqes echeances" in recette
