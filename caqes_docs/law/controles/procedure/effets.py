"""The data of an evaluation, closed before it; the effect of a measure, after its decision (V-068).

Instruction DSS/A1/CNAMTS/2017/234, II.b.ii and annexe 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.dossier.evaluation import DecisionVolet, NatureDecision
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.resultats import MesureProposee, ResultatVolet


def check_releases(cadre: Cadre) -> Iterator[Constat]:
    """Data closed after the evaluation, or received after they were closed."""
    donnees, jour = cadre.evaluation.donnees, cadre.evaluation.date
    arret = donnees.arretees_le if donnees else None
    if arret is None:
        return
    if jour is not None and jour < arret:
        yield fault(
            "V-068",
            cadre.evaluation_source("date"),
            f"L’évaluation serait faite avant que ses données soient arrêtées\u00a0: le "
            f"{date_longue(jour)}, et non après le {date_longue(arret)}.",
            "Corriger l’une des deux dates.",
        )
    for rang, livraison in enumerate(donnees.livraisons if donnees else ()):
        recue = livraison.recue_le
        if recue is not None and recue > arret:
            yield fault(
                "V-068",
                cadre.evaluation_source("donnees", "livraisons", rang, "recue_le"),
                f"La livraison de {livraison.producteur} est reçue le {date_longue(recue)}, après "
                f"l’arrêté des données du {date_longue(arret)}.",
                "Corriger l’une des deux dates.",
            )


def check_suspension(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """V-289: an act that says that a year is suspended names the text that suspends it (X9)."""
    if cadre.suspendant is None and any(v.mesure is MesureProposee.SUSPENDUE for v in volets):
        annee = cadre.evaluation.annee
        yield Constat(
            "V-289",
            Gravite.MANQUE,
            cadre.evaluation_source("annee"),
            f"Les sanctions de {annee} sont suspendues, et rien ne dit par quel texte\u00a0: "
            "aucun n’est retrouvé, l’acte ne peut pas le citer.",
            "Remplir «\u00a0texte_suspension\u00a0»\u00a0: le texte, son numéro et sa date.",
        )


def check_proposed_term(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """V-135: a cut that is notified says from when to when, so that it can be answered (K15)."""
    procedure = cadre.evaluation.procedure
    if procedure is None or procedure.notification is None:
        return
    for nom in (v.volet for v in volets if v.mesure is MesureProposee.REDUCTION):
        vu = cadre.volet(nom)
        if vu.date_effet is None or vu.date_fin is None:
            yield warning(
                "V-135",
                cadre.evaluation_source("volets", nom),
                f"La diminution envisagée pour le volet {nom} est notifiée sans début ou sans "
                "fin\u00a0: l’établissement ne peut pas répondre sur sa durée (CSS, art. "
                "D.\u00a0162-16, IV).",
                "Remplir «\u00a0date_effet\u00a0» et «\u00a0date_fin\u00a0» du volet évalué.",
            )


def check_effects(cadre: Cadre) -> Iterator[Constat]:
    """A measure takes effect on the day of its decision at the earliest."""
    decision = cadre.evaluation.decision
    if decision is None or decision.date is None:
        return
    for nom, prise in decision.volets.items():
        if prise.nature is NatureDecision.REDUCTION:
            yield from _check_term(cadre, nom, prise)
        if prise.date_effet is None:
            continue
        source = cadre.evaluation_source("decision", "volets", nom, "date_effet")
        debut = f"La mesure du volet {nom} prendrait effet le {date_longue(prise.date_effet)}"
        if prise.date_effet < decision.date:
            yield fault(
                "V-068",
                source,
                f"{debut}, avant sa décision du {date_longue(decision.date)}.",
                "Corriger l’une des deux dates.",
            )
        elif decision.recue_le is not None and prise.date_effet < decision.recue_le:
            yield warning(
                "V-068",
                source,
                f"{debut}, avant que la décision soit reçue le {date_longue(decision.recue_le)}.",
                "Vérifier la date d’effet\u00a0: l’instruction (annexe 5) la fixe à la "
                "notification.",
            )


def _check_term(cadre: Cadre, nom: str, prise: DecisionVolet) -> Iterator[Constat]:
    """V-135, V-136: a cut of the liste en sus has a start and an end, in their order (K15)."""
    lieu = cadre.evaluation_source("decision", "volets", nom)
    absentes = [cle for cle in ("date_effet", "date_fin") if getattr(prise, cle) is None]
    if absentes:
        yield Constat(
            "V-135",
            Gravite.MANQUE,
            lieu,
            f"La diminution du volet {nom} n’a pas de début ou pas de fin\u00a0: une diminution de "
            "la prise en charge est bornée dans le temps (instruction, IV.b.ii).",
            "Remplir " + " et ".join(f"«\u00a0{cle}\u00a0»" for cle in absentes) + ".",
        )
    elif prise.date_effet and prise.date_fin and prise.date_fin < prise.date_effet:
        yield fault(
            "V-136",
            cadre.evaluation_source("decision", "volets", nom, "date_fin"),
            f"La diminution du volet {nom} finirait le {date_longue(prise.date_fin)}, avant de "
            f"commencer le {date_longue(prise.date_effet)}.",
            "Corriger l’une des deux dates.",
        )
