"""What commands that make files share: nothing made twice, only errors, tables at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import caqes, run
from caqes_docs.interfaces.cli.produits import show_made, show_numbers
from tests.mauvais.cas import BASE, Cas

NOM = "contrat_990000010_CAQES-2018-990000010_projet.txt"
COMMANDE = [
    "generer",
    "--tous",
    "--formats",
    "txt",
    "--travaux",
    "1",
    "--sortie",
    "sortie",
    "--si-change",
]


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project, which is the current folder, and a memory of its own."""
    Cas(BASE, ()).build(tmp_path / "projet")
    monkeypatch.chdir(tmp_path / "projet")
    monkeypatch.setenv("CAQES_MEMOIRE", str(tmp_path / "memoire"))
    return tmp_path / "projet"


def _again(capsys: pytest.CaptureFixture[str], *mots: str) -> bool:
    """Whether the same command, run again, says that nothing has changed."""
    assert run([*COMMANDE, *mots, "--format", "json"]) == ExitCode.OK
    return "inchange" in json.loads(capsys.readouterr().out)


def _rewrite(chemin: Path) -> None:
    """One more line, empty."""
    chemin.write_bytes(chemin.read_bytes() + b"\n")


class DescribeSiChange:
    """`--si-change`."""

    def it_compares_with_an_ordinary_run(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ordinaire = [mot for mot in COMMANDE if mot not in ("--si-change", "--travaux", "1")]
        assert run([*ordinaire, "--format", "json"]) == ExitCode.OK
        assert "inchange" not in json.loads(capsys.readouterr().out)
        assert _again(capsys)
        assert (projet / "sortie" / NOM).is_file()

    def it_makes_nothing_twice(self, projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert not _again(capsys)
        avant = (projet / "sortie" / NOM).stat().st_mtime_ns
        registre = (projet / "sortie" / "registre.jsonl").read_bytes()
        assert _again(capsys)
        assert (projet / "sortie" / NOM).stat().st_mtime_ns == avant
        assert (projet / "sortie" / "registre.jsonl").read_bytes() == registre

    def it_says_so_in_its_table(self, projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(COMMANDE) == ExitCode.OK
        assert "\tcontrat\tproduit\t0\t" in capsys.readouterr().out
        assert run(COMMANDE) == ExitCode.OK
        dit = capsys.readouterr()
        assert "\tcontrat\tinchangé\t0\t" in dit.out
        assert dit.err == "Rien n’a changé depuis la dernière fois\u00a0: 1 fichier inchangé.\n"

    @pytest.mark.parametrize(
        "change",
        [
            "sortie/" + NOM,
            "contracts_data/dossiers/990000010.yaml",
            "templates/maison/charte.yaml",
            "templates/maison/style.css",
            "templates/contrat/plan.yaml",
        ],
    )
    def but_what_changed_is_seen(
        self, projet: Path, capsys: pytest.CaptureFixture[str], change: str
    ) -> None:
        assert not _again(capsys)
        _rewrite(projet / change)
        assert not _again(capsys)
        assert _again(capsys)

    def and_a_file_that_is_gone_is_made_again(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert not _again(capsys)
        fait = (projet / "sortie" / NOM).read_bytes()
        (projet / "sortie" / NOM).unlink()
        assert not _again(capsys)
        assert (projet / "sortie" / NOM).read_bytes() == fait

    def and_other_words_are_another_command(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert not _again(capsys)
        assert not _again(capsys, "--date-edition", "2018-01-01")

    def and_a_library_installed_otherwise_is_another_machine(
        self, projet: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not _again(capsys)
        monkeypatch.setattr("caqes_docs.application.verifier.inchange.installed", lambda: ["x 2"])
        assert not _again(capsys)

    def and_a_failure_is_never_taken_for_an_answer(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (projet / "sortie" / NOM).mkdir(parents=True)
        assert run(COMMANDE) == run(COMMANDE) == ExitCode.RENDU
        assert "Rien n’a changé" not in capsys.readouterr().err

    def it_replays_what_a_check_had_said(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["verifier", "--si-change"]) == ExitCode.OK
        premier = capsys.readouterr()
        assert run(["verifier", "--si-change"]) == ExitCode.OK
        second = capsys.readouterr()
        assert second.out == premier.out
        assert second.err == f"{premier.err}Rien n’a changé depuis la dernière fois.\n"


class DescribeQuiet:
    """`--quiet`."""

    def it_prints_the_paths_and_nothing_else(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(2):
            assert run([*COMMANDE, "-q"]) == ExitCode.OK
            dit = capsys.readouterr()
            assert (dit.out, dit.err) == (f"{Path('sortie') / NOM}\n", "")

    def but_errors_are_told_on_the_other_stream(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (projet / "sortie" / NOM).mkdir(parents=True)
        assert run([*COMMANDE, "--quiet"]) == ExitCode.RENDU
        dit = capsys.readouterr()
        assert dit.out == ""
        assert "990000010, contrat\u00a0:\nR-001" in dit.err

    def and_the_errors_of_a_check_too(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (projet / "contracts_data/dossiers/vide.yaml").write_text("", encoding="utf-8")
        assert run(["verifier", "--quiet"]) == ExitCode.DONNEES
        dit = capsys.readouterr()
        assert dit.out == ""
        assert "D-008  erreur" in dit.err


def _acte(dossier: str, type_: str, *fichiers: str) -> dict[str, Any]:
    return {
        **{"dossier": dossier, "etablissement": f"CH {dossier}", "type": type_},
        **{"document": type_.capitalize(), "fichiers": list(fichiers), "constats": []},
        "erreur": None if fichiers else {"code": "R-001"},
    }


ACTES = [
    _acte("B", "contrat", "b.docx", "b.pdf"),
    _acte("A", "contrat"),
    _acte("B", "note", "n.docx"),
]


class DescribeTables:
    """What was made, in three tables."""

    def they_number_kinds_and_hospitals(self, capsys: pytest.CaptureFixture[str]) -> None:
        show_numbers(ACTES)
        assert capsys.readouterr().out.splitlines() == [
            "",
            "Type\tDocument\tActes\tInchangés\tÀ compléter\tÉchecs\tÀ ouvrir d’abord",
            "contrat\tContrat\t1\t0\t0\t1\tb.docx",
            "note\tNote\t1\t0\t0\t0\tn.docx",
            "",
            "Dossier\tÉtablissement\tActes\tInchangés\tÀ compléter\tÉchecs",
            "A\tCH A\t0\t0\t0\t1",
            "B\tCH B\t2\t0\t0\t0",
        ]

    def they_say_the_type_of_each_row(self, capsys: pytest.CaptureFixture[str]) -> None:
        show_made(ACTES)
        assert "A\tCH A\tcontrat\téchec\t0\taucun" in capsys.readouterr().out

    def one_act_needs_no_sum(self, capsys: pytest.CaptureFixture[str]) -> None:
        show_made(ACTES[:1])
        assert len(capsys.readouterr().out.splitlines()) == 2


class DescribeAide:
    """`-h`, of each command."""

    def it_answers_everywhere_and_describes_each_argument(self) -> None:
        import click

        def iter_commands(groupe: click.Group, *noms: str) -> list[tuple[str, ...]]:
            trouves = [noms]
            for nom, commande in groupe.commands.items():
                if isinstance(commande, click.Group):
                    trouves += iter_commands(commande, *noms, nom)
                else:
                    trouves.append((*noms, nom))
                    muets = [p for p in commande.params if not getattr(p, "help", "")]
                    assert muets == [], (nom, muets)
            return trouves

        for mots in iter_commands(caqes):
            assert run([*mots, "-h"]) == ExitCode.OK
