"""Arguments that several commands share: dates, the project, the form of the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def with_project(commande: F) -> F:
    """The options that name the project and its regional libraries."""
    projet = click.option(
        "--projet",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DOSSIER",
        help="Dossier du projet (par défaut : le dossier courant ou l’un de ses parents).",
    )
    bibliotheque = click.option(
        "--bibliotheque",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="DOSSIER",
        help="Bibliothèque régionale posée sur clauses/ ; peut être répétée.",
    )
    return projet(bibliotheque(commande))


def with_format(commande: F) -> F:
    """The option that asks for JSON."""
    return click.option(
        "--format",
        "sortie_format",
        type=click.Choice(["texte", "json"]),
        default="texte",
        help="Forme de la réponse.",
    )(commande)
