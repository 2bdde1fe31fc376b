"""What clauses see of a targeting: words ready to be printed, each with the cell it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.law.ciblage.decisions import Issue
from caqes_docs.redaction.langage.vues import Lieu


def _champ(titre: str) -> Any:
    return field(metadata={"titre": titre})


def _origines() -> Any:
    return field(default_factory=dict, metadata={"cache": True}, compare=False)


@dataclass(frozen=True)
class CritereResolu:
    """One criterion of one establishment."""

    regle: str = _champ("règle")
    libelle: str = _champ("critère")
    valeur: str = _champ("valeur constatée")
    seuil: str = _champ("seuil")
    texte: str = _champ("texte qui fixe le seuil")
    issue: Issue = _champ("issue du critère")
    raison: str = _champ("motif")
    origine: str = _champ("origine de la valeur")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class VoletResolu:
    """One volet of one establishment."""

    libelle: str = _champ("volet")
    issue: Issue = _champ("issue du volet")
    raison: str = _champ("motif")
    criteres: tuple[CritereResolu, ...] = _champ("critères")


@dataclass(frozen=True)
class CiblageResolu:
    """The targeting of one establishment."""

    nom: str = _champ("nom de l’établissement")
    finess: str = _champ("numéro FINESS")
    annee: int = _champ("année du ciblage")
    exercice: int | None = _champ("exercice des dépenses de transports")
    table: str = _champ("table régionale")
    issue: Issue = _champ("issue du ciblage")
    transports: VoletResolu = _champ("volet transports")
    pertinence: VoletResolu = _champ("volet pertinence")
    qualite: VoletResolu = _champ("volet qualité")
    volets: tuple[VoletResolu, ...] = _champ("volets")
    nb_risques: str = _champ("nombre de risques")
    cibles: tuple[str, ...] = _champ("volets ciblés")
    ouverts: tuple[str, ...] = _champ("volets sans conclusion")
    plusieurs: bool = _champ("plusieurs volets ciblés")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class LigneRegion:
    """One establishment in the regional list."""

    nom: str = _champ("nom de l’établissement")
    finess: str = _champ("numéro FINESS")
    transports: Issue = _champ("volet transports")
    pertinence: Issue = _champ("volet pertinence")
    qualite: Issue = _champ("volet qualité")
    nb_risques: str = _champ("nombre de risques")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class LigneListe:
    """One establishment in the list of one volet, with the reasons."""

    nom: str = _champ("nom de l’établissement")
    finess: str = _champ("numéro FINESS")
    raison: str = _champ("motif")
    origines: Mapping[str, Lieu] = _origines()


@dataclass(frozen=True)
class VoletRegion:
    """One volet over the region."""

    libelle: str = _champ("volet")
    cibles: tuple[LigneListe, ...] = _champ("établissements ciblés")
    ouverts: tuple[LigneListe, ...] = _champ("établissements sans conclusion")
    nb_cibles: int = _champ("nombre d’établissements ciblés")
    nb_indetermines: int = _champ("nombre d’établissements indéterminés")
    nb_appreciation: int = _champ("nombre d’établissements laissés à l’appréciation de l’agence")
    nb_non_cibles: int = _champ("nombre d’établissements non ciblés")
    nb_non_soumis: int = _champ("nombre d’établissements non soumis")


@dataclass(frozen=True)
class SeuilResolu:
    """A threshold and its text."""

    regle: str = _champ("paramètre ou critère")
    libelle: str = _champ("ce qui est mesuré")
    seuil: str = _champ("seuil")
    texte: str = _champ("texte qui fixe le seuil")
    periode: str = _champ("période de validité")
    certitude: str = _champ("certitude")


@dataclass(frozen=True)
class RegionResolue:
    """The targeting of a region."""

    annee: int = _champ("année du ciblage")
    nom: str = _champ("région")
    table: str = _champ("table régionale")
    nombre: int = _champ("nombre d’établissements examinés")
    nb_cibles: int = _champ("nombre d’établissements ciblés")
    nb_ouverts: int = _champ("nombre d’établissements sans conclusion")
    nb_plusieurs: int = _champ("nombre d’établissements ciblés sur plusieurs volets")
    etablissements: tuple[LigneRegion, ...] = _champ("établissements")
    plusieurs: tuple[LigneListe, ...] = _champ("établissements ciblés sur plusieurs volets")
    volets: tuple[VoletRegion, ...] = _champ("volets")
    transports: VoletRegion = _champ("volet transports")
    pertinence: VoletRegion = _champ("volet pertinence")
    qualite: VoletRegion = _champ("volet qualité")
    seuils: tuple[SeuilResolu, ...] = _champ("seuils")


TYPES: Mapping[str, TypeChamp] = {
    "ciblage": TypeChamp("bloc", CiblageResolu),
    "region": TypeChamp("bloc", RegionResolue),
}
"""What the clauses of a targeting may name."""
