"""The evaluations of one year → what the regional report prints: sums that add up, and counts.

An amount that is not known enters no sum: how many are left out is always told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from caqes_docs.assembly.evaluation.decisions import decided_total
from caqes_docs.assembly.evaluation.evaluee import Evaluee, article_numbers
from caqes_docs.assembly.evaluation.graphiques import amount_charts, count_charts
from caqes_docs.assembly.evaluation.rapport import synthesis_line
from caqes_docs.assembly.region.campagne import AnneeRegionale, amount
from caqes_docs.assembly.region.etat import resolve_state
from caqes_docs.assembly.region.indicateurs import regional_articles, regional_volets
from caqes_docs.assembly.region.vocabulaire import (
    BilanResolu,
    LigneEcartee,
    LigneEtablissement,
    LigneIndicateurRegional,
    LigneMesure,
    LigneSomme,
)
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import NatureDecision
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.calcul.explication import signed, signed_amount
from caqes_docs.law.controles.decision import left_out
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import MesureProposee, ResultatVolet
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu

_HORS_EUROS = frozenset({MesureProposee.REDUCTION, MesureProposee.MSAP})
_EN_EUROS = frozenset({MesureProposee.INTERESSEMENT, MesureProposee.SANCTION})
_MONTANT_NUL = Decimal(0)


def _known(evaluee: Evaluee) -> Decimal:
    """The sum of the amounts that are known, volet by volet."""
    return sum(filter(None, map(amount, evaluee.resultat.volets)), start=_MONTANT_NUL)


def resolve_region(campagne: AnneeRegionale, droit: Droit) -> BilanResolu:
    """What the regional report prints."""
    evaluees = campagne.evaluees
    totaux = [e.total for e in evaluees if e.total is not None]
    decidees = [e for e in evaluees if _is_decided(e, campagne.date)]
    mesures = _measures(evaluees)
    return BilanResolu(
        annee=campagne.annee,
        nom=campagne.ars.valeur.region,
        date=campagne.date,
        nombre=len(evaluees),
        sans_total=len(evaluees) - len(totaux),
        etablissements=tuple(_establishment(e, droit, campagne.date) for e in evaluees),
        mesures=mesures,
        sommes=tuple(_sums(evaluees)),
        total=signed_amount(sum(totaux, start=_MONTANT_NUL)),
        decidees=len(decidees),
        total_decide=signed_amount(sum(map(_decided, decidees), start=_MONTANT_NUL)),
        articles=regional_articles([e.resultat for e in evaluees], article_numbers(droit)),
        volets=regional_volets([e.resultat for e in evaluees], droit),
        graphiques_mesures=_measure_charts(mesures),
        graphiques_montants=_amount_charts(evaluees),
        sans_evaluation=tuple(
            _left_out(affaire, "Le contrat est en vigueur, mais l’année n’est pas évaluée.")
            for affaire in campagne.sans_evaluation
        ),
        projets=tuple(_left_out(a, "Projet de contrat non signé.") for a in campagne.projets),
        avertissements=tuple(
            _left_out(e.affaire, texte) for e in evaluees for texte in e.resultat.avertissements
        ),
        ecartees=tuple(_left_out(affaire, motif) for affaire, motif in campagne.ecartees),
        refus=tuple(_left_out(affaire, motif) for affaire, motif in campagne.refus),
        etat=resolve_state(campagne, droit),
        pertinence=_pertinence_results(evaluees, droit),
        mesures_pertinence=_measures(evaluees, VoletId.PERTINENCE),
    )


def _establishment(evaluee: Evaluee, droit: Droit, date: dt.date) -> LigneEtablissement:
    resultat, valeur = evaluee.resultat, evaluee.charge.valeur
    lignes = {v.volet: synthesis_line(v, resultat, droit) for v in resultat.volets}
    etablissement = evaluee.affaire.dossier.valeur.etablissement
    return LigneEtablissement(
        etablissement.nom_affiche,
        etablissement.finess,
        valeur.date,
        lignes[VoletId.SOCLE.value],
        tuple(ligne for nom, ligne in lignes.items() if nom != VoletId.SOCLE),
        signed(resultat.total),
        decided_total(valeur, resultat) if evaluee.decision_at(date) else "à prendre",
    )


def _left_out(affaire: Affaire, motif: str) -> LigneEcartee:
    etablissement = affaire.dossier.valeur.etablissement
    return LigneEcartee(etablissement.nom_affiche, etablissement.finess, typographier(motif))


def _is_decided(evaluee: Evaluee, date: dt.date) -> bool:
    """Whether every volet that awaits a decision has one at `date`: silence is not zero."""
    decision = evaluee.decision_at(date)
    return decision is not None and not left_out(decision, evaluee.resultat.volets)


def _decided(evaluee: Evaluee) -> Decimal:
    """The sum of what was decided in euros, signed."""
    decision = evaluee.charge.valeur.decision
    prises = decision.volets.values() if decision else ()
    return sum(
        (
            -prise.montant if prise.nature is NatureDecision.MONTANT else prise.montant
            for prise in prises
            if prise.montant is not None
        ),
        start=_MONTANT_NUL,
    )


def _pertinence_results(
    evaluees: Iterable[Evaluee], droit: Droit
) -> tuple[LigneIndicateurRegional, ...]:
    """The objectives of the volet pertinence, whoever they belong to."""
    groupes = regional_volets([e.resultat for e in evaluees], droit)
    court = droit.volets[VoletId.PERTINENCE].court if VoletId.PERTINENCE in droit.volets else ""
    return next((g.lignes for g in groupes if g.libelle == typographier(court)), ())


def _measures(
    evaluees: Iterable[Evaluee], seulement: VoletId | None = None
) -> tuple[LigneMesure, ...]:
    """Each measure that is proposed somewhere: how many establishments, volets and euros.

    `seulement` keeps one volet.
    """
    groupes: dict[MesureProposee, list[tuple[str, ResultatVolet]]] = {
        mesure: [] for mesure in MesureProposee
    }
    for evaluee in evaluees:
        for volet in evaluee.resultat.volets:
            if seulement is not None and volet.volet != seulement:
                continue
            groupes[_measure(volet)].append((evaluee.affaire.finess, volet))
    return tuple(
        LigneMesure(
            typographier(mesure.libelle),
            len({finess for finess, _ in couples}),
            len(couples),
            _measure_amount(mesure, [volet for _, volet in couples]),
        )
        for mesure, couples in groupes.items()
        if couples
    )


def _measure(volet: ResultatVolet) -> MesureProposee:
    """The measure of a volet: not evaluable when its amount is unknown, none when it is zero."""
    montant = amount(volet)
    if montant is None and volet.mesure not in _HORS_EUROS:
        return MesureProposee.NON_EVALUABLE
    ramenee = volet.mesure in _EN_EUROS and montant == 0
    return MesureProposee.AUCUNE if ramenee else volet.mesure


def _measure_amount(mesure: MesureProposee, volets: Iterable[ResultatVolet]) -> str:
    if mesure in _HORS_EUROS:
        return "hors total"
    if mesure is MesureProposee.NON_EVALUABLE:
        return "non évaluable"
    return signed_amount(sum(filter(None, map(amount, volets)), start=_MONTANT_NUL))


def _sums(evaluees: tuple[Evaluee, ...]) -> Iterable[LigneSomme]:
    """From the amounts of the volets to the total of the region."""
    montants = [m for e in evaluees for v in e.resultat.volets if (m := amount(v)) is not None]
    plus = sum((m for m in montants if m > 0), start=_MONTANT_NUL)
    moins = sum((m for m in montants if m < 0), start=_MONTANT_NUL)
    plafonds = sum((e.total - _known(e) for e in evaluees if e.total is not None), _MONTANT_NUL)
    retires = -sum((_known(e) for e in evaluees if e.total is None), start=_MONTANT_NUL)
    nombre = sum(e.total is None for e in evaluees)
    yield LigneSomme("Intéressements proposés", signed_amount(plus))
    yield LigneSomme("Sanctions proposées", signed_amount(moins))
    if plafonds:
        yield LigneSomme("Effet des plafonds globaux de sanction", signed_amount(plafonds))
    if retires:
        libelle = (
            "À retrancher : montants connus des évaluations dont le total n’est pas évaluable "
            f"({nombre})"
        )
        yield LigneSomme(typographier(libelle), signed_amount(retires))


def _measure_charts(mesures: tuple[LigneMesure, ...]) -> tuple[GraphiqueResolu, ...]:
    series: Mapping[str, list[int]] = {
        "Établissements": [m.etablissements for m in mesures],
        "Volets": [m.volets for m in mesures],
    }
    titre = "Nombre d’établissements et de volets, par mesure proposée"
    noms = [_COURTS.get(m.libelle, m.libelle) for m in mesures]
    return count_charts(titre, "Mesure proposée", noms, series)


_COURTS = {
    typographier(mesure.libelle): court
    for mesure, court in (
        (MesureProposee.REDUCTION, "liste en sus"),
        (MesureProposee.MSAP, "accord préalable"),
        (MesureProposee.SUSPENDUE, "année suspendue"),
    )
}
"""The measures as the foot of a bar names them; the table above has their whole names."""


def _amount_charts(evaluees: tuple[Evaluee, ...]) -> tuple[GraphiqueResolu, ...]:
    """The totals that are not zero, establishment by establishment; unknown ones are shown so."""
    montants = [
        (e.affaire.finess, e.affaire.dossier.valeur.etablissement.nom_affiche, e.total)
        for e in evaluees
        if e.total is None or e.total
    ]
    nuls = sum(e.total is not None and not e.total for e in evaluees)
    titre = "Total proposé, par établissement"
    if nuls:
        titre += f" (sans ceux dont le total est nul\u00a0: {nuls})"
    return amount_charts(titre, "Total proposé", montants)
