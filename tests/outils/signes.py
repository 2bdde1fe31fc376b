"""A project whose contracts can be signed, and are: a copy of the samples, one dossier of them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from caqes_docs.application.avenants.signer import (
    BilanSignature,
    DemandeSignature,
    sign_contract,
)
from caqes_docs.application.projet import Projet
from tests.architecture.depot import RACINE
from tests.outils.validation import make_signable


def signable_project(racine: Path, *dossiers: str, validated: bool = True) -> Projet:
    """A copy of the samples at `racine` that holds these dossiers; its acts can be signed."""
    for nom in ("clauses", "templates", "contracts_data/ars", "contracts_data/organismes"):
        shutil.copytree(RACINE / nom, racine / nom)
    (racine / "contracts_data/dossiers").mkdir()
    for nom in dossiers:
        shutil.copy(
            RACINE / f"contracts_data/dossiers/{nom}.yaml", racine / "contracts_data/dossiers"
        )
    if validated:
        make_signable(racine)
    return Projet(racine)


def sign(projet: Projet, dossier: str, *, exemple: bool = False) -> BilanSignature:
    """The contract of `dossier`, sealed as signed the day that its file says."""
    (affaire,) = projet.named([dossier]).select([dossier])
    le = affaire.dossier.valeur.contrat.signature.date_retenue
    assert isinstance(le, dt.date)
    demande = DemandeSignature(le, projet.racine / "output", exemple=exemple)
    return sign_contract(projet, dossier, demande)
