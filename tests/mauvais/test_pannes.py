"""Faults of a clause that `caqes verifier` should tell as plainly as `caqes clauses verifier` does.

Each case fails today (`xfail`, strict): it turns red the day the fault is well told. Its case then
goes to the corpus.
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

    @pytest.mark.xfail(reason="C-020 ne nomme ni la donnée ni la faute, ou le dit en anglais")
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

    @pytest.mark.xfail(reason="babel refuse le texte par une assertion : X-000")
    def it_never_breaks_down(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | date_longue }}") == 2

    @pytest.mark.xfail(
        reason="« C, e, n, t, r et e » : le filtre épelle le texte, et rien n’est dit"
    )
    def it_never_prints_the_letters_of_a_name(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | liste }}") == 2
