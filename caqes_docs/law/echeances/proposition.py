"""What falls due on the way to a contract, to a volet proposed later, to a refusal (D. 162-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.volets import Refus
from caqes_docs.law.echeances import modele
from caqes_docs.law.procedure.contrat import PREMIERE, SECONDE, contract_delays

_ARTICLE = "D. 162-15"
_UNE, _DEUX, _ISSUE = "Première proposition", "Seconde proposition", "Signature ou refus"
_SIGNER = "Signer, demander à être entendu ou présenter des observations"


def iter_proposal(suite: modele.Suite, procedure: ProcedureContrat) -> Iterator[modele.Echeance]:
    """The steps that an act not yet signed, and not refused, still needs."""
    premiere, seconde = procedure.premiere_proposition, procedure.seconde_proposition
    delais = contract_delays(suite.support, procedure)
    if not modele.is_sent(premiere) or premiere is None:
        yield from modele.iter_avis(suite, procedure.avis, "sur la proposition", _ARTICLE, "avis")
        if procedure.avis is not None and procedure.avis.rendu_le is not None:
            notifier = suite.make(_UNE, "Notifier la première proposition", _ARTICLE, PREMIERE)
            yield replace(notifier, depuis=procedure.avis.rendu_le)
        return
    if modele.is_sent(seconde) and seconde is not None:
        yield from modele.iter_answers(suite, _DEUX, seconde, delais[SECONDE], _ARTICLE, _SIGNER)
        if seconde.recue_le is not None:
            conclure = suite.make(
                _ISSUE, "Signer, ou notifier la sanction encourue", _ARTICLE, SECONDE
            )
            yield suite.after(conclure, delais[SECONDE])
        return
    yield from modele.iter_answers(suite, _UNE, premiere, delais[PREMIERE], _ARTICLE, _SIGNER)
    if premiere.recue_le is not None:
        notifier = suite.make(
            _DEUX, "Notifier la seconde proposition, si rien n’est signé", _ARTICLE, PREMIERE
        )
        yield suite.after(notifier, delais[PREMIERE])


def iter_refusal(suite: modele.Suite, refus: Refus) -> Iterator[modele.Echeance]:
    """What a refusal that is decided still needs: its receipt, and the fund told."""
    decide = refus.decide_le
    if decide is None:
        return
    if refus.recue_le is None:
        preuve = suite.make(
            "Décision sur le refus",
            "Établir la date de réception (décision)",
            _ARTICLE,
            "decide_le",
        )
        yield replace(preuve, depuis=decide, etat=preuve.etat.INCONNU)
    if refus.caisse_informee_le is None:
        informer = suite.make(
            "Décision sur le refus",
            "Informer la caisse, qui recouvre la sanction",
            _ARTICLE,
            "decide_le",
        )
        yield suite.due(replace(informer, depuis=decide), decide)


def is_over(signature: dt.date | None, jour: dt.date) -> bool:
    """Whether the act was signed by that day."""
    return signature is not None and signature <= jour
