"""Decisions of a targeting → what its clauses print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caqes_docs.assembly.ciblage.vocabulaire import (
    CiblageResolu,
    CritereResolu,
    LigneListe,
    LigneRegion,
    RegionResolue,
    SeuilResolu,
    VoletRegion,
    VoletResolu,
)
from caqes_docs.core.francais.formes import date_longue, liste, majuscule
from caqes_docs.core.periode import Periode
from caqes_docs.data.dossier.parties import Ars, VoletId
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.ciblage.decisions import OUVERTES, DecisionCiblage, DecisionCritere, Issue
from caqes_docs.law.ciblage.seuils import Seuil
from caqes_docs.redaction.langage.vues import Lieu

VOLETS = {
    VoletId.TRANSPORTS: "transports",
    VoletId.PERTINENCE: "pertinence",
    VoletId.QUALITE: "qualité",
}


@dataclass(frozen=True)
class Ciblage:
    """One targeting: its year, the region, every decision, every threshold."""

    annee: int
    ars: Charge[Ars]
    table: str
    decisions: tuple[DecisionEtablissement, ...]
    seuils: tuple[Seuil, ...]

    @property
    def a_noter(self) -> tuple[DecisionEtablissement, ...]:
        """The establishments that have a note: targeted, or without a conclusion."""
        return tuple(decision for decision in self.decisions if decision.cibles or decision.ouverts)


def resolve_etablissement(campagne: Ciblage, decision: DecisionEtablissement) -> CiblageResolu:
    """What the note of an establishment prints."""
    lieu = Lieu(None, (), str(decision.source))
    transports, pertinence, qualite = (_volet(volet) for volet in decision.volets)
    return CiblageResolu(
        decision.nom,
        decision.finess,
        campagne.annee,
        decision.exercice,
        campagne.table,
        decision.issue,
        transports,
        pertinence,
        qualite,
        (transports, pertinence, qualite),
        count_risks(decision),
        tuple(VOLETS[volet.volet] for volet in decision.cibles),
        tuple(VOLETS[volet.volet] for volet in decision.ouverts),
        len(decision.cibles) > 1,
        {"nom": lieu, "finess": lieu},
    )


def count_risks(decision: DecisionEtablissement) -> str:
    """« 1 », or « 1 à 3 » while some risks are open."""
    sur = decision.nb_risques
    return f"{sur} à {sur + decision.risques_ouverts}" if decision.risques_ouverts else str(sur)


def _volet(decision: DecisionCiblage) -> VoletResolu:
    return VoletResolu(
        majuscule(VOLETS[decision.volet]),
        decision.issue,
        decision.raison,
        tuple(_criterion(critere) for critere in decision.criteres),
    )


def _criterion(critere: DecisionCritere) -> CritereResolu:
    lieu = Lieu(None, (), critere.origine)
    return CritereResolu(
        critere.regle,
        critere.critere,
        critere.valeur_imprimee,
        critere.seuil.imprime,
        seuil_text(critere.seuil),
        critere.issue,
        critere.raison,
        critere.origine,
        {"valeur": lieu},
    )


def seuil_text(seuil: Seuil) -> str:
    """The source of a threshold, and how well it is known."""
    fictif = ", valeur d’exemple" if seuil.fictif else ""
    return f"{seuil.source} ({seuil.certitude}{fictif})"


def resolve_region(campagne: Ciblage) -> RegionResolue:
    """What the regional list prints."""
    decisions = campagne.decisions
    plusieurs = [decision for decision in decisions if len(decision.cibles) > 1]
    transports, pertinence, qualite = (_region_volet(rang, decisions) for rang in range(3))
    return RegionResolue(
        campagne.annee,
        campagne.ars.valeur.region,
        campagne.table,
        len(decisions),
        sum(bool(decision.cibles) for decision in decisions),
        sum(bool(decision.ouverts) for decision in decisions),
        len(plusieurs),
        tuple(_region_line(decision) for decision in decisions),
        tuple(
            _volet_line(decision, liste([VOLETS[volet.volet] for volet in decision.cibles]))
            for decision in plusieurs
        ),
        (transports, pertinence, qualite),
        transports,
        pertinence,
        qualite,
        tuple(_threshold(seuil) for seuil in campagne.seuils),
    )


def _region_line(decision: DecisionEtablissement) -> LigneRegion:
    lieu = Lieu(None, (), str(decision.source))
    return LigneRegion(
        decision.nom,
        decision.finess,
        decision.transports.issue,
        decision.pertinence.issue,
        decision.qualite.issue,
        count_risks(decision),
        {"nom": lieu, "finess": lieu},
    )


def _volet_line(decision: DecisionEtablissement, raison: str) -> LigneListe:
    lieu = Lieu(None, (), str(decision.source))
    return LigneListe(decision.nom, decision.finess, raison, {"nom": lieu, "finess": lieu})


def _region_volet(rang: int, decisions: Sequence[DecisionEtablissement]) -> VoletRegion:
    def kept(*issues: Issue) -> tuple[LigneListe, ...]:
        return tuple(
            _volet_line(decision, decision.volets[rang].raison)
            for decision in decisions
            if decision.volets[rang].issue in issues
        )

    libelle = majuscule(tuple(VOLETS.values())[rang])
    return VoletRegion(
        libelle,
        kept(Issue.CIBLE),
        kept(*OUVERTES),
        *(
            len(kept(issue))
            for issue in (
                Issue.CIBLE,
                Issue.INDETERMINE,
                Issue.APPRECIATION_ARS,
                Issue.NON_CIBLE,
                Issue.NON_SOUMIS,
            )
        ),
    )


def _threshold(seuil: Seuil) -> SeuilResolu:
    certitude = f"{seuil.certitude}, valeur d’exemple" if seuil.fictif else seuil.certitude
    periode = format_periode(seuil.periode)
    return SeuilResolu(
        seuil.parametre, seuil.description, seuil.imprime, seuil.source, periode, certitude
    )


def format_periode(periode: Periode) -> str:
    r"""« du 1er janvier 2018 au 31 décembre 2018 ».

    A period that nothing ends begins only.
    """
    debut = date_longue(periode.du)
    return f"du {debut} au {date_longue(periode.au)}" if periode.au else f"depuis le {debut}"
