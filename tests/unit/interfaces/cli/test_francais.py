"""The command line speaks French, to the last word of its help."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import caqes, run
from tests.architecture.depot import RACINE
from tests.outils.anglais import ANGLAIS

_ENGLISH = re.compile(
    r"\b(?:default|required|COMMAND|ARGS|TEXT|PATH|INTEGER|RANGE|FILENAME|Show|message|exit|arguments)\b"
)


def _misuses(commande: click.Command) -> Iterator[list[str]]:
    """Command lines that click refuses: one for each way of being wrong of each parameter."""
    yield ["--inconnu"]
    for nom in getattr(commande, "commands", {}):
        yield [f"{nom}x"]
    if any(parametre.required for parametre in commande.params):
        yield []
    for parametre in commande.params:
        option = parametre.opts[0]
        if not isinstance(parametre, click.Option):
            yield ["x"] * 9 + ["--inconnu"] * (parametre.nargs < 0)
        elif parametre.is_flag:
            yield [f"{option}=oui"]
        else:
            yield [option]
            yield from [] if parametre.multiple else [[option, "x", option, "x"]]
            if getattr(parametre.type, "exists", True) and parametre.type is not click.STRING:
                yield [option, "C:\\Dossier d’été absent"]


def _commands(commande: click.Command, chemin: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield chemin
    if isinstance(commande, click.Group):
        for nom, suite in commande.commands.items():
            yield from _commands(suite, (*chemin, nom))


class DescribeHelp:
    """`caqes … --help`."""

    @pytest.mark.parametrize("chemin", [*_commands(caqes)], ids=" ".join)
    def it_is_french(self, chemin: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
        assert run([*chemin, "--help"]) == ExitCode.OK
        assert _ENGLISH.findall(capsys.readouterr().out) == []

    @pytest.mark.parametrize("chemin", [[], ["clauses"], ["nouveau"], ["importer"]])
    def it_is_shown_to_who_names_no_command(
        self, chemin: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(chemin) == ExitCode.USAGE
        assert capsys.readouterr().err.startswith("Usage\u00a0: caqes")


class DescribeUsage:
    """What is wrong with a command line."""

    @pytest.mark.parametrize("chemin", [*_commands(caqes)], ids=" ".join)
    def it_is_told_in_french(
        self, chemin: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande: click.Command = caqes
        for nom in chemin:
            assert isinstance(commande, click.Group)
            commande = commande.commands[nom]
        for mots in _misuses(commande):
            assert run([*chemin, *mots]) == ExitCode.USAGE, mots
            sortie = capsys.readouterr()
            assert sortie.out == ""
            assert sortie.err.startswith("U-000  ")
            assert f"Voir «\u00a0{' '.join(['caqes', *chemin])} --help\u00a0»." in sortie.err
            assert ANGLAIS.findall(re.sub("--[a-z-]+", "", sortie.err)) == []

    @pytest.mark.parametrize(
        ("ligne", "dit"),
        [
            ("clauses foo", "Voir «\u00a0caqes clauses --help\u00a0»"),
            ("verifier --date-effet 20180101", "n’est pas une date AAAA-MM-JJ, ni JJ/MM/AAAA"),
            ("verifier --date-effet 2018-W01-1", "n’est pas une date AAAA-MM-JJ, ni JJ/MM/AAAA"),
            ("verifier --date-effet 2018-02-30", "n’existe pas au calendrier"),
            ("verifier --date-effet", "attend une valeur."),
            (
                "generer --projet nulle/part",
                "«\u00a0nulle/part\u00a0», donné pour l’option --projet, n’existe pas",
            ),
            ("generer --tous=oui", "n’attend pas de valeur."),
        ],
    )
    def it_is_told(self, ligne: str, dit: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(ligne.split()) == ExitCode.USAGE
        assert dit in capsys.readouterr().err


class DescribeVoisins:
    """Every unknown word asks back the one that was perhaps meant."""

    @pytest.mark.parametrize(
        ("commande", "voisins"),
        [
            ("verifer", ["verifier"]),
            ("generer 990780017 --type grille", ["grille_evaluation"]),
            ("generer 990780017 --type raport", ["rapport_evaluation", "rapport_regional"]),
            ("generer 990780017 --formats dox", ["docx"]),
            ("generer 990780017 --moteur typs", ["typst"]),
            ("schema dosier", ["dossier"]),
            ("expliquer 990780017 delai", ["delais"]),
            ("clauses valider contrat.dure --par A --qualite B --le 2026-01-01", ["contrat.duree"]),
        ],
    )
    def it_is_asked_back(
        self,
        commande: str,
        voisins: list[str],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(RACINE)
        assert run(commande.split()) != ExitCode.OK
        dits = " ou ".join(f"«\u00a0{voisin}\u00a0»" for voisin in voisins)
        assert f"Vouliez-vous dire {dits}\u202f?" in capsys.readouterr().err
