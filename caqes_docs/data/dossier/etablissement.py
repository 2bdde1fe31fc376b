"""The establishment: the legal entity that commits itself, and its sites.

Source: CSS art. L. 162-30-2; instruction DSS/A1/CNAMTS/2017/234, II.a.i (level of signature).
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.dossier.parties import Adresse, Contact, Personne
from caqes_docs.data.lecture.types import (
    Annee,
    Courriel,
    Date,
    Departement,
    Finess,
    Modele,
    Montant,
    OuiNon,
    Siren,
    Siret,
    TexteSimple,
)


class Statut(enum.StrEnum):
    """Legal status of the establishment."""

    PUBLIC = "public"
    ESPIC = "espic"
    PRIVE_LUCRATIF = "prive_lucratif"
    PRIVE_NON_LUCRATIF = "prive_non_lucratif"
    ARMEES = "armees"


class Activite(enum.StrEnum):
    """Activities that the contract knows (SSR is named SMR from 1 June 2023)."""

    MCO = "MCO"
    HAD = "HAD"
    DIALYSE = "dialyse"
    SSR = "SSR"
    PSY = "PSY"
    USLD = "USLD"


class NiveauSignature(enum.StrEnum):
    """Which entity signs: the one that has legal personality."""

    ENTITE_JURIDIQUE = "entite_juridique"
    SITE = "site"


class InstanceMedicale(enum.StrEnum):
    """CME for public and private non-profit bodies, conférence for the commercial ones."""

    CME = "CME"
    CFME = "CfME"


class SensAvis(enum.StrEnum):
    """Which way an avis went."""

    FAVORABLE = "favorable"
    RESERVE = "favorable avec réserves"
    DEFAVORABLE = "défavorable"


class Site(Modele):
    """A geographic site."""

    finess: Finess = Field(title="FINESS géographique")
    nom: TexteSimple = Field(title="nom du site")
    siret: Siret | None = Field(None, title="SIRET")
    adresse: Adresse | None = Field(None, title="adresse du site")
    activites: tuple[Activite, ...] = Field((), title="activités du site")


class Cpom(Modele):
    """The CPOM that the contract is tied to."""

    numero: TexteSimple | None = Field(None, title="référence du CPOM")
    date_debut: Date | None = Field(None, title="date de début du CPOM")
    date_fin: Date | None = Field(None, title="date de fin du CPOM")


class Ght(Modele):
    """The groupement hospitalier de territoire."""

    nom: TexteSimple = Field(title="nom du groupement hospitalier de territoire")
    etablissement_support: TexteSimple | None = Field(
        None, title="établissement support du groupement"
    )


class AvisMedical(Modele):
    """The avis of the CME or CfME named in the visas."""

    instance: InstanceMedicale = Field(title="instance médicale consultée (CME ou CfME)")
    date: Date | None = Field(None, title="date de l’avis")
    sens: SensAvis | None = Field(None, title="sens de l’avis")


class ProduitsAssuranceMaladie(Modele):
    """Products received from the mandatory schemes for a closed financial year (base P)."""

    exercice: Annee = Field(title="exercice clos")
    montant: Montant = Field(title="produits reçus des régimes obligatoires")


class ArticleCaisse(enum.StrEnum):
    """The article under which a caisse pays an establishment, and recovers (D. 162-16 III)."""

    L174_2 = "L174-2"
    L174_18 = "L174-18"
    L752_1 = "L752-1"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return self.value.replace("L", "L.\u00a0")


class Etablissement(Modele):
    """The legal entity, its people and its sites."""

    raison_sociale: TexteSimple | None = Field(None, title="raison sociale")
    finess: Finess = Field(title="FINESS juridique")
    siren: Siren | None = Field(None, title="SIREN")
    statut: Statut = Field(title="statut juridique")
    categorie: TexteSimple | None = Field(None, title="catégorie")
    adresse: Adresse | None = Field(None, title="adresse de l’établissement")
    niveau_signature: NiveauSignature = Field(title="niveau de signature")
    sites: tuple[Site, ...] = Field((), title="sites géographiques")
    liste_en_sus: OuiNon | None = Field(None, title="utilisation de la liste en sus (oui ou non)")
    representant: Personne | None = Field(None, title="représentant légal")
    mandat: TexteSimple | None = Field(None, title="titre en vertu duquel le représentant signe")
    departement: Departement | None = Field(None, title="numéro du département")
    courriel_fonctionnel: Courriel | None = Field(None, title="adresse électronique fonctionnelle")
    interlocuteurs: tuple[Contact, ...] = Field((), title="interlocuteurs de l’établissement")
    avis_medical: AvisMedical | None = Field(None, title="avis de la CME ou de la CfME")
    cdu_associee: OuiNon | None = Field(None, title="commission des usagers associée (oui ou non)")
    caisse_article: ArticleCaisse | None = Field(
        None, title="article qui désigne la caisse (L174-2, L174-18 ou L752-1)"
    )
    siege_juge_recouvrement: TexteSimple | None = Field(
        None, title="siège du tribunal compétent pour les modalités du recouvrement"
    )
    cpom: Cpom | None = Field(None, title="CPOM auquel le contrat se rattache")
    ght: Ght | None = Field(None, title="groupement hospitalier de territoire")
    produits_assurance_maladie: tuple[ProduitsAssuranceMaladie, ...] = Field(
        (), title="produits reçus de l’assurance maladie, par exercice"
    )

    @property
    def nom_affiche(self) -> str:
        """The name for lists and properties, where a missing one must not be blank."""
        return self.raison_sociale or f"FINESS {self.finess} (raison sociale à compléter)"

    @property
    def activites(self) -> tuple[Activite, ...]:
        """The activities of all sites, each once, in the order of the enumeration."""
        presentes = {activite for site in self.sites for activite in site.activites}
        return tuple(activite for activite in Activite if activite in presentes)
