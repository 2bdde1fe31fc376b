"""The signatories other than the establishment: the ARS and the organisme local.

Source: CSS art. L. 162-30-2; instruction DSS/A1/CNAMTS/2017/234, II.a.i.
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.ciblage.modele import CriterePertinence, TableDeclaree
from caqes_docs.data.dossier.suivi import Quand
from caqes_docs.data.lecture.types import (
    Annee,
    CodePostal,
    Courriel,
    Date,
    Identifiant,
    Modele,
    Montant,
    OuiNon,
    Rpps,
    Taux,
    TexteSimple,
)


class Civilite(enum.StrEnum):
    """How a person is named in an act."""

    MADAME = "Mme"
    MONSIEUR = "M."
    DOCTEUR = "Dr"
    PROFESSEUR = "Pr"


class Adresse(Modele):
    """A postal address."""

    lignes: tuple[TexteSimple, ...] = Field((), title="lignes de l’adresse")
    code_postal: CodePostal | None = Field(None, title="code postal")
    commune: TexteSimple | None = Field(None, title="commune, suivie le cas échéant de CEDEX")


class Personne(Modele):
    """A person who signs, or whom one writes to."""

    civilite: Civilite | None = Field(None, title="civilité")
    prenom: TexteSimple | None = Field(None, title="prénom")
    nom: TexteSimple | None = Field(None, title="nom de famille")
    qualite: TexteSimple | None = Field(None, title="qualité, telle qu’imprimée dans l’acte")
    courriel: Courriel | None = Field(None, title="adresse électronique")
    telephone: TexteSimple | None = Field(None, title="téléphone")
    rpps: Rpps | None = Field(None, title="numéro RPPS")


class VoletId(enum.StrEnum):
    """The volets of the contract (CAQES 1)."""

    SOCLE = "socle"
    TRANSPORTS = "transports"
    PERTINENCE = "pertinence"
    QUALITE = "qualite"


class Contact(Modele):
    """A référent (ARS, assurance maladie) or an interlocuteur (establishment) for a volet."""

    volet: Identifiant = Field(title="volet suivi (socle, transports…)")
    personne: Personne = Field(title="personne désignée")


class Acteur(Modele):
    """An actor of the region, or of a fund, that signs nothing (instruction, II.a)."""

    nom: TexteSimple | None = Field(None, title="nom")
    adresse: Adresse | None = Field(None, title="adresse")
    referent: Personne | None = Field(None, title="personne à qui écrire")


class ActeursRegionaux(Modele):
    """Those of the region: who coordinates, advises and is consulted."""

    omedit: Acteur | None = Field(
        None, title="observatoire du médicament, des dispositifs médicaux et de l’innovation"
    )
    dcgdr: Acteur | None = Field(
        None, title="directeur coordonnateur régional de la gestion du risque"
    )
    drsm: Acteur | None = Field(None, title="direction régionale du service médical")
    iraps: Acteur | None = Field(
        None, title="instance régionale d’amélioration de la pertinence des soins"
    )


class ActeursLocaux(Modele):
    """Those of a fund: the CPAM that a MSA informs."""

    cpam: Acteur | None = Field(None, title="caisse primaire compétente")


class Delegation(Modele):
    """The signature of the director general, delegated to somebody by a published act."""

    delegataire: Personne = Field(title="délégataire")
    acte: TexteSimple | None = Field(None, title="intitulé de l’acte de délégation")
    date: Date | None = Field(None, title="date de l’acte de délégation")


class PlansRegionaux(Modele):
    """How the region names its plans (the texts do not agree: X16)."""

    gestion_du_risque: TexteSimple | None = Field(
        None, title="intitulé du plan régional de gestion du risque"
    )
    pertinence: TexteSimple | None = Field(None, title="intitulé du plan régional de pertinence")
    domaines_pertinence: tuple[TexteSimple, ...] = Field(
        (), title="domaines prioritaires du plan régional de pertinence"
    )


class TauxCible(Modele):
    """A regional target rate, stated by the region with its source, for one year."""

    indicateur: Identifiant = Field(title="indicateur visé")
    annee: Annee = Field(title="année")
    valeur: Taux = Field(title="taux cible")
    connu_le: Date | None = Field(None, title="jour où le taux est devenu public")
    source: TexteSimple = Field(title="texte ou document qui fixe le taux")
    fictif: OuiNon | None = Field(None, title="valeur d’exemple")


class CreditFir(Modele):
    """The credits of the fonds d'intervention régional for the rewards of an evaluated year."""

    annee: Annee = Field(title="année évaluée")
    montant: Montant = Field(title="crédits réservés aux intéressements")
    source: TexteSimple | None = Field(None, title="acte qui fixe les crédits")
    fictif: OuiNon | None = Field(None, title="valeur d’exemple")


class TribunalAdministratif(Modele):
    """The administrative court of the seat of the ARS."""

    nom: TexteSimple | None = Field(None, title="tribunal administratif du siège de l’agence")
    adresse: Adresse | None = Field(None, title="adresse du tribunal administratif")
    teleservice: TexteSimple | None = Field(
        None, title="téléservice de saisine du tribunal administratif"
    )


class EcheanceCalendrier(Modele):
    """One line of the calendar that the region adds or changes."""

    donnee: Identifiant = Field(title="donnée concernée")
    periode: TexteSimple | None = Field(None, title="période de diffusion")
    quand: Quand | None = Field(None, title="mois ou jour de la diffusion")


class Ars(Modele):
    """A regional health agency."""

    id: Identifiant = Field(title="identifiant")
    nom: TexteSimple = Field(title="nom de l’agence")
    region: TexteSimple = Field(title="région")
    adresse: Adresse | None = Field(None, title="adresse de l’agence")
    directeur_general: Personne | None = Field(None, title="directeur général")
    delegation: Delegation | None = Field(None, title="délégation de signature")
    tribunal_administratif: TribunalAdministratif | None = Field(
        None, title="tribunal administratif compétent"
    )
    plans: PlansRegionaux | None = Field(None, title="plans régionaux")
    courriel: Courriel | None = Field(None, title="adresse électronique de l’agence")
    suivi_par: Personne | None = Field(None, title="personne qui suit les dossiers")
    referents: tuple[Contact, ...] = Field((), title="référents de l’agence")
    acteurs: ActeursRegionaux | None = Field(None, title="acteurs de la région")
    credits_fir: tuple[CreditFir, ...] = Field(
        (), title="crédits du fonds d’intervention régional, par année"
    )
    taux_cibles: tuple[TauxCible, ...] = Field((), title="taux cibles régionaux")
    calendrier: tuple[EcheanceCalendrier, ...] = Field((), title="calendrier propre à la région")
    criteres_pertinence: tuple[CriterePertinence, ...] = Field(
        (), title="critères de ciblage du volet pertinence"
    )
    tables_de_ciblage: tuple[TableDeclaree, ...] = Field(
        (), title="tables de ciblage de la région, par année"
    )

    @property
    def signataire(self) -> Personne | None:
        """Who signs: the delegate when there is a delegation, else the director general."""
        return self.delegation.delegataire if self.delegation else self.directeur_general


class SorteOrganisme(enum.StrEnum):
    """The kinds of organisme local d'assurance maladie."""

    CPAM = "CPAM"
    MSA = "MSA"
    CGSS = "CGSS"
    CSS = "CSS"
    CCSS = "CCSS"
    CNMSS = "CNMSS"


class OrganismeLocal(Modele):
    """A local health-insurance fund that signs."""

    id: Identifiant = Field(title="identifiant")
    sorte: SorteOrganisme = Field(title="nature de l’organisme")
    nom: TexteSimple | None = Field(None, title="nom de l’organisme")
    adresse: Adresse | None = Field(None, title="adresse de l’organisme")
    representant: Personne | None = Field(None, title="représentant de l’organisme")
    service_medical: TexteSimple | None = Field(None, title="service du contrôle médical associé")
    caisse_pivot: TexteSimple | None = Field(None, title="caisse chargée du recouvrement")
    courriel: Courriel | None = Field(None, title="adresse électronique de l’organisme")
    referents: tuple[Contact, ...] = Field((), title="référents de l’assurance maladie")
    acteurs: ActeursLocaux | None = Field(None, title="acteurs de l’organisme")
