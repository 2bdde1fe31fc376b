"""The targeting of the volets additionnels, establishment by establishment.

Rules R-TGT-… (instruction DSS/A1/CNAMTS/2017/234, II.a and annexes 4 to 6). The volet obligatoire
is never targeted. A target makes a volet possible, it does not impose it; and its threshold is not
the objective of the contract (R-TGT-0).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from caqes_docs.core.source import Source
from caqes_docs.data.ciblage.modele import CriterePertinence, LigneCiblage
from caqes_docs.law.ciblage.decisions import (
    OUVERTES,
    DecisionCiblage,
    DecisionCritere,
    Issue,
    combine,
)
from caqes_docs.law.ciblage.pertinence import decide_pertinence
from caqes_docs.law.ciblage.qualite import decide_qualite
from caqes_docs.law.ciblage.seuils import SeuilsCiblage
from caqes_docs.law.ciblage.transports import decide_transports

SOCLE_SEUL = (
    "L’établissement ne relève que du volet obligatoire\u202f; aucun volet ne lui est proposé."
)
"""Hospitals of the armed forces, in 2018 (instruction DSS/A1/CNAMTS/2017/234, II.a.i)."""


@dataclass(frozen=True, slots=True)
class DecisionEtablissement:
    """What the targeting says of one establishment."""

    finess: str
    nom: str
    source: Source
    exercice: int | None
    socle_seul: bool
    transports: DecisionCiblage
    pertinence: DecisionCiblage
    qualite: DecisionCiblage

    @property
    def volets(self) -> tuple[DecisionCiblage, ...]:
        """The three volets, in the order of the instruction's annexes."""
        return (self.transports, self.pertinence, self.qualite)

    @property
    def issue(self) -> Issue:
        """The outcome of the whole."""
        return combine(volet.issue for volet in self.volets)

    @property
    def nb_risques(self) -> int:
        """Risks of the quality volet that target, 0 to 3: it modulates the sanction (R-TGT-Q5)."""
        return self.qualite.count(Issue.CIBLE)

    @property
    def risques_ouverts(self) -> int:
        """Risks that are still to be told."""
        return self.qualite.count(*OUVERTES)

    @property
    def cibles(self) -> tuple[DecisionCiblage, ...]:
        """The volets that may be proposed; with several, prioritise (R-TGT-X)."""
        return tuple(volet for volet in self.volets if volet.issue is Issue.CIBLE)

    @property
    def ouverts(self) -> tuple[DecisionCiblage, ...]:
        """The volets of which nothing can be said yet."""
        return tuple(volet for volet in self.volets if volet.issue in OUVERTES)

    @property
    def criteres(self) -> tuple[DecisionCritere, ...]:
        """Every criterion."""
        return tuple(critere for volet in self.volets for critere in volet.criteres)


def decide_etablissement(
    ligne: LigneCiblage, seuils: SeuilsCiblage, criteres: Sequence[CriterePertinence]
) -> DecisionEtablissement:
    """The decisions on one row of the table. `criteres` are those in force at the date."""
    transports, pertinence, qualite = (
        decide_transports(ligne.transports, seuils),
        decide_pertinence(ligne.pertinence, criteres),
        decide_qualite(ligne.qualite, seuils),
    )
    if ligne.socle_seul:
        transports, pertinence, qualite = map(_exempt, (transports, pertinence, qualite))
    return DecisionEtablissement(
        ligne.finess,
        ligne.nom,
        ligne.source,
        ligne.transports.exercice,
        ligne.socle_seul,
        transports,
        pertinence,
        qualite,
    )


def _exempt(volet: DecisionCiblage) -> DecisionCiblage:
    """The volet of an establishment that has none: its values stay, and decide nothing."""
    criteres = tuple(
        replace(critere, issue=Issue.NON_SOUMIS, raison=SOCLE_SEUL) for critere in volet.criteres
    )
    return DecisionCiblage(volet.volet, Issue.NON_SOUMIS, criteres, SOCLE_SEUL)


def criteres_at(
    criteres: Sequence[CriterePertinence], date: dt.date
) -> tuple[CriterePertinence, ...]:
    """The regional criteria in force at `date`."""
    return tuple(critere for critere in criteres if critere.holds(date))


__all__ = ["Issue"]
