"""Checks on the volets of a contract: known to the library, complete, within their bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DroitError
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.messages import close_name
from caqes_docs.data.yaml_strict import Chemin
from caqes_docs.law.dates import check_duration
from caqes_docs.law.droit import Droit, effect_date
from caqes_docs.law.formules.socle import SOCLE


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


def check_contacts(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """L-030: contacts of the three parties who would follow a volet that the library ignores."""
    listes = (
        (affaire.dossier.valeur.etablissement.interlocuteurs, affaire.dossier.fichier, _DOSSIER),
        (affaire.ars.valeur.referents, affaire.ars.fichier, ("referents",)),
        (affaire.organisme.valeur.referents, affaire.organisme.fichier, ("referents",)),
    )
    connus = (SOCLE, *droit.volets)
    for contacts, fichier, chemin in listes:
        for rang, contact in enumerate(contacts):
            if contact.volet not in connus:
                yield Constat(
                    "L-030",
                    Gravite.ERREUR,
                    fichier.source((*chemin, rang, "volet")),
                    f"Le volet «\u00a0{contact.volet}\u00a0» n’existe pas.",
                    close_name(contact.volet, connus)
                    or f"Volets connus\u00a0: {', '.join(connus)}.",
                )


_DOSSIER: Chemin = ("etablissement", "interlocuteurs")


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
