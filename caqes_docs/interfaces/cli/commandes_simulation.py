"""`caqes simuler`: the table of a simulation, and its document when a folder is given."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from caqes_docs.application.projet import find_projet
from caqes_docs.application.simuler import (
    BilanSimulation,
    DemandeSimulation,
    simulate_year,
    write_simulation,
)
from caqes_docs.core.constats import has_errors
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import say, show_error, show_json, show_table
from caqes_docs.interfaces.cli.commandes import parse_formats, show_findings


def run_simulate(
    dossier: str,
    annee: int,
    volet: str,
    indicateur: str | None,
    de: str | None,
    a: str | None,
    pas: str | None,
    hypotheses: tuple[str, ...],
    date_effet: dt.date | None,
    date_edition: dt.date | None,
    formats: str,
    sortie: Path | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """The answer to `caqes simuler`."""
    racine, voulus = find_projet(projet, bibliotheque), parse_formats(formats)
    demande = DemandeSimulation(
        dossier, annee, volet, indicateur, de, a, pas, hypotheses, date_effet
    )
    bilan = simulate_year(racine, demande)
    if sortie is not None:
        bilan = write_simulation(racine, bilan, sortie, voulus, date_edition)
    if sortie_format == "json":
        show_json(bilan.as_dict())
    else:
        _show(bilan, sortie)
    codes = [erreur.exit_code for erreur in bilan.erreurs]
    if has_errors(bilan.simulation.constats):
        codes.append(ExitCode.DONNEES)
    if codes:
        raise click.exceptions.Exit(max(codes))


def _show(bilan: BilanSimulation, sortie: Path | None) -> None:
    resolue = bilan.resolue
    click.echo(f"{resolue.finess} – {resolue.nom}, {resolue.annee}")
    click.echo(f"{resolue.volet}\u00a0: {resolue.grandeur}")
    if resolue.cible:
        click.echo(f"Cible de {resolue.annee}\u00a0: {resolue.cible}")
    click.echo()
    show_table(
        ("Valeur", "Objectif", "Mesure", "Hors total", "Niveau", "Part", "Volet", "Total"),
        [
            (
                x.valeur,
                x.atteinte,
                x.mesure,
                x.hors_total,
                x.niveau,
                x.modulation,
                x.montant,
                x.total,
            )
            for x in resolue.lignes
        ],
    )
    if bilan.reste:
        click.echo(f"\nLe pas ne tombe pas sur --a\u00a0: {bilan.reste} n’est pas simulé.")
    _show_changes(bilan)
    _show_hypotheses(bilan)
    show_findings(bilan.simulation.constats)
    for erreur in bilan.erreurs:
        show_error(erreur)
    if sortie is not None:
        fichiers = compte(len(bilan.fichiers), "fichier(s)")
        say(f"{fichiers} dans {sortie}.", "red" if bilan.erreurs else "green")
    say("Simulation\u00a0: ce n’est pas une proposition, le directeur général décide.")


def _show_changes(bilan: BilanSimulation) -> None:
    resolue = bilan.resolue
    if not resolue.ruptures and not resolue.connus:
        return
    if not resolue.ruptures:
        click.echo("\nLe résultat du volet est le même pour toutes les valeurs.")
        return
    click.echo("\nCe qui change\u00a0:")
    for r in resolue.ruptures:
        click.echo(
            f"  entre {r.avant} et {r.apres}\u00a0: de {r.montant_avant} ({r.mesure_avant}) à "
            f"{r.montant_apres} ({r.mesure_apres})"
        )


def _show_hypotheses(bilan: BilanSimulation) -> None:
    resolue = bilan.resolue
    click.echo("\nToutes choses égales par ailleurs\u00a0:")
    if resolue.date_effet_supposee is not None:
        click.echo(f"  date d’effet\u00a0: {resolue.date_effet_supposee:%d/%m/%Y} (supposée)")
    for h in resolue.hypotheses:
        click.echo(f"  {h.libelle}\u00a0: {h.valeur} ({h.origine})")
    for autre in resolue.autres:
        mesure = "" if autre.mesure == autre.montant else f" ({autre.mesure})"
        click.echo(f"  {autre.libelle}\u00a0: {autre.montant}{mesure}")


__all__ = ["run_simulate"]
