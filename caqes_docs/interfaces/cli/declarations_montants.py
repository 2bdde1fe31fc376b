"""The commands that tell or suppose amounts; the work is imported when it is asked for.

`main` adds them to the group `caqes`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from caqes_docs.interfaces.cli.arguments import with_format, with_project
from caqes_docs.interfaces.cli.francais import Commande, JourDate

_ANNEE = click.IntRange(2017, 2100)


@click.command(cls=Commande)
@click.argument("dossier")
@click.option("--annee", type=_ANNEE, metavar="ANNÉE", required=True, help="Année simulée.")
@click.option(
    "--volet",
    metavar="VOLET",
    required=True,
    help="Volet simulé : socle, transports, pertinence, qualite, ou un volet de la région.",
)
@click.option(
    "--indicateur",
    metavar="NOM",
    help="Ce qui varie : principal (par défaut), supplementaire, le code d’un indicateur ou d’un "
    "objectif, le numéro d’une action, niveau (par défaut pour le socle), depense_constatee, "
    "depense_de_reference, nombre_risques, modulation, sanction_proposee, ou cible.",
)
@click.option("--de", metavar="VALEUR", help="Première valeur, dans son unité : « 3,9 % ».")
@click.option("--a", metavar="VALEUR", help="Dernière valeur.")
@click.option("--pas", metavar="VALEUR", help="Écart entre deux valeurs, sauf pour oui ou non.")
@click.option(
    "--hypothese",
    "hypotheses",
    metavar="NOM=VALEUR",
    multiple=True,
    help="Donnée supposée, là où l’évaluation manque ou à sa place ; peut être répétée. Pour un "
    "autre volet : VOLET:NOM=VALEUR. Le dernier exercice clos : exercice_clos=2018.",
)
@click.option(
    "--date-effet",
    type=JourDate(),
    help="Date d’effet supposée d’un contrat qui n’est pas encore signé (un 1er janvier).",
)
@click.option(
    "--date-edition", type=JourDate(), help="Date inscrite dans les propriétés des fichiers."
)
@click.option(
    "--formats",
    metavar="LISTE",
    default="docx,pdf",
    show_default=True,
    help="Formats du document, séparés par des virgules : docx, pdf, txt, json.",
)
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Dossier où écrire le document (par défaut : aucun document).",
)
@with_format
@with_project
def simuler(**options: Any) -> None:
    """Dire ce que donnerait une année selon la valeur d’un indicateur, sans rien enregistrer.

    Avec --sortie, un document Word et PDF en est tiré. Une simulation n’est pas une proposition :
    le directeur général de l’agence décide, d’après ce qui aura été constaté.
    """
    from caqes_docs.interfaces.cli import commandes_simulation

    commandes_simulation.run_simulate(**options)


@click.command(cls=Commande)
@click.argument("dossier")
@click.argument("sujet", required=False, default="")
@click.option(
    "--type",
    "type_id",
    metavar="TYPE",
    help="Type de document, pour les sujets qui ne sont pas des montants (par défaut : contrat).",
)
@click.option(
    "--annee",
    type=_ANNEE,
    metavar="ANNÉE",
    help="Année évaluée, pour les montants (par défaut : toutes).",
)
@click.option(
    "--date-effet",
    type=JourDate(),
    help="Date d’effet d’un projet dont la signature n’est pas datée.",
)
@with_format
@with_project
def expliquer(**options: Any) -> None:
    """Dire pourquoi un acte se lit ainsi, ou comment un montant est calculé.

    SUJET restreint la réponse : dates, clauses, indicateurs, droit ou citations ; ou demande des
    montants, étape par étape : montants (tous), total, refus, socle, transports, pertinence,
    qualite ou un volet de la région.
    """
    from caqes_docs.interfaces.cli import commandes_explication

    commandes_explication.run(**options)


__all__ = ["expliquer", "simuler"]
