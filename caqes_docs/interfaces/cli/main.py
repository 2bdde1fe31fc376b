"""`caqes`: words to use cases. No rule and no file format here.

The heavy modules are imported inside each command, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from caqes_docs import __version__
from caqes_docs.core.errors import CaqesError, ExitCode
from caqes_docs.interfaces.cli.affichage import say, show_bug, show_error, speak_utf8
from caqes_docs.interfaces.cli.arguments import AnneeSaisie, with_format, with_output, with_project
from caqes_docs.interfaces.cli.declarations_montants import expliquer, simuler
from caqes_docs.interfaces.cli.evaluations import consolider, evaluer
from caqes_docs.interfaces.cli.francais import Groupe, JourDate, usage_message


@click.group(cls=Groupe)
@click.version_option(
    __version__, prog_name="caqes", message="caqes %(version)s", help="Afficher la version."
)
def caqes() -> None:
    """Produire les contrats du CAQES : Word à relire, PDF à signer.

    Les données sont dans contracts_data/, les textes dans clauses/, la mise en page dans
    templates/. Commencer par « caqes verifier ».
    """


@caqes.command()
@click.argument("dossiers", nargs=-1)
@click.option(
    "--date-effet",
    type=JourDate(),
    help="Date d’effet des projets dont la signature n’est pas datée.",
)
@with_format
@with_project
def verifier(**options: Any) -> None:
    """Contrôler les dossiers, tous d’un coup, sans rien produire."""
    from caqes_docs.interfaces.cli import commandes

    commandes.run_check(**options)


@caqes.command()
@click.argument("dossiers", nargs=-1)
@click.option("--tous", is_flag=True, help="Produire les actes de tous les dossiers.")
@click.option(
    "--type",
    "types",
    metavar="TYPE",
    multiple=True,
    default=("contrat",),
    show_default=True,
    help="Type de document ; peut être répété.",
)
@click.option("--definitif", is_flag=True, help="Acte à signer : refuse toute donnée manquante.")
@with_output
@click.option(
    "--date-effet",
    type=JourDate(),
    help="Date d’effet d’un projet dont la signature n’est pas datée.",
)
@click.option(
    "--date-edition", type=JourDate(), help="Date inscrite dans les propriétés des fichiers."
)
@click.option(
    "--annee",
    type=click.IntRange(2017, 2100),
    metavar="ANNÉE",
    help="Année évaluée, pour les documents d’évaluation (par défaut : toutes).",
)
@click.option(
    "--travaux",
    type=click.IntRange(1, 64),
    metavar="NOMBRE",
    default=None,
    help="Processus en parallèle, de 1 à 64 (par défaut : un par cœur).",
)
@with_format
@with_project
def generer(**options: Any) -> None:
    """Produire les actes, en Word et en PDF."""
    from caqes_docs.interfaces.cli import commandes

    commandes.run_generate(**options)


caqes.add_command(evaluer)
caqes.add_command(consolider)
caqes.add_command(simuler)


@caqes.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--annee",
    type=AnneeSaisie(),
    required=True,
    help="Année du ciblage : ses seuils sont ceux du 1er janvier.",
)
@click.option("--ars", metavar="AGENCE", help="Agence de la table, quand le projet en a plusieurs.")
@click.option(
    "--encodage",
    type=click.Choice(["utf-8", "latin-1"]),
    default="utf-8",
    show_default=True,
    help="Encodage d’une table CSV.",
)
@click.option("--feuille", metavar="NOM", help="Feuille d’un classeur qui en a plusieurs.")
@with_output
@click.option(
    "--date-edition", type=JourDate(), help="Date inscrite dans les propriétés des fichiers."
)
@with_format
@with_project
def cibler(**options: Any) -> None:
    """Cibler les établissements d’une région : notes, liste, synthèse et classeur."""
    from caqes_docs.interfaces.cli import commandes_ciblage

    commandes_ciblage.run_target(**options)


caqes.add_command(expliquer)


@caqes.group(cls=Groupe)
def clauses() -> None:
    """Contrôler et lire la bibliothèque de clauses."""


@clauses.command("verifier")
@click.option(
    "--au", type=JourDate(), help="Date à laquelle les relectures sont jugées trop anciennes."
)
@click.option(
    "--couverture",
    is_flag=True,
    help="Signaler les conditions jamais vraies ou jamais fausses dans les dossiers.",
)
@with_format
@with_project
def clauses_verifier(**options: Any) -> None:
    """Contrôler clauses, plans et droit, sans rien produire."""
    from caqes_docs.interfaces.cli import commandes_bibliotheque

    commandes_bibliotheque.run_check_library(**options)


@clauses.command("liste")
@click.option(
    "--au", type=JourDate(), help="Ne montrer que les rédactions en vigueur à cette date."
)
@with_format
@with_project
def clauses_liste(**options: Any) -> None:
    """Lister les clauses et leurs rédactions."""
    from caqes_docs.interfaces.cli import commandes_bibliotheque

    commandes_bibliotheque.run_list(**options)


@clauses.command("historique")
@click.argument("clause")
@with_format
@with_project
def clauses_historique(**options: Any) -> None:
    """Montrer les rédactions successives d’une clause."""
    from caqes_docs.interfaces.cli import commandes_bibliotheque

    commandes_bibliotheque.run_history(**options)


@caqes.group(cls=Groupe)
def nouveau() -> None:
    """Commencer un projet, un dossier, une évaluation, une clause ou un type de document."""


@nouveau.command("projet")
@click.argument("destination", type=click.Path(path_type=Path))
@click.option("--exemple", is_flag=True, help="Y mettre aussi la région fictive.")
def nouveau_projet(destination: Path, exemple: bool) -> None:
    """Créer un projet : clauses, charte et données, à modifier librement."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_new_project(destination, exemple=exemple)


@nouveau.command("dossier")
@click.argument("finess")
@with_project
def nouveau_dossier(**options: Any) -> None:
    """Créer le dossier vide d’un établissement."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_new_dossier(**options)


@nouveau.command("evaluation")
@click.argument("dossiers", nargs=-1)
@click.option(
    "--annee",
    type=click.IntRange(2017, 2100),
    metavar="ANNÉE",
    required=True,
    help="Année à évaluer.",
)
@with_project
def nouvelle_evaluation(**options: Any) -> None:
    """Créer l’évaluation vide d’une année : ce que le contrat demande de mesurer.

    Sans DOSSIERS, pour chaque contrat en vigueur cette année-là. Rien n’est écrasé.
    """
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_new_evaluations(**options)


@nouveau.command("clause")
@click.argument("identifiant")
@click.option(
    "--du", type=JourDate(), required=True, help="Date d’entrée en vigueur de la rédaction."
)
@click.option("--titre", metavar="TITRE", help="Titre imprimé.")
@with_project
def nouveau_clause(**options: Any) -> None:
    """Créer une rédaction de clause (FAMILLE.CLAUSE)."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_new_clause(**options)


@nouveau.command("type")
@click.argument("identifiant")
@click.option("--titre", metavar="TITRE", required=True, help="Titre du document.")
@with_project
def nouveau_type(**options: Any) -> None:
    """Créer un type de document (une lettre, un avenant…)."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_new_type(**options)


@caqes.command()
@click.argument(
    "nom", type=click.Choice(["dossier", "ars", "organisme", "evaluation"]), required=False
)
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="DOSSIER",
    help="Dossier où écrire tous les schémas.",
)
def schema(nom: str | None, sortie: Path | None) -> None:
    """Donner le schéma JSON des fichiers de données, pour l’éditeur de texte."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_schema(nom, sortie)


@caqes.group(cls=Groupe)
def importer() -> None:
    """Créer des dossiers depuis une table."""


@importer.command("finess")
@click.argument("fichier", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--region",
    metavar="CODE",
    multiple=True,
    help="Code INSEE de la région (93, 84…) ; peut être répété.",
)
@click.option(
    "--departement",
    metavar="CODE",
    multiple=True,
    help="Code du département ; peut être répété.",
)
@click.option(
    "--date-signature", type=JourDate(), help="Date de signature inscrite dans les dossiers créés."
)
@click.option("--ars", metavar="NOM", help="Identifiant de l’agence (par défaut : ars-RÉGION).")
@click.option("--essai", is_flag=True, help="Dire ce qui serait fait, sans rien écrire.")
@with_format
@with_project
def importer_finess(**options: Any) -> None:
    """Créer ou mettre à jour un dossier par entité juridique."""
    from caqes_docs.interfaces.cli import commandes_nouveau

    commandes_nouveau.run_import(**options)


def main() -> None:
    """Run `caqes` and turn every failure into a French line and a documented exit code."""
    speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `caqes` with `arguments`; the exit code is returned."""
    try:
        code = caqes.main(arguments, prog_name="caqes", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return ExitCode.USAGE
    except click.UsageError as error:
        message, remede = usage_message(error)
        say(f"U-000  {message}", "red")
        say(f"    → {remede}")
        return ExitCode.USAGE
    except click.exceptions.Abort:
        say("Interrompu.")
        return ExitCode.INTERROMPU
    except CaqesError as error:
        show_error(error)
        return error.exit_code
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:
        return show_bug(error)
    return code if isinstance(code, int) else ExitCode.OK
