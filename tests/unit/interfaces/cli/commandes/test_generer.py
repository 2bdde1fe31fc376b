"""`caqes generer`: what is asked for, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import run


class DescribeGenerer:
    """The command."""

    def it_makes_once_the_act_of_a_dossier_named_twice(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        sortie = str(tmp_path)
        noms = ["990780017", "contracts_data/dossiers/990780017.yaml"]
        assert run(["generer", *noms, "--formats", "txt", "--sortie", sortie]) == ExitCode.OK
        assert "1 acte produit" in capsys.readouterr().err
