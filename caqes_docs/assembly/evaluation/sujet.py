"""One evaluated year of one contract as a subject: its dates, and what its clauses may name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from caqes_docs.assembly.contrat.dates import Dates
from caqes_docs.assembly.contrat.vocabulaire import PlanResolu
from caqes_docs.assembly.etapes import DonneesDuPlan, step_date
from caqes_docs.assembly.evaluation.evaluee import Evaluee, resolve_evaluation
from caqes_docs.assembly.evaluation.rapport import find_previous, resolve_rapport
from caqes_docs.assembly.sujet import Sujet
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.source import same_bytes
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.document.model import Piece
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.vocabulaire import Valeurs
from caqes_docs.redaction.langage.vues import Lieu


def find_evaluation(affaire: Affaire, annee: int | None) -> Charge[Evaluation]:
    """The evaluation of `annee`, or the only one there is.

    Raises:
        DonneesError: D-046 there is none, or several and no year was asked for.
    """
    connues = affaire.evaluations
    if annee is None and len(connues) == 1:
        return next(iter(connues.values()))
    if annee is None or annee not in connues:
        annees = ", ".join(map(str, connues)) or "aucune"
        raise DonneesError(
            "D-046",
            f"Aucune évaluation de {annee} n’a pu être lue pour ce dossier."
            if annee
            else "Ce document demande l’année évaluée.",
            remede=f"Donner --annee (années lues\u00a0: {annees}), ou le fichier de l’évaluation.",
            source=affaire.dossier.fichier.source(("etablissement", "finess")),
        )
    return connues[annee]


def evaluation_dates(
    charge: Charge[Evaluation], type_document: TypeDocument, edition: dt.date | None
) -> Dates:
    """The dates of the act: that of the step it belongs to, or the day of edition of a draft.

    Raises:
        DonneesError: D-051 the date of the step is not known, and no day of edition is given.
        ClauseError: P-020 the plan leads to no date.
    """
    date = step_date(type_document, evaluation_data(charge), edition)
    return Dates(date, edition or date, date)


def evaluation_data(charge: Charge[Evaluation]) -> DonneesDuPlan:
    """The file of an evaluation as the paths of its plans go through it."""
    lieu = Lieu(charge.fichier, ())
    return DonneesDuPlan(TypeChamp("bloc", Evaluation), charge.valeur, lieu, defaut=("date",))


def evaluated_values(evaluee: Evaluee, droit: Droit) -> Valeurs:
    """The evaluation itself."""
    lieu = Lieu(evaluee.charge.fichier, (), "évaluation")
    return {"evaluation": (resolve_evaluation(evaluee, droit), lieu)}


def report_values(
    evaluee: Evaluee, droit: Droit, plan: PlanResolu
) -> tuple[Valeurs, tuple[Constat, ...]]:
    """The report of the year, beside the year before; and why that one cannot be worked out."""
    avant, constats = find_previous(evaluee.affaire, evaluee.charge.valeur.annee, droit)
    rapport = resolve_rapport(evaluee, droit, plan, avant)
    return {"rapport": (rapport, Lieu(evaluee.charge.fichier, (), "rapport"))}, constats


def describe_evaluation(sujet: Sujet, evaluee: Evaluee, constats: tuple[Constat, ...]) -> Sujet:
    """The subject of the contract, made that of its evaluated year."""
    fichier = evaluee.charge.fichier
    piece = Piece(
        "evaluation.yaml",
        same_bytes(fichier.contenu),
        "application/yaml",
        "Données de l’évaluation qui ont servi à établir l’acte",
    )
    return replace(
        sujet,
        pieces=(*sujet.pieces, piece),
        provenance={**sujet.provenance, "evaluation": fichier.empreinte},
        constats=(*evaluee.constats, *constats),
    )
