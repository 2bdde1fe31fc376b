"""What clauses see of a targeting: words ready to be printed, each with the cell it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.law.ciblage.decisions import Issue
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class CritereResolu:
    """One criterion of one establishment."""

    regle: str = champ("règle")
    libelle: str = champ("critère")
    valeur: str = champ("valeur constatée")
    seuil: str = champ("seuil")
    texte: str = champ("texte qui fixe le seuil")
    issue: Issue = champ("issue du critère")
    raison: str = champ("motif")
    origine: str = champ("origine de la valeur")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class VoletResolu:
    """One volet of one establishment."""

    libelle: str = champ("volet")
    issue: Issue = champ("issue du volet")
    raison: str = champ("motif")
    criteres: tuple[CritereResolu, ...] = champ("critères")


@dataclass(frozen=True)
class CiblageResolu:
    """The targeting of one establishment."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    annee: int = champ("année du ciblage")
    exercice: int | None = champ("exercice des dépenses de transports")
    issue: Issue = champ("issue du ciblage")
    transports: VoletResolu = champ("volet transports")
    pertinence: VoletResolu = champ("volet pertinence")
    qualite: VoletResolu = champ("volet qualité")
    volets: tuple[VoletResolu, ...] = champ("volets")
    nb_risques: str = champ("nombre de risques")
    cibles: tuple[str, ...] = champ("volets ciblés")
    ouverts: tuple[str, ...] = champ("volets sans conclusion")
    plusieurs: bool = champ("plusieurs volets ciblés")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneListe:
    """One establishment in the list of one volet, with the reasons."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    raison: str = champ("critère qui désigne l’établissement")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class VoletRegion:
    """One volet over the region."""

    libelle: str = champ("volet")
    cibles: tuple[LigneListe, ...] = champ("établissements ciblés")
    nb_cibles: int = champ("nombre d’établissements ciblés")
    nb_indetermines: int = champ("nombre d’établissements indéterminés")
    nb_appreciation: int = champ("nombre d’établissements laissés à l’appréciation de l’agence")
    nb_non_cibles: int = champ("nombre d’établissements non ciblés")
    nb_non_soumis: int = champ("nombre d’établissements non soumis")


@dataclass(frozen=True)
class SeuilResolu:
    """A threshold and its text."""

    libelle: str = champ("ce qui est mesuré")
    seuil: str = champ("seuil")
    texte: str = champ("texte qui fixe le seuil")
    periode: str = champ("période de validité")


@dataclass(frozen=True)
class RegionResolue:
    """The targeting of a region."""

    annee: int = champ("année du ciblage")
    nom: str = champ("région")
    nombre: int = champ("nombre d’établissements examinés")
    volets: tuple[VoletRegion, ...] = champ("volets")
    pertinence: VoletRegion = champ("volet pertinence")
    seuils: tuple[SeuilResolu, ...] = champ("critères du plan régional")


TYPES: Mapping[str, TypeChamp] = {
    "ciblage": TypeChamp("bloc", CiblageResolu),
    "region": TypeChamp("bloc", RegionResolue),
}
"""What the clauses of a targeting may name."""
