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
from caqes_docs.data.volets import Sanction, TypeSanction, Volet, VoletSocle
from caqes_docs.data.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.baremes import BaremePose, Effet, check_scale
from caqes_docs.law.dates import check_duration
from caqes_docs.law.droit import Droit, effect_date
from caqes_docs.law.formules.socle import SOCLE


def check_volets(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """Every fault of the volets of a dossier; `effet` is the contract's date of effect."""
    fichier = affaire.dossier.fichier
    socle = affaire.dossier.valeur.contrat.socle
    if socle is not None:
        yield from _check_choices(socle, fichier, ("contrat", "socle"), droit, effet)
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
        yield from _check_choices(volet, fichier, ("contrat", "volets", nom), droit, debut)


def _check_choices(
    choix: Volet | VoletSocle, fichier: FichierYaml, chemin: Chemin, droit: Droit, debut: dt.date
) -> Iterator[Constat]:
    """The scales that the contract writes, and the maximum of the sanction (T18, T19)."""
    for cle, clause, effet in (
        ("sanction", choix.sanction, Effet.SANCTION),
        ("interessement", choix.interessement, Effet.INTERESSEMENT),
    ):
        if clause is not None and clause.bareme is not None:
            pose = BaremePose(clause.bareme, fichier, (*chemin, cle, "bareme"))
            yield from check_scale(pose, effet)
    if choix.sanction is not None:
        yield from _check_maximum(choix.sanction, fichier, (*chemin, "sanction"), droit, debut)


def _check_maximum(
    sanction: Sanction, fichier: FichierYaml, chemin: Chemin, droit: Droit, debut: dt.date
) -> Iterator[Constat]:
    """Never above what the texts allow at the date of effect, for that nature of sanction."""
    socle = chemin[1] == "socle"
    parametres = {
        TypeSanction.MONTANT: "socle/plafond_sanction" if socle else "volets/plafond_sanction",
        TypeSanction.REDUCTION: "socle/plafond_reduction_liste_en_sus",
        TypeSanction.MSAP: "volets/duree_msap",
    }
    msap = sanction.type is TypeSanction.MSAP
    cle = "duree_maximale_mois" if msap else "taux_maximum"
    valeur = getattr(sanction, cle)
    if sanction.type is None or valeur is None:
        return
    try:
        plafond = droit.parameter(parametres[sanction.type], debut).valeur
    except DroitError:
        return
    if not isinstance(plafond, Decimal) or valeur <= plafond:
        return
    source = fichier.source((*chemin, cle))
    if msap:
        yield Constat(
            "V-032",
            Gravite.ERREUR,
            source,
            "La durée de la mise sous accord préalable n’est pas fixée, ou dépasse "
            f"{plafond:f} mois.",
            "Corriger «\u00a0duree_maximale_mois\u00a0».",
        )
    else:
        yield Constat(
            "V-022",
            Gravite.ERREUR,
            source,
            f"Le maximum fixé dépasse celui des textes ({(plafond * 100).normalize():f}\u00a0%).",
            "Corriger le taux.",
        )


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
