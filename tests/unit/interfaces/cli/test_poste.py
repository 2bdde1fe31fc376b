"""What helps at a desk: the diagnosis, and the Tab key."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from caqes_docs import __version__
from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import caqes, run
from caqes_docs.rendering.typst import moteur
from tests.architecture.depot import RACINE


def _points(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    return {point["quoi"]: point for point in json.loads(capsys.readouterr().out)["points"]}


class DescribeDiagnostic:
    """`caqes diagnostic`."""

    def it_finds_the_desk_and_the_project_in_order(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["diagnostic", "--projet", str(RACINE), "--format", "json"]) == ExitCode.OK
        points = _points(capsys)
        assert str(points["Moteur du PDF"]["constat"]).startswith("typst ")
        assert str(points["Autre moteur du PDF"]["constat"]).startswith("WeasyPrint ")
        assert points["Dossiers"]["constat"] == "20 dossiers"
        assert "Mise à jour" not in points
        assert {point["code"] for point in points.values()} == {0}

    def it_tells_the_engine_that_is_missing_and_a_way_without_it(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        moteur._load.cache_clear()
        for nom in ("typst", "weasyprint"):
            monkeypatch.setitem(sys.modules, nom, None)
        assert run(["diagnostic"]) == ExitCode.ENVIRONNEMENT
        dit = capsys.readouterr()
        assert "Moteur du PDF\tmanque\t" in dit.out
        assert "Projet\tà voir\taucun ici" in dit.out
        assert "pip install typst" in dit.err
        assert "WeasyPrint absent\u202f; rien n’en dépend" in dit.out
        assert dit.err.endswith("1 manque, 1 point à voir.\n")

    def it_tells_how_the_project_stands_from_the_version_installed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def read_age() -> tuple[str, str]:
            capsys.readouterr()
            assert run(["diagnostic", "--projet", str(tmp_path), "--format", "json"]) == ExitCode.OK
            point = _points(capsys)["Mise à jour"]
            return str(point["etat"]), str(point["constat"])

        assert run(["nouveau", "projet", str(tmp_path)]) == ExitCode.OK
        clause = tmp_path / "clauses/contrat/conditions/duree.md"
        clause.write_bytes(clause.read_bytes().replace(b"\n", b"\r\n"))
        aucun = "0 fichier changé par vous"
        assert read_age() == ("en ordre", f"à jour de la version {__version__}\u202f; {aucun}")
        clause.unlink()
        assert read_age()[1].endswith(f"{aucun}, 1 retiré par vous")
        clause.with_name("duree.md.nouveau").touch()
        assert read_age()[1].endswith("; 1 conflit à trancher")
        (tmp_path / "origine.yaml").unlink()
        assert read_age()[1].endswith("; 1 à ajouter, 1 conflit à trancher")
        (tmp_path / "origine.yaml").touch()
        assert read_age() == (
            "à voir",
            "origine.yaml, qui dit d’où viennent les fichiers du projet, a des erreurs.",
        )

    def it_tells_a_folder_where_nothing_can_be_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "fichier").write_text("", encoding="utf-8")
        sortie = str(tmp_path / "fichier" / "output")
        commande = ["diagnostic", "--sortie", sortie, "--format", "json", "--projet", str(RACINE)]
        assert run(commande) == ExitCode.ENVIRONNEMENT
        assert _points(capsys)["Écriture"]["etat"] == "manque"

    def but_a_project_named_must_be_one(self, tmp_path: Path) -> None:
        assert run(["diagnostic", "--projet", str(tmp_path)]) == ExitCode.USAGE


class DescribeCompletion:
    """The Tab key."""

    def it_offers_dossiers_with_their_establishment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(RACINE / "docs")
        complement = ShellComplete(caqes, {}, "caqes", "_CAQES_COMPLETE")
        (offre,) = complement.get_completions(["generer"], "99078001")
        assert (offre.value, offre.help) == (
            "990780017",
            "Centre hospitalier universitaire de Portclair",
        )

    def it_offers_types_and_commands(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        complement = ShellComplete(caqes, {}, "caqes", "_CAQES_COMPLETE")
        mots = ["generer", "--projet", str(RACINE), "--type"]
        types = [offre.value for offre in complement.get_completions(mots, "lettre")]
        assert types == ["lettre_proposition"]
        assert complement.get_completions(["generer"], "99") == []
        assert "diagnostic" in [o.value for o in complement.get_completions([], "dia")]

    @pytest.mark.parametrize("terminal", ["bash", "zsh", "fish", "powershell"])
    def it_gives_the_script_of_each_terminal(
        self, terminal: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["completion", terminal]) == ExitCode.OK
        script = capsys.readouterr().out
        assert f"{terminal}_complete" in script
        assert "%(" not in script
        if lecteur := shutil.which(terminal):
            subprocess.run([lecteur, "-n", "/dev/stdin"], input=script, text=True, check=True)

    def it_answers_powershell(self) -> None:
        demande = {"CAQES_COMMANDE": "caqes generer --ty", "CAQES_MOT": "--ty"}
        milieu = {**os.environ, **demande, "_CAQES_COMPLETE": "powershell_complete"}
        appel = [sys.executable, "-m", "caqes_docs"]
        bilan = subprocess.run(appel, env=milieu, capture_output=True, encoding="utf-8")
        assert [ligne.split("\t")[0] for ligne in bilan.stdout.splitlines()] == [
            "--type",
            "--types",
        ]


class DescribeDocumentation:
    """`caqes erreur` and `caqes aide`."""

    def it_lays_markdown_out_in_a_pipe(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["erreur", "D-110"]) == 0
        dit = capsys.readouterr().out
        assert dit.startswith("D-110 – Clé facultative laissée vide\n")
        for signe in ("#\x20\x20", "```", "*Pourquoi", "\x1b", "\ue000", "\ue001"):
            assert signe not in dit
        assert "caqes generer --definitif" in dit
        assert "montre\u00a0;" in dit

    def and_no_line_ends_on_an_opening_mark(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["aide", "installer"]) == 0
        lignes = capsys.readouterr().out.splitlines()
        assert max(map(len, lignes)) <= 100
        assert not [ligne for ligne in lignes if ligne.endswith("«") or ligne.startswith("»")]
