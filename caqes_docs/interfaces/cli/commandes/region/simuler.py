"""`caqes simuler`: the table of a simulation, and its document when a folder is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet
    from caqes_docs.application.region.simuler import BilanSimulation


@dataclass(frozen=True, kw_only=True)
class Simuler(ArgumentsProduits):
    """Dire ce que donnerait une année selon la valeur d’un indicateur, sans rien enregistrer.

    Avec --sortie, un document Word et PDF en est tiré. Une simulation n’est pas une proposition :
    le directeur général de l’agence décide, d’après ce qui aura été constaté.
    """

    dossier: str = cli.dossier()
    annee: int = cli.option(
        "--annee", type=cli.ANNEE_EVALUEE, metavar="ANNÉE", required=True, help="Année simulée."
    )
    volet: str = cli.option(
        "--volet",
        metavar="VOLET",
        required=True,
        help="Volet simulé : socle, transports, pertinence, qualite, ou un volet de la région.",
    )
    indicateur: str | None = cli.option(
        "--indicateur",
        metavar="NOM",
        help="Ce qui varie : principal (par défaut), supplementaire, le code d’un indicateur ou "
        "d’un objectif, le numéro d’une action, niveau (par défaut pour le socle), "
        "depense_constatee, depense_cible, depense_de_reference, "
        "evolution_tendancielle, nombre_risques, modulation, sanction_proposee, "
        "ou cible.",
    )
    de: str | None = cli.option(
        "--de", metavar="VALEUR", help="Première valeur, dans son unité : « 3,9 % »."
    )
    a: str | None = cli.option("--a", metavar="VALEUR", help="Dernière valeur.")
    pas: str | None = cli.option(
        "--pas", metavar="VALEUR", help="Écart entre deux valeurs, sauf pour oui ou non."
    )
    hypotheses: tuple[str, ...] = cli.option(
        "--hypothese",
        metavar="NOM=VALEUR",
        multiple=True,
        help="Donnée supposée, là où l’évaluation manque ou à sa place ; peut être répétée. Pour "
        "un autre volet : VOLET:NOM=VALEUR. Le dernier exercice clos : exercice_clos=2018.",
    )
    date_effet: dt.date | None = cli.date_effet(
        "Date d’effet supposée d’un contrat qui n’est pas encore signé (un 1er janvier)."
    )
    date_edition: dt.date | None = cli.date_edition()
    formats: str | None = cli.formats("Formats du document")
    moteur: str | None = cli.moteur()
    sortie: Path | None = cli.sortie("Dossier où écrire le document (par défaut : aucun document).")

    def work(self, projet: Projet) -> Accompli:
        """Simulate, write when a folder is given, then show the table."""
        from caqes_docs.application.region.simuler import (
            DemandeSimulation,
            simulate_year,
            write_simulation,
        )

        voulus = cli.parse_formats(self.formats, projet, self.moteur)
        demande = DemandeSimulation(
            self.dossier,
            self.annee,
            self.volet,
            self.indicateur,
            self.de,
            self.a,
            self.pas,
            self.hypotheses,
            self.date_effet,
        )
        bilan = simulate_year(projet, demande)
        if self.sortie is not None:
            bilan = write_simulation(projet, bilan, self.sortie, voulus, self.date_edition)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, self.sortie)
        codes = [erreur.exit_code for erreur in bilan.erreurs]
        codes.append(ecran.findings_code(bilan.simulation.constats))
        fichiers = [self.sortie / nom for nom in bilan.fichiers] if self.sortie else []
        return Accompli(fichiers, codes)


def _show(bilan: BilanSimulation, sortie: Path | None) -> None:
    resolue = bilan.resolue
    click.echo(f"{resolue.finess} – {resolue.nom}, {resolue.annee}")
    click.echo(f"{resolue.volet}\u00a0: {resolue.grandeur}")
    if resolue.cible:
        click.echo(f"Cible de {resolue.annee}\u00a0: {resolue.cible}")
    click.echo()
    ecran.show_table(
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
    ecran.show_findings(bilan.simulation.constats)
    for erreur in bilan.erreurs:
        ecran.show_error(erreur)
    if sortie is not None:
        ecran.say_files(bilan.fichiers, sortie, failed=bool(bilan.erreurs))
    ecran.say("Simulation\u00a0: ce n’est pas une proposition, le directeur général décide.")


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
        click.echo(f"  {h.libelle}\u00a0: {h.valeur} ({h.place})")
    for autre in resolue.autres:
        mesure = "" if autre.mesure == autre.montant else f" ({autre.mesure})"
        click.echo(f"  {autre.libelle}\u00a0: {autre.montant}{mesure}")
