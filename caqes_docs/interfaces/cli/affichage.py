"""Findings and tables on the terminal, or as JSON.

The product goes to stdout, the talk to stderr.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import re
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, TextIO

import click

from caqes_docs.core.constats import Constat, Gravite, group_by_cause, has_errors
from caqes_docs.core.errors import CaqesError, ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source

_COULEURS = {Gravite.ERREUR: "red", Gravite.MANQUE: "yellow", Gravite.AVERTISSEMENT: "cyan"}
_REPLIS = {
    "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-",
    "→": "->", "←": "<-", "↦": "->", "•": "*", "·": ".", "×": "x", "≤": "<=", "≥": ">=",
    "≠": "<>", "⁄": "/", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "€": "EUR",
}  # fmt: skip
"""How a sign is told on a terminal that lacks it; other letters lose their accent."""


def _fold(error: UnicodeError) -> tuple[str, int]:
    """What stands for the first sign that the terminal lacks (an error handler of codecs)."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signe = error.object[error.start]
    formes = _REPLIS.get(signe) or unicodedata.normalize("NFKD", signe)
    repli = "".join(_REPLIS.get(x, x) for x in formes).encode("ascii", "ignore").decode()
    return repli or "?", error.start + 1


codecs.register_error("caqes", _fold)


def speak_plainly() -> None:
    """No sign may break the talk: files and pipes get UTF-8, a narrow terminal what it can show."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            if flux.isatty():
                flux.reconfigure(errors="caqes")
            else:
                flux.reconfigure(encoding="utf-8")


def is_terminal() -> bool:
    """Whether the user watches: progress only then."""
    return sys.stderr.isatty()


def _dress(texte: str, flux: TextIO, **style: Any) -> str:
    """`texte` in colour where it is seen; `NO_COLOR` forbids it, as elsewhere."""
    return (
        click.style(texte, **style) if flux.isatty() and not os.environ.get("NO_COLOR") else texte
    )


class _Oreille:
    """A stream that keeps what goes through it, and lets it go on unless it is mute."""

    def __init__(self, flux: TextIO, *, muet: bool) -> None:
        self._flux, self._muet = flux, muet
        self.entendu: list[str] = []
        self.encoding, self.errors = flux.encoding, flux.errors

    def isatty(self) -> bool:
        """As the stream itself."""
        return self._flux.isatty()

    def write(self, texte: str) -> int:
        """Keep and pass on; a line of progress, which is written over, is not kept."""
        if not texte.startswith("\r"):
            self.entendu.append(texte)
        return len(texte) if self._muet else self._flux.write(texte)

    def flush(self) -> None:
        """As the stream itself."""
        self._flux.flush()


@dataclass
class Entendu:
    """What was told meanwhile, and whether errors alone are to be."""

    dit: tuple[str, str] = ("", "")
    """On stdout, on stderr."""
    discret: bool = False


_ETAT = Entendu()


@contextlib.contextmanager
def listened(*, discret: bool, muet: bool) -> Iterator[Entendu]:
    """What is told meanwhile; errors alone when `discret`, nothing on stdout when `muet`."""
    out: Any = _Oreille(sys.stdout, muet=muet)
    err: Any = _Oreille(sys.stderr, muet=False)
    entendu, _ETAT.discret = Entendu(), discret
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            yield entendu
    finally:
        _ETAT.discret = False
        entendu.dit = ("".join(out.entendu), "".join(err.entendu))


def say(texte: str, couleur: str | None = None) -> None:
    """One line of talk, on stderr; only what is wrong, to who asked for nothing else."""
    if couleur == "red" or not _ETAT.discret:
        _tell(texte, couleur)


def _tell(texte: str, couleur: str | None = None) -> None:
    click.echo(_dress(texte, sys.stderr, fg=couleur) if couleur else texte, err=True)


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """What says where the work is, in one line that is written over; nobody watching, nothing."""

    def tell(texte: str) -> None:
        if is_terminal() and not _ETAT.discret:
            largeur = shutil.get_terminal_size().columns - 1
            click.echo(f"\r{texte[:largeur]:<{largeur}}\r", nl=False, err=True)

    try:
        yield tell
    finally:
        tell("")


def say_files(fichiers: Sequence[object], dossier: Path, *, failed: bool) -> None:
    """How many files a command has written, and where."""
    say(f"{compte(len(fichiers), 'fichier(s)')} dans {dossier}.", "red" if failed else "green")


def show_json(contenu: Any) -> None:
    """The product as JSON, on stdout; a narrow terminal gets escapes, which are JSON too."""
    etroit = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    click.echo(json.dumps(contenu, ensure_ascii=etroit, indent=2, default=str))


def quoted_path(chemin: PurePath) -> str:
    """`chemin` as it is typed in a command of any terminal."""
    return f'"{chemin}"' if re.search(r"[^\w./\\:~-]", str(chemin)) else str(chemin)


def show_findings(constats: Sequence[Constat]) -> None:
    """Findings grouped by cause, on stdout."""
    for constat, sources in group_by_cause(constats):
        if not _ETAT.discret:
            _show_group(constat, sources)
        elif constat.gravite is Gravite.ERREUR:
            with contextlib.redirect_stdout(sys.stderr):
                _show_group(constat, sources)


def tally(constats: Iterable[Constat]) -> str:
    """How many findings of each gravity, in words: the same after every command."""
    nombres = Counter(constat.gravite for constat in constats)
    return (
        f"{compte(nombres[Gravite.ERREUR], 'erreur(s)')}, "
        f"{compte(nombres[Gravite.MANQUE], 'donnée(s) à compléter')}, "
        f"{compte(nombres[Gravite.AVERTISSEMENT], 'avertissement(s)')}"
    )


def show_foreseen(a_signer: Iterable[tuple[Constat, int]]) -> None:
    """What acts to sign will be told besides, on stdout: a sentence per code, its list left out."""
    for constat, nombre in () if _ETAT.discret else a_signer:
        phrase = constat.message.partition("\u00a0: ")[0].rstrip(".")
        phrase = phrase[0].lower() + phrase[1:]
        contrats = f", {compte(nombre, 'contrat(s)')}" if nombre > 1 else ""
        click.echo(f"À la signature\u00a0: {phrase} ({constat.code}{contrats}).")
        click.echo(f"    → {constat.remede}")


def _show_group(constat: Constat, sources: Sequence[Source]) -> None:
    """One cause and its places, on stdout (it is the product of `verifier`)."""
    tete = f"{constat.code}  {constat.gravite.value}"
    tete = _dress(tete, sys.stdout, fg=_COULEURS[constat.gravite], bold=True)
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

    table = Table(header_style="bold")
    for entete in entetes:
        table.add_column(entete, overflow="fold")
    for ligne in lignes:
        table.add_row(*ligne)
    Console().print(table, markup=False)


def findings_code(constats: Iterable[Constat], code: ExitCode = ExitCode.DONNEES) -> ExitCode:
    """The exit code that findings call for: `code` when one of them is an error, or a breakdown."""
    dits = tuple(constats)
    if any(constat.code == "X-000" for constat in dits):
        return ExitCode.INTERNE
    return code if has_errors(dits) else ExitCode.OK


def leave_with(*codes: ExitCode | None) -> None:
    """End the command with the worst of these codes."""
    raise click.exceptions.Exit(max((code for code in codes if code), default=ExitCode.OK))


def show_error(error: CaqesError) -> None:
    """What stopped the work, on stderr; every finding it carries is listed."""
    ou = f"{error.source}\u00a0: " if error.source else ""
    _tell(f"{error.code}  {ou}{error.message}", "red")
    if error.remede:
        _tell(f"    → {error.remede}")
    for constat in error.constats:
        _tell(f"  {constat.source}  {constat.code}  {constat.message}")
        if constat.remede:
            _tell(f"      → {constat.remede}")


def show_bug(error: Exception) -> int:
    """Own a fault of the program, and keep its trace for those who can read it."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", suffix=".txt", prefix="caqes-", delete=False
    ) as trace:
        traceback.print_exception(error, file=trace)
    say("X-000  Erreur interne du logiciel. Aucun fichier n’a été laissé incomplet.", "red")
    say(f"    → Merci de transmettre «\u00a0{trace.name}\u00a0» à l’équipe du logiciel.")
    return ExitCode.INTERNE
