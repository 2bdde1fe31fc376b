"""Decisions of a targeting → what its clauses print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from caqes_docs.assembly.ciblage import vocabulaire as voc
from caqes_docs.core.francais.formes import date_longue, majuscule
from caqes_docs.core.periode import Periode
from caqes_docs.data.dossier.parties import Ars, VoletId
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.ciblage.decisions import ORDRE, DecisionCiblage, DecisionCritere, Issue
from caqes_docs.law.ciblage.seuils import Seuil
from caqes_docs.redaction.langage.vues import Lieu

VOLETS = {
    VoletId.TRANSPORTS: "transports",
    VoletId.PERTINENCE: "pertinence",
    VoletId.QUALITE: "qualité",
}


EXEMPLE = "valeur d’exemple"


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


def resolve_etablissement(campagne: Ciblage, decision: DecisionEtablissement) -> voc.CiblageResolu:
    """What the note of an establishment prints."""
    lieu = Lieu(None, (), str(decision.source))
    transports, pertinence, qualite = (_volet(volet) for volet in decision.volets)
    return voc.CiblageResolu(
        decision.nom,
        decision.finess,
        campagne.annee,
        decision.exercice,
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


def _volet(decision: DecisionCiblage) -> voc.VoletResolu:
    return voc.VoletResolu(
        majuscule(VOLETS[decision.volet]),
        decision.issue,
        decision.raison,
        tuple(_criterion(critere) for critere in decision.criteres),
    )


def _criterion(critere: DecisionCritere) -> voc.CritereResolu:
    lieu = Lieu(None, (), critere.origine)
    return voc.CritereResolu(
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
    """The source of a threshold, and what is to be known of it before it is relied on."""
    reserves = [
        mot for mot in (seuil.certitude.partition(", ")[2], seuil.fictif and EXEMPLE) if mot
    ]
    return f"{seuil.source} ({', '.join(reserves)})" if reserves else seuil.source


def resolve_region(campagne: Ciblage) -> voc.RegionResolue:
    """What the list of the region prints: what its own plan points out, without any figure."""
    decisions, ars = campagne.decisions, campagne.ars.valeur
    volets = tuple(_region_volet(rang, decisions) for rang in range(len(VOLETS)))
    du_plan = {critere.id for critere in ars.criteres_pertinence}
    return voc.RegionResolue(
        campagne.annee,
        ars.region,
        len(decisions),
        volets,
        volets[tuple(VOLETS).index(VoletId.PERTINENCE)],
        tuple(_threshold(seuil) for seuil in campagne.seuils if seuil.parametre in du_plan),
    )


def _region_volet(rang: int, decisions: Sequence[DecisionEtablissement]) -> voc.VoletRegion:
    issues = Counter(decision.volets[rang].issue for decision in decisions)
    return voc.VoletRegion(
        majuscule(tuple(VOLETS.values())[rang]),
        tuple(
            _targeted(decision, decision.volets[rang])
            for decision in decisions
            if decision.volets[rang].issue is Issue.CIBLE
        ),
        *(issues[issue] for issue in ORDRE),
    )


def _targeted(decision: DecisionEtablissement, volet: DecisionCiblage) -> voc.LigneListe:
    lieu = Lieu(None, (), str(decision.source))
    criteres = [c.critere for c in volet.criteres if c.issue is Issue.CIBLE]
    return voc.LigneListe(
        decision.nom, decision.finess, "\u202f; ".join(criteres), {"nom": lieu, "finess": lieu}
    )


def _threshold(seuil: Seuil) -> voc.SeuilResolu:
    return voc.SeuilResolu(
        seuil.description, seuil.imprime, seuil_text(seuil), format_periode(seuil.periode)
    )


def format_periode(periode: Periode) -> str:
    r"""« du 1er janvier 2018 au 31 décembre 2018 ».

    A period that nothing ends begins only.
    """
    debut = date_longue(periode.du)
    return f"du {debut} au {date_longue(periode.au)}" if periode.au else f"depuis le {debut}"
