"""What an avenant may not lawfully be: refused before it is signed.

Contrat type, art. 2, 7 and 8; instruction DSS/A1/CNAMTS/2017/234, II.a.ii and II.a.iv; CSS, art.
D. 162-15. What it makes of the contract is held to all that a contract is held to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, sort_constats, warning
from caqes_docs.core.errors import CaqesError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.chaine import amended, check_joined, state_before
from caqes_docs.law.avenant.etat import EtatAvenant, avenant_state, effect_day, signature_day
from caqes_docs.law.avenant.fond import check_substance
from caqes_docs.law.avenant.representant import check_taking_office
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.controles.procedure.contrat import ARTICLE, check_proposal
from caqes_docs.law.controles.procedure.etapes import Fait
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.delais import Support


def check_avenants(affaire: Affaire, droit: Droit) -> list[Constat]:
    """Every fault of the avenants of a dossier, each placed in its own file."""
    avenants = affaire.avenants.values()
    joints = check_joined(affaire) if avenants else ()
    siens = (c for charge in avenants for c in check_avenant(affaire, charge, droit))
    return sort_constats([*joints, *siens])


def check_avenant(
    affaire: Affaire, charge: Charge[Avenant], droit: Droit, suppose: dt.date | None = None
) -> Iterator[Constat]:
    """The faults of one of them; `suppose` stands in for the date of effect that is not known."""
    yield from _check_number(affaire, charge)
    yield from _check_life(affaire, charge)
    yield from _check_procedure(charge, droit)
    yield from _check_medical_body(affaire, charge)
    if avenant_state(charge.valeur) is not EtatAvenant.ANNULE:
        yield from check_taking_office(charge)
        yield from _check_contract(affaire, charge)
        effet = effect_day(charge.valeur) or suppose
        yield from _check_changes(affaire, charge, droit, effet)


def _check_number(affaire: Affaire, charge: Charge[Avenant]) -> Iterator[Constat]:
    """V-310: avenants are numbered one after the other, as each cites those before it."""
    numero = charge.valeur.numero
    if numero < 1 or (numero > 1 and numero - 1 not in affaire.avenants):
        yield fault(
            "V-310",
            charge.fichier.source(("numero",)),
            f"Aucun avenant n’a le numéro {numero - 1}\u00a0: celui-ci ne peut pas être le "
            f"n°\u00a0{numero}."
            if numero > 1
            else "Le premier avenant porte le numéro 1.",
            "Numéroter les avenants à la suite\u00a0; celui qui est abandonné garde son numéro et "
            "reçoit «\u00a0annulation\u00a0».",
        )


def _check_life(affaire: Affaire, charge: Charge[Avenant]) -> Iterator[Constat]:
    """V-309: a signed avenant is not annulled; what stands in the place of another is told."""
    avenant, annulation = charge.valeur, charge.valeur.annulation
    if annulation is None:
        return
    source = charge.fichier.source(("annulation",))
    if signature_day(avenant) is not None:
        yield fault(
            "V-309",
            source,
            f"L’avenant n°\u00a0{avenant.numero} est signé\u00a0: il ne s’annule ni ne se réécrit.",
            "Retirer «\u00a0annulation\u00a0», et le modifier par un nouvel avenant.",
        )
    suivant = annulation.remplace_par
    if suivant is not None and (suivant <= avenant.numero or suivant not in affaire.avenants):
        yield fault(
            "V-309",
            charge.fichier.source(("annulation", "remplace_par")),
            f"L’avenant n°\u00a0{suivant}, qui remplacerait celui-ci, n’existe pas ou le précède.",
            "Donner le numéro d’un avenant plus récent de ce contrat.",
        )


def _check_procedure(charge: Charge[Avenant], droit: Droit) -> Iterator[Constat]:
    """The faults of its proposal; V-312 when nothing says how it was proposed (K9)."""
    avenant, fichier = charge.valeur, charge.fichier
    jour = signature_day(avenant)
    if avenant.procedure is not None:
        quoi = f"la signature de l’avenant n°\u00a0{avenant.numero}"
        signature = Fait(fichier.source(("signature",)), quoi, jour)
        support = Support(droit, fichier, ("procedure",))
        yield from check_proposal(support, avenant.procedure, signature)
    elif jour is not None:
        yield warning(
            "V-312",
            fichier.source(("signature",)),
            f"L’avenant n°\u00a0{avenant.numero} porte une date de signature, et rien ne dit "
            f"comment il a été proposé\u00a0: il suit la procédure du contrat ({ARTICLE}).",
            "Remplir «\u00a0procedure\u00a0»\u00a0: avis de l’organisme local, première "
            "proposition, preuve de sa réception.",
        )


def _check_medical_body(affaire: Affaire, charge: Charge[Avenant]) -> Iterator[Constat]:
    """V-313: an avenant takes the forms of its contract (contrat type, art. 7), this avis too."""
    avenant, etablissement = charge.valeur, affaire.dossier.valeur.etablissement
    if signature_day(avenant) and etablissement.avis_medical and avenant.avis_medical is None:
        yield warning(
            "V-313",
            charge.fichier.source(("signature",)),
            f"L’avenant n°\u00a0{avenant.numero} porte une date de signature, et rien ne dit que "
            f"la {etablissement.avis_medical.instance} en a connu, comme du contrat\u00a0: l’acte "
            "n’affirme pas qu’il est fait dans les mêmes formes.",
            "Remplir «\u00a0avis_medical\u00a0»\u00a0: instance, date et sens de l’avis.",
        )


def _check_contract(affaire: Affaire, charge: Charge[Avenant]) -> Iterator[Constat]:
    """V-308: an avenant amends a contract that is signed, and not refused."""
    contrat, numero = affaire.dossier.valeur.contrat, charge.valeur.numero
    signe, jour = contrat.signature.date_retenue, signature_day(charge.valeur)
    source, pourquoi = charge.fichier.source(("dossier",)), ""
    if any(refus.volet == SOCLE for refus in contrat.refus):
        pourquoi = "l’établissement a refusé le contrat"
    elif signe is None:
        pourquoi = "le contrat n’est pas signé"
    elif jour is not None and jour < signe:
        source = charge.fichier.source(("signature", "date"))
        pourquoi = (
            f"l’avenant est signé le {date_longue(jour)}, avant le contrat ({date_longue(signe)})"
        )
    if pourquoi:
        yield fault(
            "V-308",
            source,
            f"L’avenant n°\u00a0{numero} n’a pas de contrat à modifier\u00a0: {pourquoi}.",
            "Modifier le dossier lui-même tant que le contrat n’est pas signé, ou corriger la "
            "date.",
        )


def _check_changes(
    affaire: Affaire, charge: Charge[Avenant], droit: Droit, effet: dt.date | None
) -> Iterator[Constat]:
    """What it makes of the contract, against what an avenant may do and what a contract is."""
    try:
        avant = state_before(affaire, charge.valeur.numero)
        apres = amended(avant, [charge])
    except CaqesError as error:
        # The faults of an avenant before this one are told in that one's file.
        yield from (c for c in error.constats if c.source.fichier == charge.fichier.nom)
        return
    propres = list(check_substance((avant, apres), charge, droit, effet))
    yield from propres
    deja = set(check_affaire(avant, droit))
    suites = (c for c in check_affaire(apres, droit) if c not in deja)
    yield from (c for c in suites if not propres or c.code not in _DITS_ICI)


_DITS_ICI = frozenset({"V-055", "V-164"})
"""What a volet that lasts too long, or a socle that is withdrawn, would be told of once more."""
