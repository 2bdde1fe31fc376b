"""The commands that begin things: project, dossier, clause, type, schema, import."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from caqes_docs.application import nouveau
from caqes_docs.application.projet import find_projet
from caqes_docs.application.schema import json_schema
from caqes_docs.interfaces.cli.affichage import say


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
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes importer finess`."""
    from caqes_docs.application.importer import DemandeImport, import_finess

    demande = DemandeImport(region, departement, date_signature, ars)
    bilan = import_finess(find_projet(projet, bibliotheque), fichier, demande)
    raise NotImplementedError(str((bilan, sortie_format)))
