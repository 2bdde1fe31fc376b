"""The steps of the procedure: the avis before the decision, and dates that follow each other.

Contrat type, art. 6 and 9; instruction DSS/A1/CNAMTS/2017/234, IV.b (R-ALL-5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.dossier.evaluation import Evaluation, NatureDecision
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.controles.decision import SANCTIONS

_Chemin = tuple[str, ...]
_ORDRE: tuple[tuple[_Chemin, _Chemin, str], ...] = (
    (
        ("donnees", "arretees_le"),
        ("date",),
        "L’évaluation serait faite avant que ses données soient arrêtées",
    ),
    (("date",), ("decision", "date"), "La décision serait prise avant l’évaluation"),
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
        ("contradictoire", "observations_le"),
        "Les observations seraient présentées avant la lettre d’intention",
    ),
    (
        ("contradictoire", "intention_le"),
        ("contradictoire", "audition_tenue_le"),
        "L’audition serait tenue avant la lettre d’intention",
    ),
    (
        ("contradictoire", "recue_le"),
        ("decision", "date"),
        "La décision serait prise avant que la lettre d’intention soit reçue",
    ),
    (
        ("contradictoire", "observations_le"),
        ("decision", "date"),
        "La décision serait prise avant les observations de l’établissement",
    ),
    (
        ("contradictoire", "audition_tenue_le"),
        ("decision", "date"),
        "La décision serait prise avant l’audition de l’établissement",
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
    for avant, apres, propos in (*_ORDRE, *_unreceived(evaluation)):
        premier, second = _date(evaluation, avant), _date(evaluation, apres)
        if premier is not None and second is not None and second < premier:
            yield fault(
                "V-068",
                cadre.evaluation_source(*apres),
                f"{propos}\u00a0: le {date_longue(second)}, et non après le "
                f"{date_longue(premier)}.",
                "Corriger l’une des deux dates.",
            )
    yield from _check_releases(cadre)
    yield from _check_avis(cadre)
    yield from _check_heard(cadre)
    yield from _check_effects(cadre)
    yield from _check_delay(cadre)


def _unreceived(evaluation: Evaluation) -> tuple[tuple[_Chemin, _Chemin, str], ...]:
    """The letter of intention itself comes first while nobody says when it was received."""
    if _date(evaluation, ("contradictoire", "recue_le")) is not None:
        return ()
    propos = "La décision serait prise avant la lettre d’intention"
    return ((("contradictoire", "intention_le"), ("decision", "date"), propos),)


def _check_releases(cadre: Cadre) -> Iterator[Constat]:
    """Data that came after the day on which they were closed (instruction, II.b.ii)."""
    donnees = cadre.evaluation.donnees
    arret = donnees.arretees_le if donnees else None
    for rang, livraison in enumerate(donnees.livraisons if donnees else ()):
        recue = livraison.recue_le
        if arret is not None and recue is not None and recue > arret:
            yield fault(
                "V-068",
                cadre.evaluation_source("donnees", "livraisons", rang, "recue_le"),
                f"La livraison de {livraison.producteur} est reçue le {date_longue(recue)}, après "
                f"l’arrêté des données du {date_longue(arret)}.",
                "Corriger l’une des deux dates.",
            )


def _check_delay(cadre: Cadre) -> Iterator[Constat]:
    """A decision taken before the end of the delay that the letter of intention opened."""
    etape, decision = cadre.evaluation.contradictoire, cadre.evaluation.decision
    if etape is not None and etape.delai_jours is not None and etape.delai_jours < 1:
        yield fault(
            "V-068",
            cadre.evaluation_source("contradictoire", "delai_jours"),
            "Le délai de réponse est nul\u00a0: l’établissement ne pourrait pas répondre.",
            "Corriger «\u00a0delai_jours\u00a0».",
        )
    if etape is None or decision is None or decision.date is None:
        return
    if etape.recue_le is None or etape.delai_jours is None:
        return
    fin = etape.recue_le + dt.timedelta(days=etape.delai_jours)
    if decision.date <= fin and etape.observations_le is None:
        yield warning(
            "V-068",
            cadre.evaluation_source("decision", "date"),
            f"La décision serait prise avant la fin du délai de réponse, le {date_longue(fin)}, et "
            "l’établissement n’a pas répondu.",
            "Corriger les dates, ou remplir «\u00a0contradictoire.observations_le\u00a0».",
        )


def _check_heard(cadre: Cadre) -> Iterator[Constat]:
    """A sanction decided, on a day that is known, without the letter that lets one answer."""
    decision, etape = cadre.evaluation.decision, cadre.evaluation.contradictoire
    if decision is None or decision.date is None or (etape and etape.intention_le):
        return
    sanctions = [nom for nom, prise in decision.volets.items() if prise.nature in SANCTIONS]
    if sanctions:
        yield warning(
            "V-078",
            cadre.evaluation_source("decision"),
            f"Une sanction est décidée ({', '.join(sanctions)}) sans que l’établissement ait été "
            "invité à présenter ses observations.",
            "Remplir «\u00a0contradictoire.intention_le\u00a0», ou vérifier la procédure suivie.",
        )


def _check_effects(cadre: Cadre) -> Iterator[Constat]:
    """A measure takes effect on the day of its decision at the earliest."""
    decision, notifiee = cadre.evaluation.decision, cadre.evaluation.notification
    if decision is None or decision.date is None:
        return
    recue = notifiee.recue_le if notifiee else None
    for nom, prise in decision.volets.items():
        if prise.date_effet is None:
            continue
        if recue is not None and decision.date <= prise.date_effet < recue:
            yield warning(
                "V-068",
                cadre.evaluation_source("decision", "volets", nom, "date_effet"),
                f"La mesure du volet {nom} prendrait effet le {date_longue(prise.date_effet)}, "
                f"avant que sa notification soit reçue le {date_longue(recue)}.",
                "Vérifier la date d’effet\u00a0: l’instruction (annexe 5) la fixe à la "
                "notification.",
            )
        if prise.date_effet < decision.date:
            yield fault(
                "V-068",
                cadre.evaluation_source("decision", "volets", nom, "date_effet"),
                f"La mesure du volet {nom} prendrait effet le {date_longue(prise.date_effet)}, "
                f"avant sa décision du {date_longue(decision.date)}.",
                "Corriger l’une des deux dates.",
            )


def _check_avis(cadre: Cadre) -> Iterator[Constat]:
    """No sanction and no reward is decided, or notified, before the avis (art. 6).

    A decision that no day dates, and that nothing notifies, is still being prepared.
    """
    decision, avis = cadre.evaluation.decision, cadre.evaluation.avis_organisme
    demande, jour = avis.demande_le if avis else None, cadre.evaluation.date
    if demande is not None and jour is not None and demande < jour:
        yield warning(
            "V-068",
            cadre.evaluation_source("avis_organisme", "demande_le"),
            f"L’avis aurait été demandé le {date_longue(demande)}, avant l’évaluation du "
            f"{date_longue(jour)}, sur laquelle il porte.",
            "Corriger l’une des deux dates, ou vérifier que c’est voulu.",
        )
    notifiee = cadre.evaluation.notification
    datee = notifiee is not None and notifiee.date is not None
    if decision is None or (avis and avis.rendu_le) or not (decision.date or datee):
        return
    prises = [
        nom for nom, prise in decision.volets.items() if prise.nature is not NatureDecision.AUCUNE
    ]
    if prises:
        yield fault(
            "V-067",
            cadre.evaluation_source("decision"),
            f"Une mesure est décidée ({', '.join(prises)}) sans l’avis de l’organisme local.",
            "Remplir «\u00a0avis_organisme.rendu_le\u00a0»\u00a0: l’avis précède toute sanction et "
            "tout intéressement.",
        )


def _date(evaluation: Evaluation, chemin: _Chemin) -> dt.date | None:
    valeur: object = evaluation
    for cle in chemin:
        valeur = None if valeur is None else getattr(valeur, cle)
    return valeur if isinstance(valeur, dt.date) else None
