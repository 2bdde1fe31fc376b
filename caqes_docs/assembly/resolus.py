"""What the assembly works out before any clause is read: the act, the plan, the indicators.

Each record knows, field by field, where its data come from (`origines`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from caqes_docs.assembly.vues import Lieu


def champ(titre: str) -> Any:
    """A field of a resolved record, with the French name that messages give it."""
    return field(metadata={"titre": titre})


def lieux() -> Any:
    """The places that the fields of a resolved record come from, field by field."""
    return field(default_factory=dict, metadata={"cache": True}, compare=False)


@dataclass(frozen=True)
class Acte:
    """The act being made."""

    titre: str = champ("titre de l’acte")
    date_effet: dt.date | None = champ("date d’effet")
    date_signature: dt.date | None = champ("date de signature")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneAction:
    """An action of the establishment's plan."""

    id: str = champ("numéro de l’action")
    libelle: str = champ("libellé de l’action")
    indicateurs: tuple[str, ...] = champ("indicateurs de l’action")
    pilote: str | None = champ("pilote de l’action")
    echeance: dt.date | None = champ("échéance de l’action")
    ressources: str | None = champ("moyens mobilisés")
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


@dataclass(frozen=True)
class LigneIndicateur:
    """An indicator with what the parties set for it."""

    code: str = champ("code")
    article: str = champ("article")
    obligation: str = champ("obligation")
    libelle: str = champ("libellé")
    numerateur: str | None = champ("numérateur")
    denominateur: str | None = champ("dénominateur")
    elements: tuple[str, ...] = champ("éléments")
    exclusions: str | None = champ("exclusions")
    sens: str = champ("sens")
    reference: str | None = champ("valeur de référence")
    annee_reference: int | None = champ("année de référence")
    cible: str | None = champ("cible")
    annee_cible: int = champ("année de la cible")
    cible_suivante: str | None = champ("cible de l’année suivante")
    coefficient: Decimal | None = champ("coefficient")
    echeancier: str | None = champ("échéancier")
    pilote: str | None = champ("pilote de l’indicateur")
    site: str | None = champ("site concerné")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneSansObjet:
    """A national indicator that does not apply, and why."""

    code: str = champ("code")
    libelle: str = champ("libellé")
    motif: str = champ("motif")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class IndicateursResolus:
    """The indicators of the contract, by family."""

    nationaux: tuple[LigneIndicateur, ...] = champ("indicateurs nationaux")
    regionaux: tuple[LigneIndicateur, ...] = champ("indicateurs régionaux")
    had: tuple[LigneIndicateur, ...] = champ("indicateurs dédiés à la HAD")
    sans_objet: tuple[LigneSansObjet, ...] = champ("indicateurs sans objet")

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators that the contract holds."""
        return frozenset(x.code for x in (*self.nationaux, *self.regionaux, *self.had))


@dataclass(frozen=True)
class LigneCalendrier:
    """A datum to be transmitted, and when."""

    libelle: str = champ("donnée")
    volet: str = champ("volet")
    producteur: str = champ("producteur")
    periode: str = champ("période de diffusion")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class CalendrierResolu:
    """The calendar of data."""

    lignes: tuple[LigneCalendrier, ...] = champ("calendrier des données")


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
