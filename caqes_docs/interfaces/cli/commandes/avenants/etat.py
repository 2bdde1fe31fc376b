"""`caqes etat`: the acts of a contract at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.avenants.etat import BilanEtat, LigneActe
    from caqes_docs.application.production import Production
    from caqes_docs.application.projet import Projet


@dataclass(frozen=True, kw_only=True)
class EtatDuContrat(cli.ArgumentsReponse):
    """Dire de quels actes un contrat est fait à une date, et ceux qui sont à venir."""

    dossier: str = cli.dossier()
    au: dt.date = cli.option(
        "--au", type=cli.JOUR, required=True, help="Jour consulté (ni signature, ni effet)."
    )
    formats: str | None = cli.option(
        "--formats",
        metavar="LISTE",
        help="Écrire la version consolidée de ce jour, dans ces formats (docx, pdf, txt, json).",
    )
    sortie: Path | None = cli.sortie()

    def run(self) -> None:
        """Read the acts, then tell them."""
        from caqes_docs.application.avenants.etat import tell_state

        projet = self.find_projet()
        bilan = tell_state(projet, self.dossier, self.au)
        faits = self._write(projet, bilan) if self.formats else None
        fichiers = faits.fichiers if faits else ()
        if self.json:
            ecran.show_json({**bilan.as_dict(), "fichiers": list(fichiers)})
        else:
            _show(bilan)
            if faits is not None:
                dossier = self.sortie or projet.destination
                ecran.say_files(fichiers, dossier, failed=bool(faits.manques))
        ecran.leave_with(*(manque.exit_code for manque in (faits.manques if faits else ())))

    def _write(self, projet: Projet, bilan: BilanEtat) -> Production:
        from caqes_docs.application.avenants.consolidee import write_consolidated

        formats = cli.parse_formats(self.formats, projet)
        sortie = self.sortie or projet.destination
        actes = bilan.etat.actes if bilan.etat else ()
        return write_consolidated(projet, bilan.affaire, actes, self.au, sortie, formats)


def _show(bilan: BilanEtat) -> None:
    from caqes_docs.core.francais.formes import date_longue

    nom = bilan.affaire.dossier.valeur.etablissement.nom_affiche
    ecran.say(f"{bilan.affaire.reference}, {nom}, consulté au {date_longue(bilan.jour)}.")
    for titre, lignes in (
        ("En vigueur", bilan.en_vigueur),
        ("Signé, pas encore en vigueur", bilan.a_venir),
        ("Non signé, ou qui ne vaut plus", bilan.autres),
    ):
        _table(titre, lignes)
    if bilan.etat is None:
        ecran.say("Le contrat n’est pas signé\u00a0: ce n’est encore qu’un projet.")
    elif bilan.etat.is_sealed:
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
