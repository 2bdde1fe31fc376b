"""How an indicator is built, and the indicators that an establishment declares for itself.

Source: instruction DSS/A1/CNAMTS/2017/234, III (indicators may be set up beside those of the
catalogues).
"""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Identifiant, Modele, TexteSimple


class TypeIndicateur(enum.StrEnum):
    """How an indicator is built."""

    RATIO = "ratio"
    EVOLUTION = "evolution"
    BOOLEEN = "booleen"
    COMPOSITE = "composite"
    CLASSE = "classe"
    NOMBRE = "nombre"


class UniteIndicateur(enum.StrEnum):
    """The unit in which its values are written."""

    TAUX = "taux"
    OUI_NON = "oui_non"
    CLASSE = "classe"
    NOMBRE = "nombre"


class Sens(enum.StrEnum):
    """`min`: at least the target; `max`: at most; `aucun`: followed without direction."""

    MIN = "min"
    MAX = "max"
    AUCUN = "aucun"

    @property
    def libelle(self) -> str:
        """The words printed beside a target."""
        return {"min": "au moins", "max": "au plus", "aucun": "suivi"}[self.value]


UNITES = {
    TypeIndicateur.RATIO: UniteIndicateur.TAUX,
    TypeIndicateur.EVOLUTION: UniteIndicateur.TAUX,
    TypeIndicateur.BOOLEEN: UniteIndicateur.OUI_NON,
    TypeIndicateur.COMPOSITE: UniteIndicateur.OUI_NON,
    TypeIndicateur.CLASSE: UniteIndicateur.CLASSE,
    TypeIndicateur.NOMBRE: UniteIndicateur.NOMBRE,
}
"""The unit that the values of each type are written in."""


class IndicateurPropre(Modele):
    """An indicator of the establishment's own, without a catalogue; its code is its key."""

    libelle: TexteSimple = Field(title="libellé de l’indicateur")
    type: TypeIndicateur = Field(
        title="type (ratio, evolution, booleen, composite, classe ou nombre)"
    )
    sens: Sens = Field(title="sens (min, max ou aucun)")
    article: TexteSimple | None = Field(None, title="article du contrat dont il relève")
    volet: Identifiant | None = Field(None, title="volet additionnel dont il relève")
    obligation: TexteSimple | None = Field(None, title="obligation mesurée")
    numerateur: TexteSimple | None = Field(None, title="numérateur")
    denominateur: TexteSimple | None = Field(None, title="dénominateur")
    elements: tuple[TexteSimple, ...] = Field((), title="éléments d’un indicateur composite")
    exclusions: TexteSimple | None = Field(None, title="exclusions")
    source: TexteSimple | None = Field(None, title="source des données")


SITE = "@"
"""Between the code of an indicator and the site for which a contract sets it."""


def base_code(cle: str) -> str:
    """The code of the catalogue behind the key of a contract.

    >>> base_code("NAT-10-1-1@nord"), base_code("NAT-10-1-1")
    ('NAT-10-1-1', 'NAT-10-1-1')
    """
    return cle.partition(SITE)[0]
