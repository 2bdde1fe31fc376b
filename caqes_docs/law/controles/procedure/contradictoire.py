"""V-329, V-330: the decision against what was notified, and could be answered (D. 162-16 IV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.evaluation import DecisionVolet, EvaluationVolet
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.controles.decision import SANCTIONS, differs
from caqes_docs.law.resultats import MesureProposee, ResultatVolet

_SANS_MESURE = (MesureProposee.NON_EVALUABLE, MesureProposee.AUCUNE)


def check_notified(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """A sanction heavier, longer or otherwise reasoned than the one that was notified."""
    decision, procedure = cadre.evaluation.decision, cadre.evaluation.procedure
    if decision is None or procedure is None or procedure.notification is None:
        return
    for resultat in volets:
        nom = resultat.volet
        prise, vu = decision.volets.get(nom), cadre.volet(nom)
        if prise is None or prise.nature not in SANCTIONS:
            continue
        lieu = ("decision", "volets", nom)
        for cle, plus in _heavier(prise, resultat, vu):
            yield fault(
                "V-329",
                cadre.evaluation_source(*lieu, cle),
                f"La décision du volet {nom} retient plus que ce qui a été notifié\u00a0: {plus}. "
                "L’établissement n’a pas pu y répondre (article D. 162-16, IV).",
                "Ne pas dépasser la mesure notifiée.",
            )
        connus = (None, vu.motif_modulation, vu.appreciation)
        suivie = not differs(prise, resultat) and _days(prise) == _days(vu)
        if suivie and prise.motif not in connus:
            yield warning(
                "V-330",
                cadre.evaluation_source(*lieu, "motif"),
                f"La décision du volet {nom} retient la mesure notifiée, et lui donne un motif que "
                "ni le rapport ni la notification ne portaient.",
                "Le retirer, ou vérifier qu’il répond aux observations de l’établissement.",
            )


def _heavier(
    prise: DecisionVolet, resultat: ResultatVolet, vu: EvaluationVolet
) -> Iterator[tuple[str, str]]:
    """Each key by which the decision goes beyond the notification, and how."""
    if resultat.mesure in _SANS_MESURE:
        yield "nature", f"{prise.nature.libelle}, quand aucune mesure n’était envisagée"
        return
    autre = resultat.non_monetaire
    taux = autre.taux.valeur if autre and autre.taux else None
    mois = autre.duree_mois.valeur if autre and autre.duree_mois else None
    montant = abs(resultat.montant.nombre) if resultat.montant.is_known and not autre else None
    for cle, decide, notifie, dire in (
        ("montant", prise.montant, montant, formes.euros),
        ("taux", prise.taux, taux, formes.taux),
        ("duree_mois", prise.duree_mois, mois, lambda mois: f"{formes.nombre(mois)} mois"),
        ("date_fin", _days(prise), _days(vu), lambda jours: f"{formes.nombre(jours)} jours"),
    ):
        if decide is not None and isinstance(notifie, Decimal | int) and decide > notifie:
            yield cle, f"{dire(Decimal(decide))}, et non {dire(Decimal(notifie))}"


def _days(mesure: DecisionVolet | EvaluationVolet) -> int | None:
    """How long a measure lasts, its first and last days included."""
    if mesure.date_effet is None or mesure.date_fin is None:
        return None
    return (mesure.date_fin - mesure.date_effet + dt.timedelta(days=1)).days
