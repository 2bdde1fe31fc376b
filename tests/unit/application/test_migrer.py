"""Which files `caqes migrer` reads, and what it does of those that it cannot."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from caqes_docs.application.sorties import write_whole
from caqes_docs.interfaces.cli.main import run
from tests.mauvais.cas import BASE, Cas

DOSSIER = "contracts_data/dossiers/990000010.yaml"


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project without fault."""
    dossier = tmp_path / "projet"
    Cas(BASE, ()).build(dossier)
    monkeypatch.chdir(dossier)
    return dossier


class DescribeMigrer:
    def it_reads_each_record_once(self, projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (projet / "contracts_data" / ".cache").mkdir()
        (projet / "contracts_data" / ".cache" / "x.yaml").write_text("a: [", encoding="utf-8")
        assert run(["migrer", "contracts_data", DOSSIER]) == 0
        assert capsys.readouterr().err == "0 fichier migré, 1 inchangé, 0 illisible.\n"

    def it_tells_what_it_cannot_read_and_goes_on(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        faux = projet / "contracts_data" / "dossiers" / "2.yaml"
        faux.write_text("etablissement: [\n", encoding="utf-8")
        assert run(["migrer", "--format", "json"]) == 2
        bilan = json.loads(capsys.readouterr().out)
        assert (bilan["inchanges"], bilan["ecartes"]) == (1, 1)
        assert [c["code"] for c in bilan["constats"]] == ["D-004"]
        assert faux.read_text(encoding="utf-8") == "etablissement: [\n"

    def it_tells_a_folder_that_bears_the_name_of_a_file(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (projet / "contracts_data" / "dossiers" / "X.yaml").mkdir()
        assert run(["migrer"]) == 2
        assert capsys.readouterr().out.startswith("contracts_data/dossiers/X.yaml  D-001  erreur")

    def it_keeps_the_rights_of_a_file(self, projet: Path) -> None:
        fichier = projet / DOSSIER
        write_whole(fichier, fichier.read_bytes())
        assert stat.S_IMODE(fichier.stat().st_mode) == 0o644
        fichier.chmod(0o440)
        write_whole(fichier, b"a")
        assert (stat.S_IMODE(fichier.stat().st_mode), fichier.read_bytes()) == (0o440, b"a")

    def but_a_path_that_leads_nowhere_stops_it(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avant = (projet / DOSSIER).read_bytes()
        assert run(["migrer", DOSSIER, "absent"]) == 64
        assert capsys.readouterr().err.startswith("U-050  «\u00a0absent\u00a0»")
        assert (projet / DOSSIER).read_bytes() == avant
