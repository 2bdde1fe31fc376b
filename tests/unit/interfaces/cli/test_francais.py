"""The command line speaks French, to the last word of its help."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli.main import caqes, run

_ENGLISH = re.compile(
    r"\b(?:default|required|COMMAND|ARGS|TEXT|PATH|INTEGER|RANGE|FILENAME|Show|message|exit|arguments)\b"
)


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

    @pytest.mark.parametrize(
        ("ligne", "dit"),
        [
            ("clauses foo", "Voir «\u00a0caqes clauses --help\u00a0»"),
            ("verifier --date-effet 20180101", "n’est pas une date AAAA-MM-JJ, ni JJ/MM/AAAA"),
            ("verifier --date-effet 2018-W01-1", "n’est pas une date AAAA-MM-JJ, ni JJ/MM/AAAA"),
            ("verifier --date-effet 2018-02-30", "n’existe pas au calendrier"),
            ("verifier --date-effet", "attend une valeur."),
            ("generer --tous=oui", "n’attend pas de valeur."),
        ],
    )
    def it_is_told(self, ligne: str, dit: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(ligne.split()) == ExitCode.USAGE
        assert dit in capsys.readouterr().err
