"""The commands about evaluated years: words to use cases, like `main`, which adds them."""

from __future__ import annotations

from typing import Any

import click

from caqes_docs.interfaces.cli.arguments import (
    AnneeSaisie,
    with_evaluation,
    with_format,
    with_output,
    with_project,
)
from caqes_docs.interfaces.cli.francais import Commande, JourDate


@click.command(cls=Commande)
@click.argument("dossiers", nargs=-1)
@with_evaluation
@with_format
@with_project
def evaluer(**options: Any) -> None:
    """Calculer les intéressements et les sanctions proposés, volet par volet.

    Sans DOSSIERS, toutes les évaluations. Le directeur général de l’agence décide.
    """
    from caqes_docs.interfaces.cli import commandes_evaluation

    commandes_evaluation.run_evaluate(**options)


@click.command(cls=Commande)
@click.option("--annee", type=AnneeSaisie(), required=True, help="Année évaluée.")
@click.option("--ars", metavar="AGENCE", help="Agence du rapport, quand le projet en a plusieurs.")
@click.option("--definitif", is_flag=True, help="Rapport à signer : refuse toute donnée manquante.")
@with_output
@click.option(
    "--date-edition",
    type=JourDate(),
    help="Date du rapport (par défaut : celle de la dernière évaluation).",
)
@with_format
@with_project
def consolider(**options: Any) -> None:
    """Réunir les évaluations d’une année en un rapport régional."""
    from caqes_docs.interfaces.cli import commandes_evaluation

    commandes_evaluation.run_consolidate(**options)
