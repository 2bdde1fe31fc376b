"""The commands that begin things: project, dossier, clause, type, schema, import."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

import click

from caqes_docs.application.commencer import nouveau
from caqes_docs.application.commencer.evaluation import new_evaluations
from caqes_docs.application.commencer.finess import (
    BilanImport,
    DemandeImport,
    EtatImport,
    import_finess,
)
from caqes_docs.application.commencer.schema import json_schema
from caqes_docs.application.projet import find_projet
from caqes_docs.core.constats import has_errors
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import say, show_json, show_table
from caqes_docs.interfaces.cli.commandes import show_findings

_ETATS = {
    EtatImport.CREE: "créé(s)",
    EtatImport.MIS_A_JOUR: "mis à jour",
    EtatImport.INCHANGE: "inchangé(s)",
    EtatImport.ECARTE: "écarté(s)",
}
"""What became of the dossiers, as it is counted."""


def run_new_project(destination: Path, *, exemple: bool) -> None:
    """`caqes nouveau projet`."""
    noms = nouveau.new_project(destination, exemple=exemple)
    say(f"Projet créé dans «\u00a0{destination}\u00a0»\u00a0: {', '.join(noms)}.", "green")
    if exemple:
        say(f"Essayer\u00a0: caqes generer --tous --projet {destination}")
    else:
        say(f"Continuer\u00a0: caqes nouveau dossier FINESS --projet {destination}")


def run_new_dossier(finess: str, projet: Path | None, bibliotheque: tuple[Path, ...]) -> None:
    """`caqes nouveau dossier`."""
    chemin = nouveau.new_dossier(find_projet(projet, bibliotheque), finess)
    say(f"Dossier créé\u00a0: {chemin}. Le remplir, puis\u00a0: caqes verifier {finess}", "green")


def run_new_evaluations(
    dossiers: tuple[str, ...], annee: int, projet: Path | None, bibliotheque: tuple[Path, ...]
) -> None:
    """`caqes nouveau evaluation`."""
    bilan = new_evaluations(find_projet(projet, bibliotheque), dossiers, annee)
    for chemin in bilan.fichiers:
        click.echo(str(chemin))
    for noms, constat in (
        (bilan.existantes, f"déjà évalués en {annee}"),
        (bilan.hors_annee, f"contrat non signé, ou pas en vigueur en {annee}"),
    ):
        if noms:
            say(f"Laissés de côté ({constat})\u00a0: {', '.join(noms)}.")
    say(
        f"{compte(len(bilan.fichiers), 'évaluation(s) à remplir')}. Ensuite\u00a0: caqes evaluer "
        f"--annee {annee}",
        "green",
    )


def run_new_clause(
    identifiant: str,
    du: dt.date,
    titre: str | None,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes nouveau clause`."""
    chemin = nouveau.new_clause(find_projet(projet, bibliotheque), identifiant, du, titre)
    say(f"Rédaction créée\u00a0: {chemin}. La citer dans un plan de templates/.", "green")


def run_new_type(
    identifiant: str, titre: str, projet: Path | None, bibliotheque: tuple[Path, ...]
) -> None:
    """`caqes nouveau type`."""
    chemin = nouveau.new_type(find_projet(projet, bibliotheque), identifiant, titre)
    say(f"Type créé\u00a0: {chemin}.", "green")
    say(f"Écrire sa clause\u00a0: caqes nouveau clause {identifiant}.texte --du AAAA-MM-JJ")


def run_schema(nom: str | None, sortie: Path | None) -> None:
    """`caqes schema`."""
    if sortie is not None:
        for chemin in nouveau.write_schemas(sortie):
            say(f"Schéma écrit\u00a0: {chemin}", "green")
    else:
        click.echo(json_schema(nom or "dossier").decode(), nl=False)


def run_import(
    fichier: Path,
    region: tuple[str, ...],
    departement: tuple[str, ...],
    date_signature: dt.date | None,
    ars: str | None,
    essai: bool,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes importer finess`."""
    demande = DemandeImport(region, departement, date_signature, ars, essai=essai)
    bilan = import_finess(find_projet(projet, bibliotheque), fichier, demande)
    if sortie_format == "json":
        show_json(_import_as_json(bilan))
    else:
        _show_import(bilan)
    if has_errors(bilan.constats):
        raise click.exceptions.Exit(ExitCode.DONNEES)


def _import_as_json(bilan: BilanImport) -> dict[str, Any]:
    return {
        "table": bilan.table,
        "lignes": bilan.lignes,
        "retenues": bilan.retenues,
        "dossiers": [
            {"finess": entite.finess, "etat": entite.etat.value, "conflits": entite.conflits}
            for entite in bilan.entites
        ],
        "fiches": list(bilan.fiches),
        "manques": [dataclasses.asdict(manque) for manque in bilan.manques],
        "constats": [constat.as_dict() for constat in bilan.constats],
    }


def _show_import(bilan: BilanImport) -> None:
    show_findings(bilan.constats)
    show_table(
        ("À compléter ou à vérifier", "Nombre"),
        [(manque.libelle, str(manque.nombre)) for manque in bilan.manques],
    )
    for fiche in bilan.fiches:
        say(f"Fiche créée, à compléter\u00a0: {fiche}")
    etats = ", ".join(compte(bilan.count(etat), nom) for etat, nom in _ETATS.items())
    say(
        f"{compte(bilan.lignes, 'ligne(s) lue(s)')}, {compte(bilan.retenues, 'retenue(s)')}\u00a0; "
        f"{compte(len(bilan.entites), 'entité(s)')}. Dossiers\u00a0: {etats}, "
        f"{compte(bilan.conflits, 'conflit(s)')}.",
        "red" if has_errors(bilan.constats) else "green",
    )
