"""`caqes consolider`: the report of the region, then what it holds and what it lacks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet
    from caqes_docs.application.region.consolider import BilanConsolidation


@dataclass(frozen=True, kw_only=True)
class Consolider(ArgumentsProduits):
    """Réunir les évaluations d’une année en un rapport régional."""

    annee: int = cli.option("--annee", type=cli.ANNEE, required=True, help="Année évaluée.")
    ars: str | None = cli.option(
        "--ars", metavar="AGENCE", help="Agence du rapport, quand le projet en a plusieurs."
    )
    type_: str = cli.option(
        "--type",
        metavar="TYPE",
        default="rapport_regional",
        help="Type de document\u00a0: rapport_regional, etat_des_lieux, synthese_iraps…",
    )
    definitif: bool = cli.option(
        "--definitif", is_flag=True, help="Rapport à signer : refuse toute donnée manquante."
    )
    formats: str | None = cli.formats()
    moteur: str | None = cli.moteur()
    sortie: Path | None = cli.sortie()
    date_edition: dt.date | None = cli.date_edition(
        "Date du rapport (par défaut : celle de la dernière évaluation)."
    )

    def work(self, projet: Projet) -> Accompli:
        """Gather the evaluations and write their report."""
        from caqes_docs.application.region.consolider import DemandeRegionale, consolidate

        dossier = self.sortie or projet.destination
        voulus = cli.parse_formats(self.formats, projet, self.moteur)
        demande = DemandeRegionale(
            self.annee, dossier, voulus, self.ars, self.date_edition, self.definitif, self.type_
        )
        bilan = consolidate(projet, demande)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, dossier)
        panne = ecran.findings_code(c for c in bilan.constats if c.code == "X-000")
        codes = [bilan.erreur.exit_code if bilan.erreur else None, panne]
        return Accompli([dossier / nom for nom in bilan.fichiers], codes)


def _show(bilan: BilanConsolidation, dossier: Path) -> None:
    ecran.show_findings(bilan.constats)
    if bilan.erreur is not None:
        ecran.show_error(bilan.erreur)
    campagne = bilan.campagne
    ecran.say(
        f"{compte(len(campagne.evaluees), 'évaluation(s)')} de {campagne.annee}, "
        f"{compte(len(campagne.sans_evaluation), 'contrat(s)')} sans évaluation, "
        f"{compte(len(campagne.ecartees), 'évaluation(s) écartée(s)')}."
    )
    ecran.say_files(bilan.fichiers, dossier, failed=bool(bilan.erreur))
