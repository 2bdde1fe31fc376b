"""The diagnostic shared before the volet obligatoire is proposed.

Source: instruction DSS/A1/CNAMTS/2017/234, II.a.ii (last data of activity and spending, indicators
of the référentiels, rates of use of care, regional plans).
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Annee, Date, Modele, TexteSimple


class ThemeDiagnostic(enum.StrEnum):
    """What a figure of the diagnostic is about."""

    ACTIVITE = "activite"
    DEPENSES = "depenses"
    PRESCRIPTIONS_EN_VILLE = "prescriptions_en_ville"
    LISTE_EN_SUS = "liste_en_sus"
    QUALITE = "qualite"
    TAUX_DE_RECOURS = "taux_de_recours"
    AUTRE = "autre"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "activite": "activité",
            "depenses": "dépenses",
            "prescriptions_en_ville": "prescriptions exécutées en ville (profil)",
            "liste_en_sus": "liste en sus",
            "qualite": "qualité et sécurité des soins",
            "taux_de_recours": "taux de recours aux soins",
        }.get(self.value, self.value)


class ChiffreDiagnostic(Modele):
    """One figure, beside that of the region or of the country."""

    theme: ThemeDiagnostic = Field(title="thème")
    libelle: TexteSimple = Field(title="donnée")
    annee: Annee | None = Field(None, title="année de la donnée")
    valeur: TexteSimple | None = Field(None, title="valeur de l’établissement")
    comparaison: TexteSimple | None = Field(None, title="valeur régionale ou nationale")
    source: TexteSimple | None = Field(None, title="producteur de la donnée")
    lecture: TexteSimple | None = Field(None, title="ce qu’en lisent les parties")


class Diagnostic(Modele):
    """The situation of an establishment on which the parties agree."""

    etabli_le: Date | None = Field(None, title="date du diagnostic")
    donnees_au: Date | None = Field(None, title="date d’arrêté des données du diagnostic")
    contributeurs: tuple[TexteSimple, ...] = Field((), title="contributeurs du diagnostic")
    chiffres: tuple[ChiffreDiagnostic, ...] = Field((), title="chiffres du diagnostic")
    gestion_du_risque: TexteSimple | None = Field(
        None, title="priorités du plan de gestion du risque qui concernent l’établissement"
    )
    pertinence: TexteSimple | None = Field(
        None, title="domaines du plan de pertinence qui concernent l’établissement"
    )
    appreciation: TexteSimple | None = Field(None, title="appréciation d’ensemble")
    priorites: tuple[TexteSimple, ...] = Field((), title="priorités retenues")
