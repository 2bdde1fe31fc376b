"""`caqes clauses importer`: a library drawn from a model, and what the jurist must look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import click

from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class ImporterModele(cli.ArgumentsReponse):
    """Importer un modèle national ou régional : ses articles deviennent des clauses.

    Le dossier écrit se pose sur la bibliothèque par « --bibliotheque DOSSIER ». Chaque mot du
    modèle est dans une clause, dans un titre du plan ou dans le rapport (rapport_import.docx) ;
    sinon, rien n’est écrit.
    """

    modele: Path = cli.argument(
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Modèle : .docx, .odt ou .txt.",
    )
    vers: Path = cli.option(
        "--vers", type=cli.CHEMIN, metavar="DOSSIER", required=True, help="Dossier à écrire."
    )
    type: str = cli.option(
        "--type",
        metavar="TYPE",
        default="contrat",
        show_default=True,
        help="Type de document ; un nom inconnu en crée un.",
    )
    statut: str = cli.option(
        "--statut",
        type=click.Choice(["texte_officiel", "modele_regional"]),
        default="texte_officiel",
        show_default=True,
        help="Statut des clauses écrites.",
    )
    du: dt.date | None = cli.option(
        "--du", type=cli.JOUR, help="Premier jour des clauses (par défaut : celui du régime)."
    )
    au: dt.date | None = cli.option("--au", type=cli.JOUR, help="Dernier jour des clauses.")
    le: dt.date | None = cli.option(
        "--le", type=cli.JOUR, help="Jour de l’import, inscrit dans les clauses (aujourd’hui)."
    )
    remplacer: bool = cli.option(
        "--remplacer", is_flag=True, help="Remplacer les fichiers de même nom du dossier."
    )

    def run(self) -> None:
        """Import, then show the tables of the report and the count of the words."""
        from caqes_docs.application.commencer.modele import RAPPORT, DemandeModele, import_model
        from caqes_docs.application.commencer.rapport import tables

        demande = DemandeModele(
            self.modele,
            self.vers,
            self.type,
            self.statut,
            self.le or dt.datetime.now().astimezone().date(),
            self.du,
            self.au,
            self.remplacer,
        )
        bilan = import_model(self.find_projet(), demande)
        toutes = tables(bilan.calque, bilan.compte)
        if self.json:
            ecran.show_json({titre: [list(x) for x in lignes] for titre, _, _, lignes in toutes})
            return
        for dire in bilan.dires:
            ecran.say(dire)
        for titre, colonnes, _, lignes in toutes:
            ecran.say(f"\n{titre} ({len(lignes)})")
            ecran.show_table(colonnes, lignes)
        ecran.say(
            f"{len(bilan.calque.clauses)} clauses écrites dans {self.vers}\u00a0; le rapport pour "
            f"le juriste est {RAPPORT}. Aucun mot n’est perdu.",
            "green",
        )
