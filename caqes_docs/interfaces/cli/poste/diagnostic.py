"""`caqes diagnostic`: what is in order on this machine and in this project, and what is not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.core.errors import UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.commencer.diagnostic import PointVu
    from caqes_docs.application.projet import Projet


@dataclass(frozen=True, kw_only=True)
class DiagnosticDuPoste(cli.ArgumentsReponse):
    """Dire ce qui est en ordre sur ce poste et dans ce projet, et que faire du reste.

    Rend 0 quand rien ne manque, 69 quand il manque quelque chose sur ce poste, 4 quand la
    bibliothèque du projet ne peut pas être lue.
    """

    sortie: Path | None = cli.sortie()

    def run(self) -> None:
        """Look at each point, then tell them all."""
        from caqes_docs.application.commencer import diagnostic

        projet = self._find()
        sortie = self.sortie or (projet.destination if projet else Path.cwd() / "output")
        points = [*diagnostic.examine_machine(sortie)]
        if projet is None:
            faire = "Se placer dans un projet, ou «\u00a0caqes nouveau projet DOSSIER\u00a0»."
            points.append(diagnostic.PointVu("Projet", diagnostic.Etat.A_VOIR, "aucun ici", faire))
        else:
            points += diagnostic.examine_project(projet)
        self._tell(points)
        ecran.leave_with(*(point.code for point in points))

    def _find(self) -> Projet | None:
        """The project; none is an answer, unless one was named."""
        try:
            return self.find_projet()
        except UsageError as error:
            if error.code == "U-001" and self.projet is None:
                return None
            raise

    def _tell(self, points: list[PointVu]) -> None:
        if self.json:
            ecran.show_json({"points": [point.as_dict() for point in points]})
            return
        ecran.show_table(
            ("Quoi", "État", "Constat"), [(p.quoi, p.etat.value, p.constat) for p in points]
        )
        for point in points:
            if point.faire:
                ecran.say(f"{point.quoi}\u00a0: {point.etat.value}.", "yellow")
                ecran.say(f"    → {point.faire}")
        manques = sum(bool(point.code) for point in points)
        a_voir = sum(bool(point.faire) for point in points) - manques
        if manques:
            ecran.say(
                f"{compte(manques, 'manque(s)')}, {compte(a_voir, 'point(s)')} à voir.", "red"
            )
        elif a_voir:
            ecran.say(f"{compte(a_voir, 'point(s)')} à voir.", "yellow")
        else:
            ecran.say("Rien ne manque.", "green")
