"""`caqes avenant …`: begin an avenant, take its modifications from an edited copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.avenants.nouveau import AvenantOuvert

_CAS = (
    "ajout_volet",
    "socle",
    "plan_actions",
    "objectifs",
    "renouvellement",
    "resiliation_volet",
    "orientations_nationales",
    "changement_etablissement",
    "demande_partie",
    "erreur_materielle",
)


@dataclass(frozen=True, kw_only=True)
class NouvelAvenant(cli.ArgumentsProjet):
    """Ouvrir un avenant : son fichier à remplir, et une copie du contrat en vigueur à modifier.

    La copie est dans contracts_data/copies/ ; « caqes avenant deriver » en tire ce qui change.
    """

    dossier: str = cli.dossier()
    cas: str = cli.option(
        "--cas",
        type=click.Choice(_CAS),
        required=True,
        help="Pourquoi le contrat est modifié.",
    )
    depuis: Path | None = cli.option(
        "--depuis",
        type=cli.CHEMIN,
        metavar="COPIE",
        help="Copie du dossier déjà modifiée : ce qu’elle change est écrit dans l’avenant.",
    )

    def run(self) -> None:
        """Write the files, then say what to do with them."""
        from caqes_docs.application.avenants.nouveau import new_avenant

        ouvert = new_avenant(self.find_projet(), self.dossier, self.cas, self.depuis)
        ecran.say(f"Avenant n°\u00a0{ouvert.numero} ouvert\u00a0: {ouvert.avenant}.", "green")
        if ouvert.copie is not None:
            suite = f"caqes avenant deriver {self.dossier} --numero {ouvert.numero}"
            ecran.say(f"Copie du contrat en vigueur, à modifier\u00a0: {ouvert.copie}.")
            ecran.say(f"Puis\u00a0: {suite}")
        _tell(ouvert)


@dataclass(frozen=True, kw_only=True)
class DeriverAvenant(cli.ArgumentsProjet):
    """Écrire dans l’avenant ce qui a été changé dans sa copie ; le reste du fichier est gardé."""

    dossier: str = cli.dossier()
    numero: int = cli.option(
        "--numero", type=click.IntRange(1), metavar="N", required=True, help="Numéro de l’avenant."
    )
    depuis: Path | None = cli.option(
        "--depuis",
        type=cli.CHEMIN,
        metavar="COPIE",
        help="Copie modifiée (contracts_data/copies/ par défaut).",
    )

    def run(self) -> None:
        """Derive, write, then say what changes."""
        from caqes_docs.application.avenants.nouveau import derive_avenant

        projet = self.find_projet()
        ouvert = derive_avenant(projet, self.dossier, self.numero, self.depuis)
        nombre = compte(len(ouvert.ecarts), "modification(s) écrite(s)")
        ecran.say(f"{nombre} dans {ouvert.avenant}.", "green")
        _tell(ouvert)


def _tell(ouvert: AvenantOuvert) -> None:
    for ecart in ouvert.ecarts:
        click.echo(ecart.cle)
