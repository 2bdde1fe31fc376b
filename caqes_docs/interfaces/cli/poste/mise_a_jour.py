"""`caqes mettre-a-jour`: the national clauses and law of the version installed, for a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.commencer.mise_a_jour import BilanMiseAJour


@dataclass(frozen=True, kw_only=True)
class MettreAJour(cli.ArgumentsReponse):
    """Prendre les clauses, le droit et les plans de cette version, vos changements gardés.

    Montre ce qui change, sans rien écrire, tant que --appliquer n’est pas donné. Rend 2 quand des
    conflits sont à trancher, 0 sinon.
    """

    appliquer: bool = cli.option("--appliquer", is_flag=True, help="Écrire ce qui est montré.")
    prendre: tuple[str, ...] = cli.option(
        "--prendre",
        multiple=True,
        metavar="FICHIER",
        help="Fichier, ou motif, dont prendre le texte livré malgré vos changements : le vôtre est "
        "gardé à côté, en .ancien ; peut être répétée.",
    )

    def run(self) -> None:
        """Update, or show it, then say what is left to do."""
        from caqes_docs.application.commencer.mise_a_jour import update_project

        bilan = update_project(self.find_projet(), self.prendre, appliquer=self.appliquer)
        if self.json:
            ecran.show_json({**bilan.as_dict(), "applique": self.appliquer})
        else:
            self._show(bilan)
        ecran.leave_with(ExitCode.OK if bilan.is_settled else ExitCode.DONNEES)

    def _show(self, bilan: BilanMiseAJour) -> None:
        click.echo(bilan.diff(), nl=False)
        if bilan.fichiers:
            lignes = [(suivi.sort.mot, suivi.nom) for suivi in bilan.fichiers]
            ecran.show_table(("Sort", "Fichier"), lignes)
        ecran.show_findings(bilan.constats)
        dits = [compte(nombre, sort.value) for sort, nombre in bilan.counts().items()]
        ecran.say(f"Version {bilan.versions}\u00a0: {', '.join(dits) or 'rien ne change'}.")
        if not bilan.ecritures:
            ecran.say("Le projet est à jour." if bilan.is_settled else "Rien d’autre à prendre.")
        elif self.appliquer:
            suite = "caqes migrer --essai, caqes clauses verifier, caqes verifier"
            ecran.say(f"Projet mis à jour. Ensuite\u00a0: {suite}.", "green")
        else:
            ecran.say("Rien n’a été écrit. L’écrire\u00a0: la même commande, avec --appliquer")
