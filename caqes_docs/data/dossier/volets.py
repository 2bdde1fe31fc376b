"""The volets of a contract as the parties negotiated them: obligations, sanction, reward.

Nothing here has a default that decides an amount: what the texts leave open is chosen in the data.
Source: contrat type, art. 2, 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, II.a.iv, IV and
annexes 4 to 6.
"""

from __future__ import annotations

import enum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from caqes_docs.data.dossier.actions import QualitesAction
from caqes_docs.data.dossier.ciblage import MotifCiblage
from caqes_docs.data.dossier.comptes import ArrondiMois, UniteDiminution
from caqes_docs.data.dossier.mesures import MotifMsap, VecteurInteressement
from caqes_docs.data.dossier.niveau import Niveau
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.risques import SelonRisques
from caqes_docs.data.dossier.signature import Signature
from caqes_docs.data.lecture.types import (
    Annee,
    Date,
    Entier,
    Identifiant,
    Modele,
    Montant,
    OuiNon,
    Taux,
    TexteSimple,
)


class TypeSanction(enum.StrEnum):
    """The natures of sanction known to the contract (contrat type, art. 6)."""

    MONTANT = "montant"
    REDUCTION = "reduction_liste_en_sus"
    MSAP = "mise_sous_accord_prealable"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "montant": "sanction financière",
            "reduction_liste_en_sus": "diminution de la part prise en charge au titre de la "
            "liste en sus",
            "mise_sous_accord_prealable": "mise sous accord préalable",
        }[self.value]


class BaseEconomies(enum.StrEnum):
    """Against what savings are measured: the instruction says both (X6)."""

    CIBLE = "cible"
    TENDANCIEL = "tendanciel"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "cible": "la cible de dépenses fixée au contrat",
            "tendanciel": "le montant de dépenses prévisionnel en l’absence de mesures de maîtrise",
        }[self.value]


class NomBareme(enum.StrEnum):
    """The methods that turn a level of realisation into a part of the maximum."""

    SAISIE = "saisie"
    TOUT_OU_RIEN = "tout_ou_rien"
    LINEAIRE = "lineaire"
    PALIERS = "paliers"
    POINTS = "points"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "saisie": "taux proposé et motivé",
            "tout_ou_rien": "tout ou rien",
            "lineaire": "linéaire",
            "paliers": "par paliers",
            "points": "par points pondérés",
        }[self.value]


class BaseNiveau(enum.StrEnum):
    """What the level of realisation is measured on."""

    OBJECTIFS = "objectifs"
    ACTIONS = "actions"
    RISQUES = "risques"
    """The share of the risks of the volet that are no longer in default (annexe 6)."""

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "objectifs": "objectifs complémentaires",
            "actions": "plan d’actions",
            "risques": "part des risques levés",
        }[self.value]


class Palier(Modele):
    """One step of a scale: from that level on, that part of the maximum."""

    a_partir_de: Taux = Field(title="niveau à partir duquel le palier s’applique")
    part: Taux = Field(title="part du maximum retenue")


class PartMesuree(Modele):
    """What one thing that is measured counts for in the level."""

    sur: BaseNiveau = Field(title="ce qui est mesuré (objectifs, actions ou risques)")
    part: Taux = Field(title="part du niveau de réalisation")


class Bareme(Modele):
    """How the level of realisation of the complementary obligations modulates an amount.

    For a reward, the part grows with the level; for a sanction, `tout_ou_rien`, `lineaire` and
    `points` give the complement, and `paliers` is read as it is written.
    """

    nom: NomBareme = Field(title="méthode (saisie, tout_ou_rien, lineaire, paliers ou points)")
    sur: BaseNiveau | None = Field(
        None,
        title="ce que mesure le niveau (objectifs complémentaires, actions du plan ou risques)",
    )
    parts: tuple[PartMesuree, ...] = Field(
        (), title="parts du niveau, quand il se mesure sur plusieurs choses à la fois"
    )
    seuil: Taux | None = Field(None, title="niveau à atteindre (tout_ou_rien)")
    de: Taux | None = Field(None, title="niveau où la part est nulle (lineaire)")
    a: Taux | None = Field(None, title="niveau où la part est entière (lineaire)")
    paliers: tuple[Palier, ...] = Field((), title="paliers, du plus bas au plus haut")


class ValeurReference(Modele):
    """Where the establishment starts from."""

    annee: Annee = Field(
        title="année de référence", json_schema_extra={"type": ["string", "integer", "null"]}
    )
    valeur: TexteSimple | None = Field(None, title="valeur de référence")


def _none_if_blank(valeur: Any) -> Any:
    """A block of keys that are all empty, as a skeleton writes it, says nothing."""
    return None if isinstance(valeur, dict) and not any(valeur.values()) else valeur


Reference = Annotated[ValeurReference | None, BeforeValidator(_none_if_blank)]
"""A value of reference, given or not."""


class Objectif(Modele):
    """An obligation of a volet: measured by an indicator of the catalogue, or by yes or no.

    Values are text and are read in the unit of the indicator; without one, they are « oui » or
    « non ».
    """

    id: Identifiant = Field(title="identifiant de l’objectif")
    libelle: TexteSimple | None = Field(None, title="libellé de l’objectif")
    indicateur: Identifiant | None = Field(None, title="indicateur du catalogue")
    site: TexteSimple | None = Field(None, title="site concerné, quand l’objectif lui est propre")
    reference: Reference = Field(None, title="valeur de référence")
    cibles: dict[Annee, TexteSimple | None] = Field(default_factory=dict, title="cible par année")
    poids: Taux | None = Field(None, title="poids de l’objectif dans le niveau de réalisation")


class ActionVolet(QualitesAction):
    """An action of the plan of a volet, with every field that the instruction lists (annexe 5)."""

    id: Identifiant = Field(title="numéro de l’action")
    modele: Identifiant | None = Field(None, title="action type reprise")
    mesures: tuple[Objectif, ...] = Field((), title="indicateurs mesurés de l’action")
    thematique: TexteSimple | None = Field(None, title="thématique")
    champ: TexteSimple | None = Field(None, title="champ")
    objectif: TexteSimple | None = Field(None, title="objectif poursuivi")
    libelle: TexteSimple | None = Field(None, title="libellé de l’action")
    indicateurs: tuple[TexteSimple, ...] = Field((), title="indicateurs de suivi")
    pilote: TexteSimple | None = Field(None, title="pilote de l’action")
    acteurs: TexteSimple | None = Field(None, title="acteurs associés")
    ressources: TexteSimple | None = Field(None, title="ressources mobilisées")
    difficultes: TexteSimple | None = Field(None, title="difficultés prévisibles")
    debut: Date | None = Field(None, title="date de début")
    fin: Date | None = Field(None, title="date de fin")
    poids: Taux | None = Field(None, title="poids de l’action dans le niveau de réalisation")


class Sanction(Modele):
    """The sanction of a volet: its nature and its maximum are known at signature (IV.a)."""

    type: TypeSanction | None = Field(
        None,
        title="nature (montant, reduction_liste_en_sus ou mise_sous_accord_prealable)",
    )
    taux_maximum: Taux | None = Field(
        None, title="maximum, en part des produits ou de la prise en charge"
    )
    unite: UniteDiminution | None = Field(
        None, title="ce que mesure une diminution de la liste en sus (points ou part)"
    )
    duree_maximale_mois: Entier | None = Field(
        None, title="durée maximale de la mise sous accord préalable, en mois"
    )
    arrondi_mois: ArrondiMois | None = Field(
        None, title="mois entiers d’une durée modulée (inferieur, superieur ou proche)"
    )
    actes: TexteSimple | None = Field(None, title="actes soumis à accord préalable")
    motif_msap: MotifMsap | None = Field(
        None, title="constat qui justifie la mise sous accord préalable"
    )
    nombre_actes: Entier | None = Field(
        None, title="nombre d’actes auquel la mise sous accord préalable se limite"
    )
    selon_risques: SelonRisques | None = Field(
        None, title="part du maximum selon le nombre de risques"
    )
    bareme: Bareme | None = Field(None, title="barème de la sanction")


class DepenseDeReference(Modele):
    """What was spent the year before the parties start from."""

    annee: Annee = Field(title="année de la dépense de référence")
    montant: Montant | None = Field(None, title="dépense de référence")


class Interessement(Modele):
    """The reward of a volet, when the contract foresees one."""

    prevu: OuiNon | None = Field(None, title="intéressement prévu (oui ou non)")
    taux_maximum: Taux | None = Field(None, title="maximum, en part des économies")
    montant_maximum: Montant | None = Field(None, title="montant maximum")
    base_economies: BaseEconomies | None = Field(
        None, title="base des économies (cible ou tendanciel)"
    )
    depenses_cibles: dict[Annee, Montant | None] = Field(
        default_factory=dict, title="dépense cible, par année (base cible)"
    )
    depense_de_reference: DepenseDeReference | None = Field(
        None, title="dépense de référence et son année (base tendanciel)"
    )
    evolutions_tendancielles: dict[Annee, Taux | None] = Field(
        default_factory=dict,
        title="évolution attendue sans mesure de maîtrise, par année (base tendanciel)",
    )
    financement: TexteSimple | None = Field(None, title="financement de l’intéressement")
    vecteur: VecteurInteressement | None = Field(
        None, title="vecteur du financement (fir ou economies)"
    )
    emploi: TexteSimple | None = Field(None, title="actions que l’intéressement finance")
    bareme: Bareme | None = Field(None, title="barème de l’intéressement")


class Volet(Modele):
    """A volet additionnel: its own signature, its obligations, its sanction and its reward."""

    procedure: ProcedureContrat | None = Field(
        None, title="procédure propre au volet, quand il est proposé après le contrat"
    )
    signature: Signature | None = Field(None, title="signature du volet")
    duree: Entier | None = Field(None, title="durée du volet, en années")
    ciblage: MotifCiblage | None = Field(None, title="ciblage de l’établissement")
    thematique: TexteSimple | None = Field(
        None, title="thématique principale, son référentiel et son périmètre (pertinence)"
    )
    donne_lieu_a_sanction: OuiNon | None = Field(
        None, title="volet donnant lieu à sanction (oui ou non)"
    )
    objectif_principal: Objectif | None = Field(None, title="objectif principal")
    objectif_supplementaire: Objectif | None = Field(
        None, title="objectif supplémentaire, facultatif"
    )
    objectifs_complementaires: tuple[Objectif, ...] = Field((), title="objectifs complémentaires")
    nombre_risques: Entier | None = Field(None, title="nombre de risques concernés (qualité)")
    actions: tuple[ActionVolet, ...] = Field((), title="plan d’actions du volet")
    evaluation: TexteSimple | None = Field(None, title="modalités d’évaluation propres au volet")
    sanction: Sanction | None = Field(None, title="sanction du volet")
    interessement: Interessement | None = Field(None, title="intéressement du volet")


class Declenchement(Modele):
    """When the judgement of the socle opens a sanction: the texts give no figure (R-SOC-2)."""

    seuil: Taux | None = Field(None, title="niveau de réalisation sous lequel une sanction s’ouvre")
    ponderation: TexteSimple | None = Field(
        None, title="ce que disent les parties de la pondération"
    )


class VoletSocle(Modele):
    """What the parties chose for the volet obligatoire (contrat type, art. 6 and 10-6)."""

    niveau: Niveau | None = Field(None, title="ce que pèse le niveau de réalisation")
    declenchement: Declenchement | None = Field(None, title="déclenchement de la sanction")
    sanction: Sanction | None = Field(None, title="sanction du volet obligatoire")
    interessement: Interessement | None = Field(None, title="intéressement du volet obligatoire")


class Refus(Modele):
    """The refusal to sign the contract, or one of its volets (instruction, II.a.ii)."""

    volet: Identifiant = Field(title="volet refusé (socle, transports…)")
    procedure: ProcedureContrat | None = Field(
        None, title="procédure propre au volet refusé, quand ce n’est pas celle du contrat"
    )
    constate_le: Date | None = Field(None, title="date à laquelle le refus est constaté")
    sanction: TypeSanction | None = Field(
        None, title="sanction retenue (montant ou reduction_liste_en_sus)"
    )
    ciblage: MotifCiblage | None = Field(None, title="ciblage qui a fait proposer le volet")
    motifs: TexteSimple | None = Field(None, title="motifs de l’établissement")
    motifs_le: Date | None = Field(None, title="date à laquelle il les a fait connaître")
    reponse: TexteSimple | None = Field(None, title="réponse de l’agence à ces motifs")
    exercice: Annee | None = Field(None, title="dernier exercice clos")
    unite: UniteDiminution | None = Field(
        None, title="ce que mesure la diminution (points ou part)"
    )
    date_effet: Date | None = Field(None, title="date d’effet de la diminution")
    date_fin: Date | None = Field(None, title="dernier jour de la diminution")
    numero: TexteSimple | None = Field(None, title="numéro de la décision")
    decide_le: Date | None = Field(None, title="date de la décision")
    mode: TexteSimple | None = Field(None, title="mode d’envoi de la décision")
    recue_le: Date | None = Field(None, title="date de réception de la décision")
    caisse_informee_le: Date | None = Field(None, title="date de l’information de la caisse")
