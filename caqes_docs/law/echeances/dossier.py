"""All that falls due in one dossier on one day, in the order of its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.avenant.etat import signature_day
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.echeances.annee import iter_year
from caqes_docs.law.echeances.modele import Echeance, Suite, is_begun, known_at
from caqes_docs.law.echeances.proposition import is_over, iter_proposal, iter_refusal
from caqes_docs.law.echeances.suivi import iter_expected, iter_meetings
from caqes_docs.law.procedure.delais import Support

_PROCEDURE = ("contrat", "procedure")


def iter_echeances(affaire: Affaire, droit: Droit, jour: dt.date) -> Iterator[Echeance]:
    """The steps not taken of the contract, its volets, refusals, avenants and evaluated years.

    Raises:
        DonneesError: an avenant cannot be put on the contract of an evaluated year.
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    yield from _contract(affaire, droit, jour)
    for propose in affaire.avenants.values():
        yield from _avenant(propose, droit, jour)
    yield from iter_meetings(
        Suite("contrat", jour, Support(droit, affaire.dossier.fichier)), affaire
    )
    for annee, charge in affaire.evaluations.items():
        nom = f"évaluation {annee}"
        if annee < jour.year:
            suite = Suite(nom, jour, Support(droit, charge.fichier, ("procedure",)))
            yield from iter_year(suite, charge.valeur)
        if annee <= jour.year:
            suite = Suite(nom, jour, Support(droit, charge.fichier))
            yield from iter_expected(suite, state_of_year(affaire, annee), charge, droit)


def _avenant(charge: Charge[Avenant], droit: Droit, jour: dt.date) -> Iterator[Echeance]:
    """What an avenant proposed still needs: it takes the path of a contract (K9)."""
    avenant, nom = charge.valeur, f"avenant n°\u00a0{charge.valeur.numero}"
    if avenant.annulation is not None or is_over(signature_day(avenant), jour):
        return
    refuses = [(rang, known_at(refus, jour)) for rang, refus in enumerate(avenant.refus)]
    if avenant.procedure is not None and not any(refus.decide_le for _, refus in refuses):
        connue = known_at(avenant.procedure, jour)
        if is_begun(connue) or not is_begun(avenant.procedure):
            suite = Suite(nom, jour, Support(droit, charge.fichier, ("procedure",)))
            yield from iter_proposal(suite, connue)
    for rang, refus in refuses:
        if refus.constate_le is not None:
            suite = Suite(f"{nom}, refus", jour, Support(droit, charge.fichier, ("refus", rang)))
            yield from iter_refusal(suite, refus)


def _contract(affaire: Affaire, droit: Droit, jour: dt.date) -> Iterator[Echeance]:
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    refuses = {
        rang: known_at(refus, jour)
        for rang, refus in enumerate(contrat.refus)
        if refus.constate_le is None or refus.constate_le <= jour
    }
    suite = Suite("contrat", jour, Support(droit, fichier, _PROCEDURE))
    procedure = known_at(contrat.procedure or ProcedureContrat(), jour)
    attend = any(refus.procedure is None and not refus.decide_le for refus in refuses.values())
    refuse = any(refus.volet == "socle" and refus.decide_le for refus in refuses.values())
    if attend or not (refuse or is_over(contrat.signature.date_retenue, jour)):
        yield from iter_proposal(suite, procedure)
    for nom, volet in contrat.volets.items():
        signature = volet.signature.date_retenue if volet.signature else None
        if volet.procedure is not None and not is_over(signature, jour):
            support = Support(droit, fichier, ("contrat", "volets", nom, "procedure"))
            propre = Suite(f"volet {nom}", jour, support)
            connue = known_at(volet.procedure, jour)
            if is_begun(connue) or not is_begun(volet.procedure):
                yield from iter_proposal(propre, connue)
    for rang, refus in enumerate(contrat.refus):
        connu = refuses.get(rang)
        if connu is None:
            continue
        chemin = ("contrat", "refus", rang)
        nom = f"refus du volet {refus.volet}"
        propre = Suite(nom, jour, Support(droit, fichier, (*chemin, "procedure")))
        if refus.procedure is not None and connu.decide_le is None:
            yield from iter_proposal(propre, known_at(refus.procedure, jour))
        yield from iter_refusal(Suite(nom, jour, Support(droit, fichier, chemin)), connu)
