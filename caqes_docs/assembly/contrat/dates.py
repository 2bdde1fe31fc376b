"""The facts of one act before any clause is read: its dates, its year, the law that is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.assembly.evaluation.annee import find_evaluation, reference_date
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.redaction.bibliotheque.plan import DateDeReference, Plan
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class DatesDemandees:
    """What the user says: the effect of a draft, the day of edition, the evaluated year."""

    date_effet: dt.date | None = None
    date_edition: dt.date | None = None
    annee: int | None = None


@dataclass(frozen=True)
class Faits:
    """The resolved facts of one act, before any clause is read."""

    affaire: Affaire
    droit: Droit
    acte: Acte
    date: dt.date
    """The date that chooses wordings, terms and parameters."""
    edition: dt.date
    """The day the act is drawn up: nothing that became known later is printed in it."""
    date_du_contenu: dt.date
    """The date at which indicators, volets and target rates are drawn from the catalogue."""
    evaluation: Charge[Evaluation] | None = None
    """The year that the act is about, for the documents of an evaluation."""
    annee: int | None = None
    """The year that the establishment is asked to evaluate itself."""


def establish_facts(affaire: Affaire, droit: Droit, plan: Plan, demande: DatesDemandees) -> Faits:
    """The facts of the act; the dates asked for stand in for what a draft does not know yet.

    Raises:
        DonneesError: D-051 no date chooses the wordings; D-046 no evaluation of that year.
    """
    fichier = affaire.dossier.fichier
    contrat = affaire.dossier.valeur.contrat
    signature = contrat.signature.date_retenue
    effet = effect_date(signature) if signature is not None else demande.date_effet
    lieu = Lieu(fichier, ("contrat", "signature", "date"))
    acte = Acte(plan.titre, effet, signature, {"date_signature": lieu, "date_effet": lieu})
    if plan.date_de_reference in _AVANT_SIGNATURE:
        date = _date_of_step(affaire, plan.date_de_reference, demande.date_edition)
        contenu = effet or effect_date(date)
        return Faits(affaire, droit, acte, date, demande.date_edition or date, contenu)
    if effet is None:
        raise DonneesError(
            "D-051",
            "La date de signature manque\u00a0: elle décide de la date d’effet, donc des "
            "rédactions.",
            remede="Remplir «\u00a0contrat.signature.date\u00a0», ou donner --date-effet pour "
            "un projet.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    if plan.donnees == "autoevaluation":
        annee = _year_asked(affaire, plan, effet, demande.annee)
        fin = dt.date(annee, 12, 31)
        return Faits(affaire, droit, acte, fin, demande.date_edition or fin, fin, None, annee)
    if plan.donnees == "evaluation":
        charge = find_evaluation(affaire, demande.annee)
        date = reference_date(charge, plan.date_de_reference, demande.date_edition)
        return Faits(affaire, droit, acte, date, demande.date_edition or date, date, charge)
    par_signature = plan.date_de_reference is DateDeReference.SIGNATURE and signature is not None
    date = signature if par_signature and signature else effet
    return Faits(affaire, droit, acte, date, demande.date_edition or signature or effet, date)


_AVANT_SIGNATURE = frozenset({DateDeReference.PROPOSITION, DateDeReference.REFUS})
"""The acts that come before the signature, or in its place: no date of effect is asked for."""


def _date_of_step(affaire: Affaire, reference: DateDeReference, edition: dt.date | None) -> dt.date:
    """The date of the proposal, or of the decision on a refusal; that of a draft by default.

    Raises:
        DonneesError: D-051 the date of the step is not known, and no day of edition is given.
    """
    contrat = affaire.dossier.valeur.contrat
    proposition = reference is DateDeReference.PROPOSITION
    date = _proposed_on(contrat) if proposition else _refusal_decided_on(contrat)
    date = date or edition
    if date is None:
        chemin = ("contrat", "proposition", "date") if proposition else ("contrat", "refus")
        champ = "contrat.proposition.date" if proposition else "contrat.refus.decide_le"
        raise DonneesError(
            "D-051",
            "La date de l’acte manque\u00a0: elle décide des rédactions.",
            remede=f"Remplir «\u00a0{champ}\u00a0», ou donner --date-edition pour un projet.",
            source=affaire.dossier.fichier.source(chemin),
        )
    return date


def _year_asked(affaire: Affaire, plan: Plan, effet: dt.date, annee: int | None) -> int:
    """The year asked for, in which the contract runs.

    Raises:
        DonneesError: D-046 no year was asked for; D-099 the contract takes effect later.
    """
    fichier = affaire.dossier.fichier
    if annee is None:
        raise DonneesError(
            "D-046",
            "Ce document demande l’année évaluée.",
            remede=f"Donner --annee\u00a0; le contrat produit ses effets depuis {effet.year}.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    if annee < effet.year:
        raise DonneesError(
            "D-099",
            f"Pas de document «\u00a0{plan.id}\u00a0» ici. Le contrat ne prend effet qu’en "
            f"{effet.year}\u00a0: il n’y a rien à évaluer en {annee}.",
            remede="Donner une autre année, ou retirer ce document de la demande.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    return annee


def _proposed_on(contrat: Contrat) -> dt.date | None:
    return contrat.proposition.date if contrat.proposition else None


def _refusal_decided_on(contrat: Contrat) -> dt.date | None:
    """One act decides on every refusal: it bears the last of their dates."""
    return max((refus.decide_le for refus in contrat.refus if refus.decide_le), default=None)


__all__ = ["DatesDemandees", "Faits", "establish_facts"]
