"""Checks on the volets of a contract: known to the library, complete, within their bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DroitError
from caqes_docs.data.depot import Affaire
from caqes_docs.law.droit import Droit


def check_volets(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """Every fault of the volets of a dossier; `effet` is the contract's date of effect."""
    fichier = affaire.dossier.fichier
    for nom in affaire.dossier.valeur.contrat.volets:
        try:
            droit.volet(nom, effet)
        except DroitError as error:
            source = fichier.key_source(("contrat", "volets", nom))
            yield Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)
