"""The faults of a proposal: of the contract, of a volet proposed later, of an avenant (D. 162-15).

A procedure is examined alone: an avenant takes the same path (K9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.signature import Signature
from caqes_docs.law.controles.procedure.etapes import Examen, Fait, follows, sent
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.contrat import PREMIERE, REGLES, SECONDE, contract_delays
from caqes_docs.law.procedure.delais import Support

ARTICLE = "CSS, art. D.\u00a0162-15"
ACTES = {regle.etape: regle.acte for regle in REGLES}


def check_proposals(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """Every fault of the proposals of a dossier: the contract's, then those of its volets."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    if contrat.procedure is not None:
        support = Support(droit, fichier, ("contrat", "procedure"))
        source = fichier.source(("contrat", "signature"))
        signature = Fait(source, "la signature du contrat", contrat.signature.date_retenue)
        yield from check_proposal(support, contrat.procedure, signature)
    for nom, volet in contrat.volets.items():
        source = fichier.source(("contrat", "volets", nom, "signature"))
        signature = Fait(source, f"la signature du volet {nom}", _signed(volet.signature))
        if volet.procedure is not None:
            support = Support(droit, fichier, ("contrat", "volets", nom, "procedure"))
            yield from check_proposal(support, volet.procedure, signature)
        elif contrat.procedure is not None and nom not in affaire.joints:
            support = Support(droit, fichier, ("contrat", "procedure"))
            yield from _check_with_contract(support, contrat, nom, signature)
    for rang, refus in enumerate(contrat.refus):
        if refus.procedure is not None:
            support = Support(droit, fichier, ("contrat", "refus", rang, "procedure"))
            yield from check_proposal(support, refus.procedure, None)


def _check_with_contract(
    support: Support, contrat: Contrat, nom: str, signature: Fait
) -> Iterator[Constat]:
    """V-100, V-191: a volet without its own procedure was proposed with the contract (K9)."""
    premiere = contrat.procedure.premiere_proposition if contrat.procedure else None
    examen, contrat_signe = Examen(support, ARTICLE), contrat.signature.date_retenue
    envoi = examen.fact((PREMIERE, "date"), f"l’envoi {ACTES[PREMIERE]}", sent(premiere))
    yield from follows(envoi, signature)
    if signature.jour and contrat_signe and signature.jour.year > contrat_signe.year:
        yield warning(
            "V-191",
            signature.source,
            f"{signature.dit}, après l’année où le contrat est signé, et rien ne dit comment le "
            f"volet a été proposé ({ARTICLE}).",
            f"Remplir «\u00a0contrat.volets.{nom}.procedure\u00a0»\u00a0: avis, première "
            "proposition, et la preuve de sa réception.",
        )


def _signed(signature: Signature | None) -> dt.date | None:
    return signature.date_retenue if signature else None


def check_proposal(
    support: Support, procedure: ProcedureContrat, signature: Fait | None
) -> Iterator[Constat]:
    """The faults of one proposal; `signature` is what it leads to, if it does."""
    examen = Examen(support, ARTICLE)
    premiere, seconde = procedure.premiere_proposition, procedure.seconde_proposition
    envoi = second_sending(examen, procedure)
    premier = examen.fact((PREMIERE, "date"), f"l’envoi {ACTES[PREMIERE]}", sent(premiere))
    yield from examen.check_step(PREMIERE, ACTES[PREMIERE], premiere)
    yield from examen.check_step(SECONDE, ACTES[SECONDE], seconde)
    yield from examen.check_avis("avis", procedure.avis, premier)
    yield from examen.check_proof(PREMIERE, ACTES[PREMIERE], premiere, envoi)
    yield from follows(premier, envoi)
    if signature is not None:
        yield from follows(premier, signature)
    yield from examen.check_answers(PREMIERE, premiere, envoi)
    yield from examen.check_known(PREMIERE, premiere, envoi)
    try:
        delai = contract_delays(support, procedure).get(PREMIERE)
    except DroitError as error:
        yield fault(error.code, support.source(), error.message, error.remede)
        return
    yield from examen.check_end(delai, envoi)
    yield from examen.check_late_hearing(delai, premiere, envoi)


def second_sending(examen: Examen, procedure: ProcedureContrat) -> Fait:
    """The sending of the second proposal; of its receipt when only that is known."""
    jour = sent(procedure.seconde_proposition)
    return examen.fact((SECONDE, "date"), f"l’envoi {ACTES[SECONDE]}", jour)
