"""`caqes cibler`: decide for a region, write, then say what came out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet
    from caqes_docs.application.region.cibler import BilanCiblage


@dataclass(frozen=True, kw_only=True)
class Cibler(ArgumentsProduits):
    """Cibler les établissements d’une région : notes, liste, synthèse et classeur."""

    table: Path = cli.argument(
        type=cli.CHEMIN, help="Données des établissements, un par ligne : CSV ou XLSX."
    )
    annee: int = cli.option(
        "--annee",
        type=cli.ANNEE,
        required=True,
        help="Année du ciblage : ses seuils sont ceux du 1er janvier.",
    )
    ars: str | None = cli.option(
        "--ars", metavar="AGENCE", help="Agence de la table, quand le projet en a plusieurs."
    )
    encodage: str = cli.option(
        "--encodage",
        type=click.Choice(["utf-8", "latin-1"]),
        default="utf-8",
        show_default=True,
        help="Encodage d’une table CSV.",
    )
    feuille: str | None = cli.option(
        "--feuille", metavar="NOM", help="Feuille d’un classeur qui en a plusieurs."
    )
    formats: str | None = cli.formats()
    moteur: str | None = cli.moteur()
    sortie: Path | None = cli.sortie()
    date_edition: dt.date | None = cli.date_edition()

    def work(self, projet: Projet) -> Accompli:
        """Decide, write, then say what came out."""
        from caqes_docs.application.region.cibler import DemandeCiblage, target

        dossier = self.sortie or projet.destination
        demande = DemandeCiblage(
            self.table,
            self.annee,
            dossier,
            cli.parse_formats(self.formats, projet, self.moteur),
            self.ars,
            self.encodage,
            self.feuille,
            self.date_edition,
        )
        with ecran.progress() as tell:
            bilan = target(projet, demande, tell)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, dossier)
        codes = [erreur.exit_code for erreur in bilan.erreurs]
        return Accompli([dossier / nom for nom in bilan.fichiers], codes)

    def inputs(self) -> tuple[Path, ...]:
        """The table."""
        return (self.table,)


def _show(bilan: BilanCiblage, dossier: Path) -> None:
    decisions = bilan.campagne.decisions
    ecran.show_table(
        ("FINESS", "Établissement", "Transports", "Pertinence", "Qualité", "Risques"),
        [
            (x.finess, x.nom, *(volet.issue.libelle for volet in x.volets), str(x.nb_risques))
            for x in decisions
        ],
    )
    for erreur in bilan.erreurs:
        ecran.show_error(erreur)
    cibles = sum(bool(decision.cibles) for decision in decisions)
    ouverts = sum(bool(decision.ouverts) for decision in decisions)
    ecran.say(
        f"{compte(len(decisions), 'établissement(s)')}\u00a0: "
        f"{compte(cibles, 'ciblé(s)')} sur un volet au moins, "
        f"{ouverts} sans conclusion sur un volet au moins.",
    )
    ecran.say_files(bilan.fichiers, dossier, failed=bool(bilan.erreurs))
