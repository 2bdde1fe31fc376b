"""What the texts let the parties choose among, for a sanction or a reward.

Source: CSS art. L. 162-1-17; instruction DSS/A1/CNAMTS/2017/234, IV.b.i and annexe 5.
"""

from __future__ import annotations

import enum


class MotifMsap(enum.StrEnum):
    """The four findings that justify an MSAP (CSS art. L. 162-1-17; instruction, annexe 5)."""

    HEBERGEMENT = "prestations_avec_hebergement"
    PRESCRIPTIONS = "prescriptions_avec_hebergement"
    ECART = "ecart_aux_moyennes"
    NON_CONFORMITE = "non_conformite_aux_referentiels"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "prestations_avec_hebergement": "une proportion élevée d’hospitalisations avec "
            "hébergement auxquelles aurait pu se substituer une prise en charge sans hébergement "
            "ou sans hospitalisation",
            "prescriptions_avec_hebergement": "une proportion élevée de prescriptions "
            "d’hospitalisations avec hébergement auxquelles aurait pu se substituer une prise en "
            "charge sans hébergement ou sans hospitalisation",
            "ecart_aux_moyennes": "un écart significatif entre les actes, prestations ou "
            "prescriptions de l’établissement et les moyennes régionales ou nationales d’une "
            "activité comparable",
            "non_conformite_aux_referentiels": "une proportion élevée d’actes, de prestations ou "
            "de prescriptions non conformes aux référentiels de la Haute Autorité de santé",
        }[self.value]


class VecteurInteressement(enum.StrEnum):
    """The two ways a reward is paid (instruction, IV.b.i)."""

    FIR = "fir"
    ECONOMIES = "economies"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "fir": "crédits du fonds d’intervention régional",
            "economies": "part des économies constatées",
        }[self.value]
