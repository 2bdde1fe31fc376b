"""What the clauses of a contract may name besides its data: plan, indicators, volets, refusals.

Each record knows, field by field, where its data come from (`origines`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.contrat.vocabulaire_suivi import CibleDite, LigneRencontre
from caqes_docs.data.dossier.actions import QualitesAction
from caqes_docs.data.dossier.ciblage import FigureCiblage
from caqes_docs.data.dossier.volets import ActionVolet, Interessement, Sanction
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneAction:
    """An action of the establishment's plan."""

    id: str = champ("numéro de l’action")
    libelle: str = champ("libellé de l’action")
    indicateurs: tuple[str, ...] = champ("indicateurs de l’action")
    pilote: str | None = champ("pilote de l’action")
    echeance: dt.date | None = champ("échéance de l’action")
    ressources: str | None = champ("moyens mobilisés")
    qualites: QualitesAction = champ("priorité, professions, origine et nature")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class GroupeActions:
    """The actions that decline one engagement of one article."""

    article: str = champ("article")
    engagement: str | None = champ("engagement")
    actions: tuple[LigneAction, ...] = champ("actions")
    codes: tuple[str, ...] = champ("numéros des actions")


@dataclass(frozen=True)
class ActionEcartee:
    """A typical action that the establishment does not take over."""

    id: str = champ("numéro de l’action")
    libelle: str = champ("libellé de l’action")
    motif: str = champ("motif du retrait")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class PlanResolu:
    """The plan d'actions as printed."""

    groupes: tuple[GroupeActions, ...] = champ("plan d’actions")
    retirees: tuple[ActionEcartee, ...] = champ("actions retirées")
    mesurees: bool = champ("une action au moins a ses indicateurs (oui ou non)")


@dataclass(frozen=True)
class LigneIndicateur(CibleDite):
    """An indicator with what the parties set for it."""

    code: str = champ("code")
    article: str = champ("article")
    obligation: str = champ("obligation")
    libelle: str = champ("libellé")
    numerateur: str | None = champ("numérateur")
    denominateur: str | None = champ("dénominateur")
    elements: tuple[str, ...] = champ("éléments")
    exclusions: str | None = champ("exclusions")
    choix: tuple[str, ...] = champ("thèmes ou critères retenus")
    information: str | None = champ("éléments d’information")
    sens: str = champ("sens")
    reference: str | None = champ("valeur de référence")
    annee_reference: int | None = champ("année de référence")
    cible: str | None = champ("cible")
    annee_cible: int = champ("année de la cible")
    cible_suivante: str | None = champ("cible de l’année suivante")
    autres_cibles: str | None = champ("cibles des autres années")
    cibles_fixees: tuple[str, ...] = champ("cibles qu’un avenant a fixées, avec leur année")
    cibles_autres_annees: tuple[str, ...] = champ("cibles des autres années, avec leur année")
    coefficient: Decimal | None = champ("coefficient")
    echeancier: str | None = champ("échéancier")
    pilote: str | None = champ("pilote de l’indicateur")
    site: str | None = champ("site concerné")
    classe: str | None = champ("classe, dans un groupe de même construction")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class GroupeIndicateurs:
    """The indicators of one obligation, or those of them that are built alike."""

    article: str = champ("article")
    obligation: str = champ("obligation")
    libelle: str | None = champ("libellé commun")
    numerateur: str | None = champ("numérateur commun")
    denominateur: str | None = champ("dénominateur commun")
    lignes: tuple[LigneIndicateur, ...] = champ("indicateurs")


@dataclass(frozen=True)
class LigneSansObjet:
    """A national indicator that does not apply, and why."""

    code: str = champ("code")
    libelle: str = champ("libellé")
    motif: str = champ("motif")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class GroupeSansObjet:
    """The national indicators left out for one reason."""

    motif: str = champ("motif")
    libelles: tuple[str, ...] = champ("indicateurs sans objet pour ce motif")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class IndicateursResolus:
    """The indicators of the contract, by family."""

    nationaux: tuple[LigneIndicateur, ...] = champ("indicateurs nationaux")
    regionaux: tuple[LigneIndicateur, ...] = champ("indicateurs régionaux")
    had: tuple[LigneIndicateur, ...] = champ("indicateurs dédiés à la HAD")
    propres: tuple[LigneIndicateur, ...] = champ("indicateurs propres à l’établissement")
    sans_objet: tuple[LigneSansObjet, ...] = champ("indicateurs sans objet")
    ecartes: tuple[GroupeSansObjet, ...] = champ("indicateurs sans objet, par motif")
    groupes_nationaux: tuple[GroupeIndicateurs, ...] = champ("obligations nationales")
    groupes_regionaux: tuple[GroupeIndicateurs, ...] = champ("obligations régionales")
    groupes_had: tuple[GroupeIndicateurs, ...] = champ("obligations dédiées à la HAD")

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators that the contract holds."""
        return frozenset(x.code for x in self.tous)

    @property
    def tous(self) -> tuple[LigneIndicateur, ...]:
        """All of them, family by family."""
        return (*self.nationaux, *self.regionaux, *self.had, *self.propres)


@dataclass(frozen=True)
class LigneCalendrier:
    """A datum to be transmitted, and when."""

    libelle: str = champ("donnée")
    volet: str = champ("volet")
    producteur: str = champ("producteur")
    periode: str = champ("période de diffusion")
    dates: str | None = champ("dates pour l’année")
    dates_suivantes: str | None = champ("dates pour l’année suivante")
    libelle_annee: str = champ("donnée de l’année")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class CalendrierResolu:
    """The calendar of data."""

    lignes: tuple[LigneCalendrier, ...] = champ("calendrier des données")
    annee: int = champ("année du calendrier")
    annee_suivante: int = champ("année suivante")
    points: tuple[LigneRencontre, ...] = champ("points d’étape des deux années")
    points_annee: tuple[LigneRencontre, ...] = champ("points d’étape de l’année")
    reunions: tuple[LigneRencontre, ...] = champ("réunions d’information annoncées")


@dataclass(frozen=True)
class LigneTaux:
    """A target rate, national and regional."""

    libelle: str = champ("taux cible")
    annee: int = champ("année")
    national: Decimal | None = champ("taux national")
    regional: Decimal | None = champ("taux régional")
    source: str = champ("source")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class TauxCibles:
    """The target rates of the first year of effect."""

    lignes: tuple[LigneTaux, ...] = champ("taux cibles")


@dataclass(frozen=True)
class LigneObjectif(CibleDite):
    """An obligation of result, or a complementary one, with the target of the year of effect."""

    code: str = champ("identifiant de l’objectif")
    libelle: str | None = champ("libellé de l’objectif")
    sens: str = champ("sens")
    reference: str | None = champ("valeur de référence")
    annee_reference: int | None = champ("année de référence")
    cible: str | None = champ("cible")
    annee_cible: int = champ("année de la cible")
    cible_suivante: str | None = champ("objectif prévisionnel de l’année suivante")
    autres_cibles: str | None = champ("objectifs des autres années")
    cibles_fixees: tuple[str, ...] = champ("cibles qu’un avenant a fixées, avec leur année")
    cibles_autres_annees: tuple[str, ...] = champ("cibles des autres années, avec leur année")
    site: str | None = champ("site concerné")
    poids: Decimal | None = champ("poids de l’objectif")
    action: str | None = champ("action que mesure l’indicateur")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneBareme:
    """One step of a scale, in words."""

    niveau: str = champ("niveau de réalisation")
    part: str = champ("part du maximum")


@dataclass(frozen=True)
class LigneExemple:
    """What a volet would give on one hypothesis, with the establishment's own figures."""

    hypothese: str = champ("hypothèse")
    mesure: str = champ("mesure proposée")
    calcul: str = champ("calcul")
    montant: Decimal | None = champ("montant")


@dataclass(frozen=True)
class LigneEconomie:
    """What a contract expects to be spent in a year."""

    annee: int = champ("année")
    mode: str = champ("manière dont la dépense attendue est fixée")
    depense: Decimal | None = champ("dépense attendue")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class PlanDit:
    """What the plan of a volet tells of its actions."""

    rubriques: tuple[str, ...] = champ("rubriques renseignées pour une action au moins")
    mesurees: bool = champ("une action au moins a ses indicateurs (oui ou non)")


@dataclass(frozen=True)
class LigneVolet:
    """A volet of the contract."""

    id: str = champ("identifiant du volet")
    libelle: str = champ("libellé du volet")
    court: str = champ("libellé court du volet")
    designation: str = champ("volet, dans une phrase")
    dernier: bool = champ("dernier des volets du contrat (oui ou non)")
    ponderees: bool = champ("actions pondérées (oui ou non)")
    date_signature: dt.date | None = champ("date de signature du volet")
    date_effet: dt.date | None = champ("date d’effet du volet")
    date_fin: dt.date | None = champ("dernier jour du volet")
    duree: int | None = champ("durée du volet, en années")
    renouvele: bool = champ("durée qu’un avenant a prolongée (oui ou non)")
    motif: str | None = champ("motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = champ("chiffres du ciblage")
    thematique: str | None = champ("thématique principale du volet")
    donne_lieu_a_sanction: bool | None = champ("volet donnant lieu à sanction (oui ou non)")
    principal: LigneObjectif | None = champ("objectif principal")
    supplementaire: LigneObjectif | None = champ("objectif supplémentaire")
    complementaires: tuple[LigneObjectif, ...] = champ("objectifs complémentaires")
    actions: tuple[ActionVolet, ...] = champ("plan d’actions du volet")
    mesures: tuple[LigneObjectif, ...] = champ("indicateurs mesurés des actions du volet")
    plan_dit: PlanDit = champ("ce que dit le plan d’actions du volet")
    evaluation: str | None = champ("modalités d’évaluation propres au volet")
    nombre_risques: int | None = champ("nombre de risques concernés")
    sanction: Sanction | None = champ("sanction du volet")
    interessement: Interessement | None = champ("intéressement du volet")
    bareme_sanction: tuple[LigneBareme, ...] = champ("barème de la sanction")
    bareme_interessement: tuple[LigneBareme, ...] = champ("barème de l’intéressement")
    economies: tuple[LigneEconomie, ...] = champ("dépense attendue, par année")
    exemples: tuple[LigneExemple, ...] = champ("exemples chiffrés")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneNiveau:
    """A part of the level of the socle: how much it counts, and how it is measured."""

    libelle: str = champ("ce qui est évalué")
    part: Decimal = champ("part du niveau")
    mesure: str | None = champ("manière de le mesurer")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LignePoids:
    """What an action or an obligation weighs in its part of the level of the socle."""

    code: str = champ("numéro")
    libelle: str = champ("libellé")
    poids: Decimal = champ("poids")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class VoletsResolus:
    """The volets of the contract, and those that it does not hold."""

    lignes: tuple[LigneVolet, ...] = champ("volets additionnels")
    noms: tuple[str, ...] = champ("noms des volets souscrits")
    designations: tuple[str, ...] = champ("volets souscrits, dans une phrase")
    bareme_socle: tuple[LigneBareme, ...] = champ("barème de la sanction du volet obligatoire")
    interessement_socle: tuple[LigneBareme, ...] = champ(
        "barème de l’intéressement du volet obligatoire"
    )
    economies_socle: tuple[LigneEconomie, ...] = champ(
        "dépense attendue du volet obligatoire, par année"
    )
    exemples_socle: tuple[LigneExemple, ...] = champ("exemples chiffrés du volet obligatoire")
    niveau_socle: tuple[LigneNiveau, ...] = champ("ce que pèse le niveau du volet obligatoire")
    poids_socle: tuple[LignePoids, ...] = champ("poids des actions et des obligations générales")
    plusieurs: bool = champ("plusieurs volets souscrits")
    origines: Mapping[str, Lieu] = lieux()


TYPES: Mapping[str, TypeChamp] = {
    "plan": TypeChamp("bloc", PlanResolu),
    "indicateurs": TypeChamp("bloc", IndicateursResolus),
    "calendrier": TypeChamp("bloc", CalendrierResolu),
    "taux_cibles": TypeChamp("bloc", TauxCibles),
    "volets": TypeChamp("bloc", VoletsResolus),
    "volet": TypeChamp("bloc", LigneVolet),
}
"""What the clauses of a contract may name besides its data."""
