"""`caqes etat`: the acts of a contract at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.avenants.etat import BilanEtat, LigneActe


@dataclass(frozen=True, kw_only=True)
class Etat(cli.ArgumentsReponse):
    """Dire de quels actes un contrat est fait à une date, et ceux qui sont à venir."""

    dossier: str = cli.dossier()
    au: dt.date = cli.option(
        "--au", type=cli.JOUR, required=True, help="Jour consulté (ni signature, ni effet)."
    )

    def run(self) -> None:
        """Read the acts, then tell them."""
        from caqes_docs.application.avenants.etat import tell_state

        bilan = tell_state(self.find_projet(), self.dossier, self.au)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan)
        ecran.leave_with(ExitCode.OK)


def _show(bilan: BilanEtat) -> None:
    from caqes_docs.core.francais.formes import date_longue

    ecran.say(f"{bilan.reference}, {bilan.nom}, consulté au {date_longue(bilan.jour)}.")
    for titre, lignes in (
        ("En vigueur", bilan.en_vigueur),
        ("Signé, pas encore en vigueur", bilan.a_venir),
        ("Non signé, ou qui ne vaut plus", bilan.autres),
    ):
        _table(titre, lignes)
    if bilan.etat.is_sealed:
        ecran.say(f"État scellé, empreinte {bilan.etat.empreinte}.")
    else:
        ecran.say("Rien n’est scellé\u00a0: l’état est celui des fichiers (caqes signer).")


def _table(titre: str, lignes: Sequence[LigneActe]) -> None:
    if lignes:
        ecran.say(f"{titre}\u00a0:")
        ecran.show_table(
            ("Acte", "État", "Signature", "Effet", "Objet", "Scellé"),
            [
                (
                    ligne.acte,
                    ligne.etat,
                    str(ligne.signature or "–"),
                    str(ligne.effet or "–"),
                    ligne.objet or "–",
                    ligne.scelle or "–",
                )
                for ligne in lignes
            ],
        )
