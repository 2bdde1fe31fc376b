"""`caqes echeances`: what falls due, what is late, what can no longer be done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.echeances import BilanEcheances

_COLONNES = (0, 1, 2, 3, 4, 6, 7, 10)
"""What a screen has room for: state, day, dossier, establishment, procedure, act, who, file."""


@dataclass(frozen=True, kw_only=True)
class Echeances(cli.ArgumentsProjet):
    """Lister ce qui vient à échéance, ce qui est en retard et ce qui n’est plus possible.

    Sans DOSSIERS, toute la région. Ce qui est daté après le jour donné est tenu pour inconnu.
    """

    dossiers: tuple[str, ...] = cli.dossiers()
    au: dt.date | None = cli.option(
        "--au", type=cli.JOUR, help="Jour depuis lequel on regarde (par défaut : aujourd’hui)."
    )
    sortie_format: str | None = cli.option(
        "--format",
        type=click.Choice(["table", "csv", "xlsx", "ics", "json"]),
        help="Forme de la liste (par défaut : celle du nom de FICHIER, sinon la table).",
    )
    vers: Path | None = cli.option(
        "--vers", type=cli.CHEMIN, metavar="FICHIER", help="Fichier à écrire, remplacé s’il existe."
    )

    def run(self) -> None:
        """List, then print or write."""
        from caqes_docs.application import echeances

        forme = echeances.choose_format(self.sortie_format, self.vers)
        jour = self.au or dt.datetime.now().astimezone().date()
        bilan = echeances.list_echeances(self.find_projet(), self.dossiers, jour)
        if self.vers is not None:
            echeances.write_echeances(bilan, forme, self.vers)
        elif forme == "table":
            entete, *lignes = (_narrow(ligne) for ligne in bilan.rows())
            ecran.show_table(entete, lignes)
        else:
            contenu = echeances.render(bilan, forme)
            click.echo(contenu.removeprefix(b"\xef\xbb\xbf"), nl=False)
        _show(bilan, forme, self.vers)
        ecran.leave_with(ecran.findings_code(bilan.constats))


def _narrow(ligne: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ligne[colonne] for colonne in _COLONNES)


def _show(bilan: BilanEcheances, forme: str, vers: Path | None) -> None:
    from caqes_docs.core.francais.formes import date_longue

    if forme == "table" or vers is not None:
        ecran.show_findings(bilan.constats)
    comptes = (f"{etat}\u00a0: {nombre}" for etat, nombre in bilan.count().items() if nombre)
    etats = f" ({', '.join(comptes)})" if bilan.lignes else ""
    ecran.say(f"{compte(len(bilan.lignes), 'échéance(s)')} au {date_longue(bilan.jour)}{etats}.")
    sans_jour = bilan.undated() if forme == "ics" else 0
    if sans_jour:
        ecran.say(f"{compte(sans_jour, 'étape(s) sans date, absente(s) de l’agenda')}.")
    if vers is not None:
        ecran.say(f"La liste est dans {vers}.", "green")
