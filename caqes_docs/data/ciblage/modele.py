"""What a regional table says of each establishment, and the criteria that a region sets itself.

A cell holds a value, or a word in place of it, or nothing: the three are kept apart.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from pydantic import Field

from caqes_docs.core.comparaison import Operateur
from caqes_docs.core.periode import Periode
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.types import (
    Annee,
    Date,
    Identifiant,
    Modele,
    OuiNon,
    TexteSimple,
)

T = TypeVar("T")


class EtatCellule(enum.StrEnum):
    """The word that stands in place of a value."""

    NON_REPONDANT = "non répondant"
    NON_SOUMIS = "non soumis"
    NON_RENSEIGNE = "non renseigné"


@dataclass(frozen=True, slots=True)
class MesureLue(Generic[T]):
    """A cell: its value or the word in its place, and where it stands."""

    valeur: T | None = None
    etat: EtatCellule | None = None
    soumis: bool | None = None
    """Whether the establishment has to give it at all; None when the table does not say."""
    source: Source = field(default_factory=lambda: Source("calcul"))


@dataclass(frozen=True, slots=True)
class MesuresTransports:
    """Expenditure on transport prescribed by the establishment and paid by outpatient care."""

    montant: MesureLue[Decimal] = field(default_factory=MesureLue)
    montant_precedent: MesureLue[Decimal] = field(default_factory=MesureLue)
    evolution: MesureLue[Decimal] = field(default_factory=MesureLue)
    """Given directly, when the two amounts are not."""
    exercice: int | None = None
    """The year of `montant`."""


@dataclass(frozen=True, slots=True)
class MesuresQualite:
    """The three indicators of the quality volet."""

    icalin2: MesureLue[str] = field(default_factory=MesureLue)
    d31: MesureLue[Decimal] = field(default_factory=MesureLue)
    sortie_basse: MesureLue[Decimal] = field(default_factory=MesureLue)
    sortie_haute: MesureLue[Decimal] = field(default_factory=MesureLue)


@dataclass(frozen=True, slots=True)
class LigneCiblage:
    """One establishment of the table."""

    finess: str
    nom: str
    source: Source
    transports: MesuresTransports = field(default_factory=MesuresTransports)
    qualite: MesuresQualite = field(default_factory=MesuresQualite)
    pertinence: Mapping[str, MesureLue[Decimal]] = field(default_factory=dict)
    """By name of column."""
    socle_seul: bool = False
    """Whether the establishment has the volet obligatoire alone (hospitals of the armed forces)."""


@dataclass(frozen=True)
class TableCiblage:
    """The whole table."""

    nom: str
    lignes: tuple[LigneCiblage, ...]
    contenu: bytes = b""


class TableDeclaree(Modele):
    """The table from which an agency targeted the volets of a year."""

    annee: Annee = Field(title="année du ciblage\u00a0: celle où les volets prennent effet")
    fichier: TexteSimple = Field(title="fichier de la table, sous contracts_data/")
    feuille: TexteSimple | None = Field(None, title="feuille du classeur")
    encodage: TexteSimple | None = Field(None, title="encodage de la table, si ce n’est pas utf-8")


class NatureCritere(enum.StrEnum):
    """The two grounds that annex 5 of the instruction gives to the plan of the region."""

    ECART = "ecart"
    NON_CONFORMITE = "non_conformite"

    @property
    def libelle(self) -> str:
        """The ground in words."""
        if self is NatureCritere.ECART:
            return "d’écart aux moyennes"
        return "de non-conformité aux référentiels"


class UniteCritere(enum.StrEnum):
    """The unit of a regional criterion."""

    TAUX = "taux"
    NOMBRE = "nombre"


class CriterePertinence(Modele):
    """A criterion of the regional plan: no text gives a number, the region states it."""

    id: Identifiant = Field(title="identifiant du critère")
    libelle: TexteSimple = Field(title="libellé du critère")
    nature: NatureCritere = Field(title="nature du critère")
    colonne: Identifiant = Field(title="colonne de la table")
    unite: UniteCritere = Field(title="unité")
    operateur: Operateur = Field(title="opérateur de comparaison")
    seuil: TexteSimple = Field(title="seuil")
    du: Date = Field(title="premier jour")
    au: Date | None = Field(None, title="dernier jour")
    source: TexteSimple = Field(title="document qui fixe le critère")
    fictif: OuiNon | None = Field(None, title="valeur d’exemple")

    def holds(self, date: dt.date) -> bool:
        """Whether the criterion applies at `date`."""
        return Periode(self.du, self.au).holds(date)
