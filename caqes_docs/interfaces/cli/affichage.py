"""Findings and tables on the terminal, or as JSON.

The product goes to stdout, the talk to stderr.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from caqes_docs.core.constats import Constat, Gravite, group_by_cause, has_errors
from caqes_docs.core.errors import CaqesError, ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source

_COULEURS = {Gravite.ERREUR: "red", Gravite.MANQUE: "yellow", Gravite.AVERTISSEMENT: "cyan"}


def speak_utf8() -> None:
    """No sign may break the talk: files and pipes get UTF-8, a narrow terminal gets « ? »."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            if flux.isatty():
                flux.reconfigure(errors="replace")
            else:
                flux.reconfigure(encoding="utf-8")


def is_terminal() -> bool:
    """Whether the user watches: colours and progress only then."""
    return sys.stderr.isatty()


def say(texte: str, couleur: str | None = None) -> None:
    """One line of talk, on stderr."""
    click.echo(click.style(texte, fg=couleur) if couleur and is_terminal() else texte, err=True)


def say_files(fichiers: Sequence[object], dossier: Path, *, failed: bool) -> None:
    """How many files a command has written, and where."""
    say(f"{compte(len(fichiers), 'fichier(s)')} dans {dossier}.", "red" if failed else "green")


def show_json(contenu: Any) -> None:
    """The product as JSON, on stdout."""
    click.echo(json.dumps(contenu, ensure_ascii=False, indent=2, default=str))


def show_findings(constats: Sequence[Constat]) -> None:
    """Findings grouped by cause, on stdout."""
    for constat, sources in group_by_cause(constats):
        _show_group(constat, sources)


def _show_group(constat: Constat, sources: Sequence[Source]) -> None:
    """One cause and its places, on stdout (it is the product of `verifier`)."""
    couleur = _COULEURS[constat.gravite] if sys.stdout.isatty() else None
    tete = f"{constat.code}  {constat.gravite.value}"
    tete = click.style(tete, fg=couleur, bold=True) if couleur else tete
    if len(sources) == 1:
        click.echo(f"{sources[0]}  {tete}")
    else:
        click.echo(f"{len(sources)} endroits  {tete}")
    click.echo(f"    {constat.message}")
    if constat.remede:
        click.echo(f"    → {constat.remede}")
    if len(sources) > 1:
        for source in sources:
            click.echo(f"      {source}")


def show_table(entetes: Sequence[str], lignes: Sequence[Sequence[str]]) -> None:
    """A table on stdout: drawn by rich on a terminal, tab-separated elsewhere."""
    if not sys.stdout.isatty():
        for ligne in (entetes, *lignes):
            click.echo("\t".join(ligne))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*entetes, header_style="bold")
    for ligne in lignes:
        table.add_row(*ligne)
    Console().print(table, markup=False)


def findings_code(constats: Iterable[Constat], code: ExitCode = ExitCode.DONNEES) -> ExitCode:
    """The exit code that findings call for: `code` when one of them is an error."""
    return code if has_errors(constats) else ExitCode.OK


def leave_with(*codes: ExitCode | None) -> None:
    """End the command with the worst of these codes."""
    raise click.exceptions.Exit(max((code for code in codes if code), default=ExitCode.OK))


def show_error(error: CaqesError) -> None:
    """What stopped the work, on stderr; every finding it carries is listed."""
    ou = f"{error.source}\u00a0: " if error.source else ""
    say(f"{error.code}  {ou}{error.message}", "red")
    if error.remede:
        say(f"    → {error.remede}")
    for constat in error.constats:
        say(f"  {constat.source}  {constat.code}  {constat.message}")
        if constat.remede:
            say(f"      → {constat.remede}")


def show_bug(error: Exception) -> int:
    """Own a fault of the program, and keep its trace for those who can read it."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", suffix=".txt", prefix="caqes-", delete=False) as trace:
        traceback.print_exception(error, file=trace)
    say("X-000  Erreur interne du logiciel. Aucun fichier n’a été laissé incomplet.", "red")
    say(f"    → Merci de transmettre «\u00a0{trace.name}\u00a0» à l’équipe du logiciel.")
    return ExitCode.INTERNE
