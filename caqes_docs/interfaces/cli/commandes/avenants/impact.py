"""`caqes impact`: which contracts print a clause, a parameter or a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.core.errors import ExitCode, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.avenants.impact import BilanImpact, Cherche


@dataclass(frozen=True, kw_only=True)
class Impact(cli.ArgumentsReponse):
    """Trouver les contrats qui impriment une clause, un paramètre, un taux ou un texte.

    De chaque contrat scellé, dire ce que la rédaction ou la valeur d’aujourd’hui y changerait.
    """

    clause: str | None = cli.option("--clause", metavar="ID", help="Clause de la bibliothèque.")
    parametre: str | None = cli.option("--parametre", metavar="ID", help="Paramètre du droit.")
    texte: str | None = cli.option("--texte", metavar="ID", help="Texte cité.")
    taux: str | None = cli.option("--taux", metavar="ID", help="Taux cible national.")
    formats: str | None = cli.formats("Formats de la page")
    sortie: Path | None = cli.sortie()

    def run(self) -> None:
        """Look, write the table and the page, then tell."""
        from caqes_docs.application.avenants.impact import find_impact
        from caqes_docs.application.avenants.releve import write_impact

        projet = self.find_projet()
        dossier = self.sortie or projet.destination
        bilan = find_impact(projet, self._sought())
        formats = cli.parse_formats(self.formats, projet)
        fichiers = write_impact(
            projet, bilan, dossier, formats, dt.datetime.now().astimezone().date()
        )
        if self.json:
            ecran.show_json({**bilan.as_dict(), "fichiers": list(fichiers)})
        else:
            _show(bilan)
            ecran.say_files(fichiers, dossier, failed=False)
        ecran.leave_with(ExitCode.OK)

    def _sought(self) -> Cherche:
        from caqes_docs.application.avenants.impact import TAUX, Cherche

        taux = self.taux and TAUX + self.taux.removeprefix(TAUX)
        demandes = [
            *([Cherche("clause", self.clause)] if self.clause else []),
            *(Cherche("parametre", nom) for nom in (self.parametre, taux) if nom),
            *([Cherche("texte", self.texte)] if self.texte else []),
        ]
        if len(demandes) != 1:
            raise UsageError(
                "A-017",
                "Il faut dire ce qui est cherché, une chose à la fois.",
                remede="Donner --clause, --parametre, --texte ou --taux, et un seul.",
            )
        return demandes[0]


def _show(bilan: BilanImpact) -> None:
    ecran.show_findings(bilan.constats)
    ecran.show_table(
        ("Groupe", "Contrats", "Passages qui diffèrent", "Lesquels"),
        [
            (str(rang), str(len(groupe)), str(len(ecarts)), ", ".join(c.reference for c in groupe))
            for rang, (ecarts, groupe) in enumerate(bilan.groupes, 1)
        ],
    )
    ecran.say(
        f"{compte(len(bilan.touches), 'contrat(s)')} sur {bilan.examines} impriment "
        f"{bilan.cherche.libelle}."
    )
