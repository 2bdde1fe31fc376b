"""`caqes generer`: what is asked for, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.generer import Bilan, Resultat
from caqes_docs.core.errors import ExitCode, RenduError
from caqes_docs.interfaces.cli.commandes.generer import _show_summary
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

    @pytest.mark.parametrize(
        ("types", "dit"),
        [(("contrat",), "échec"), (("contrat", "lettre"), "échec (lettre)")],
    )
    def it_names_the_type_that_failed_among_several(
        self, types: tuple[str, ...], dit: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        erreur = RenduError("R-001", "Rien n’est écrit.")
        resultats = [Resultat("990000010", "CH", type_, erreur=erreur) for type_ in types]
        _show_summary(Bilan(tuple(resultats)), Path("output"))
        assert capsys.readouterr().out.splitlines()[-1].split("\t")[-1] == dit
