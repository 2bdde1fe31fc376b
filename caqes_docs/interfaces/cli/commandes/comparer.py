"""`caqes comparer`: two states of an act side by side, in one document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.commandes.generer import user_name
from caqes_docs.interfaces.cli.noms import complete_types

if TYPE_CHECKING:
    from caqes_docs.application.comparer import BilanComparaison


@dataclass(frozen=True, kw_only=True)
class Comparer(cli.ArgumentsReponse):
    """Montrer ce qui change d’un état d’un acte à un autre, en suivi des modifications.

    Un état est un dossier du projet, le chemin d’un dossier rangé ailleurs (.yaml), ou un acte
    enregistré par « caqes generer --formats json » (.json).
    """

    etat_a: str = cli.etat("A")
    etat_b: str = cli.etat("B")
    type_: str = cli.option(
        "--type",
        metavar="TYPE",
        default="contrat",
        show_default=True,
        help="Type de document des états qui sont des dossiers.",
        shell_complete=complete_types,
    )
    formats: str | None = cli.formats()
    sortie: Path | None = cli.sortie()
    date_effet: dt.date | None = cli.date_effet("Date d’effet des projets non signés.")
    annee: int | None = cli.option(
        "--annee",
        type=cli.ANNEE_EVALUEE,
        metavar="ANNÉE",
        help="Année évaluée, pour les documents d’évaluation.",
    )
    auteur: str | None = cli.option(
        "--auteur", metavar="NOM", help="Auteur des modifications (par défaut : celui de l’acte B)."
    )
    date_suivi: dt.date | None = cli.option(
        "--date-suivi",
        type=cli.JOUR,
        help="Date des modifications (par défaut : celle de l’acte B).",
    )

    def run(self) -> None:
        """Compare, prove, write; say that nothing changes by an exit code of its own."""
        from caqes_docs.application.comparer import DemandeComparaison, compare_states
        from caqes_docs.application.production import Trace
        from caqes_docs.application.selection import make_options

        projet = self.find_projet()
        dossier = self.sortie or projet.destination
        demande = DemandeComparaison(
            dossier,
            cli.parse_formats(self.formats, projet),
            self.type_,
            make_options(date_effet=self.date_effet, annee=self.annee),
            self.auteur,
            self.date_suivi,
            Trace(user_name(), dt.datetime.now().astimezone()),
        )
        bilan = compare_states(projet, (self.etat_a, self.etat_b), demande)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, dossier)
        manques = [manque.exit_code for manque in bilan.manques]
        ecran.leave_with(*manques, None if bilan.script else ExitCode.IDENTIQUE)


def _show(bilan: BilanComparaison, dossier: Path) -> None:
    for nom in bilan.seuls:
        quoi = "qui n’est pas un dossier du projet, est lu avec les clauses et les fiches du projet"
        ecran.say(f"«\u00a0{nom}\u00a0», {quoi}.")
    for ligne in bilan.hors_suivi:
        ecran.say(f"Non suivi\u00a0: {ligne}.")
    for manque in bilan.manques:
        ecran.show_error(manque)
    if not bilan.script:
        ecran.say("Aucune modification de fond\u00a0: rien n’est écrit.")
        return
    ecran.say(f"{compte(len(bilan.script.operations), 'modification(s)')}.")
    ecran.say_files(bilan.fichiers, dossier, failed=bool(bilan.manques))
