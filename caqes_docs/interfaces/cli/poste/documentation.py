"""`caqes erreur` and `caqes aide`: the documentation, without a network nor a browser."""

from __future__ import annotations

import re
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


_INSECABLES = str.maketrans({"\u00a0": "\ue000", "\u202f": "\ue001"})
"""No-break spaces, under signs at which rich breaks no line."""
_RENDUES = {0xE000: "\u00a0", 0xE001: "\u202f"}
_ESPACES = re.compile("(```.*?```|`[^`]*`)|(?<=«) | (?=[»:;!?])", re.DOTALL)
"""Code, as it is typed; a space that French typography does not break."""
_LARGEUR = 100
"""Columns of a file or a pipe."""


def _show(texte: str) -> None:
    """Markdown laid out for who reads it, without colours in a file or a pipe."""
    from rich.console import Console
    from rich.markdown import Markdown

    ecran_large = sys.stdout.isatty()
    console = Console(width=None if ecran_large else _LARGEUR)
    with console.capture() as rendu:
        lie = _ESPACES.sub(lambda trouve: trouve[1] or "\u00a0", texte)
        console.print(Markdown(lie.translate(_INSECABLES), hyperlinks=False))
    lignes = rendu.get().translate(_RENDUES).splitlines()
    click.echo("\n".join(ligne if ecran_large else ligne.rstrip() for ligne in lignes) + "\n")
