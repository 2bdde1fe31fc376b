"""The contract as its avenants left it: at a date, in a year, before and after one of them.

The dossier is the contract as it was signed. The avenants that are signed are put on it in the
order of their effects; those of one day, in the order of their signatures, then of their numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NoReturn

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.avenant.application import apply_avenant
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.etat import EtatAvenant, avenant_state, effect_day, signature_day
from caqes_docs.law.droit.dates import is_original
from caqes_docs.law.droit.droit import effect_date


def signed_avenants(affaire: Affaire) -> tuple[Charge[Avenant], ...]:
    """The avenants that are signed, in the order in which they amend the contract."""
    signes = (
        charge
        for charge in affaire.avenants.values()
        if avenant_state(charge.valeur) is EtatAvenant.SIGNE
    )
    return tuple(sorted(signes, key=lambda charge: _order(charge.valeur)))


def state_on(affaire: Affaire, jour: dt.date) -> Affaire:
    """The affaire whose dossier is the contract on `jour`; its avenants are those to come.

    Raises:
        DonneesError: an avenant cannot be put on the contract (all its faults are listed).
    """
    signes = signed_avenants(affaire)
    return amended(affaire, [charge for charge in signes if _effect(charge.valeur) <= jour])


def state_of_year(affaire: Affaire, annee: int) -> Affaire:
    """The contract on which a year is judged: as it stands on its 1 January.

    An avenant takes effect on a 1 January, or on a 31 December when it ends a volet: the year that
    it closes is still judged on that volet.

    Raises:
        DonneesError: an avenant cannot be put on the contract (all its faults are listed).
    """
    return state_on(affaire, dt.date(annee, 1, 1))


def state_before(affaire: Affaire, numero: int) -> Affaire:
    """The contract that the avenant of that number amends.

    As long as it is not signed, that is the contract with all that is signed; what was signed
    after a refusal came after what was refused.

    Raises:
        DonneesError: one of those before it cannot be put on the contract; V-314.
    """
    refuse_joined(affaire)
    avenant = affaire.avenants[numero].valeur
    avant = [
        charge
        for charge in signed_avenants(affaire)
        if charge.valeur.numero != numero and _precedes(charge.valeur, avenant)
    ]
    return amended(affaire, avant)


def _precedes(autre: Avenant, avenant: Avenant) -> bool:
    if avenant_state(avenant) is EtatAvenant.REFUSE:
        return autre.numero < avenant.numero
    return signature_day(avenant) is None or _order(autre) < _order(avenant)


def state_after(affaire: Affaire, numero: int) -> Affaire:
    """The contract as the avenant of that number leaves it.

    Raises:
        DonneesError: it cannot be put on the contract, or one of those before it.
    """
    return amended(state_before(affaire, numero), [affaire.avenants[numero]])


def check_joined(affaire: Affaire, jour: dt.date = dt.date.max) -> Iterator[Constat]:
    """V-314: a volet that has effect by `jour`, joined to the signed contract by no avenant."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    for nom, volet in contrat.volets.items():
        signe = volet.signature.date_retenue if volet.signature else None
        if signe is None or nom in affaire.joints or is_original(nom, contrat):
            continue
        if effect_date(signe) <= jour:
            yield fault(
                "V-314",
                fichier.source(("contrat", "volets", nom)),
                f"Le volet {nom}, signé le {date_longue(signe)}, a été joint au contrat après sa "
                "signature, et aucun avenant ne le porte\u00a0: les exposés et les modifications "
                "des avenants, et les versions consolidées, seraient faux.",
                "Retirer ce volet du dossier et l’écrire comme un avenant («\u00a0cas: "
                "ajout_volet\u00a0»), avec sa procédure et sa signature, à son rang\u202f; ceux "
                "qui le suivent prennent les numéros suivants.",
            )


def refuse_joined(affaire: Affaire, jour: dt.date = dt.date.max) -> None:
    """V-314: no act of a chain is made that ignores a volet."""
    constats = tuple(check_joined(affaire, jour))
    if constats:
        _refuse(constats)


def _refuse(constats: Sequence[Constat]) -> NoReturn:
    """The first of these faults, with all of them."""
    un = constats[0]
    raise DonneesError(un.code, un.message, constats, remede=un.remede, source=un.source)


def amended(affaire: Affaire, avenants: Iterable[Charge[Avenant]]) -> Affaire:
    """The affaire once these avenants are put on it, one after the other.

    Raises:
        DonneesError: one of them cannot be put on the contract (all its faults are listed).
    """
    for charge in avenants:
        dossier, constats = apply_avenant(affaire.dossier, charge)
        if dossier is None:
            _refuse(constats)
        contrat = affaire.dossier.valeur.contrat
        joints = affaire.joints | (dossier.valeur.contrat.volets.keys() - contrat.volets.keys())
        restants = {n: c for n, c in affaire.avenants.items() if n != charge.valeur.numero}
        appliques = (*affaire.appliques, charge)
        affaire = replace(
            affaire, dossier=dossier, avenants=restants, joints=joints, appliques=appliques
        )
    return affaire


def _effect(avenant: Avenant) -> dt.date:
    return effect_day(avenant) or dt.date.max


def _order(avenant: Avenant) -> tuple[dt.date, dt.date, int]:
    """What a signed avenant is put in order by."""
    return _effect(avenant), signature_day(avenant) or dt.date.max, avenant.numero
