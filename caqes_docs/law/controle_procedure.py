"""The steps of the procedure: the avis before the decision, and dates that follow each other.

Contrat type, art. 6 and 9; instruction DSS/A1/CNAMTS/2017/234, IV.b (R-ALL-5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.texte_fr import date_longue
from caqes_docs.data.evaluation import Evaluation, NatureDecision
from caqes_docs.law.formules.cadre import Cadre

_Chemin = tuple[str, str]
_ORDRE: tuple[tuple[_Chemin, _Chemin, str], ...] = (
    (
        ("avis_organisme", "demande_le"),
        ("avis_organisme", "rendu_le"),
        "L’avis de l’organisme local serait rendu avant d’être demandé",
    ),
    (
        ("avis_organisme", "rendu_le"),
        ("decision", "date"),
        "La décision serait prise avant l’avis de l’organisme local",
    ),
    (
        ("contradictoire", "intention_le"),
        ("contradictoire", "recue_le"),
        "La lettre d’intention serait reçue avant d’être envoyée",
    ),
    (
        ("contradictoire", "intention_le"),
        ("decision", "date"),
        "La décision serait prise avant la lettre d’intention",
    ),
    (
        ("decision", "date"),
        ("notification", "date"),
        "La décision serait notifiée avant d’être prise",
    ),
    (
        ("notification", "date"),
        ("notification", "recue_le"),
        "La notification serait reçue avant d’être envoyée",
    ),
)
"""What comes first, what comes after, and what would be said of the contrary."""


def check_procedure(cadre: Cadre) -> Iterator[Constat]:
    """Every fault of the order of the steps; a date that is not known yet is no fault."""
    evaluation = cadre.evaluation
    for avant, apres, propos in _ORDRE:
        premier, second = _date(evaluation, avant), _date(evaluation, apres)
        if premier is not None and second is not None and second < premier:
            yield Constat(
                "V-068",
                Gravite.ERREUR,
                cadre.evaluation_source(*apres),
                f"{propos}\u00a0: le {date_longue(second)}, et non après le "
                f"{date_longue(premier)}.",
                "Corriger l’une des deux dates.",
            )
    yield from _check_avis(cadre)
    yield from _check_effects(cadre)


def _check_effects(cadre: Cadre) -> Iterator[Constat]:
    """A measure takes effect on the day of its decision at the earliest."""
    decision = cadre.evaluation.decision
    if decision is None or decision.date is None:
        return
    for nom, prise in decision.volets.items():
        if prise.date_effet is not None and prise.date_effet < decision.date:
            yield Constat(
                "V-068",
                Gravite.ERREUR,
                cadre.evaluation_source("decision", "volets", nom, "date_effet"),
                f"La mesure du volet {nom} prendrait effet le {date_longue(prise.date_effet)}, "
                f"avant sa décision du {date_longue(decision.date)}.",
                "Corriger l’une des deux dates.",
            )


def _check_avis(cadre: Cadre) -> Iterator[Constat]:
    """No sanction and no reward is decided, on a day that is known, before the avis (art. 6)."""
    decision, avis = cadre.evaluation.decision, cadre.evaluation.avis_organisme
    if decision is None or decision.date is None or (avis and avis.rendu_le):
        return
    prises = [
        nom for nom, prise in decision.volets.items() if prise.nature is not NatureDecision.AUCUNE
    ]
    if prises:
        yield Constat(
            "V-067",
            Gravite.ERREUR,
            cadre.evaluation_source("decision"),
            f"Une mesure est décidée ({', '.join(prises)}) sans l’avis de l’organisme local.",
            "Remplir «\u00a0avis_organisme.rendu_le\u00a0»\u00a0: l’avis précède toute sanction et "
            "tout intéressement.",
        )


def _date(evaluation: Evaluation, chemin: _Chemin) -> dt.date | None:
    bloc = getattr(evaluation, chemin[0])
    valeur: dt.date | None = None if bloc is None else getattr(bloc, chemin[1])
    return valeur
