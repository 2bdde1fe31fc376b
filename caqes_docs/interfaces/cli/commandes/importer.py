"""`caqes importer finess`: one dossier for each legal entity of a table."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caqes_docs.core.constats import has_errors
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.commencer.finess import BilanImport


@dataclass(frozen=True, kw_only=True)
class ImporterFiness(cli.ArgumentsReponse):
    """Créer ou mettre à jour un dossier par entité juridique."""

    fichier: Path = cli.argument(
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="Extraction de FINESS, ou table des établissements : CSV.",
    )
    region: tuple[str, ...] = cli.option(
        "--region",
        metavar="CODE",
        multiple=True,
        help="Code INSEE de la région (93, 84…) ; peut être répété.",
    )
    departement: tuple[str, ...] = cli.option(
        "--departement",
        metavar="CODE",
        multiple=True,
        help="Code du département ; peut être répété.",
    )
    date_signature: dt.date | None = cli.option(
        "--date-signature",
        type=cli.JOUR,
        help="Date de signature inscrite dans les dossiers créés.",
    )
    ars: str | None = cli.option(
        "--ars", metavar="NOM", help="Identifiant de l’agence (par défaut : ars-RÉGION)."
    )
    essai: bool = cli.option(
        "--essai", is_flag=True, help="Dire ce qui serait fait, sans rien écrire."
    )

    def run(self) -> None:
        """Import, then say what became of the dossiers."""
        from caqes_docs.application.commencer.finess import DemandeImport, import_finess

        projet = self.find_projet()
        agence = projet.reglages.agence if len(set(self.region)) < 2 else None
        demande = DemandeImport(
            self.region,
            self.departement,
            self.date_signature,
            self.ars or agence,
            essai=self.essai,
        )
        bilan = import_finess(projet, self.fichier, demande)
        if self.json:
            ecran.show_json(_as_json(bilan))
        else:
            _show(bilan, essai=self.essai)
        ecran.leave_with(ecran.findings_code(bilan.constats))


def _as_json(bilan: BilanImport) -> dict[str, Any]:
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


def _show(bilan: BilanImport, *, essai: bool) -> None:
    ecran.show_findings(bilan.constats)
    ecran.show_table(
        ("À compléter ou à vérifier", "Nombre"),
        [(manque.libelle, str(manque.nombre)) for manque in bilan.manques],
    )
    for fiche in bilan.fiches:
        ecran.say(f"Fiche {'à créer et' if essai else 'créée,'} à compléter\u00a0: {fiche}")
    ecran.say(
        f"{compte(bilan.lignes, 'ligne(s) lue(s)')}, {compte(bilan.retenues, 'retenue(s)')}\u00a0; "
        f"{compte(len(bilan.entites), 'entité(s)')}. Dossiers\u00a0: {_counted_states(bilan)}, "
        f"{compte(bilan.conflits, 'conflit(s)')}.",
        "red" if has_errors(bilan.constats) else "green",
    )
    if essai:
        ecran.say("Essai\u00a0: rien n’a été écrit.")


def _counted_states(bilan: BilanImport) -> str:
    """What became of the dossiers, as it is counted."""
    from caqes_docs.application.commencer.finess import EtatImport

    noms = {
        EtatImport.CREE: "créé(s)",
        EtatImport.MIS_A_JOUR: "mis à jour",
        EtatImport.INCHANGE: "inchangé(s)",
        EtatImport.ECARTE: "écarté(s)",
    }
    return ", ".join(compte(bilan.count(etat), nom) for etat, nom in noms.items())
