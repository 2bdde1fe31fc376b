"""`caqes migrer`: carry files of a former version over, then say what remains to be written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.constats import has_errors
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.migrer import BilanMigration


@dataclass(frozen=True, kw_only=True)
class Migrer(cli.ArgumentsReponse):
    """Récrire les dossiers et évaluations d’une version antérieure, commentaires gardés.

    Sans CHEMINS, tous ceux du projet. Ce qui ne peut pas être repris est dit, à la ligne près.
    """

    chemins: tuple[Path, ...] = cli.argument(
        nargs=-1, type=cli.CHEMIN, help="Fichiers ou dossiers de fichiers."
    )
    essai: bool = cli.option(
        "--essai", is_flag=True, help="Montrer ce qui changerait, sans rien écrire."
    )

    def run(self) -> None:
        """Migrate, then say what was carried and what was not."""
        from caqes_docs.application.migrer import migrate_files

        bilan = migrate_files(self.find_projet(), self.chemins, essai=self.essai)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, essai=self.essai)
        ecran.leave_with(ecran.findings_code(bilan.constats))


def _show(bilan: BilanMigration, *, essai: bool) -> None:
    if essai:
        click.echo(bilan.diff(), nl=False)
    ecran.show_findings(bilan.constats)
    migres = "fichier(s) à migrer" if essai else "fichier(s) migré(s)"
    ecran.say(
        f"{compte(len(bilan.migres), migres)}, "
        f"{compte(bilan.inchanges, 'inchangé(s)')}, {compte(bilan.ecartes, 'illisible(s)')}.",
        "red" if has_errors(bilan.constats) else "green",
    )
    if essai:
        ecran.say("Essai\u00a0: rien n’a été écrit.")
