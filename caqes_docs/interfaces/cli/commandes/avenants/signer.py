"""`caqes signer`: an act is signed, it is sealed and no longer moves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.errors import ExitCode
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.commandes.generer import user_name

if TYPE_CHECKING:
    from caqes_docs.application.avenants.signer import BilanSignature


@dataclass(frozen=True, kw_only=True)
class Signer(cli.ArgumentsReponse):
    """Sceller un acte signé : ses mots, ses données et sa bibliothèque ne bougent plus.

    L’acte définitif est produit en Word et en PDF, puis rangé avec tout ce dont il est fait dans
    contracts_data/signes/. Rien n’y est jamais réécrit.
    """

    dossier: str = cli.dossier()
    le: dt.date = cli.option(
        "--le", type=cli.JOUR, required=True, help="Date de signature, celle du dossier."
    )
    avenant: int | None = cli.option(
        "--avenant",
        type=click.IntRange(1, 999),
        metavar="N",
        help="Sceller cet avenant du contrat (par défaut : le contrat).",
    )
    depuis: Path | None = cli.option(
        "--depuis",
        type=cli.CHEMIN,
        metavar="FICHIER_SIGNE",
        help="Le PDF signé qui est revenu : refusé s’il ne dit pas ce que dit l’acte.",
    )
    exemple: bool = cli.option(
        "--exemple",
        is_flag=True,
        help="Sceller un acte d’exemple, pour essayer : chaque page et le scellé le disent.",
    )
    sortie: Path | None = cli.sortie()

    def run(self) -> None:
        """Seal, then say what is sealed and where."""
        from caqes_docs.application.avenants.signer import (
            DemandeSignature,
            sign_avenant,
            sign_contract,
        )
        from caqes_docs.application.production import Trace

        projet = self.find_projet()
        dossier = self.sortie or projet.destination
        trace = Trace(user_name(), dt.datetime.now().astimezone())
        demande = DemandeSignature(self.le, dossier, self.depuis, self.exemple, trace)
        if self.avenant is None:
            bilan = sign_contract(projet, self.dossier, demande)
        else:
            bilan = sign_avenant(projet, self.dossier, self.avenant, demande)
        if self.json:
            ecran.show_json(bilan.as_dict())
        else:
            _show(bilan, dossier)
        ecran.leave_with(ExitCode.OK)


def _show(bilan: BilanSignature, dossier: Path) -> None:
    from caqes_docs.core.francais.formes import date_longue, majuscule

    scelle = bilan.scelle
    ecran.show_findings(bilan.constats)
    quoi = majuscule(f"{scelle.designation} {scelle.reference}")
    if scelle.exemple:
        ecran.say(f"Essai\u00a0: {scelle.designation} {scelle.reference} n’est pas signé.")
    ecran.say(
        f"{quoi} est scellé comme signé le {date_longue(scelle.signe_le)}, avec effet le "
        f"{date_longue(scelle.effet)}\u00a0: il ne bouge plus, même si la bibliothèque, le droit "
        "ou la mise en page changent."
    )
    ecran.say(f"Ce qu’il dit, et tout ce dont il est fait\u00a0: {bilan.dossier}/ (à sauvegarder).")
    if bilan.reecrit:
        ecran.say(
            "Le fichier signé dit la même chose, mais la plateforme l’a réécrit\u00a0: c’est lui "
            "qu’il faut conserver, avec ses preuves de signature."
        )
    ecran.say("Ce qui change désormais dans ce contrat se fait par avenant.")
    ecran.say_files(bilan.fichiers, dossier, failed=False)
