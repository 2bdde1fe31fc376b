"""What the decision to come would be, volet by volet, beside what was notified (D. 162-16 IV)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from caqes_docs.assembly.evaluation.decisions import signed_decision
from caqes_docs.core.francais.formes import date_longue, taux
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.evaluation import DecisionVolet, Evaluation
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
    notifiee = _notified(resultat, proposee, actes)
    prise = evaluation.decision.volets.get(resultat.volet) if evaluation.decision else None
    envisagee = _decided(prise) if prise else notifiee
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
    resultat: ResultatVolet, proposee: Mapping[str, object], actes: tuple[str, ...]
) -> str:
    dit = f"{proposee['mesure']}"
    if resultat.mesure is MesureProposee.MSAP:
        return _accord(dit, f"{proposee['duree_mois']}", " ; ".join(actes))
    if proposee["taux_reduction"]:
        return f"{dit}\u00a0: {proposee['taux_reduction']}, {proposee['unite']}"
    montant = resultat.montant.valeur
    return f"{dit}\u00a0: {proposee['montant_signe']}" if montant else dit


def _decided(prise: DecisionVolet) -> str:
    """One volet of the decision, in a few words."""
    dit = prise.nature.libelle
    if prise.actes_dits or prise.duree_mois:
        duree = f"{prise.duree_mois}\u00a0mois" if prise.duree_mois else ""
        return _accord(dit, duree, prise.actes_dits or "")
    if prise.montant is not None:
        return f"{dit}\u00a0: {signed_decision(prise)}"
    if prise.taux is not None:
        dit = f"{dit}\u00a0: {taux(prise.taux)}"
    if prise.date_effet and prise.date_fin:
        dit += f", du {date_longue(prise.date_effet)} au {date_longue(prise.date_fin)}"
    return dit


def _accord(dit: str, duree: str, actes: str) -> str:
    return ", ".join(filter(None, (dit, duree))) + (f"\u00a0: {actes}" if actes else "")
