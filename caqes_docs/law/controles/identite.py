"""Who follows each volet (D-125), the département (D-126), the contracts replaced (D-127).

Contrat type, art. 3; instruction DSS/A1/CNAMTS/2017/234, II.b.iii.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.indicateurs import check_own
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.propres import contradicts_status

_INTERLOCUTEURS: Chemin = ("etablissement", "interlocuteurs")


def check_identity(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """D-125 to D-127, D-151, then what its own indicators have wrong."""
    yield from _check_contacts(affaire)
    yield from _check_department(affaire)
    yield from _check_replaced(affaire, droit)
    if contradicts_status(affaire.dossier.valeur.etablissement):
        yield warning(
            "D-151",
            affaire.dossier.fichier.source(("etablissement", "avis_medical", "instance")),
            "Un établissement public a une commission médicale d’établissement (CME), un "
            "établissement privé à but lucratif une conférence médicale (CfME)\u00a0: l’instance "
            "n’est pas celle du statut.",
            "Corriger l’instance ou le statut.",
        )
    yield from check_own(affaire, droit)


def _check_contacts(affaire: Affaire) -> Iterator[Constat]:
    """D-125: a party names persons, and none for a volet of the contract (contrat type, art. 3)."""
    dossier, ars, organisme = affaire.dossier, affaire.ars, affaire.organisme
    listes = (
        ("L’établissement", dossier.valeur.etablissement.interlocuteurs, dossier.fichier),
        ("L’agence", ars.valeur.referents, ars.fichier),
        ("L’organisme local", organisme.valeur.referents, organisme.fichier),
    )
    for partie, contacts, fichier in listes:
        suivis = {contact.volet for contact in contacts}
        chemin = _INTERLOCUTEURS if fichier is dossier.fichier else ("referents",)
        for nom in (SOCLE, *dossier.valeur.contrat.volets):
            if contacts and nom not in suivis:
                yield warning(
                    "D-125",
                    fichier.source(chemin),
                    f"{partie} ne nomme personne pour le volet {nom} du contrat "
                    f"{affaire.reference}.",
                    f"Ajouter une personne avec «\u00a0volet: {nom}\u00a0».",
                )


def _check_department(affaire: Affaire) -> Iterator[Constat]:
    """D-126: a département that the postal code of the establishment contradicts."""
    etablissement, fichier = affaire.dossier.valeur.etablissement, affaire.dossier.fichier
    code = etablissement.adresse.code_postal if etablissement.adresse else None
    departement = etablissement.departement
    if departement is None or code is None or departement in postal_departments(code):
        return
    yield warning(
        "D-126",
        fichier.source(("etablissement", "departement")),
        f"Le code postal {code} n’est pas d’ordinaire celui du département {departement}.",
        "Corriger l’un des deux, ou vérifier que c’est voulu\u00a0: quelques communes sont "
        "desservies par le département voisin.",
    )


def postal_departments(code: str) -> tuple[str, ...]:
    """The départements that a postal code usually serves; two for Corsica.

    >>> postal_departments("20000"), postal_departments("97400"), postal_departments("06000")
    (('2A', '2B'), ('974',), ('06',))
    """
    if code.startswith("20"):
        return "2A", "2B"
    return (code[:3],) if code[:2] in ("97", "98") else (code[:2],)


def _check_replaced(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """D-127: a reduction of a former contract that would outlive it (instruction, II.b.iii)."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    if not contrat.contrats_remplaces:
        return
    try:
        terme = droit.parameter("contrat/terme_contrats_anterieurs", dt.date(2018, 1, 1))
    except DroitError:
        return  # outside its dates, or in a library without it, the texts say nothing
    fin = dt.date.fromisoformat(str(terme.valeur))
    for rang, ancien in enumerate(contrat.contrats_remplaces):
        reduction = ancien.reduction
        if reduction is None or (reduction.jusqu_au and reduction.jusqu_au <= fin):
            continue
        yield warning(
            "D-127",
            fichier.source(("contrat", "contrats_remplaces", rang, "reduction")),
            "La minoration prononcée au titre d’un contrat antérieur n’a pas de fin, ou dure "
            f"après le {date_longue(fin)}.",
            f"Écrire «\u00a0jusqu_au: {fin.isoformat()}\u00a0», ou vérifier que c’est voulu\u00a0: "
            f"{terme.version.source}.",
        )
