"""`caqes generer --types` and `--ouvrir`."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import caqes, run
from tests.architecture.depot import RACINE


class DescribeGenerer:
    """What a user asks for without reading the guide."""

    def it_lists_the_types(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["generer", "--types", "--projet", str(RACINE)]) == ExitCode.OK
        lignes = capsys.readouterr().out.splitlines()[1:]
        plans = sorted(plan.parent.name for plan in RACINE.glob("templates/*/plan.yaml"))
        assert [ligne.split("\t")[0] for ligne in lignes] == plans
        assert all(len(ligne.split("\t")) == 3 for ligne in lignes)

    def it_opens_the_act(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ouverts: list[str] = []
        monkeypatch.setattr(click, "launch", ouverts.append)
        commande = ["generer", "990780058", "--formats", "txt", "--ouvrir", "--travaux", "1"]
        assert run([*commande, "--projet", str(RACINE), "--sortie", str(tmp_path)]) == ExitCode.OK
        (ouvert,) = ouverts
        assert Path(ouvert).is_file()

    def it_describes_every_argument(self) -> None:
        contexte = click.Context(caqes)
        muets = [
            f"{nom} {parametre.name}"
            for nom in caqes.list_commands(contexte)
            for commande in [caqes.get_command(contexte, nom)]
            if commande is not None
            for parametre in commande.params
            if not getattr(parametre, "help", None)
        ]
        assert muets == []
