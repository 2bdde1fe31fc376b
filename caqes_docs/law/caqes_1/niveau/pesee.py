"""The level of realisation of obligations: an aid that the parties chose, never a legal formula.

R-SOC-2 and R-ALL-1: no text says how results add up. The level is Σ(weight × reached) ÷ Σ(weight),
over what could be evaluated; weights are those of the contract, and none is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.dossier.niveau import MesureNiveau
from caqes_docs.law.calcul.fondements import AIDE, PLAN
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, Operation, compute, constante, si
from caqes_docs.law.resultats import Atteinte, ResultatObjectif


def compute_niveau(
    libelle: str, resultats: Sequence[ResultatObjectif], fondement: Fondement = AIDE
) -> Noeud:
    """The weighted share of what is reached, over what could be evaluated (R-RATE-1).

    Not known when nothing could be weighed, or when an obligation that counts has no weight: left
    out, it would change the level without a word.
    """
    pesees = _weighable(resultats)
    oublis = unweighted(pesees)
    if not pesees or oublis:
        motif = "aucune obligation pondérée n’a pu être évaluée"
        comptes = [r for r in resultats if r.statut is not Atteinte.SANS_OBJET]
        if comptes and all(r.sans_cible for r in comptes):
            motif = "le contrat ne fixe pas de cible pour cette année"
        if oublis:
            motif = f"obligations sans poids\u00a0: {', '.join(r.code for r in oublis)}"
        return unknown_level(libelle, motif)
    obtenus = [_obtained(resultat, fondement) for resultat in pesees]
    poids = [_weight(resultat) for resultat in pesees]
    obtenu = compute(Operation.SOMME, f"{libelle}\u00a0: obtenu", Nature.TAUX, obtenus, fondement)
    possible = compute(Operation.SOMME, f"{libelle}\u00a0: possible", Nature.TAUX, poids, fondement)
    return compute(Operation.QUOTIENT, libelle, Nature.TAUX, (obtenu, possible), fondement)


def _weighable(resultats: Iterable[ResultatObjectif]) -> list[ResultatObjectif]:
    return [r for r in resultats if r.statut in (Atteinte.ATTEINT, Atteinte.NON_ATTEINT)]


def _obtained(resultat: ResultatObjectif, fondement: Fondement) -> Noeud:
    zero = constante("Poids d’une cible manquée", Decimal(0), Nature.TAUX, fondement)
    libelle = f"Poids obtenu\u00a0: {resultat.code}"
    return si(libelle, resultat.verdict, _weight(resultat), zero, fondement)


@dataclass(frozen=True)
class Compte:
    """What is weighed: how far it is realised, in [0, 1], and its weight in the contract."""

    id: str
    taux: Noeud
    poids: Noeud | None


def compute_niveau_actions(libelle: str, actions: Sequence[Compte]) -> Noeud:
    """The progress of the plan of a volet, weighted as the contract weighs its actions.

    « Selon l’avancement du plan d’actions » (instruction, annexe 4, § 3) says nothing of weights:
    the parties choose them. An action without weight, or whose progress is not known, leaves the
    level unknown.
    """
    if not actions:
        return unknown_level(libelle, "le plan n’a pas d’action")
    sans = [action.id for action in actions if action.poids is None]
    if sans:
        return unknown_level(libelle, f"actions sans poids\u00a0: {', '.join(sans)}")
    return weigh(libelle, actions, MesureNiveau.POIDS, PLAN)


def weigh(
    libelle: str, comptes: Sequence[Compte], mesure: MesureNiveau | None, fondement: Fondement
) -> Noeud:
    """What is realised over what could be: each for its weight, or each for one."""
    pesee = mesure is MesureNiveau.POIDS
    if mesure is None or not comptes or (pesee and any(c.poids is None for c in comptes)):
        return unknown_level(libelle, "rien ne dit ce qui est compté, ni comment")
    if mesure is MesureNiveau.NOMBRE:
        faits = [compte.taux for compte in comptes]
        nombre = Decimal(len(comptes))
        possible = constante(f"{libelle}\u00a0: nombre", nombre, Nature.NOMBRE, fondement)
    else:
        faits = [_weighed(compte, fondement) for compte in comptes]
        poids = [_weight(compte) for compte in comptes]
        possible = compute(
            Operation.SOMME, f"{libelle}\u00a0: possible", Nature.TAUX, poids, fondement
        )
    obtenu = compute(Operation.SOMME, f"{libelle}\u00a0: obtenu", Nature.TAUX, faits, fondement)
    return compute(Operation.QUOTIENT, libelle, Nature.TAUX, (obtenu, possible), fondement)


def unknown_level(libelle: str, motif: str) -> Noeud:
    """A level that cannot be known, and why."""
    return Noeud(Operation.ENTREE, libelle, Nature.TAUX, None, motif=motif)


def _weighed(compte: Compte, fondement: Fondement) -> Noeud:
    operandes = (compte.taux, _weight(compte))
    libelle = f"Avancement pesé\u00a0: {compte.id}"
    return compute(Operation.PRODUIT, libelle, Nature.TAUX, operandes, fondement)


def _weight(compte: ResultatObjectif | Compte) -> Noeud:
    """The weight of what counts, once it is known that each has one."""
    assert compte.poids is not None
    return compte.poids


def unweighted(resultats: Iterable[ResultatObjectif]) -> list[ResultatObjectif]:
    """Results that count and that the contract gives no weight."""
    return [r for r in _weighable(resultats) if r.poids is None]
