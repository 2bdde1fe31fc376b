"""The evaluations of one year over a region, as the clauses of the regional report see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte, LigneSynthese
from caqes_docs.assembly.region.vocabulaire_etat import EtatRegional
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu
from caqes_docs.redaction.langage.vocabulaire import champ


@dataclass(frozen=True)
class LigneEtablissement:
    """One evaluated establishment."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    date: dt.date | None = champ("date de l’évaluation")
    socle: LigneSynthese = champ("volet obligatoire")
    volets: tuple[LigneSynthese, ...] = champ("volets additionnels")
    total: str = champ("total proposé, avec son signe")
    decide: str = champ("total décidé, avec son signe")


@dataclass(frozen=True)
class LigneMesure:
    """One measure over the region."""

    libelle: str = champ("mesure proposée")
    etablissements: int = champ("nombre d’établissements")
    volets: int = champ("nombre de volets")
    montant: str = champ("somme des montants, avec son signe")


@dataclass(frozen=True)
class LigneSomme:
    """One line of the road from the amounts to the total."""

    libelle: str = champ("libellé de la somme")
    montant: str = champ("montant, avec son signe")


@dataclass(frozen=True)
class LigneIndicateurRegional:
    """One indicator or objective over the establishments."""

    code: str = champ("code")
    libelle: str = champ("libellé")
    decompte: Decompte = champ("décompte des établissements")
    part: str = champ("part des cibles atteintes parmi les résultats évaluables")


@dataclass(frozen=True)
class GroupeRegional:
    """The indicators of one article, or the objectives of one volet."""

    libelle: str = champ("article ou volet")
    lignes: tuple[LigneIndicateurRegional, ...] = champ("résultats")
    graphiques: tuple[GraphiqueResolu, ...] = champ("graphiques")


@dataclass(frozen=True)
class LigneEcartee:
    """An establishment that is in no total, and why."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    motif: str = champ("motif")


@dataclass(frozen=True)
class BilanResolu:
    """The evaluations of one year over a region."""

    annee: int = champ("année évaluée")
    nom: str = champ("région")
    date: dt.date = champ("date du rapport")
    nombre: int = champ("nombre d’établissements évalués")
    sans_total: int = champ("nombre d’évaluations dont le total n’est pas évaluable")
    etablissements: tuple[LigneEtablissement, ...] = champ("établissements évalués")
    mesures: tuple[LigneMesure, ...] = champ("mesures proposées")
    sommes: tuple[LigneSomme, ...] = champ("passage au total")
    total: str = champ("total proposé, avec son signe")
    decidees: int = champ("nombre d’évaluations décidées")
    total_decide: str = champ("total décidé, avec son signe")
    articles: tuple[GroupeRegional, ...] = champ("indicateurs du volet obligatoire, par article")
    volets: tuple[GroupeRegional, ...] = champ("objectifs des volets additionnels")
    graphiques_mesures: tuple[GraphiqueResolu, ...] = champ("graphiques des mesures")
    graphiques_montants: tuple[GraphiqueResolu, ...] = champ("graphiques des montants")
    sans_evaluation: tuple[LigneEcartee, ...] = champ("contrats sans évaluation")
    projets: tuple[LigneEcartee, ...] = champ("projets de contrat non signés")
    avertissements: tuple[LigneEcartee, ...] = champ("avertissements")
    ecartees: tuple[LigneEcartee, ...] = champ("évaluations écartées")
    refus: tuple[LigneEcartee, ...] = champ("refus de signer de l’année, hors des totaux")
    pertinence: tuple[LigneIndicateurRegional, ...] = champ("objectifs du volet pertinence")
    mesures_pertinence: tuple[LigneMesure, ...] = champ("mesures du volet pertinence")
    etat: EtatRegional = champ("état des lieux de la région")


TYPES: Mapping[str, TypeChamp] = {
    "bilan": TypeChamp("bloc", BilanResolu),
}
"""What the clauses of a regional report may name."""
