"""Faults of a clause that `caqes verifier` should tell as plainly as `caqes clauses verifier` does.

The first command a jurist runs must not answer « C-020 » or break down on a faulty clause.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run
from tests.mauvais.cas import BASE, Bloc, Cas

OBJET = "clauses/contrat/objet/2018-01-01.md"
DONNEE = "{{ etablissement.raison_sociale }}"


def _verify(projet: Path, ecrit: str) -> int:
    bloc = Bloc("remplacer", OBJET, f"{DONNEE}\n↦\n{ecrit}\n")
    Cas(BASE, (bloc,)).build(projet)
    return int(run(["verifier", "--projet", str(projet), "--format", "json"]))


class DescribeClauseFautive:
    """`caqes verifier`, when the library itself is wrong."""

    @pytest.mark.parametrize(
        ("ecrit", "mot"),
        [
            ("{{ etablissement.raison_social }}", "raison_social"),
            ("{{ etablissement.raison_sociale | euros }}", "euros"),
            ("{{ etablissement.sites[9].nom }}", "sites"),
            ("{{ etablissement.raison_sociale }", "accolade"),
        ],
    )
    def it_names_what_is_wrong(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], ecrit: str, mot: str
    ) -> None:
        assert _verify(tmp_path / "p", ecrit) == 2
        (constat,) = json.loads(capsys.readouterr().out)["constats"]
        assert mot in f"{constat['message']} {constat['remede']}"
        assert "object has no" not in constat["message"]

    def it_never_breaks_down(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | date_longue }}") == 2

    def it_never_prints_the_letters_of_a_name(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | liste }}") == 2


class DescribeActeRefuse:
    """`caqes generer`, when one of the formats is refused."""

    def it_leaves_no_word_beside_a_pdf_that_was_refused(self, tmp_path: Path) -> None:
        bloc = Bloc("remplacer", OBJET, f"{DONNEE}\n↦\n{DONNEE} ꀀ\n")
        Cas(BASE, (bloc,)).build(tmp_path / "p")
        assert run(["generer", "--tous", "--projet", str(tmp_path / "p")]) == 5
        assert [chemin.name for chemin in (tmp_path / "p" / "output").iterdir()] == [
            "manifeste.json"
        ]
