"""A simulation as the clauses of its document see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneSimulation:
    """What the year comes to at one value."""

    valeur: str = champ("valeur simulée")
    depense: str | None = champ("dépense qui suit la valeur simulée")
    atteinte: str = champ("objectif atteint ou non")
    mesure: str = champ("mesure")
    hors_total: str = champ("mesure qui n’est pas en euros")
    niveau: str = champ("niveau de réalisation")
    modulation: str = champ("modulation")
    montant: str = champ("montant du volet, avec son signe")
    total: str = champ("total de l’année, avec son signe")


@dataclass(frozen=True)
class LigneHypothese:
    """An input held still."""

    libelle: str = champ("hypothèse")
    valeur: str = champ("valeur de l’hypothèse")
    origine: str = champ("origine de l’hypothèse")
    sorte: str = champ("sorte d’hypothèse")
    place: str = champ("fichier et ligne de l’hypothèse, que l’écran dit")


@dataclass(frozen=True)
class LigneAutreVolet:
    """Another volet, whose amount enters the total."""

    libelle: str = champ("volet")
    mesure: str = champ("mesure")
    montant: str = champ("montant du volet, avec son signe")


@dataclass(frozen=True)
class LigneRupture:
    """Two values that follow each other and do not give the same."""

    avant: str = champ("dernière valeur avant le changement")
    apres: str = champ("première valeur après le changement")
    mesure_avant: str = champ("mesure avant le changement")
    mesure_apres: str = champ("mesure après le changement")
    montant_avant: str = champ("montant avant le changement")
    montant_apres: str = champ("montant après le changement")


@dataclass(frozen=True)
class PalierSimule:
    """A step of a scale."""

    niveau: Decimal = champ("niveau du palier")
    part: Decimal = champ("part du palier")


@dataclass(frozen=True)
class BaremeSimule:
    """A scale of the volet, as the contract writes it."""

    effet: str = champ("ce que le barème module")
    nom: str = champ("méthode du barème")
    sur: str = champ("ce que mesure le niveau")
    complet: bool = champ("barème complet")
    seuil: Decimal | None = champ("niveau à atteindre")
    de: Decimal | None = champ("niveau où la part est nulle")
    a: Decimal | None = champ("niveau où la part est entière")
    paliers: tuple[PalierSimule, ...] = champ("paliers")
    taux_maximum: Decimal | None = champ("taux maximum fixé au contrat")
    montant_maximum: Decimal | None = champ("montant maximum fixé au contrat")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class SimulationResolue:
    """The whole simulation."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    contrat: str = champ("référence du contrat")
    annee: int = champ("année simulée")
    volet: str = champ("volet simulé")
    grandeur: str = champ("ce qui varie")
    code: str = champ("code de ce qui varie")
    cible: str | None = champ("cible de l’année")
    de: str = champ("première valeur")
    a: str = champ("dernière valeur")
    nombre: int = champ("nombre de valeurs")
    date_effet_supposee: dt.date | None = champ("date d’effet supposée")
    evaluee: bool = champ("année évaluée")
    depense_suivie: bool = champ("dépense qui suit le taux simulé")
    seuil_declenchement: Decimal | None = champ("seuil de déclenchement")
    lignes: tuple[LigneSimulation, ...] = champ("valeurs simulées")
    ruptures: tuple[LigneRupture, ...] = champ("changements")
    connus: bool = champ("tous les montants du volet connus")
    hypotheses: tuple[LigneHypothese, ...] = champ("hypothèses")
    autres: tuple[LigneAutreVolet, ...] = champ("autres volets")
    baremes: tuple[BaremeSimule, ...] = champ("barèmes du volet")
    constats: tuple[str, ...] = champ("ce qui manque")
    graphique: GraphiqueResolu | None = champ("graphique des montants")
    origines: Mapping[str, Lieu] = lieux()


TYPES: Mapping[str, TypeChamp] = {
    "simulation": TypeChamp("bloc", SimulationResolue),
}
"""What the clauses of a simulation may name."""
