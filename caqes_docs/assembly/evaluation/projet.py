"""What the decision to come would be, volet by volet, beside what was notified (D. 162-16 IV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caqes_docs.assembly.evaluation.decisions import signed_decision
from caqes_docs.core.francais.formes import date_longue, taux
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.evaluation import (
    DecisionVolet,
    Evaluation,
    EvaluationVolet,
    NatureDecision,
)
from caqes_docs.data.dossier.procedure import NotificationMesures, ProcedureEvaluation, Renonciation
from caqes_docs.law.resultats import MesureProposee, ResultatVolet

_SANCTIONS = (MesureProposee.SANCTION, MesureProposee.REDUCTION, MesureProposee.MSAP)
RENONCE = "aucune mesure (renonciation à la sanction)"


def submitted(
    evaluation: Evaluation, resultat: ResultatVolet, proposee: Mapping[str, object]
) -> dict[str, Any]:
    """The measure notified, and the one that the opinion bears on; `proposee` is the proposal."""
    procedure = evaluation.procedure or ProcedureEvaluation()
    actes = (procedure.notification or NotificationMesures()).actes_envisages
    vu = evaluation.volets.get(resultat.volet, EvaluationVolet())
    notifiee = _notified(resultat, proposee, vu, " ; ".join(actes))
    prise = evaluation.decision.volets.get(resultat.volet) if evaluation.decision else None
    envisagee = _decided(prise, proposee) if prise else notifiee
    if resultat.mesure in _SANCTIONS and _gives_up(procedure.renonciation, resultat.volet):
        envisagee = RENONCE
    return {
        "mesure_notifiee": typographier(notifiee),
        "mesure_envisagee": typographier(envisagee),
    }


def _gives_up(renonciation: Renonciation | None, nom: str) -> bool:
    """Whether the sanction of a volet is given up; all are when none is named."""
    return renonciation is not None and (not renonciation.volets or nom in renonciation.volets)


def _notified(
    resultat: ResultatVolet, proposee: Mapping[str, object], vu: EvaluationVolet, actes: str
) -> str:
    dit = f"{proposee['mesure']}"
    if resultat.mesure is MesureProposee.MSAP:
        return _accord(dit, f"{proposee['duree_mois']}", actes)
    if proposee["taux_reduction"]:
        return _cut(dit, f"{proposee['taux_reduction']}", proposee, vu)
    return f"{dit}\u00a0: {proposee['montant_signe']}" if resultat.montant.valeur else dit


def _decided(prise: DecisionVolet, proposee: Mapping[str, object]) -> str:
    """One volet of the decision, in a few words."""
    dit = prise.nature.libelle
    if prise.nature is NatureDecision.MSAP:
        duree = f"{prise.duree_mois}\u00a0mois" if prise.duree_mois else ""
        return _accord(dit, duree, prise.actes_dits or "")
    if prise.taux is not None:
        return _cut(dit, taux(prise.taux), proposee, prise)
    return f"{dit}\u00a0: {signed_decision(prise)}" if prise.montant else dit


def _cut(
    dit: str, part: str, proposee: Mapping[str, object], vu: EvaluationVolet | DecisionVolet
) -> str:
    """A cut, what it is a cut of, and from when to when."""
    unite = f", {proposee['unite']}" if proposee["unite"] else ""
    dit = f"{dit}\u00a0: {part}{unite}"
    if vu.date_effet and vu.date_fin:
        dit += f", du {date_longue(vu.date_effet)} au {date_longue(vu.date_fin)}"
    return dit


def _accord(dit: str, duree: str, actes: str) -> str:
    return ", ".join(filter(None, (dit, duree))) + (f"\u00a0: {actes}" if actes else "")
