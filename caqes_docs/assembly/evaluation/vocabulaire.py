"""The evaluation of one year as the clauses of its documents see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.calculs import CalculResolu
from caqes_docs.assembly.contrat.vocabulaire import GroupeSansObjet, LigneBareme
from caqes_docs.data.dossier.evaluation import (
    Autoevaluation,
    Decision,
    DecisionVolet,
    Dialogue,
    GrilleLecture,
    Livraison,
    PrescriptionHorsReferentiel,
)
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneResultat:
    """An indicator or an objective, measured."""

    code: str = champ("code")
    libelle: str = champ("libellé")
    article: str = champ("article")
    observe: str = champ("valeur observée")
    cible: str = champ("cible")
    statut: str = champ("résultat")
    motif: str = champ("motif")
    coefficient: Decimal | None = champ("coefficient")
    site: str | None = champ("site concerné")
    preuve: str | None = champ("pièce justificative")
    preuves: tuple[str, ...] = champ("pièces justificatives des éléments")
    choix: tuple[str, ...] = champ("thèmes ou critères constatés")
    declaree: str | None = champ("valeur déclarée par l’établissement")
    precedent: str | None = champ("valeur de l’année évaluée précédente")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneAvancement:
    """An action and how far it has come."""

    id: str = champ("numéro de l’action")
    libelle: str = champ("libellé de l’action")
    taux: Decimal | None = champ("taux de réalisation de l’action")
    avancement: str = champ("avancement de l’action, en toutes lettres s’il manque")
    poids: Decimal | None = champ("poids de l’action au contrat")
    commentaire: str | None = champ("commentaire sur l’action")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneObligation:
    """A general obligation, and what the evaluation says of it."""

    code: str = champ("identifiant de l’obligation")
    libelle: str = champ("obligation")
    tenue: str = champ("obligation tenue (oui, non ou en partie)")
    preuve: str | None = champ("pièce justificative")
    commentaire: str | None = champ("commentaire sur l’obligation")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LignePart:
    """A part of the level of the socle, as it was measured."""

    libelle: str = champ("ce qui est pesé")
    part: Decimal = champ("part du niveau de réalisation")
    niveau: str = champ("niveau mesuré")


@dataclass(frozen=True)
class LigneVoletEvalue:
    """A volet evaluated: results, proposal, decision."""

    id: str = champ("identifiant du volet")
    libelle: str = champ("libellé du volet")
    court: str = champ("libellé court du volet")
    principal: LigneResultat | None = champ("objectif principal")
    supplementaire: LigneResultat | None = champ("objectif supplémentaire")
    complementaires: tuple[LigneResultat, ...] = champ("objectifs complémentaires")
    actions: tuple[LigneAvancement, ...] = champ("actions")
    niveau: str = champ("niveau de réalisation")
    objet_niveau: str = champ("ce que mesure le niveau de réalisation")
    risques: str | None = champ("risques en défaut, sur ceux que vise le contrat")
    bareme: tuple[LigneBareme, ...] = champ("barème de la mesure proposée")
    avancement: str | None = champ("avancement des actions, l’une après l’autre")
    parts: tuple[LignePart, ...] = champ("ce que pèse le niveau du volet obligatoire")
    mesure: str = champ("mesure proposée")
    code_mesure: str = champ("code de la mesure proposée")
    raison: str = champ("raison de la proposition")
    constat: str | None = champ("résultats et cibles qui fondent la proposition")
    maximum: Decimal | None = champ("montant maximum")
    assiette: str | None = champ("calcul du montant maximum")
    arrondi: bool = champ("maximum arrondi au centime inférieur (oui ou non)")
    maximum_hors_total: str = champ("maximum d’une mesure qui n’est pas en euros")
    modulation: str = champ("modulation")
    motif_modulation: str | None = champ("motif de la modulation")
    montant: Decimal | None = champ("montant proposé")
    montant_signe: str = champ("montant proposé, avec son signe")
    taux_reduction: str | None = champ("réduction de la prise en charge")
    unite: str | None = champ("ce que mesure la réduction (points ou part)")
    duree_mois: str = champ("durée de la mise sous accord préalable")
    actes: str | None = champ("actes soumis à accord préalable")
    motif_msap: str | None = champ("constat qui justifie la mise sous accord préalable")
    constat_msap: str | None = champ("référentiel, proportion et comparaison de ce constat")
    nombre_actes: int | None = champ("nombre d’actes auquel l’accord préalable se limite")
    date_effet: dt.date | None = champ("date d’effet envisagée de la mesure")
    date_fin: dt.date | None = champ("dernier jour envisagé de la mesure")
    appreciation: str | None = champ("appréciation du volet")
    mesure_notifiee: str = champ("mesure notifiée, avec son montant")
    mesure_envisagee: str = champ("mesure que la décision prendrait, soumise à l’avis")
    decision: DecisionVolet | None = champ("décision sur le volet")
    montant_decide: str = champ("montant décidé, avec son signe")
    calcul: CalculResolu = champ("calcul du montant")
    calcul_hors_total: CalculResolu | None = champ("calcul de la mesure qui n’est pas en euros")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneDecision:
    """What the director general decided for one volet."""

    id: str = champ("identifiant du volet")
    libelle: str = champ("libellé du volet")
    designation: str = champ("volet, dans une phrase")
    nature: str = champ("nature de la décision")
    code: str = champ("code de la décision")
    financement: str | None = champ("financement de l’intéressement, selon le contrat")
    verse_par: str | None = champ("qui verse l’intéressement")
    verse_avant: dt.date | None = champ("date limite de versement de l’intéressement")
    avenant_du: dt.date | None = champ("signature du volet, s’il est joint au contrat par avenant")
    montant: Decimal | None = champ("montant décidé, sans signe")
    montant_signe: str = champ("montant décidé, avec son signe")
    taux: Decimal | None = champ("diminution de la prise en charge")
    unite: str | None = champ("ce que mesure la diminution")
    date_effet: dt.date | None = champ("date d’effet de la mesure")
    duree_mois: int | None = champ("durée de la mesure, en mois")
    date_fin: dt.date | None = champ("dernier jour de la mesure")
    actes: str | None = champ("actes soumis à accord préalable")
    volume: str | None = champ("volume d’actes concerné")
    motif_msap: str | None = champ("constat qui justifie la mise sous accord préalable")
    constat_msap: str | None = champ("référentiel, proportion et comparaison de ce constat")
    motif: str | None = champ("motif de la décision")
    raison: str = champ("raison de la proposition")
    constat: str | None = champ("résultats et cibles qui fondent la proposition")
    maximum: str | None = champ("maximum de la mesure proposée")
    assiette: str | None = champ("calcul du montant maximum")
    arrondi: bool = champ("maximum arrondi au centime inférieur (oui ou non)")
    part: str | None = champ("part du maximum qui est proposée")
    bareme: str | None = champ("barème du contrat, qui donne cette part")
    suivie: bool = champ("décision conforme à la proposition")
    motif_modulation: str | None = champ("motif de la modulation")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneGrille:
    """A row of the grid, in its order: the volet as evaluated, or none when it is not signed."""

    court: str = champ("libellé court du volet")
    volet: LigneVoletEvalue | None = champ("volet évalué")


@dataclass(frozen=True)
class EvaluationResolue:
    """The whole evaluation of one year."""

    annee: int = champ("année évaluée")
    date: dt.date | None = champ("date de l’évaluation")
    exercice_clos: int | None = champ("dernier exercice clos")
    produits: Decimal | None = champ("produits reçus des régimes obligatoires")
    arretees_le: dt.date | None = champ("date d’arrêté des données")
    livraisons: tuple[Livraison, ...] = champ("livraisons de données")
    contexte: str | None = champ("éléments de contexte")
    autoevaluation: Autoevaluation | None = champ("autoévaluation")
    indicateurs: tuple[LigneResultat, ...] = champ("résultats des indicateurs")
    retenus: tuple[LigneResultat, ...] = champ("résultats des indicateurs qui ont un objet")
    ecartes: tuple[GroupeSansObjet, ...] = champ("indicateurs sans objet, par motif")
    actions: tuple[LigneAvancement, ...] = champ("plan d’actions du volet obligatoire")
    obligations: tuple[LigneObligation, ...] = champ("obligations générales de l’établissement")
    volets: tuple[LigneVoletEvalue, ...] = champ("volets évalués")
    manquements: tuple[str, ...] = champ("faits qui fondent la sanction du volet obligatoire")
    non_souscrits: tuple[str, ...] = champ("volets non souscrits")
    rangs: tuple[LigneGrille, ...] = champ("lignes de la grille, dans son ordre")
    total: Decimal | None = champ("total proposé")
    total_signe: str = champ("total proposé, avec son signe")
    total_decide: str = champ("total décidé, avec son signe")
    effet_plafond: str | None = champ("ce que le plafond retire à l’ensemble des sanctions")
    calcul_total: CalculResolu = champ("calcul du total")
    avertissements: tuple[str, ...] = champ("avertissements")
    decisions: tuple[LigneDecision, ...] = champ("décisions, volet par volet")
    sommes: tuple[LigneDecision, ...] = champ("décisions en euros")
    recouvrees: tuple[LigneDecision, ...] = champ("sommes à recouvrer")
    versees: tuple[LigneDecision, ...] = champ("intéressements à verser")
    reductions: tuple[LigneDecision, ...] = champ("diminutions de la liste en sus")
    msap: tuple[LigneDecision, ...] = champ("mises sous accord préalable")
    sommes_envisagees: tuple[LigneVoletEvalue, ...] = champ("mesures en euros proposées")
    sanctions_envisagees: tuple[LigneVoletEvalue, ...] = champ("sanctions proposées")
    reductions_envisagees: tuple[LigneVoletEvalue, ...] = champ("réductions proposées")
    msap_envisagees: tuple[LigneVoletEvalue, ...] = champ("mises sous accord préalable proposées")
    renonces: tuple[str, ...] = champ("volets dont la sanction est abandonnée")
    renonciation_apres_avis: bool = champ("renonciation postérieure au dernier avis (oui ou non)")
    avenants: tuple[LigneDecision, ...] = champ("décisions sur un volet joint par avenant")
    procedure: ProcedureEvaluation | None = champ("procédure de la décision")
    decision: Decision | None = champ("décision du directeur général")
    dialogue: Dialogue | None = champ("dialogue annuel")
    grille_lecture: GrilleLecture | None = champ("grille de lecture")
    hors_referentiels: tuple[PrescriptionHorsReferentiel, ...] = champ(
        "prescriptions hors référentiels"
    )
    origines: Mapping[str, Lieu] = lieux()


TYPES: Mapping[str, TypeChamp] = {
    "evaluation": TypeChamp("bloc", EvaluationResolue),
}
"""What the clauses of an evaluation may name."""
