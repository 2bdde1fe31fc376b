"""The commands about the clause library."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from caqes_docs.application.bibliotheque import history, list_wordings
from caqes_docs.application.projet import find_projet
from caqes_docs.application.verifier.bibliotheque import verify_library
from caqes_docs.core.constats import Gravite, has_errors, sort_constats
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import say, show_json, show_table
from caqes_docs.interfaces.cli.commandes import show_findings


def run_check_library(
    au: dt.date | None,
    couverture: bool,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes clauses verifier`: every fault of the library, nothing being generated."""
    racine = find_projet(projet, bibliotheque)
    constats = tuple(sort_constats(verify_library(racine, date_du_jour=au, couverture=couverture)))
    if sortie_format == "json":
        show_json([constat.as_dict() for constat in constats])
    else:
        show_findings(constats)
        erreurs = sum(constat.gravite is Gravite.ERREUR for constat in constats)
        say(
            f"{compte(len(racine.bibliotheque.clauses), 'clause(s) contrôlée(s)')}\u00a0: "
            f"{compte(erreurs, 'erreur(s)')}, "
            f"{compte(len(constats) - erreurs, 'avertissement(s)')}.",
            "red" if erreurs else "green",
        )
    if has_errors(constats):
        raise click.exceptions.Exit(ExitCode.CLAUSE)


def run_list(
    au: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes clauses liste`: one line per wording."""
    lignes = list_wordings(find_projet(projet, bibliotheque), au)
    if sortie_format == "json":
        show_json([ligne.as_dict() for ligne in lignes])
        return
    show_table(
        ("Clause", "En vigueur", "Statut", "Bibliothèque", "Titre"),
        [(x.id, x.periode, x.statut, x.bibliotheque, x.titre) for x in lignes],
    )


def run_history(
    clause: str, sortie_format: str, projet: Path | None, bibliotheque: tuple[Path, ...]
) -> None:
    """`caqes clauses historique`: the successive wordings and what changed between them."""
    etapes = history(find_projet(projet, bibliotheque), clause)
    if sortie_format == "json":
        show_json([etape.as_dict() for etape in etapes])
        return
    for etape in etapes:
        click.echo(f"{etape.ligne.periode}  {etape.ligne.fichier}")
        for ligne in etape.changements:
            click.echo(f"    {ligne}")
