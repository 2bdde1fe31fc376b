"""What the level of the socle weighs, as the parties chose (contrat type, art. 6 and 10-6)."""

from __future__ import annotations

import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Identifiant, Modele, Taux


class MesureNiveau(enum.StrEnum):
    """How what is weighed adds up in a part of the level of the socle: no text says it (X41)."""

    NOMBRE = "nombre"
    """Each counts as much as the others."""
    POIDS = "poids"
    """Each counts for its weight: for an indicator, its coefficient."""


class PartNiveau(Modele):
    """One part of the level of the socle; absent, what it is about is not weighed."""

    part: Taux | None = Field(None, title="part du niveau de réalisation")
    mesure: MesureNiveau | None = Field(
        None, title="manière de compter (nombre, chacun pour un, ou poids)"
    )
    poids: dict[Identifiant, Taux] = Field(
        default_factory=dict, title="poids, par action ou par obligation"
    )
    en_partie: Taux | None = Field(
        None, title="ce que vaut une obligation générale tenue en partie, si on l’admet"
    )


class Niveau(Modele):
    """What the level of the socle weighs (contrat type, art. 6): the parts add up to 100 %."""

    indicateurs: PartNiveau | None = Field(None, title="part des indicateurs")
    actions: PartNiveau | None = Field(None, title="part du plan d’actions")
    obligations_generales: PartNiveau | None = Field(
        None, title="part des obligations générales (article 3)"
    )
