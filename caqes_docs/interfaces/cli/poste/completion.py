"""`caqes completion`: what makes the Tab key complete commands, options, dossiers and types."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from caqes_docs.interfaces.cli import arguments as cli

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($mot, $commande, $position)
    $Env:%(complete_var)s = "powershell_complete"
    $Env:CAQES_COMMANDE = $commande.ToString()
    $Env:CAQES_MOT = $mot
    %(prog_name)s | ForEach-Object {
        $nom, $aide = $_ -split "`t", 2
        if (-not $aide) { $aide = $nom }
        [System.Management.Automation.CompletionResult]::new($nom, $nom, "ParameterValue", $aide)
    }
    $Env:%(complete_var)s = $null
    $Env:CAQES_COMMANDE = $null
    $Env:CAQES_MOT = $null
}
"""


class PowerShellComplete(ShellComplete):
    """PowerShell, which click does not know."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words typed before the one that is being typed, and that one."""
        mots = split_arg_string(os.environ.get("CAQES_COMMANDE", ""))[1:]
        debut = os.environ.get("CAQES_MOT", "")
        return (mots[:-1] if debut and mots and mots[-1] == debut else mots), debut

    def format_completion(self, item: CompletionItem) -> str:
        """One line: the word, then what it is."""
        return f"{item.value}\t{item.help or ''}"


add_completion_class(PowerShellComplete)


@dataclass(frozen=True, kw_only=True)
class Completion(cli.Arguments):
    """Donner ce qui fait compléter commandes, options, dossiers et types par la touche Tab."""

    terminal: str = cli.argument(
        type=click.Choice(["bash", "zsh", "fish", "powershell"]),
        help="Le terminal ; sa ligne d’installation est dans le guide, § 10.",
    )

    def run(self) -> None:
        """Print the script of the terminal."""
        classe = get_completion_class(self.terminal)
        assert classe is not None
        groupe = click.get_current_context().find_root().command
        complement = classe(groupe, {}, "caqes", "_CAQES_COMPLETE")
        click.echo(complement.source_template % complement.source_vars())
