"""A desk under Windows: its narrow console, its ends of lines, its paths, its files held open."""

from __future__ import annotations

import errno
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import ExitCode, RenduError
from caqes_docs.core.identifiants import finess_with_key, is_reserved_name
from caqes_docs.interfaces.cli.affichage import quoted_path
from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.mauvais.cas import BASE, Cas
from tests.outils.validation import validate_all

DOSSIER = "contracts_data/dossiers/990000010.yaml"
SECOND = finess_with_key("99000002")


def _make_project(dossier: Path) -> Path:
    Cas(BASE, ()).build(dossier)
    return dossier


def _hold_open(monkeypatch: pytest.MonkeyPatch, debut: str) -> None:
    """Nobody can replace the files whose name begins so, as under Windows when they are open."""
    remplacer = Path.replace

    def refuse(provisoire: Path, cible: Path) -> Path:
        if cible.name.startswith(debut):
            raise PermissionError(errno.EACCES, "Permission denied")
        return remplacer(provisoire, cible)

    monkeypatch.setattr(Path, "replace", refuse)


def _add_second(projet: Path) -> None:
    """A second dossier, like the first."""
    texte = (projet / DOSSIER).read_text(encoding="utf-8").replace("990000010", SECOND)
    autre = texte.replace("999000011", "999000029").replace("990001018", "990002016")
    (projet / f"contracts_data/dossiers/{SECOND}.yaml").write_text(autre, encoding="utf-8")


def _refuse(numero: int, winerror: int | None = None) -> Callable[[Path, Path], Path]:
    """What replaces a file, as Windows refuses to."""

    def refuse(_provisoire: Path, _cible: Path) -> Path:
        error = OSError(numero, "")
        vars(error)["winerror"] = winerror
        raise error

    return refuse


def _acts(projet: Path) -> dict[str, bytes]:
    """The acts, by the name of their files."""
    return {chemin.name: chemin.read_bytes() for chemin in projet.glob("output/contrat_*")}


def _on_console(commande: list[str], encodage: str) -> tuple[int, str]:
    """The exit code of `caqes` and what a console of that code page shows, errors included."""
    maitre, console = pty.openpty()
    milieu = {**os.environ, "PYTHONIOENCODING": encodage, "PYTHONUTF8": "0", "COLUMNS": "100"}
    appel = [sys.executable, "-m", "caqes_docs", *commande]
    with subprocess.Popen(appel, env=milieu, stdout=console, stderr=console) as processus:
        os.close(console)
        recu = b""
        try:
            while morceau := os.read(maitre, 65536):
                recu += morceau
        except OSError:  # the last writer has gone
            os.close(maitre)
    return processus.returncode, recu.decode(encodage)


class DescribeConsole:
    """A terminal that shows cp1252 (France) or cp850 (the old console)."""

    @pytest.mark.parametrize("encodage", ["cp1252", "cp850"])
    def it_reads_what_commands_say(self, tmp_path: Path, encodage: str) -> None:
        projet = _make_project(tmp_path / "projet")
        fiche = projet / DOSSIER
        texte = fiche.read_text(encoding="utf-8").replace("Centre hospitalier", "Œuvre ≥ 1 →", 1)
        fiche.write_text(texte.replace("civilite: Mme", "civilite: Mlle"), encoding="utf-8")
        ou = ["--projet", str(projet)]
        dits = {
            ligne: _on_console([*ligne.split(), *ou], encodage)
            for ligne in ("verifier", "clauses liste", "schema ars", "generer 990000010")
        } | {ligne: _on_console(ligne.split(), encodage) for ligne in ("erreur D-031", "aide")}
        codes = [code for code, _dit in dits.values()]
        assert codes == [ExitCode.DONNEES, ExitCode.OK, ExitCode.USAGE, ExitCode.DONNEES, 0, 0]
        for _code, dit in dits.values():
            assert "Traceback" not in dit
            assert "?" not in dit
        assert "    -> " in dits["verifier"][1]
        assert "Voir «" in dits["schema ars"][1]
        assert "Bibliothèque" in dits["clauses liste"][1]

    def it_reads_json_there_too(self, tmp_path: Path) -> None:
        projet = _make_project(tmp_path / "projet")
        fiche = projet / DOSSIER
        texte = fiche.read_text(encoding="utf-8")
        fiche.write_text(texte.replace("civilite: Mme", "civilite: « Mlle » → ?"), encoding="utf-8")
        ligne = ["verifier", "--format", "json", "--projet", str(projet)]
        (code, vu), fini = (
            _on_console(ligne, "cp850"),
            subprocess.run(
                [sys.executable, "-m", "caqes_docs", *ligne],
                env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
                capture_output=True,
            ),
        )
        assert code == fini.returncode == ExitCode.DONNEES
        assert json.loads(vu) == json.loads(fini.stdout.decode("utf-8"))
        assert "« Mlle » → ?" in fini.stdout.decode("utf-8")

    def it_sees_the_acts_go_by_in_one_line(self, tmp_path: Path) -> None:
        projet = _make_project(tmp_path / "projet")
        ligne = ["generer", "--tous", "--formats", "txt", "--projet", str(projet)]
        code, dit = _on_console(ligne, "cp850")
        assert code == ExitCode.OK
        assert "\r1 – Centre hospitalier d'Exemple" in dit.replace("-", "–")
        assert "1 acte produit" in dit


class DescribeFichiers:
    """Files as editors under Windows leave them."""

    def it_makes_the_same_acts_of_crlf_and_bom(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        unix, windows = (_make_project(tmp_path / nom) for nom in ("unix", "windows"))
        for chemin in windows.rglob("*"):
            if chemin.suffix in {".yaml", ".md", ".css"}:
                contenu = chemin.read_bytes().replace(b"\n", b"\r\n")
                chemin.write_bytes(b"\xef\xbb\xbf" + contenu)
        dits = []
        for projet in (unix, windows):
            assert run(["clauses", "verifier", "--projet", str(projet)]) == ExitCode.OK
            validate_all(projet)
            ligne = ["generer", "--tous", "--definitif", "--formats", "docx,pdf,txt,json"]
            assert run([*ligne, "--projet", str(projet)]) == ExitCode.OK
            dits.append(capsys.readouterr().out)
        assert dits[0] == dits[1]
        assert len(_acts(unix)) == 4
        assert _acts(unix) == _acts(windows)

    def it_starts_workers_that_share_nothing(self, tmp_path: Path) -> None:
        """Windows has no `fork`: each worker begins anew, from paths with spaces and accents."""
        projet = _make_project(tmp_path / "L’été à Saint-Étienne")
        _add_second(projet)
        actes = []
        for travaux in ("1", "2"):
            ligne = ["generer", "--tous", "--formats", "docx,txt", "--travaux", travaux]
            appel = [sys.executable, "-m", "caqes_docs", *ligne, "--projet", str(projet)]
            milieu = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
            fini = subprocess.run(appel, env=milieu, capture_output=True, encoding="utf-8")
            assert fini.returncode == ExitCode.OK, fini.stderr
            assert "2 actes produits" in fini.stderr
            actes.append(_acts(projet))
        assert len(actes[0]) == 4
        assert actes[0] == actes[1]

    def it_gives_a_command_that_can_be_typed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["nouveau", "projet", str(tmp_path / "Mon agence")]) == ExitCode.OK
        assert f'--projet "{tmp_path / "Mon agence"}"\n' in capsys.readouterr().err
        assert quoted_path(PureWindowsPath(r"C:\CAQES\ars_44")) == r"C:\CAQES\ars_44"
        assert quoted_path(PureWindowsPath(r"C:\L’été")) == r'"C:\L’été"'

    @pytest.mark.parametrize(
        "ligne",
        [
            "nouveau projet CON",
            "nouveau projet aux/mon-agence",
            "generer --tous --formats txt --sortie nul",
            "echeances --vers LPT1.csv",
            "schema --sortie Prn.d",
        ],
    )
    def it_writes_nothing_in_a_device(
        self,
        ligne: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(_make_project(tmp_path / "projet"))
        assert run(ligne.split()) == ExitCode.USAGE
        assert "Windows réserve le nom «\u00a0" in capsys.readouterr().err
        assert not [x for x in Path().rglob("*") if is_reserved_name(x.name)]

    def it_says_that_a_path_is_too_long(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        long = tmp_path / ("d" * 120) / ("e" * 120) / "acte.txt"
        monkeypatch.setattr(Path, "replace", _refuse(errno.ENOENT))
        with pytest.raises(RenduError, match="et Windows s’arrête à 260") as leve:
            write_whole(long, b"")
        assert "plus près de la racine" in leve.value.remede
        monkeypatch.setattr(Path, "replace", _refuse(errno.EACCES, 32))
        with pytest.raises(RenduError, match="un autre programme le tient ouvert"):
            write_whole(long, b"")

    def it_takes_spaces_and_accents_in_paths(self, tmp_path: Path) -> None:
        projet = _make_project(tmp_path / "Mes dossiers d’été" / "à signer")
        sortie = tmp_path / "Sortie – n° 1"
        ligne = ["generer", "--tous", "--formats", "txt", "--projet", str(projet)]
        appel = [sys.executable, "-m", "caqes_docs", *ligne, "--sortie", str(sortie)]
        fini = subprocess.run(appel, capture_output=True, encoding="utf-8", check=True)
        assert f"1 acte produit dans {sortie}" in fini.stderr
        assert len(list(sortie.glob("*.txt"))) == 1


class DescribeFichierOuvert:
    """A file that Word holds open: Windows lets nobody replace it."""

    def it_names_the_file_and_makes_the_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        projet = _make_project(tmp_path / "projet")
        _add_second(projet)
        _hold_open(monkeypatch, "contrat_990000010")
        ligne = ["generer", "--tous", "--formats", "txt", "--travaux", "1"]
        assert run([*ligne, "--projet", str(projet)]) == ExitCode.RENDU
        dit = capsys.readouterr().err
        assert dit.count("R-001") == 1
        assert "l’accès est refusé" in dit
        assert "Fermer le fichier s’il est ouvert dans Word" in dit
        assert "1 acte produit" in dit
        assert [x.suffix for x in (projet / "output").glob(f"*{SECOND}*")] == [".txt"]
        assert list((projet / "output").glob(".caqes-*")) == []

    def it_still_says_whom_a_region_targets(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _hold_open(monkeypatch, "ciblage_2018")
        table = RACINE / "contracts_data" / "ciblage" / "region_2018.csv"
        ligne = ["cibler", str(table), "--annee", "2018", "--formats", "txt"]
        assert run([*ligne, "--sortie", str(tmp_path)]) == ExitCode.RENDU
        dit = capsys.readouterr()
        assert "990780017" in dit.out
        assert dit.err.count("R-001") == 1
        assert f"{len(list(tmp_path.iterdir()))} fichiers dans {tmp_path}" in dit.err
