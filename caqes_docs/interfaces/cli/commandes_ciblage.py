"""The command that targets a region."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from caqes_docs.application.cibler import BilanCiblage, DemandeCiblage, target
from caqes_docs.application.projet import find_projet
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import is_terminal, say, show_error, show_json, show_table
from caqes_docs.interfaces.cli.commandes import parse_formats


def run_target(
    table: Path,
    annee: int,
    ars: str | None,
    encodage: str,
    feuille: str | None,
    formats: str,
    sortie: Path | None,
    date_edition: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes cibler`: decide, write, then say what came out."""
    racine = find_projet(projet, bibliotheque)
    dossier = sortie or racine.racine / "output"
    demande = DemandeCiblage(
        table, annee, dossier, parse_formats(formats), ars, encodage, feuille, date_edition
    )
    bilan = target(racine, demande, _progress)
    if sortie_format == "json":
        show_json(bilan.as_dict())
    else:
        _show(bilan, dossier)
    if bilan.erreurs:
        raise click.exceptions.Exit(max(erreur.exit_code for erreur in bilan.erreurs))


def _progress(nom: str) -> None:
    if is_terminal():
        say(f"  {nom}")


def _show(bilan: BilanCiblage, dossier: Path) -> None:
    decisions = bilan.campagne.decisions
    show_table(
        ("FINESS", "Établissement", "Transports", "Pertinence", "Qualité", "Risques"),
        [
            (
                decision.finess,
                decision.nom,
                *(volet.issue.libelle for volet in decision.volets),
                str(decision.nb_risques),
            )
            for decision in decisions
        ],
    )
    for erreur in bilan.erreurs:
        show_error(erreur)
    cibles = sum(bool(decision.cibles) for decision in decisions)
    ouverts = sum(bool(decision.ouverts) for decision in decisions)
    say(
        f"{compte(len(decisions), 'établissement(s)')}\u00a0: "
        f"{compte(cibles, 'ciblé(s)')} sur un volet au moins, "
        f"{ouverts} sans conclusion sur un volet au moins.",
    )
    say(
        f"{compte(len(bilan.fichiers), 'fichier(s)')} dans {dossier}.",
        "red" if bilan.erreurs else "green",
    )
