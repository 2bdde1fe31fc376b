"""The names that the Tab key offers: dossiers and types of document of the project around."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

_NOM = re.compile(r"^ +raison_sociale:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_TITRE = re.compile(r"^titre:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def complete_dossiers(
    ctx: click.Context, _param: click.Parameter, debut: str
) -> list[CompletionItem]:
    """The dossiers whose file name begins with `debut`, each with its establishment."""
    return _offer(ctx, "contracts_data/dossiers/**/*.y*ml", _NOM, debut)


def complete_etats(ctx: click.Context, param: click.Parameter, debut: str) -> list[CompletionItem]:
    """The dossiers, and the acts saved around."""
    saved: list[CompletionItem] = []
    with contextlib.suppress(OSError):
        dossier = Path(debut).parent if Path(debut).name else Path(debut)
        saved = [
            CompletionItem(chemin.as_posix(), help="acte enregistré")
            for chemin in sorted(dossier.glob("*.json"))
            if chemin.as_posix().startswith(debut)
        ]
    return [*complete_dossiers(ctx, param, debut), *saved]


def complete_types(ctx: click.Context, _param: click.Parameter, debut: str) -> list[CompletionItem]:
    """The types of document whose name begins with `debut`, each with its title."""
    return _offer(ctx, "templates/*/plan.yaml", _TITRE, debut)


def _offer(
    ctx: click.Context, motif: str, titre: re.Pattern[str], debut: str
) -> list[CompletionItem]:
    """What lies under `motif`; nothing ever fails under the Tab key."""
    with contextlib.suppress(OSError):
        for racine in _roots(ctx):
            return [
                CompletionItem(nom, help=_first(titre, fichier))
                for fichier in sorted(racine.glob(motif))
                for nom in [fichier.parent.name if fichier.stem == "plan" else fichier.stem]
                if nom.startswith(debut)
            ]
    return []


def _roots(ctx: click.Context) -> Iterator[Path]:
    demande = ctx.params.get("projet")
    ici = Path.cwd()
    for dossier in [Path(demande)] if demande else [ici, *ici.parents]:
        if (dossier / "contracts_data").is_dir() and (dossier / "templates").is_dir():
            yield dossier


def _first(titre: re.Pattern[str], fichier: Path) -> str:
    trouve = titre.search(fichier.read_text("utf-8", "replace"))
    return trouve[1].strip("\"'") if trouve else ""
