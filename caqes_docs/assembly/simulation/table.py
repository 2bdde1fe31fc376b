"""A simulation in words: its table, where amounts change, its hypotheses, its scales."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.assembly.calculs import observed
from caqes_docs.assembly.simulation.graphique import draw
from caqes_docs.assembly.simulation.vocabulaire import (
    BaremeSimule,
    LigneAutreVolet,
    LigneHypothese,
    LigneRupture,
    LigneSimulation,
    PalierSimule,
    SimulationResolue,
)
from caqes_docs.core.francais.formes import euros
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.volets import Bareme, Interessement, NomBareme, Sanction
from caqes_docs.law.calcul.explication import format_value, signed
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.resultats import MesureProposee, ResultatObjectif, ResultatVolet
from caqes_docs.law.simulation.grandeurs import Grandeur
from caqes_docs.law.simulation.hypotheses import Hypothese, SorteHypothese, hypotheses
from caqes_docs.law.simulation.simulation import Point, Scenario, Simulation
from caqes_docs.law.simulation.valeurs import written

VIDE = "—"
_HORS_TOTAL = (MesureProposee.MSAP, MesureProposee.REDUCTION)


def resolve_simulation(simulation: Simulation) -> SimulationResolue:
    """The simulation as its table, its JSON and its document say it."""
    scenario, points = simulation.scenario, simulation.points
    dossier = scenario.affaire.dossier.valeur
    lignes = tuple(_line(point, scenario) for point in points)
    volet = typographier(points[0].volet.libelle)
    objectif = find_objective(points[0], scenario.grandeur)
    ruptures = tuple(_breaks(simulation, lignes))
    socle = dossier.contrat.socle if scenario.volet == SOCLE else None
    declenchement = socle.declenchement if socle else None
    return SimulationResolue(
        nom=dossier.etablissement.nom_affiche,
        finess=dossier.etablissement.finess,
        contrat=dossier.contrat.reference,
        annee=scenario.annee,
        volet=volet,
        grandeur=typographier(scenario.grandeur.libelle),
        code=scenario.grandeur.nom,
        cible=_target(objectif) if scenario.grandeur.mesure else None,
        de=lignes[0].valeur,
        a=lignes[-1].valeur,
        nombre=len(lignes),
        date_effet_supposee=scenario.date_effet,
        evaluee=scenario.has_evaluation,
        depense_suivie=scenario.precedente is not None,
        seuil_declenchement=declenchement.seuil if declenchement else None,
        lignes=lignes,
        ruptures=ruptures,
        connus=all(point.volet.montant.is_known for point in points),
        hypotheses=tuple(map(_held, hypotheses(simulation))),
        autres=_others(points[0], scenario),
        baremes=tuple(_scales(scenario)),
        constats=tuple(dict.fromkeys(typographier(c.message) for c in simulation.constats)),
        graphique=draw(simulation, lignes, ruptures, volet),
    )


def _held(h: Hypothese) -> LigneHypothese:
    return LigneHypothese(
        typographier(h.libelle), typographier(h.valeur), _origin(h), h.sorte.value, h.origine
    )


def _origin(hypothese: Hypothese) -> str:
    """Where a value comes from, in words: files and lines are for the terminal."""
    if hypothese.sorte is SorteHypothese.HYPOTHESE:
        return hypothese.origine
    if hypothese.sorte is SorteHypothese.DROIT or hypothese.origine.startswith("clauses/"):
        return "textes"
    return "évaluation" if "evaluations/" in hypothese.origine else "contrat"


def find_objective(point: Point, grandeur: Grandeur) -> ResultatObjectif | None:
    """The indicator or objective that varies, or whose target does, as measured at that point."""
    volet = point.volet
    if not (grandeur.mesure or grandeur.contrat):
        return None
    if "objectif_principal" in grandeur.chemin:
        return volet.principal
    if "objectif_supplementaire" in grandeur.chemin:
        return volet.supplementaire
    noms = {nom.removeprefix("cible_") for nom in grandeur.noms}
    autres = (*point.resultat.indicateurs, *volet.complementaires)
    return next((o for o in autres if o.code in noms), None)


def _target(objectif: ResultatObjectif | None) -> str | None:
    """« au plus 1,5 % », or None when nothing is aimed at."""
    if objectif is None or not objectif.cible.is_known:
        return None
    sens = _SENS.get(objectif.verdict.operation)
    cible = format_value(objectif.cible)
    return f"{sens} {cible}" if sens else cible


_SENS = {Operation.AU_PLUS: "au plus", Operation.AU_MOINS: "au moins"}


def _line(point: Point, scenario: Scenario) -> LigneSimulation:
    volet, grandeur = point.volet, scenario.grandeur
    depense = scenario.followed(point.valeur)
    objectif = find_objective(point, grandeur)
    hors = volet.mesure in _HORS_TOTAL
    return LigneSimulation(
        valeur=written(point.valeur, grandeur.genre),
        depense=None if depense is None else euros(depense),
        atteinte=objectif.statut.libelle if objectif else VIDE,
        mesure=typographier(volet.mesure_dite),
        hors_total=outside_total(volet) if hors else VIDE,
        niveau=_rounded(volet.niveau, volet.modulation),
        modulation=_rounded(volet.modulation),
        montant=VIDE if hors else signed(volet.montant),
        total=signed(point.resultat.total),
    )


def outside_total(volet: ResultatVolet) -> str:
    """The rate or the length of a measure that is not in euros."""
    autre = volet.non_monetaire
    if autre is None:
        return VIDE
    if autre.taux is not None:
        return _rounded(autre.taux)
    if autre.duree_mois is not None:
        mois = format_value(autre.duree_mois)
        return f"{mois}\u00a0mois" if autre.duree_mois.is_known else "durée non évaluable"
    return VIDE


def _rounded(noeud: Noeud, *suites: Noeud) -> str:
    """A rate for a table, rounded as `observed` does."""
    taux = isinstance(noeud.valeur, Decimal) and noeud.nature is Nature.TAUX
    return observed(noeud, *suites) if taux else VIDE


def _breaks(simulation: Simulation, lignes: tuple[LigneSimulation, ...]) -> Iterator[LigneRupture]:
    """Where the measure changes from a value to the next, or an amount that should not move."""
    suivie = simulation.scenario.precedente is not None
    couples = itertools.pairwise(zip(simulation.points, lignes, strict=True))
    for (avant, ligne), (apres, suivante) in couples:
        connus = avant.volet.montant.is_known and apres.volet.montant.is_known
        if connus and _outcome(avant, ligne, suivie) != _outcome(apres, suivante, suivie):
            yield LigneRupture(
                ligne.valeur,
                suivante.valeur,
                ligne.mesure,
                suivante.mesure,
                said_amount(ligne),
                said_amount(suivante),
            )


def _outcome(point: Point, ligne: LigneSimulation, suivie: bool) -> tuple[object, ...]:
    montant = None if suivie else point.volet.montant.valeur
    return (point.volet.mesure, montant, ligne.hors_total)


def said_amount(ligne: LigneSimulation) -> str:
    """What the volet gives: an amount, or what stands outside the total."""
    return ligne.montant if ligne.hors_total == VIDE else ligne.hors_total


def _others(point: Point, scenario: Scenario) -> tuple[LigneAutreVolet, ...]:
    return tuple(_other(volet) for volet in point.resultat.volets if volet.volet != scenario.volet)


def _other(volet: ResultatVolet) -> LigneAutreVolet:
    """Another volet; what is not in euros stands beside its measure, as in the grid."""
    mesure, montant = typographier(volet.mesure_dite), signed(volet.montant)
    if volet.mesure in _HORS_TOTAL:
        mesure, montant = f"{mesure}\u00a0: {outside_total(volet)}", VIDE
    return LigneAutreVolet(typographier(volet.libelle), mesure, montant)


def _scales(scenario: Scenario) -> Iterator[BaremeSimule]:
    contrat = scenario.affaire.dossier.valeur.contrat
    bloc = contrat.socle if scenario.volet == SOCLE else contrat.volets.get(scenario.volet)
    if bloc is None:
        return
    if bloc.interessement is not None and bloc.interessement.prevu:
        yield from _scale("interessement", bloc.interessement)
    if bloc.sanction is not None:
        yield from _scale("sanction", bloc.sanction)


def _scale(effet: str, clause: Interessement | Sanction) -> Iterator[BaremeSimule]:
    bareme = clause.bareme
    if bareme is None:
        return
    yield BaremeSimule(
        effet,
        bareme.nom.value,
        bareme.sur.value if bareme.sur else "",
        _is_complete(bareme),
        bareme.seuil,
        bareme.de,
        bareme.a,
        tuple(PalierSimule(palier.a_partir_de, palier.part) for palier in bareme.paliers),
        clause.taux_maximum,
        clause.montant_maximum if isinstance(clause, Interessement) else None,
    )


def _is_complete(bareme: Bareme) -> bool:
    """Whether the scale gives the figures of its method (its absence is a finding: V-010)."""
    if bareme.nom is NomBareme.TOUT_OU_RIEN:
        return bareme.seuil is not None
    if bareme.nom is NomBareme.LINEAIRE:
        return bareme.de is not None and bareme.a is not None
    return True


__all__ = ["VIDE", "find_objective", "outside_total", "resolve_simulation", "said_amount"]
