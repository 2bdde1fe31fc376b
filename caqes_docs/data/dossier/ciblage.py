"""Why a volet was proposed: the figures of the establishment that ground its targeting.

Source: instruction DSS/A1/CNAMTS/2017/234, II.a.iv.
"""

from __future__ import annotations

from pydantic import Field

from caqes_docs.data.lecture.types import Annee, Identifiant, Modele, TexteSimple


class FigureCiblage(Modele):
    """One figure of the establishment that grounds the targeting of a volet."""

    critere: TexteSimple = Field(title="critère de ciblage")
    colonne: Identifiant | None = Field(
        None, title="colonne de la table de ciblage d’où vient la valeur"
    )
    annee: Annee | None = Field(None, title="année de la valeur")
    valeur: TexteSimple | None = Field(None, title="valeur de l’établissement")
    seuil: TexteSimple | None = Field(None, title="seuil de ciblage")
    texte: TexteSimple | None = Field(None, title="texte qui fixe le seuil")
    source: TexteSimple | None = Field(None, title="source de la valeur")


class MotifCiblage(Modele):
    """Why the volet was proposed (instruction, II.a.iv)."""

    motif: TexteSimple | None = Field(None, title="motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = Field((), title="chiffres du ciblage")
