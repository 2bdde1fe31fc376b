"""The catalogues of the library: indicators, typical plans d'actions, register of obligations.

Source: instruction DSS/A1/CNAMTS/2017/234, annexes 1 to 3.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from caqes_docs.data.dossier.actions import NatureObligation, Profession
from caqes_docs.data.dossier.etablissement import Activite, InstanceMedicale
from caqes_docs.data.dossier.indicateurs import Sens as Sens
from caqes_docs.data.dossier.indicateurs import TypeIndicateur as TypeIndicateur
from caqes_docs.data.dossier.indicateurs import UniteIndicateur as UniteIndicateur
from caqes_docs.data.dossier.volets import BaseNiveau, TypeSanction
from caqes_docs.data.lecture.types import (
    Date,
    Entier,
    Identifiant,
    Modele,
    OuiNon,
    TexteLong,
    TexteSimple,
)
from caqes_docs.law.droit.modeles import Certitude, PeriodeDroit


class Famille(enum.StrEnum):
    """Where an indicator comes from."""

    NATIONAL = "national"
    REGIONAL = "regional"
    HAD = "had"
    PROPRE = "propre"
    """Declared by the establishment in its dossier, without a catalogue."""
    VOLET = "volet"
    """Of a volet additionnel: the register names which."""


class ThemeIndicateur(Modele):
    """A theme, or a criterion, that an indicator lets the parties choose among."""

    id: TexteSimple = Field(title="identifiant du thème")
    libelle: TexteSimple = Field(title="libellé du thème")


class Indicateur(Modele):
    """An indicator of the catalogue."""

    id: Identifiant = Field(title="code de l’indicateur")
    article: TexteSimple = Field(title="article du contrat")
    obligation: TexteSimple = Field(title="obligation")
    libelle: TexteSimple = Field(title="libellé")
    numerateur: TexteSimple | None = Field(None, title="numérateur")
    denominateur: TexteSimple | None = Field(None, title="dénominateur")
    type: TypeIndicateur = Field(title="type")
    unite: UniteIndicateur = Field(title="unité")
    sens: Sens = Field(title="sens")
    sources_donnees: TexteSimple | None = Field(None, title="source des données")
    periodicite: TexteSimple | None = Field(None, title="périodicité")
    activites: tuple[Activite, ...] = Field(title="activités concernées")
    liste_en_sus: OuiNon | None = Field(None, title="réservé aux utilisateurs de la liste en sus")
    classe_de: TexteSimple | None = Field(None, title="classe de médicaments")
    exclusions: TexteSimple | None = Field(None, title="exclusions")
    elements: tuple[TexteSimple, ...] = Field((), title="éléments d’un indicateur composite")
    cible_instruction: TexteSimple | None = Field(
        None, title="cible que l’instruction donne à tous, si elle en donne une"
    )
    choix: tuple[ThemeIndicateur, ...] = Field((), title="thèmes ou critères à choisir")
    information: TexteLong | None = Field(None, title="éléments d’information")
    remarque: TexteLong | None = Field(None, title="remarque")
    certitude: Certitude = Field(title="certitude")

    def themes(self, choisis: Iterable[str]) -> tuple[str, ...]:
        """The words of the themes chosen, in the order of the catalogue."""
        retenus = set(choisis)
        return tuple(theme.libelle for theme in self.choix if theme.id in retenus)


class RegistreIndicateurs(Modele):
    """One file of `catalogues/indicateurs/`."""

    famille: Famille = Field(title="famille")
    volet: Identifiant | None = Field(None, title="volet additionnel dont c’est le catalogue")
    source: TexteSimple = Field(title="source")
    references: tuple[TexteSimple, ...] = Field((), title="références")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    indicateurs: tuple[Indicateur, ...] = Field(title="indicateurs")


class ModeleVolet(enum.StrEnum):
    """How a volet is evaluated (instruction, annexes 4 to 6)."""

    TRANSPORTS = "transports"
    """The six cells: target and, when there is one, supplementary objective."""
    OBJECTIF_PRINCIPAL = "objectif_principal"
    """One principal objective decides, reward or sanction."""
    RISQUES = "risques"
    """The number of risks and the objectives modulate a sanction."""


class Appui(Modele):
    """Where a text says what a contract may stipulate."""

    source: TexteSimple = Field(title="texte, article, paragraphe")
    certitude: Certitude = Field(title="certitude")


class AppuisStipulations(Modele):
    """The place of each line of what is admissible."""

    sanctions: Appui | None = Field(None, title="natures de sanction")
    avec_liste_en_sus: Appui | None = Field(None, title="natures propres à la liste en sus")
    bareme_sur: Appui | None = Field(None, title="ce que mesure un barème")
    objectif_principal: Appui | None = Field(None, title="type de l’objectif principal")
    risques: Appui | None = Field(None, title="nombre de risques")


class Stipulations(Modele):
    """What a contract may lawfully say of a volet: data, which a jurist corrects (R-ALL-2)."""

    sanctions: tuple[TypeSanction, ...] = Field(title="natures de sanction admises")
    avec_liste_en_sus: tuple[TypeSanction, ...] = Field(
        (), title="natures de sanction que seul un utilisateur de la liste en sus encourt"
    )
    bareme_sur: tuple[BaseNiveau, ...] | None = Field(
        None, title="ce que peut mesurer le barème (objectifs, actions, risques)"
    )
    objectif_principal: tuple[TypeIndicateur, ...] | None = Field(
        None, title="types d’indicateur que peut avoir l’objectif principal"
    )
    risques_minimum: Entier | None = Field(None, title="nombre de risques nécessaire")
    risques: Entier | None = Field(None, title="nombre de risques que les textes connaissent")
    appuis: AppuisStipulations = Field(
        default_factory=AppuisStipulations, title="où le texte le dit, ligne par ligne"
    )


class SocleDecrit(Stipulations):
    """`catalogues/socle.yaml`: what a contract may say of the volet obligatoire."""

    id: Identifiant = Field(title="identifiant du volet")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    references: tuple[TexteSimple, ...] = Field((), title="références")
    remarque: TexteLong | None = Field(None, title="remarque")


class VoletDecrit(Stipulations):
    """A volet additionnel that contracts may hold: its texts, its model, its clauses.

    A region adds one with a file of `catalogues/volets/` and a folder of clauses.
    """

    id: Identifiant = Field(title="identifiant du volet")
    libelle: TexteSimple = Field(title="libellé du volet")
    court: TexteSimple = Field(title="libellé court, dans la grille")
    modele: ModeleVolet = Field(title="modèle d’évaluation")
    interessement: OuiNon = Field(title="intéressement possible (oui ou non)")
    interessement_depuis: Date | None = Field(
        None, title="premier jour d’effet des contrats qui peuvent prévoir un intéressement"
    )
    plafond_sanction: TexteSimple | None = Field(
        None, title="paramètre qui plafonne le taux de la sanction, sous celui des textes"
    )
    plafond_interessement: TexteSimple | None = Field(
        None, title="paramètre qui plafonne l’intéressement, en euros"
    )
    article: TexteSimple = Field(title="clause de l’article")
    sous_articles: tuple[TexteSimple, ...] = Field((), title="clauses des sous-articles")
    annexe: TexteSimple | None = Field(None, title="clause du plan d’actions annexé")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    references: tuple[TexteSimple, ...] = Field((), title="références")
    certitude: Certitude = Field(title="certitude")
    source: TexteSimple = Field(title="source")
    remarque: TexteLong | None = Field(None, title="remarque")

    @property
    def plafonds_sanction(self) -> tuple[str, ...]:
        """The parameters that cap the rate of its sanction: the texts', then the region's own."""
        propre = () if self.plafond_sanction is None else (self.plafond_sanction,)
        return ("volets/plafond_sanction", *propre)


class MotsAction(Modele):
    """What a typical action says otherwise."""

    libelle: TexteSimple | None = Field(None, title="libellé de l’action")
    pilote: TexteSimple | None = Field(None, title="pilote")


class ActionType(Modele):
    """An action of a typical plan."""

    id: Identifiant = Field(title="numéro de l’action")
    article: TexteSimple = Field(title="article du contrat")
    engagement: TexteSimple = Field(title="engagement décliné")
    libelle: TexteSimple = Field(title="libellé de l’action")
    indicateurs: tuple[Identifiant, ...] = Field((), title="indicateurs")
    pilote: TexteSimple | None = Field(None, title="pilote")
    echeance: Date | None = Field(None, title="échéance")
    ressources: TexteSimple | None = Field(None, title="moyens mobilisés")
    champ: TexteSimple | None = Field(None, title="champ")
    objectif: TexteSimple | None = Field(None, title="objectif poursuivi")
    acteurs: TexteSimple | None = Field(None, title="acteurs associés")
    professions: tuple[Profession, ...] = Field((), title="professions impliquées")
    nature: NatureObligation | None = Field(None, title="nature de l’obligation")
    selon_instance: dict[InstanceMedicale, MotsAction] = Field(
        default_factory=dict, title="mots propres à la CME ou à la CfME"
    )

    def said_for(self, instance: InstanceMedicale) -> ActionType:
        """The action in the words of the medical body that there is."""
        mots = self.selon_instance.get(instance)
        return self.model_copy(update=mots.model_dump(exclude_none=True)) if mots else self


class PlanType(Modele):
    """A typical plan d'actions, that a dossier takes over and adapts."""

    id: Identifiant = Field(title="identifiant du plan type")
    libelle: TexteSimple = Field(title="libellé")
    activites: tuple[Activite, ...] = Field(title="activités")
    volet: Identifiant | None = Field(None, title="volet additionnel dont c’est le plan type")
    statut: TexteSimple = Field(title="statut de la rédaction")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    source: TexteSimple = Field(title="source")
    remarque: TexteLong | None = Field(None, title="remarque")
    actions: tuple[ActionType, ...] = Field(title="actions")


class Obligation(Modele):
    """A line of the register: an obligation of the sources, and what carries it."""

    id: Identifiant = Field(title="identifiant de l’obligation")
    source: TexteSimple = Field(title="source")
    resume: TexteSimple = Field(title="résumé")
    evaluee: TexteSimple | None = Field(
        None, title="intitulé sous lequel l’établissement en répond chaque année"
    )
    force: Literal["resultat", "moyens", "mise_en_oeuvre"] | None = Field(
        None, title="force de l’obligation"
    )
    verbe: TexteSimple | None = Field(None, title="mots de la clause qui disent cette force")
    porte_par: tuple[TexteSimple, ...] = Field(title="ce qui porte l’obligation")
    remarque: TexteLong | None = Field(None, title="remarque")


class RegistreObligations(Modele):
    """`catalogues/obligations.yaml`."""

    obligations: tuple[Obligation, ...] = Field(title="obligations")
