"""The report of one evaluated year, and the frame of an autoévaluation, as their clauses see them.

`rapport` names `RapportResolu`; `cadre` names `CadreResolu`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.assembly.contrat.vocabulaire import GroupeSansObjet, LigneIndicateur, LigneVolet
from caqes_docs.assembly.contrat.vocabulaire_suivi import LigneLivraison, LigneRencontre
from caqes_docs.assembly.evaluation.vocabulaire import LigneResultat
from caqes_docs.data.dossier.suivi import ChangementSituation
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class Decompte:
    """How many results are of each kind."""

    nombre: int = champ("nombre de résultats")
    atteints: int = champ("nombre de cibles atteintes")
    non_atteints: int = champ("nombre de cibles non atteintes")
    non_evaluables: int = champ("nombre de résultats non évaluables")
    sans_objet: int = champ("nombre de résultats sans objet")
    evaluables: int = champ("nombre de résultats évaluables")


@dataclass(frozen=True)
class LigneSynthese:
    """One volet in the synthesis."""

    libelle: str = champ("libellé du volet")
    resultat: str = champ("résultat du volet")
    mesure: str = champ("mesure proposée")
    montant: str = champ("montant proposé, avec son signe")


@dataclass(frozen=True)
class ArticleRapport:
    """The indicators of one article of the contract."""

    article: str = champ("article")
    decompte: Decompte = champ("décompte de l’article")
    lignes: tuple[LigneResultat, ...] = champ(
        "résultats de l’article, ceux qui sont sans objet mis à part"
    )


@dataclass(frozen=True)
class LigneActionSuivie:
    """An action of the plan and how far it has come."""

    id: str = champ("numéro de l’action")
    libelle: str = champ("libellé de l’action")
    pilote: str | None = champ("pilote de l’action")
    echeance: dt.date | None = champ("échéance de l’action")
    avancement: str = champ("avancement de l’action")
    commentaire: str | None = champ("commentaire sur l’action")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class PlanSuivi:
    """The progress of a plan d'actions."""

    suivies: tuple[LigneActionSuivie, ...] = champ("actions suivies")
    sans_avancement: tuple[str, ...] = champ("actions sans avancement renseigné")


@dataclass(frozen=True)
class VoletRapport:
    """One volet additionnel: its objectives in order, then its plan."""

    id: str = champ("identifiant du volet")
    libelle: str = champ("libellé court du volet")
    objectifs: tuple[LigneObjectifEvalue, ...] = champ("objectifs du volet")
    plan: PlanSuivi = champ("plan d’actions du volet")


@dataclass(frozen=True)
class LigneObjectifEvalue:
    """A result, and what it is in its volet."""

    volet: str = champ("volet")
    rang: str = champ("rang de l’objectif")
    resultat: LigneResultat = champ("résultat")


@dataclass(frozen=True)
class EvolutionRapport:
    """Two evaluated years side by side."""

    annee: int = champ("année évaluée précédente")
    nouveaux: int = champ("nombre de cibles nouvellement atteintes")
    perdus: int = champ("nombre de cibles qui ne sont plus atteintes")


@dataclass(frozen=True)
class LigneSuite:
    """A perspective kept after the evaluation before, and what came of it."""

    libelle: str = champ("perspective d’action")
    echeance: dt.date | None = champ("échéance de la perspective")
    suite: str | None = champ("suite donnée à la perspective")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class GroupeLivraisons:
    """The deliveries of the calendar that are in one state."""

    etat: str = champ("état des livraisons")
    annonce: str = champ("état des livraisons, accordé en nombre")
    libelles: tuple[str, ...] = champ("données, producteur et date prévue")


@dataclass(frozen=True)
class RapportResolu:
    """What the report adds to the evaluation."""

    decompte: Decompte = champ("décompte des indicateurs")
    synthese: tuple[LigneSynthese, ...] = champ("synthèse par volet")
    articles: tuple[ArticleRapport, ...] = champ("résultats par article")
    plan: PlanSuivi = champ("plan d’actions du volet obligatoire")
    volets: tuple[VoletRapport, ...] = champ("volets additionnels")
    evolution: EvolutionRapport | None = champ("évolution depuis l’année précédente")
    livraisons: tuple[LigneLivraison, ...] = champ("livraisons attendues")
    etats: tuple[GroupeLivraisons, ...] = champ("livraisons attendues, par état")
    rencontres: tuple[LigneRencontre, ...] = champ("rencontres de l’année")
    changements: tuple[ChangementSituation, ...] = champ("changements de situation de l’année")
    suites: tuple[LigneSuite, ...] = champ("perspectives de l’évaluation précédente, et leur suite")


@dataclass(frozen=True)
class ArticleCadre:
    """The indicators of one article, to be filled in."""

    article: str = champ("article")
    lignes: tuple[LigneIndicateur, ...] = champ("indicateurs de l’article")


@dataclass(frozen=True)
class ObligationCadre:
    """A general obligation that the establishment answers for."""

    code: str = champ("identifiant de l’obligation")
    libelle: str = champ("obligation")


@dataclass(frozen=True)
class CadreResolu:
    """What the establishment is asked for one year of its contract."""

    annee: int = champ("année évaluée")
    debut: dt.date = champ("premier jour de l’année évaluée")
    fin: dt.date = champ("dernier jour de l’année évaluée")
    articles: tuple[ArticleCadre, ...] = champ("indicateurs, article par article")
    ecartes: tuple[GroupeSansObjet, ...] = champ("indicateurs sans objet, par motif")
    volets: tuple[LigneVolet, ...] = champ("volets additionnels en vigueur cette année")
    obligations: tuple[ObligationCadre, ...] = champ("obligations générales de l’établissement")
    reponses: str = champ("réponses admises sur une obligation générale")
    limite: dt.date | None = champ("dernier jour du renvoi du cadre")


TYPES: Mapping[str, TypeChamp] = {
    "rapport": TypeChamp("bloc", RapportResolu),
    "cadre": TypeChamp("bloc", CadreResolu),
}
"""What the clauses of a report, or of a frame, may name besides."""
