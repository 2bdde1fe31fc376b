"""The state of a region as clauses see it: who signs, who answers, what is missing, what is left.

`bilan.etat` names `EtatRegional`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.redaction.langage.vocabulaire import champ


@dataclass(frozen=True)
class LigneDepartement:
    """The establishments of one département, by status, then by activity."""

    departement: str = champ("département")
    nombre: int = champ("nombre d’établissements")
    publics: int = champ("nombre d’établissements publics")
    espic: int = champ("nombre d’établissements privés d’intérêt collectif")
    prives_lucratifs: int = champ("nombre d’établissements privés lucratifs")
    prives_non_lucratifs: int = champ("nombre d’autres établissements privés non lucratifs")
    armees: int = champ("nombre d’hôpitaux des armées")
    mco: int = champ("nombre d’établissements de médecine, chirurgie et obstétrique")
    had: int = champ("nombre d’établissements d’hospitalisation à domicile")
    dialyse: int = champ("nombre d’établissements de dialyse")
    ssr: int = champ("nombre d’établissements de soins de suite")
    psy: int = champ("nombre d’établissements de psychiatrie")
    usld: int = champ("nombre d’établissements de soins de longue durée")
    attendues: int = champ("autoévaluations attendues")
    recues: int = champ("autoévaluations reçues dans le délai")
    en_retard: int = champ("autoévaluations reçues en retard")
    manquantes: int = champ("autoévaluations non reçues")


@dataclass(frozen=True)
class LigneSignataire:
    """One contract: who, when, with which volets, and where it stands."""

    nom: str = champ("nom de l’établissement")
    finess: str = champ("numéro FINESS")
    departement: str = champ("département")
    statut: str = champ("statut de l’établissement")
    etat: str = champ("état du contrat")
    signe_le: dt.date | None = champ("date de signature")
    effet_le: dt.date | None = champ("date d’effet")
    volets: tuple[str, ...] = champ("volets additionnels")
    refuses: tuple[str, ...] = champ("volets refusés")


@dataclass(frozen=True)
class LigneGroupement:
    """A GHT and its members among the dossiers of the region."""

    nom: str = champ("groupement hospitalier de territoire")
    support: str | None = champ("établissement support")
    membres: tuple[str, ...] = champ("établissements du groupement")
    signes: int = champ("contrats signés dans le groupement")


@dataclass(frozen=True)
class LigneMotif:
    """Why results were not available, and how often."""

    motif: str = champ("motif d’indisponibilité")
    nombre: int = champ("nombre de résultats")
    codes: tuple[str, ...] = champ("indicateurs et objectifs concernés")


@dataclass(frozen=True)
class EnveloppeFir:
    """The rewards paid by the FIR, beside the credits of the region."""

    nombre: int = champ("nombre d’intéressements financés par le fonds")
    propose: str = champ("somme des intéressements proposés")
    inconnus: int = champ("intéressements dont le montant n’est pas établi")
    credits: str | None = champ("crédits de l’année")
    source: str | None = champ("acte qui fixe les crédits")
    reste: str | None = champ("crédits moins intéressements proposés")
    depasse: bool = champ("crédits dépassés (oui ou non)")


@dataclass(frozen=True)
class EtatRegional:
    """The whole state."""

    nombre: int = champ("nombre de dossiers")
    signes: int = champ("nombre de contrats signés")
    reunions: int = champ("réunions d’information tenues dans l’année")
    limite: dt.date | None = champ("date limite des autoévaluations")
    departements: tuple[LigneDepartement, ...] = champ("établissements, par département")
    signataires: tuple[LigneSignataire, ...] = champ("contrats de la région")
    groupements: tuple[LigneGroupement, ...] = champ("groupements hospitaliers de territoire")
    indisponibles: tuple[LigneMotif, ...] = champ("motifs d’indisponibilité")
    fir: EnveloppeFir = champ("enveloppe du fonds d’intervention régional")
    pertinence: int = champ("nombre de contrats avec un volet pertinence")
