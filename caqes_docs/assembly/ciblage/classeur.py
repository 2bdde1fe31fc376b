"""The workbook of a targeting: synthesis, establishments, criteria, thresholds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from caqes_docs.assembly.ciblage.decisions import (
    VOLETS,
    Ciblage,
    count_risks,
    format_periode,
    resolve_region,
)
from caqes_docs.document.classeur import Case, Chiffre, Classeur, Feuille
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.ciblage.decisions import DecisionCritere
from caqes_docs.law.ciblage.seuils import Seuil
from caqes_docs.law.droit.modeles import Unite


def build_classeur(campagne: Ciblage, date: dt.date) -> Classeur:
    """The workbook of `campagne`, dated `date`."""
    feuilles = (
        _synthesis(campagne),
        _establishments(campagne),
        _criteria(campagne),
        _thresholds(campagne),
    )
    titre = f"Ciblage {campagne.annee} – {campagne.ars.valeur.region}"
    return Classeur(titre, campagne.ars.valeur.nom, date, feuilles)


def _synthesis(campagne: Ciblage) -> Feuille:
    region = resolve_region(campagne)
    return Feuille(
        "Synthèse",
        (
            "Volet",
            "Ciblés",
            "Indéterminés",
            "À l’appréciation de l’agence",
            "Non ciblés",
            "Non soumis",
            "Total",
        ),
        (20, 12, 14, 18, 12, 12, 10),
        tuple(
            (
                volet.libelle,
                volet.nb_cibles,
                volet.nb_indetermines,
                volet.nb_appreciation,
                volet.nb_non_cibles,
                volet.nb_non_soumis,
                region.nombre,
            )
            for volet in region.volets
        ),
    )


def _establishments(campagne: Ciblage) -> Feuille:
    return Feuille(
        "Établissements",
        (
            "FINESS",
            "Établissement",
            "Transports",
            "Pertinence",
            "Qualité",
            "Nombre de risques",
            "Volets ciblés",
            "Motifs",
            "Origine",
        ),
        (12, 45, 18, 18, 18, 12, 26, 70, 28),
        tuple(_establishment(decision) for decision in campagne.decisions),
    )


def _establishment(decision: DecisionEtablissement) -> tuple[Case, ...]:
    retenus = decision.cibles + decision.ouverts
    return (
        decision.finess,
        decision.nom,
        *(volet.issue.libelle for volet in decision.volets),
        count_risks(decision),
        ", ".join(VOLETS[volet.volet] for volet in decision.cibles),
        " ".join(volet.raison for volet in decision.volets if volet in retenus),
        str(decision.source),
    )


def _criteria(campagne: Ciblage) -> Feuille:
    return Feuille(
        "Critères",
        (
            "FINESS",
            "Établissement",
            "Volet",
            "Règle",
            "Critère",
            "Valeur",
            "Valeur lue",
            "Opérateur",
            "Seuil",
            "Issue",
            "Motif",
            "Source du seuil",
            "Certitude",
            "Origine de la valeur",
        ),
        (12, 40, 12, 11, 40, 14, 20, 10, 14, 16, 55, 45, 22, 28),
        tuple(
            _criterion(decision, critere)
            for decision in campagne.decisions
            for critere in decision.criteres
        ),
    )


def _criterion(decision: DecisionEtablissement, critere: DecisionCritere) -> tuple[Case, ...]:
    seuil = critere.seuil
    return (
        decision.finess,
        decision.nom,
        VOLETS[critere.volet],
        critere.regle,
        critere.critere,
        _number(critere.valeur, critere.unite),
        critere.valeur_imprimee,
        seuil.operateur.value,
        _number(seuil.valeur, seuil.unite),
        critere.issue.libelle,
        critere.raison,
        seuil.source,
        seuil.certitude,
        critere.origine,
    )


def _number(valeur: Decimal | str | None, unite: Unite) -> Case:
    return Chiffre(valeur, unite.value) if isinstance(valeur, Decimal) else valeur


def _thresholds(campagne: Ciblage) -> Feuille:
    return Feuille(
        "Seuils",
        (
            "Paramètre ou critère",
            "Ce qui est mesuré",
            "Opérateur",
            "Seuil",
            "Textes",
            "Source",
            "Validité",
            "Certitude",
            "Exemple fictif",
        ),
        (28, 60, 10, 14, 40, 50, 40, 24, 12),
        tuple(_threshold(seuil) for seuil in campagne.seuils),
    )


def _threshold(seuil: Seuil) -> tuple[Case, ...]:
    return (
        seuil.parametre,
        seuil.description,
        seuil.operateur.value,
        _number(seuil.valeur, seuil.unite),
        ", ".join(seuil.textes),
        seuil.source,
        format_periode(seuil.periode),
        seuil.certitude,
        "oui" if seuil.fictif else "non",
    )
