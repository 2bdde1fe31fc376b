"""What falls due on the way from the report of a year to its final decision (D. 162-16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from caqes_docs.data.dossier.evaluation import Decision, Evaluation, NatureDecision
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.law.echeances.modele import (
    Echeance,
    EtatEcheance,
    Suite,
    is_sent,
    iter_answers,
    iter_avis,
    known_at,
)
from caqes_docs.law.procedure.delais import Delai
from caqes_docs.law.procedure.evaluation import (
    NOTIFICATION,
    NOTIFIER,
    RAPPORT,
    envisages_msap,
    evaluation_delays,
)

_III, _IV = "D. 162-16, III", "D. 162-16, IV"
_RAPPORT, _MESURES = "Rapport d’évaluation", "Notification des mesures"
_DECISION = "Décision définitive"
_REPONDRE = "Demander à être entendu ou présenter des observations"


def iter_year(suite: Suite, evaluation: Evaluation) -> Iterator[Echeance]:
    """The steps that an evaluated year still needs on the day of `suite`.

    `suite.support` leads to the record of the procedure.

    Raises:
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    decision = known_at(evaluation.decision or Decision(), suite.jour)
    procedure = known_at(evaluation.procedure or ProcedureEvaluation(), suite.jour)
    if decision.date is not None:
        yield from _told(suite, procedure, decision)
    elif not _is_given_up(procedure):
        msap = envisages_msap(procedure, evaluation.decision)
        delais = evaluation_delays(suite.support, procedure, msap=msap)
        yield from _Annee(suite, evaluation, procedure, delais).steps()


def _is_given_up(procedure: ProcedureEvaluation) -> bool:
    """Whether every sanction is given up; where volets are named, the others go on (K8)."""
    renonciation = procedure.renonciation
    return renonciation is not None and renonciation.date is not None and not renonciation.volets


@dataclass(frozen=True)
class _Annee:
    """A year that is not decided yet."""

    suite: Suite
    evaluation: Evaluation
    procedure: ProcedureEvaluation
    delais: Mapping[str, Delai]

    def steps(self) -> Iterator[Echeance]:
        """What the last act sent calls for, then what comes next."""
        rapport, notification = self.procedure.rapport, self.procedure.notification
        if is_sent(notification) and notification is not None:
            delai = self.delais[NOTIFICATION]
            yield from iter_answers(self.suite, _MESURES, notification, delai, _IV, _REPONDRE)
            if notification.recue_le is not None:
                yield from self._avis_decision()
                yield from self._decide(delai)
        elif is_sent(rapport) and rapport is not None:
            delai = self.delais[RAPPORT]
            yield from iter_answers(self.suite, _RAPPORT, rapport, delai, _III, _REPONDRE)
            if rapport.recue_le is not None:
                yield from self._notify(delai)
        else:
            yield from self._report()

    def _report(self) -> Iterator[Echeance]:
        faite = self.evaluation.date
        if faite is not None and faite <= self.suite.jour:
            quoi = "Transmettre le rapport d’évaluation"
            yield replace(self.suite.make(_RAPPORT, quoi, _III), depuis=faite)

    def _notify(self, delai: Delai) -> Iterator[Echeance]:
        """The window of two months, and the avis that must come before its end."""
        suite, terme = self.suite, self.delais[NOTIFIER].terme
        notifier = suite.make(_MESURES, "Notifier les mesures, ou y renoncer", _III, RAPPORT)
        notifier = replace(suite.after(notifier, delai), terme=terme)
        if terme is not None and terme < suite.jour:
            quoi = "Notifier une mesure n’est plus possible\u00a0: les deux mois sont passés"
            yield replace(notifier, quoi=quoi, etat=EtatEcheance.FORCLOS)
            return
        avis = self.procedure.avis_notification
        for echeance in iter_avis(suite, avis, "avant de notifier", _III, "avis_notification"):
            yield replace(echeance, terme=echeance.terme or terme)
        yield notifier

    def _avis_decision(self) -> Iterator[Echeance]:
        avis = self.procedure.avis_decision
        yield from iter_avis(self.suite, avis, "avant de décider", _IV, "avis_decision")

    def _decide(self, delai: Delai) -> Iterator[Echeance]:
        quoi = "Notifier la décision définitive, ou renoncer à sanctionner"
        yield self.suite.after(self.suite.make(_DECISION, quoi, _IV, NOTIFICATION), delai)


def _told(suite: Suite, procedure: ProcedureEvaluation, decision: Decision) -> Iterator[Echeance]:
    """What a decision still needs: the proof of its receipt, and those who must be told of it."""
    fichier = replace(suite, support=replace(suite.support, racine=()))
    if decision.recue_le is None:
        preuve = fichier.make(
            _DECISION, "Établir la date de réception (décision définitive)", _IV, "decision", "date"
        )
        yield replace(preuve, depuis=decision.date, etat=EtatEcheance.INCONNU)
    dits = procedure.information
    a_dire = [
        ("organisme_le", "le directeur de l’organisme local", _IV),
        ("controle_medical_le", "le service du contrôle médical", _IV),
    ]
    if any(prise.nature is NatureDecision.MONTANT for prise in decision.volets.values()):
        a_dire.append(("caisse_le", "la caisse, qui recouvre la sanction", _III))
    for cle, qui, article in a_dire:
        if getattr(dits, cle, None) is None:
            informer = fichier.make("Information", f"Informer {qui}", article, "decision", "date")
            yield suite.due(replace(informer, depuis=decision.date), decision.date)
