"""The contract of one establishment: dates, parties, plan d'actions, indicators, choices.

Source: contrat type, art. 1 to 10-6; instruction DSS/A1/CNAMTS/2017/234, II to IV and annexes.
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.dossier.actions import QualitesAction
from caqes_docs.data.dossier.diagnostic import Diagnostic
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.indicateurs import IndicateurPropre
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.signature import Signature
from caqes_docs.data.dossier.suivi import (
    ChangementSituation,
    ContratRemplace,
    DemandeInstance,
    InformationsContrat,
    Rencontre,
)
from caqes_docs.data.dossier.volets import Reference, Refus, Volet, VoletSocle
from caqes_docs.data.lecture.types import (
    Annee,
    Date,
    Identifiant,
    Modele,
    Motif,
    OuiNon,
    Taux,
    TexteSimple,
)


class Regime(enum.StrEnum):
    """Successive regimes of the contract (`clauses/droit/regimes.yaml` dates them)."""

    CAQES_1 = "caqes_1"
    CAQES_2 = "caqes_2"


class FormeRecours(enum.StrEnum):
    """Form of the appeal: the contrat type and the instruction differ (X1)."""

    LETTRE = "lettre_recommandee"
    TOUT_MOYEN = "tout_moyen_probant"


class SanctionDeRefus(enum.StrEnum):
    """One mechanical sanction for all the volets refused together, or one for each (X35)."""

    UNIQUE = "unique"
    PAR_VOLET = "par_volet"


class AnneeSansCible(enum.StrEnum):
    """What an indicator or an objective becomes in a year without a target of its own (X40)."""

    NON_EVALUEE = "non_evaluee"
    DERNIERE_CIBLE = "derniere_cible"
    POIDS_REPARTIS = "poids_repartis"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "non_evaluee": "le niveau de réalisation du volet obligatoire, ou l’objectif du volet "
            "additionnel, n’est pas évalué tant qu’un avenant n’a pas fixé la cible",
            "derniere_cible": "la dernière cible fixée pour une année antérieure vaut encore",
            "poids_repartis": "le poids de l’indicateur ou de l’objectif se répartit sur les "
            "autres, à proportion des leurs",
        }[self.value]


class ObjectifSansCible(enum.StrEnum):
    """What a volet becomes in a year without a target of the objective that decides (X40)."""

    DERNIERE_CIBLE = "derniere_cible"
    NON_JUGE = "non_juge"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        if self is ObjectifSansCible.DERNIERE_CIBLE:
            return AnneeSansCible.DERNIERE_CIBLE.libelle
        return (
            "le volet n’est pas jugé cette année-là et ne donne lieu ni à intéressement ni à "
            "sanction, tant qu’un avenant n’a pas fixé la cible"
        )


class Choix(Modele):
    """What the texts leave open or contradict: the parties choose, nothing is assumed."""

    forme_recours: FormeRecours | None = Field(
        None, title="forme du recours (lettre_recommandee ou tout_moyen_probant)"
    )
    plafond_global_sanctions: Taux | None = Field(
        None, title="plafond du total des sanctions, en part des produits"
    )
    sanction_refus_de_plusieurs_volets: SanctionDeRefus | None = Field(
        None,
        title="sanction de plusieurs volets refusés ensemble (unique ou par_volet)",
    )
    annee_sans_cible: AnneeSansCible | None = Field(
        None,
        title="année pour laquelle aucune cible n’est fixée (non_evaluee, derniere_cible ou "
        "poids_repartis)",
    )
    objectif_principal_sans_cible: ObjectifSansCible | None = Field(
        None,
        title="objectif principal ou supplémentaire d’une année sans cible : dernière cible, ou "
        "année non jugée",
    )

    @property
    def sans_cible_decisive(self) -> AnneeSansCible | ObjectifSansCible | None:
        """What becomes of the objective that decides, which has no weight to share (X40)."""
        general = self.annee_sans_cible
        if general is AnneeSansCible.POIDS_REPARTIS:
            general = None
        return self.objectif_principal_sans_cible or general


class ActionAjoutee(QualitesAction):
    """An action of the establishment's own, or the whole content of a changed one."""

    id: Identifiant = Field(title="numéro de l’action")
    article: TexteSimple = Field(title="article du contrat dont l’action relève")
    libelle: TexteSimple = Field(title="libellé de l’action")
    indicateurs: tuple[Identifiant, ...] = Field((), title="indicateurs de l’action")
    pilote: TexteSimple | None = Field(None, title="pilote de l’action")
    echeance: Date | None = Field(None, title="échéance de l’action")
    ressources: TexteSimple | None = Field(None, title="moyens mobilisés")


class ActionAdaptee(QualitesAction):
    """What the establishment changes in an action of a typical plan."""

    libelle: TexteSimple | None = Field(None, title="libellé de l’action")
    pilote: TexteSimple | None = Field(None, title="pilote de l’action")
    echeance: Date | None = Field(None, title="échéance de l’action")
    ressources: TexteSimple | None = Field(None, title="moyens mobilisés")


class ActionRetiree(Modele):
    """A typical action that does not concern the establishment, and why."""

    action: Identifiant = Field(title="action retirée")
    motif: Motif = Field(title="motif du retrait")


class PlanActions(Modele):
    """Typical plans taken over, then adapted."""

    types: tuple[Identifiant, ...] = Field((), title="plans d’actions types repris")
    retirer: tuple[ActionRetiree, ...] = Field((), title="actions retirées")
    adapter: dict[str, ActionAdaptee] = Field(default_factory=dict, title="actions adaptées")
    ajouter: tuple[ActionAjoutee, ...] = Field((), title="actions ajoutées")


class IndicateurContrat(Modele):
    """An indicator of the catalogue, as the parties set it for this establishment.

    Values are text and are read in the unit of the indicator (« 62 % », « oui », « A », « 12 »).
    """

    reference: Reference = Field(None, title="valeur de référence")
    cibles: dict[Annee, TexteSimple | None] = Field(default_factory=dict, title="cible par année")
    coefficient: Taux | None = Field(None, title="coefficient de pondération")
    echeancier: TexteSimple | None = Field(None, title="échéancier")
    pilote: TexteSimple | None = Field(None, title="pilote de l’indicateur")
    site: TexteSimple | None = Field(None, title="site concerné, quand la cible lui est propre")
    choix: tuple[TexteSimple, ...] = Field((), title="thèmes ou critères retenus")
    sans_objet: Motif | None = Field(None, title="motif pour lequel l’indicateur ne s’applique pas")

    def is_blank(self) -> bool:
        """Whether nothing is said of it, as in a skeleton."""
        dits = (getattr(self, nom) for nom in type(self).model_fields if nom != "cibles")
        return not any(self.cibles.values()) and not any(dits)


class Contrat(Modele):
    """The contract itself."""

    reference: Identifiant = Field(title="référence du contrat")
    numero_dossier: TexteSimple | None = Field(
        None, title="numéro de dossier de l’agence, imprimé « Réf. » en tête de ses lettres"
    )
    arrete_referentiels: Date | None = Field(
        None, title="date de l’arrêté des référentiels que visent les contrats depuis 2019"
    )
    regime: Regime = Field(title="régime du contrat")
    ars: Identifiant = Field(title="agence signataire")
    organisme: Identifiant = Field(title="organisme local signataire")
    signature: Signature = Field(title="signature")
    choix: Choix = Field(default_factory=Choix, title="choix des parties")
    plan_actions: PlanActions | None = Field(None, title="plan d’actions du volet obligatoire")
    indicateurs: dict[str, IndicateurContrat] = Field(
        default_factory=dict, title="indicateurs du contrat"
    )
    socle: VoletSocle | None = Field(None, title="choix relatifs au volet obligatoire")
    volets: dict[str, Volet] = Field(default_factory=dict, title="volets additionnels")
    procedure: ProcedureContrat | None = Field(None, title="procédure de conclusion du contrat")
    refus: tuple[Refus, ...] = Field((), title="refus de signer")
    annexe_au_cpom: OuiNon | None = Field(
        None, title="contrat annexé au CPOM pour information (oui ou non)"
    )
    rencontres: tuple[Rencontre, ...] = Field((), title="rencontres des parties")
    changements: tuple[ChangementSituation, ...] = Field(
        (), title="changements de situation signalés"
    )
    indicateurs_propres: dict[str, IndicateurPropre] = Field(
        default_factory=dict, title="indicateurs propres à l’établissement"
    )
    informations: InformationsContrat | None = Field(None, title="information sur le contrat")
    demande_instance: DemandeInstance | None = Field(
        None, title="demande d’avis à l’instance médicale"
    )
    diagnostic: Diagnostic | None = Field(None, title="diagnostic du volet obligatoire")
    contrats_remplaces: tuple[ContratRemplace, ...] = Field((), title="contrats remplacés")


class Dossier(Modele):
    """One file of `contracts_data/dossiers/`: an establishment and its contract."""

    etablissement: Etablissement = Field(title="établissement")
    contrat: Contrat = Field(title="contrat")
