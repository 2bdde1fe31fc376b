"""Arguments that several commands share: dates, the project, the form of the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class AnneeSaisie(click.ParamType[Any]):
    """A year in four digits."""

    name = "AAAA"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The year, or a French complaint."""
        texte = str(value)
        if len(texte) == len(self.name) and texte.isascii() and texte.isdigit() and value != "0000":
            return int(texte)
        return self.fail(f"«\u00a0{value}\u00a0» n’est pas une année AAAA.", param, ctx)


class Classeur(click.ParamType[Any]):
    """The path of a workbook to write."""

    name = "FICHIER.xlsx"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, or a French complaint."""
        chemin = Path(value)
        if chemin.suffix.lower() == ".xlsx":
            return chemin
        return self.fail(f"«\u00a0{value}\u00a0» n’est pas un nom en .xlsx.", param, ctx)


def with_evaluation(commande: F) -> F:
    """The options of an evaluation: the year, and the workbook to write."""
    annee = click.option(
        "--annee", type=click.IntRange(2017, 2100), metavar="ANNÉE", help="Année évaluée."
    )
    xlsx = click.option(
        "--xlsx",
        type=Classeur(),
        metavar="FICHIER",
        help="Écrire aussi le calcul dans un classeur, chaque montant en formules.",
    )
    return annee(xlsx(commande))


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


def with_output(commande: F) -> F:
    """The options that say which files are made, and where."""
    formats = click.option(
        "--formats",
        metavar="LISTE",
        default="docx,pdf",
        show_default=True,
        help="Formats, séparés par des virgules : docx, pdf, txt, json.",
    )
    sortie = click.option(
        "--sortie",
        type=click.Path(path_type=Path),
        metavar="DOSSIER",
        help="Dossier des fichiers produits (par défaut : output/ du projet).",
    )
    return formats(sortie(commande))
