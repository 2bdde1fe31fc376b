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


def _champ(titre: str) -> Any:
    return field(metadata={"titre": titre})


def _origines() -> Any:
    return field(default_factory=dict, metadata={"cache": True}, compare=False)


@dataclass(frozen=True)
class Acte:
    """The act being made."""

    titre: str = _champ("titre de l’acte")
    date_effet: dt.date = _champ("date d’effet")
    date_signature: dt.date | None = _champ("date de signature")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class LigneAction:
    """An action of the establishment's plan."""

    id: str = _champ("numéro de l’action")
    libelle: str = _champ("libellé de l’action")
    indicateurs: tuple[str, ...] = _champ("indicateurs de l’action")
    pilote: str | None = _champ("pilote de l’action")
    echeance: dt.date | None = _champ("échéance de l’action")
    ressources: str | None = _champ("moyens mobilisés")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class GroupeActions:
    """The actions that decline one engagement of one article."""

    article: str = _champ("article")
    engagement: str | None = _champ("engagement")
    actions: tuple[LigneAction, ...] = _champ("actions")
    codes: tuple[str, ...] = _champ("numéros des actions")


@dataclass(frozen=True)
class ActionEcartee:
    """A typical action that the establishment does not take over."""

    id: str = _champ("numéro de l’action")
    libelle: str = _champ("libellé de l’action")
    motif: str = _champ("motif du retrait")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class PlanResolu:
    """The plan d'actions as printed."""

    groupes: tuple[GroupeActions, ...] = _champ("plan d’actions")
    retirees: tuple[ActionEcartee, ...] = _champ("actions retirées")


@dataclass(frozen=True)
class LigneIndicateur:
    """An indicator with what the parties set for it."""

    code: str = _champ("code")
    article: str = _champ("article")
    obligation: str = _champ("obligation")
    libelle: str = _champ("libellé")
    numerateur: str | None = _champ("numérateur")
    denominateur: str | None = _champ("dénominateur")
    elements: tuple[str, ...] = _champ("éléments")
    exclusions: str | None = _champ("exclusions")
    sens: str = _champ("sens")
    reference: str | None = _champ("valeur de référence")
    annee_reference: int | None = _champ("année de référence")
    cible: str | None = _champ("cible")
    annee_cible: int = _champ("année de la cible")
    cible_suivante: str | None = _champ("cible de l’année suivante")
    coefficient: Decimal | None = _champ("coefficient")
    echeancier: str | None = _champ("échéancier")
    pilote: str | None = _champ("pilote de l’indicateur")
    site: str | None = _champ("site concerné")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class LigneSansObjet:
    """A national indicator that does not apply, and why."""

    code: str = _champ("code")
    libelle: str = _champ("libellé")
    motif: str = _champ("motif")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class IndicateursResolus:
    """The indicators of the contract, by family."""

    nationaux: tuple[LigneIndicateur, ...] = _champ("indicateurs nationaux")
    regionaux: tuple[LigneIndicateur, ...] = _champ("indicateurs régionaux")
    had: tuple[LigneIndicateur, ...] = _champ("indicateurs dédiés à la HAD")
    sans_objet: tuple[LigneSansObjet, ...] = _champ("indicateurs sans objet")

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the indicators that the contract holds."""
        return frozenset(x.code for x in (*self.nationaux, *self.regionaux, *self.had))


@dataclass(frozen=True)
class LigneCalendrier:
    """A datum to be transmitted, and when."""

    libelle: str = _champ("donnée")
    volet: str = _champ("volet")
    producteur: str = _champ("producteur")
    periode: str = _champ("période de diffusion")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class CalendrierResolu:
    """The calendar of data."""

    lignes: tuple[LigneCalendrier, ...] = _champ("calendrier des données")


@dataclass(frozen=True)
class LigneTaux:
    """A target rate, national and regional."""

    libelle: str = _champ("taux cible")
    annee: int = _champ("année")
    national: Decimal | None = _champ("taux national")
    regional: Decimal | None = _champ("taux régional")
    source: str = _champ("source")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class TauxCibles:
    """The target rates of the first year of effect."""

    lignes: tuple[LigneTaux, ...] = _champ("taux cibles")
