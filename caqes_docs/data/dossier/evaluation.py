"""One year of one contract, evaluated: what was measured, proposed and decided.

Source: contrat type, art. 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV and annexes 3 to 6.
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.dossier.procedure import Envoi, ProcedureEvaluation
from caqes_docs.data.dossier.volets import TypeSanction
from caqes_docs.data.lecture.types import (
    Annee,
    Date,
    Entier,
    Identifiant,
    Modele,
    Montant,
    Nombre,
    OuiNon,
    Taux,
    TexteSimple,
)


class Releve(Modele):
    """What was observed for one indicator or one objective.

    One way only: `valeur` as published, or numerator and denominator, or the amounts of two years,
    or the answers to the items of a composite; or the reason why nothing could be observed.
    """

    valeur: TexteSimple | None = Field(None, title="valeur observée")
    numerateur: Nombre | None = Field(None, title="numérateur")
    denominateur: Nombre | None = Field(None, title="dénominateur")
    montant_n: Montant | None = Field(None, title="montant de l’année évaluée")
    montant_n_1: Montant | None = Field(None, title="montant de l’année précédente")
    perimetre: TexteSimple | None = Field(None, title="périmètre de l’évolution")
    elements: tuple[OuiNon, ...] = Field((), title="réponses aux éléments")
    indisponible: TexteSimple | None = Field(None, title="motif pour lequel la valeur manque")
    preuve: TexteSimple | None = Field(None, title="pièce justificative")
    preuves: tuple[TexteSimple, ...] = Field((), title="pièces justificatives des éléments")
    choix: tuple[TexteSimple, ...] = Field((), title="thèmes ou critères constatés")
    declaree: TexteSimple | None = Field(None, title="valeur déclarée par l’établissement")
    donnees: TexteSimple | None = Field(None, title="livraison de données utilisée")


class Avancement(Modele):
    """How far an action has come."""

    taux: Taux | None = Field(None, title="taux de réalisation de l’action")
    commentaire: TexteSimple | None = Field(None, title="commentaire sur l’action")


class Tenue(enum.StrEnum):
    """Whether a general obligation was held."""

    OUI = "oui"
    NON = "non"
    EN_PARTIE = "en partie"


class ReponseObligation(Modele):
    """What was found of one general obligation of the contract (contrat type, art. 3, 5, 10-6)."""

    tenue: Tenue | None = Field(None, title="obligation tenue (oui, non ou en partie)")
    preuve: TexteSimple | None = Field(None, title="pièce justificative")
    commentaire: TexteSimple | None = Field(None, title="commentaire sur l’obligation")


class Livraison(Modele):
    """A release of data used by the evaluation."""

    producteur: TexteSimple = Field(title="producteur")
    donnees: TexteSimple = Field(title="données")
    version: TexteSimple | None = Field(None, title="livraison")
    recue_le: Date | None = Field(None, title="date de mise à disposition")
    donnee: Identifiant | None = Field(None, title="donnée du calendrier que la livraison apporte")


class GrilleLecture(Modele):
    """What the health insurance sends when the perimeter of the amounts changes (annexe 1, § 2)."""

    recue_le: Date | None = Field(None, title="date de réception de la grille de lecture")
    reference: TexteSimple | None = Field(None, title="référence de la grille de lecture")
    lecture: TexteSimple | None = Field(None, title="ce que la grille change à la lecture")


class PrescriptionHorsReferentiel(Modele):
    """Prescriptions outside the référentiels: where, what, by whom, and why (art. 10-5)."""

    service: TexteSimple = Field(title="service")
    ucd: TexteSimple = Field(title="UCD ou produit")
    prescripteur: TexteSimple | None = Field(None, title="prescripteur")
    nombre: Entier | None = Field(None, title="nombre de patients")
    argumentaire: TexteSimple | None = Field(None, title="argumentaire")


class DonneesEvaluation(Modele):
    """The state of the data on the day of the evaluation (instruction, II.b.ii)."""

    arretees_le: Date | None = Field(None, title="date d’arrêté des données")
    livraisons: tuple[Livraison, ...] = Field((), title="livraisons de données")
    grille_lecture: GrilleLecture | None = Field(
        None, title="grille de lecture de l’assurance maladie"
    )


class Economies(Modele):
    """What was spent; what was expected is in the contract, signed (X6)."""

    depense_constatee: Montant | None = Field(None, title="dépense constatée")
    source: TexteSimple | None = Field(None, title="source des dépenses")


class EvaluationVolet(Modele):
    """The evaluation of one volet: measures, progress, and the modulation proposed with its motive.

    For the socle, measures of indicators stand in `Evaluation.indicateurs`.
    """

    objectif_principal: Releve | None = Field(None, title="résultat de l’objectif principal")
    objectif_supplementaire: Releve | None = Field(
        None, title="résultat de l’objectif supplémentaire"
    )
    complementaires: dict[str, Releve] = Field(
        default_factory=dict, title="résultats des objectifs complémentaires"
    )
    actions: dict[str, Avancement] = Field(default_factory=dict, title="avancement des actions")
    mesures: dict[str, Releve] = Field(
        default_factory=dict, title="résultats des indicateurs des actions"
    )
    economies: Economies | None = Field(None, title="économies")
    nombre_risques: Entier | None = Field(None, title="nombre de risques en défaut")
    sanction_proposee: OuiNon | None = Field(
        None, title="sanction proposée par les évaluateurs (oui ou non)"
    )
    modulation: Taux | None = Field(None, title="modulation proposée")
    motif_modulation: TexteSimple | None = Field(None, title="motif de la modulation")
    constat_msap: TexteSimple | None = Field(
        None,
        title="constat d’une mise sous accord préalable\u00a0: référentiel (titre et date), "
        "proportion, et ce à quoi elle est comparée",
    )
    appreciation: TexteSimple | None = Field(None, title="appréciation du volet")
    date_effet: Date | None = Field(None, title="date d’effet envisagée de la mesure")
    date_fin: Date | None = Field(None, title="dernier jour envisagé de la mesure")


class NatureDecision(enum.StrEnum):
    """What the director general decides for a volet."""

    AUCUNE = "aucune"
    INTERESSEMENT = "interessement"
    MONTANT = TypeSanction.MONTANT.value
    REDUCTION = TypeSanction.REDUCTION.value
    MSAP = TypeSanction.MSAP.value

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        if self is NatureDecision.AUCUNE:
            return "aucune mesure"
        if self is NatureDecision.INTERESSEMENT:
            return "intéressement"
        return TypeSanction(self.value).libelle


class DecisionVolet(Modele):
    """The decision on one volet; a difference from the proposal requires a motive."""

    nature: NatureDecision = Field(
        title="nature (aucune, interessement, montant, reduction_liste_en_sus ou "
        "mise_sous_accord_prealable)"
    )
    montant: Montant | None = Field(None, title="montant décidé, sans signe")
    taux: Taux | None = Field(None, title="réduction décidée de la prise en charge")
    date_effet: Date | None = Field(None, title="date d’effet de la mesure")
    date_fin: Date | None = Field(None, title="dernier jour de la mesure")
    duree_mois: Entier | None = Field(None, title="durée de la mesure, en mois")
    actes: TexteSimple | None = Field(None, title="actes soumis à accord préalable")
    actes_retenus: tuple[TexteSimple, ...] = Field(
        (), title="actes soumis à accord préalable, choisis parmi ceux de la notification"
    )
    volume: TexteSimple | None = Field(None, title="volume d’actes concerné")
    verse_par: TexteSimple | None = Field(None, title="qui verse l’intéressement")
    verse_avant: Date | None = Field(None, title="date limite de versement de l’intéressement")
    motif: TexteSimple | None = Field(None, title="motif de la décision")

    @property
    def actes_dits(self) -> str | None:
        """The acts of an MSAP in one text, when the decision says them."""
        return " ; ".join(self.actes_retenus) or self.actes


class Silence(enum.StrEnum):
    """What no answer to a request for an accord is worth: no text read says it."""

    ACCORD = "accord"
    REFUS = "refus"

    @property
    def libelle(self) -> str:
        """The word printed in an act."""
        return self.value


class ProcedureAccord(Modele):
    """The procedure that the decision of an MSAP states (D. 162-10 I)."""

    adresse: TexteSimple | None = Field(
        None, title="adresse à laquelle les demandes d’accord préalable sont envoyées"
    )
    delai_jours: Entier | None = Field(
        None, title="délai de réponse à une demande d’accord préalable, en jours"
    )
    silence: Silence | None = Field(
        None, title="ce que vaut l’absence de réponse dans ce délai (accord ou refus)"
    )


class Decision(Envoi):
    """The final decision of the director general, who alone decides (D. 162-16 IV; art. 6)."""

    numero: TexteSimple | None = Field(None, title="numéro de la décision")
    date: Date | None = Field(None, title="date de la décision")
    volets: dict[str, DecisionVolet] = Field(default_factory=dict, title="décision par volet")
    procedure_accord: ProcedureAccord | None = Field(
        None, title="procédure applicable aux demandes d’accord préalable"
    )


class Perspective(Modele):
    """What the parties mean to do next, at the end of their dialogue (contrat type, art. 3)."""

    id: Identifiant = Field(title="identifiant de la perspective")
    libelle: TexteSimple = Field(title="perspective d’action")
    echeance: Date | None = Field(None, title="échéance de la perspective")


class Dialogue(Modele):
    """The yearly dialogue on the report (contrat type, art. 3; instruction, IV)."""

    tenu_le: Date | None = Field(None, title="date du dialogue")
    participants: tuple[TexteSimple, ...] = Field((), title="participants au dialogue")
    synthese: TexteSimple | None = Field(None, title="ce qui a été dit au dialogue")
    perspectives: tuple[Perspective, ...] = Field((), title="perspectives d’actions retenues")


class Autoevaluation(Modele):
    """The establishment's own report (contrat type, art. 3 and 5)."""

    recue_le: Date | None = Field(None, title="date de réception du rapport d’autoévaluation")
    synthese: TexteSimple | None = Field(None, title="synthèse du rapport d’autoévaluation")


class Evaluation(Modele):
    """One file of `contracts_data/evaluations/`: `<FINESS>-<année>.yaml`."""

    dossier: Identifiant = Field(title="dossier évalué")
    annee: Annee = Field(title="année évaluée")
    exercice_clos: Annee | None = Field(None, title="dernier exercice clos, pour les produits")
    date: Date | None = Field(None, title="date de l’évaluation")
    donnees: DonneesEvaluation | None = Field(None, title="données utilisées")
    autoevaluation: Autoevaluation | None = Field(None, title="autoévaluation")
    contexte: TexteSimple | None = Field(None, title="éléments de contexte")
    indicateurs: dict[str, Releve] = Field(
        default_factory=dict, title="résultats des indicateurs du volet obligatoire"
    )
    actions: dict[str, Avancement] = Field(
        default_factory=dict, title="avancement du plan d’actions du volet obligatoire"
    )
    obligations_generales: dict[str, ReponseObligation] = Field(
        default_factory=dict, title="obligations générales de l’établissement (article 3)"
    )
    texte_suspension: TexteSimple | None = Field(
        None, title="texte qui suspend les sanctions de l’année"
    )
    volets: dict[str, EvaluationVolet] = Field(
        default_factory=dict, title="évaluation par volet (socle, transports…)"
    )
    procedure: ProcedureEvaluation | None = Field(None, title="procédure de la décision")
    decision: Decision | None = Field(None, title="décision du directeur général")
    dialogue: Dialogue | None = Field(None, title="dialogue annuel")
    suites: dict[str, TexteSimple] = Field(
        default_factory=dict, title="suites des perspectives de l’année précédente"
    )
    hors_referentiels: tuple[PrescriptionHorsReferentiel, ...] = Field(
        (), title="prescriptions hors référentiels"
    )
