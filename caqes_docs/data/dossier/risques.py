"""What the number of risks makes of a sanction (instruction, annexe 6, § 1)."""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Entier, Modele, Taux


class CompteRisques(enum.StrEnum):
    """Which risks a sanction counts: « concernés » (annexe 6, § 1) may be read both ways (X43)."""

    CONTRAT = "contrat"
    EN_DEFAUT = "en_defaut"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "contrat": "risques que vise le volet",
            "en_defaut": "risques encore constatés à l’évaluation",
        }[self.value]


class PartRisques(Modele):
    """The part of the maximum that a number of risks opens."""

    nombre: Entier = Field(title="nombre de risques")
    part: Taux = Field(title="part du maximum")


class SelonRisques(Modele):
    """How the number of risks modulates a sanction, before the scale (annexe 6, § 1)."""

    compte: CompteRisques | None = Field(None, title="risques comptés (contrat ou en_defaut)")
    parts: tuple[PartRisques, ...] = Field((), title="part du maximum, par nombre de risques")
