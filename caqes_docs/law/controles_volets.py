"""Checks on the volets of a contract: known to the library, complete, within their bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DroitError
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.law.dates import check_duration
from caqes_docs.law.droit import Droit, effect_date


def check_volets(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """Every fault of the volets of a dossier; `effet` is the contract's date of effect."""
    fichier = affaire.dossier.fichier
    for nom, volet in affaire.dossier.valeur.contrat.volets.items():
        try:
            droit.volet(nom, effet)
        except DroitError as error:
            source = fichier.key_source(("contrat", "volets", nom))
            yield Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)
            continue
        source = fichier.source(("contrat", "volets", nom, "duree"))
        signature = volet.signature.date_retenue if volet.signature else None
        debut = effect_date(signature) if signature else effet
        yield from _check_duration(nom, volet.duree, droit, debut, source)


def _check_duration(
    nom: str, duree: int | None, droit: Droit, debut: dt.date, source: Source
) -> Iterator[Constat]:
    """Against the maximum at the volet's own date of effect, when the library holds one."""
    try:
        maximum = droit.parameter("volets/duree_maximale", debut).valeur
    except DroitError:
        return
    if isinstance(maximum, Decimal):
        yield from check_duration(nom, duree, maximum, source)
