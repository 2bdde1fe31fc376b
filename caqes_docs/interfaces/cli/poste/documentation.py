"""`caqes erreur` and `caqes aide`: the documentation, without a network nor a browser."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import click

from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class Erreur(cli.Arguments):
    """Expliquer un code : ce qu’il dit, pourquoi, et que faire."""

    codes: tuple[str, ...] = cli.argument(
        nargs=-1, help="Code à expliquer, par exemple D-041 (aucun : la liste de tous)."
    )

    def run(self) -> None:
        """Show the sections of the codes."""
        from caqes_docs.application.commencer.documentation import explain_code, list_codes

        if not self.codes:
            ecran.show_table(("Code", "Ce qu’il dit"), list_codes())
        for rubrique in [explain_code(code) for code in self.codes]:
            _show(rubrique.texte)


@dataclass(frozen=True, kw_only=True)
class Aide(cli.Arguments):
    """Lire le guide, en entier ou sur un sujet."""

    sujet: tuple[str, ...] = cli.argument(
        nargs=-1,
        help="Mots d’un titre du guide, par exemple « logo », ou nom d’un document "
        "(aucun : la liste des sujets).",
    )

    def run(self) -> None:
        """Show what is asked for, or what can be."""
        from caqes_docs.application.commencer.documentation import find_help, list_subjects

        if self.sujet:
            _show(find_help(" ".join(self.sujet)))
        else:
            ecran.show_table(("Document", "Sujet"), list_subjects())


def _show(texte: str) -> None:
    """Markdown as it is in a file or a pipe; laid out on a terminal."""
    if not sys.stdout.isatty():
        click.echo(f"{texte}\n")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(texte, hyperlinks=False))
