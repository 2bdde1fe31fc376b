"""What is said of an action besides its words: its rank, who carries it, what it commits to.

Source: instruction DSS/A1/CNAMTS/2017/234, III (kinds of obligations, origin of the plan, actions
on the reliability of data) and annexe 5 (actions are given an order of priority).
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Date, Entier, Modele


class OrigineAction(enum.StrEnum):
    """Who proposed the action."""

    ARS = "ars"
    ASSURANCE_MALADIE = "assurance_maladie"
    OMEDIT = "omedit"
    ETABLISSEMENT = "etablissement"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "ars": "agence régionale de santé",
            "assurance_maladie": "assurance maladie",
            "omedit": "OMEDIT",
            "etablissement": "établissement",
        }[self.value]


class Profession(enum.StrEnum):
    """Who is at work in an action."""

    MEDECIN = "medecin"
    PHARMACIEN = "pharmacien"
    PREPARATEUR = "preparateur"
    INFIRMIER = "infirmier"
    CADRE = "cadre_de_sante"
    SAGE_FEMME = "sage_femme"
    DIRECTION = "direction"
    QUALITE = "qualite"
    INFORMATIQUE = "informatique"
    LOGISTIQUE = "logistique"
    AUTRE = "autre"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "medecin": "médecin",
            "preparateur": "préparateur en pharmacie",
            "cadre_de_sante": "cadre de santé",
            "sage_femme": "sage-femme",
            "qualite": "responsable de la qualité",
            "informatique": "responsable informatique",
            "logistique": "responsable logistique",
            "autre": "autre profession",
        }.get(self.value, self.value)


class NatureObligation(enum.StrEnum):
    """The three kinds of obligations of a plan (instruction, III)."""

    RESULTAT = "resultat"
    MISE_EN_OEUVRE = "mise_en_oeuvre"
    MOYENS = "moyens"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "resultat": "obligation de résultat",
            "mise_en_oeuvre": "obligation de mise en œuvre",
            "moyens": "obligation de mobilisation de moyens",
        }[self.value]


class SorteAction(enum.StrEnum):
    """What kind of work an action is (instruction, III and annexe 5)."""

    ACCOMPAGNEMENT = "accompagnement"
    ORGANISATION = "organisation"
    FORMATION = "formation"
    OUTIL = "outil_decisionnel"
    SUIVI_MSAP = "suivi_msap"
    FIABILISATION = "fiabilisation"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "accompagnement": "accompagnement de l’établissement",
            "outil_decisionnel": "outil d’aide à la décision",
            "suivi_msap": "suivi de la mise sous accord préalable",
            "fiabilisation": "fiabilisation des données produites",
        }.get(self.value, self.value)


class QualitesAction(Modele):
    """What the parties may say of any action of a plan."""

    priorite: Entier | None = Field(None, title="rang de priorité de l’action")
    professions: tuple[Profession, ...] = Field((), title="professions impliquées")
    origine: OrigineAction | None = Field(
        None, title="origine de l’action (ars, assurance_maladie, omedit ou etablissement)"
    )
    nature: NatureObligation | None = Field(
        None, title="nature de l’obligation (resultat, mise_en_oeuvre ou moyens)"
    )
    sorte: SorteAction | None = Field(
        None, title="sorte d’action (fiabilisation, formation, suivi_msap…)"
    )
    validee_le: Date | None = Field(None, title="date à laquelle les parties ont validé l’action")
