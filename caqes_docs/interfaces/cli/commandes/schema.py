"""`caqes schema`: the JSON Schemas of the files of data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class Schema(cli.Arguments):
    """Donner le schéma JSON des fichiers de données, pour l’éditeur de texte."""

    nom: str | None = cli.argument(
        type=click.Choice(["dossier", "ars", "organisme", "evaluation", "caqes"]),
        required=False,
        help="Sorte de fichier (par défaut : dossier).",
    )
    sortie: Path | None = cli.sortie("Dossier où écrire tous les schémas.")

    def run(self) -> None:
        """Print one schema, or write them all."""
        from caqes_docs.application.commencer.nouveau import write_schemas
        from caqes_docs.application.commencer.schema import json_schema

        if self.sortie is None:
            click.echo(json_schema(self.nom or "dossier").decode(), nl=False)
            return
        for chemin in write_schemas(self.sortie):
            ecran.say(f"Schéma écrit\u00a0: {chemin}", "green")
