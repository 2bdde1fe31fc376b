"""The faults of the path to a decision: report, notification, decision (D. 162-16, D. 162-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.dossier.evaluation import Decision, NatureDecision
from caqes_docs.data.dossier.procedure import (
    NotificationMesures,
    ProcedureEvaluation,
    Renonciation,
)
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.procedure.etapes import Examen, Fait, follows, sent
from caqes_docs.law.procedure.delais import Delai, Support
from caqes_docs.law.procedure.evaluation import (
    NOTIFICATION,
    NOTIFIER,
    RAPPORT,
    envisages_msap,
    evaluation_delays,
)
from caqes_docs.law.resultats import MesureProposee, ResultatVolet

ARTICLE = "CSS, art. D.\u00a0162-16"
_RENONCE = re.compile(r"\brenon(?:ce|cé|çons|cera)\b", re.IGNORECASE)
ACTES = {RAPPORT: "du rapport d’évaluation", NOTIFICATION: "de la notification"}


def check_steps(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """Every fault of the steps of one evaluated year."""
    procedure = cadre.evaluation.procedure or ProcedureEvaluation()
    support = Support(cadre.droit, cadre.evaluee.fichier, ("procedure",))
    examen = Examen(support, ARTICLE)
    faits = _facts(cadre, examen, procedure)
    for nom, acte in ACTES.items():
        yield from examen.check_step(nom, acte, getattr(procedure, nom))
    yield from _check_order(cadre, faits)
    yield from _check_avis(examen, procedure, faits)
    yield from _check_proofs(examen, procedure, faits)
    yield from _check_delays(cadre, examen, procedure, faits)
    yield from _check_msap(cadre, examen, procedure, volets)
    yield from _check_renunciation(cadre, procedure)
    yield from _check_information(cadre, procedure)


def decided(decision: Decision) -> list[str]:
    """The volets for which a measure is decided."""
    prises = decision.volets.items()
    return [nom for nom, prise in prises if prise.nature is not NatureDecision.AUCUNE]


def _facts(cadre: Cadre, examen: Examen, procedure: ProcedureEvaluation) -> Mapping[str, Fait]:
    """The days that matter; the decision counts when it takes a measure, or ends a notification."""
    decision, notifiees = cadre.evaluation.decision, sent(procedure.notification)
    close = notifiees is not None and procedure.renonciation is None
    prise = decision.date if decision and (close or decided(decision)) else None
    return {
        "evaluation": Fait(cadre.evaluation_source("date"), "l’évaluation", cadre.evaluation.date),
        RAPPORT: examen.fact(
            (RAPPORT, "date"), f"l’envoi {ACTES[RAPPORT]}", sent(procedure.rapport)
        ),
        NOTIFICATION: examen.fact(
            (NOTIFICATION, "date"), "la notification", sent(procedure.notification)
        ),
        "decision": Fait(cadre.evaluation_source("decision", "date"), "la décision", prise),
    }


def _check_order(cadre: Cadre, faits: Mapping[str, Fait]) -> Iterator[Constat]:
    """V-100 from one act to the next, and of the decision itself."""
    procedure = cadre.evaluation.procedure or ProcedureEvaluation()
    decision, renonciation = cadre.evaluation.decision, procedure.renonciation
    support = Support(cadre.droit, cadre.evaluee.fichier, ("procedure",))
    prise = Fait(
        cadre.evaluation_source("decision", "date"),
        "la décision",
        decision.date if decision else None,
    )
    recue = Fait(
        cadre.evaluation_source("decision", "recue_le"),
        "la réception de la décision",
        decision.recue_le if decision else None,
    )
    renonce = Fait(
        support.source("renonciation", "date"),
        "la renonciation",
        renonciation.date if renonciation else None,
    )
    for avant, apres in (
        (faits["evaluation"], faits[RAPPORT]),
        (faits[RAPPORT], faits[NOTIFICATION]),
        (faits[RAPPORT], renonce),
        (faits["evaluation"], prise),
        (faits[RAPPORT], prise),
        (faits[NOTIFICATION], prise),
        (renonce, prise),
        (prise, recue),
    ):
        yield from follows(avant, apres)


def _check_avis(
    examen: Examen, procedure: ProcedureEvaluation, faits: Mapping[str, Fait]
) -> Iterator[Constat]:
    """V-101: one avis before the notification, another one before the decision (K7)."""
    avant, apres = procedure.avis_notification, procedure.avis_decision
    yield from examen.check_avis("avis_notification", avant, faits[NOTIFICATION])
    yield from examen.check_avis("avis_decision", apres, faits["decision"])
    demande = examen.fact(
        ("avis_notification", "demande_le"),
        "la demande d’avis",
        avant.demande_le if avant else None,
    )
    premier = examen.fact(
        ("avis_notification", "rendu_le"),
        "l’avis sur les mesures à notifier",
        avant.rendu_le if avant else None,
    )
    rendu = examen.fact(
        ("avis_decision", "rendu_le"),
        "l’avis sur la décision",
        apres.rendu_le if apres else None,
    )
    yield from follows(faits["evaluation"], demande, grave=False)
    yield from follows(faits[RAPPORT], premier, grave=False)
    yield from follows(faits[NOTIFICATION], rendu)
    yield from examen.check_informed("avis_notification", avant, RAPPORT, procedure.rapport)
    yield from examen.check_informed("avis_decision", apres, NOTIFICATION, procedure.notification)


def _check_proofs(
    examen: Examen, procedure: ProcedureEvaluation, faits: Mapping[str, Fait]
) -> Iterator[Constat]:
    """V-102, V-106, V-107: what was sent, received, and answered, before the next act."""
    rapport, notification = procedure.rapport, procedure.notification
    suite = faits[NOTIFICATION] if faits[NOTIFICATION].jour else faits["decision"]
    yield from examen.check_proof(RAPPORT, ACTES[RAPPORT], rapport, suite)
    decision = faits["decision"]
    yield from examen.check_proof(NOTIFICATION, ACTES[NOTIFICATION], notification, decision)
    yield from examen.check_answers(RAPPORT, rapport, decision)
    yield from examen.check_known(RAPPORT, rapport, suite)
    yield from examen.check_answers(NOTIFICATION, notification, decision)
    yield from examen.check_known(NOTIFICATION, notification, decision)
    for nom, etape, avis, acte in (
        (RAPPORT, rapport, procedure.avis_notification, suite),
        (NOTIFICATION, notification, procedure.avis_decision, decision),
    ):
        rendu = avis.rendu_le if avis else None
        fait = examen.fact((nom,), "l’avis de l’organisme local", rendu)
        yield from examen.check_hasty(nom, etape, (fait, acte))


def _check_delays(
    cadre: Cadre, examen: Examen, procedure: ProcedureEvaluation, faits: Mapping[str, Fait]
) -> Iterator[Constat]:
    """V-103 to V-105, V-107: the month, the two months, the fifteen days, a late hearing."""
    msap = envisages_msap(procedure, cadre.evaluation.decision)
    try:
        delais = evaluation_delays(examen.support, procedure, msap=msap)
    except DroitError as error:
        yield fault(error.code, examen.support.source(), error.message, error.remede)
        return
    yield from examen.check_end(delais.get(RAPPORT), faits[NOTIFICATION])
    yield from _check_late(examen, delais.get(NOTIFIER), faits[NOTIFICATION])
    yield from examen.check_end(delais.get(NOTIFICATION), faits["decision"])
    for nom, etape in ((RAPPORT, procedure.rapport), (NOTIFICATION, procedure.notification)):
        yield from examen.check_late_hearing(delais.get(nom), etape, faits["decision"])


def _check_late(examen: Examen, fenetre: Delai | None, acte: Fait) -> Iterator[Constat]:
    """V-105: nothing is notified once the two months are over."""
    if fenetre is None or fenetre.terme is None or acte.jour is None or acte.jour <= fenetre.terme:
        return
    yield fault(
        "V-105",
        acte.source,
        f"{acte.dit}\u00a0: les deux mois pour notifier ont fini le {date_longue(fenetre.terme)} "
        f"({examen.article}, III).",
        "Corriger la date si elle est fausse\u00a0; sinon, aucune mesure ne peut plus être "
        "notifiée sur ce rapport (X33).",
    )


def _check_msap(
    cadre: Cadre,
    examen: Examen,
    procedure: ProcedureEvaluation,
    volets: Sequence[ResultatVolet],
) -> Iterator[Constat]:
    """V-110: the acts of a mise sous accord préalable are named in the notification (K14)."""
    notification = procedure.notification or NotificationMesures()
    if notification.actes_envisages:
        yield from _check_acts(cadre, notification.actes_envisages)
    if notification.date is None or notification.actes_envisages:
        return
    source = examen.support.source(NOTIFICATION)
    remede = f"Remplir {examen.key(NOTIFICATION, 'actes_envisages')}."
    decision = cadre.evaluation.decision
    prises = decision.volets.items() if decision else ()
    for nom in (nom for nom, prise in prises if prise.nature is NatureDecision.MSAP):
        yield fault(
            "V-110",
            source,
            f"Une mise sous accord préalable est décidée pour le volet {nom}\u00a0: la "
            "notification ne donne pas la liste des actes envisagés (CSS, art. D.\u00a0162-10).",
            remede,
        )
        return
    if any(volet.mesure is MesureProposee.MSAP for volet in volets):
        yield warning(
            "V-110",
            source,
            "Une mise sous accord préalable est proposée, et la notification ne donne pas la "
            "liste des actes envisagés\u00a0: elle ne pourra pas être décidée (CSS, art. "
            "D.\u00a0162-10).",
            remede,
        )


def _check_acts(cadre: Cadre, notifies: Sequence[str]) -> Iterator[Constat]:
    """V-251: what is decided was notified; words that no list holds cannot be compared."""
    decision = cadre.evaluation.decision
    for nom, prise in decision.volets.items() if decision else ():
        lieu = ("decision", "volets", nom)
        remede = (
            "Donner «\u00a0actes_retenus\u00a0»\u00a0: la liste des actes retenus, chacun dans les "
            "mots de «\u00a0procedure.notification.actes_envisages\u00a0»."
        )
        for rang, acte in enumerate(prise.actes_retenus):
            if acte not in notifies:
                yield fault(
                    "V-251",
                    cadre.evaluation_source(*lieu, "actes_retenus", rang),
                    f"La décision du volet {nom} retient «\u00a0{acte}\u00a0», que la notification "
                    "ne donne pas\u00a0: l’établissement n’a pas pu y répondre (CSS, art. "
                    "D.\u00a0162-10).",
                    remede,
                )
        if prise.actes and not prise.actes_retenus and prise.actes not in notifies:
            yield warning(
                "V-251",
                cadre.evaluation_source(*lieu, "actes"),
                f"Les actes que décide le volet {nom} ne sont pas dits dans les mots de la "
                "notification\u00a0: rien ne montre qu’ils en font partie (CSS, art. "
                "D.\u00a0162-10).",
                remede,
            )


def _check_renunciation(cadre: Cadre, procedure: ProcedureEvaluation) -> Iterator[Constat]:
    """V-108: what is renounced is not sanctioned (K8)."""
    renonciation, decision = procedure.renonciation, cadre.evaluation.decision
    if renonciation is None:
        return
    yield from _check_announced(cadre, procedure, renonciation)
    for rang, nom in enumerate(renonciation.volets):
        if nom != SOCLE and nom not in cadre.contrat.volets:
            yield fault(
                "V-108",
                cadre.evaluation_source("procedure", "renonciation", "volets", rang),
                f"La renonciation vise le volet «\u00a0{nom}\u00a0», que le contrat ne porte pas.",
                f"Volets\u00a0: {', '.join((SOCLE, *cadre.contrat.volets))}.",
            )
    if decision is None:
        return
    sanctions = {NatureDecision.MONTANT, NatureDecision.REDUCTION, NatureDecision.MSAP}
    for nom, prise in decision.volets.items():
        renonce = not renonciation.volets or nom in renonciation.volets
        if renonce and prise.nature in sanctions:
            yield fault(
                "V-108",
                cadre.evaluation_source("decision", "volets", nom, "nature"),
                f"La décision sanctionne le volet {nom}, alors que l’agence a renoncé à le "
                f"sanctionner ({ARTICLE}, IV).",
                "Écrire «\u00a0nature: aucune\u00a0», ou corriger "
                "«\u00a0procedure.renonciation.volets\u00a0».",
            )


def _check_announced(
    cadre: Cadre, procedure: ProcedureEvaluation, renonciation: Renonciation
) -> Iterator[Constat]:
    """V-340: the establishment is told at once; no letter to another says it first (K8)."""
    for nom, avis in (
        (RAPPORT, procedure.avis_notification),
        (NOTIFICATION, procedure.avis_decision),
    ):
        etape = getattr(procedure, nom)
        dit = avis.demande_le if avis else None
        if etape is None or dit is None or renonciation.date is None or renonciation.date <= dit:
            continue
        reponses: dict[tuple[str | int, ...], str | None] = {
            ("observations", i, "reponse"): o.reponse for i, o in enumerate(etape.observations)
        }
        reponses[("audition", "reponse")] = etape.audition.reponse if etape.audition else None
        for chemin, texte in reponses.items():
            if _RENONCE.search(texte or ""):
                yield warning(
                    "V-340",
                    cadre.evaluation_source("procedure", nom, *chemin),
                    f"La demande d’avis du {date_longue(dit)} annonce que l’agence renonce, et la "
                    f"lettre de renonciation est du {date_longue(renonciation.date)}\u00a0: "
                    f"l’établissement en est informé sans délai ({ARTICLE}, IV).",
                    "Récrire la réponse tant que la renonciation n’est qu’envisagée, ou dater la "
                    "lettre du jour où elle est décidée.",
                )


def _check_information(cadre: Cadre, procedure: ProcedureEvaluation) -> Iterator[Constat]:
    """V-109: who is told of the decision is told on its day (K6)."""
    information, decision = procedure.information, cadre.evaluation.decision
    if information is None or decision is None or decision.date is None:
        return
    for cle, qui in (
        ("organisme_le", "L’organisme local est informé"),
        ("controle_medical_le", "Le service du contrôle médical est informé"),
        ("caisse_le", "La caisse est informée"),
    ):
        jour = getattr(information, cle)
        if jour is None or jour == decision.date:
            continue
        if cle == "caisse_le" and jour > decision.date:
            continue  # D. 162-16 III tells the caisse, without « simultanément »
        constat = fault if jour < decision.date else warning
        yield constat(
            "V-109",
            cadre.evaluation_source("procedure", "information", cle),
            f"{qui} de la décision le {date_longue(jour)}, et non le "
            f"{date_longue(decision.date)}, jour où elle est prise ({ARTICLE}).",
            "Corriger l’une des deux dates, ou informer le jour même.",
        )
