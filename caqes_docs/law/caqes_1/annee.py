"""One evaluated year: the results of the socle, of each volet, and their total.

Contrat type, art. 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV (R-ALL-1 to R-ALL-6).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.francais import formes
from caqes_docs.law.calcul.explication import signed, signed_amount
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
)
from caqes_docs.law.caqes_1.cadre import TOTAL, Cadre
from caqes_docs.law.caqes_1.mesures import evaluate_question
from caqes_docs.law.caqes_1.objectifs import ask_indicators
from caqes_docs.law.caqes_1.socle import SOCLE, evaluate_socle
from caqes_docs.law.caqes_1.volets import evaluate_volet
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.resultats import ResultatEvaluation, ResultatVolet

SANS_PLAFOND = (
    "La somme des sanctions dépasse 1 % des produits\u00a0: aucun texte retrouvé ne la plafonne, à "
    "vérifier avant toute décision."
)
_PLAFOND = Fondement(
    "R-ALL-4",
    "plafond global choisi par les parties\u00a0; aucun texte retrouvé n’en fixe",
    Certitude.DEDUCTION,
    ("instruction/2017-234",),
)


def evaluate(cadre: Cadre) -> ResultatEvaluation:
    """The year worked out; what is missing leaves the amount unknown."""
    evaluation = cadre.evaluation
    indicateurs = tuple(evaluate_question(*posee) for posee in ask_indicators(cadre))
    volets = [evaluate_socle(cadre, indicateurs)]
    volets += [evaluate_volet(cadre, decrit, volet) for decrit, volet in cadre.en_cours]
    ordre = [SOCLE, *cadre.droit.volets]
    volets.sort(key=lambda resultat: ordre.index(resultat.volet))
    total = compute_total(cadre, volets)
    return ResultatEvaluation(
        evaluation.annee,
        evaluation.date or cadre.effet,
        indicateurs,
        tuple(volets),
        total,
        (*_capped(cadre, volets, total), *_warnings(cadre, volets)),
    )


# --------------------------------------------------------------------------------------------
# The total


def compute_total(cadre: Cadre, volets: list[ResultatVolet]) -> Noeud:
    """The sum of the displayed amounts, after the global cap when the parties set one."""
    signes = [resultat.montant for resultat in volets]
    total = compute(Operation.SOMME, "Total de l’évaluation", Nature.EURO, signes, TOTAL)
    plafond = cadre.contrat.choix.plafond_global_sanctions
    if plafond is None or total.valeur is None:
        return total
    zero = constante("Zéro", Decimal(0), Nature.EURO, TOTAL)
    plus = _sum("Somme des intéressements", Operation.MAXIMUM, signes, zero)
    moins = _sum("Somme des sanctions", Operation.MINIMUM, signes, zero)
    borne = compute(
        Operation.MAXIMUM,
        "Somme des sanctions, plafond global compris",
        Nature.EURO,
        (moins, _floor(cadre, plafond)),
        _PLAFOND,
    )
    return compute(Operation.SOMME, "Total de l’évaluation", Nature.EURO, (plus, borne), TOTAL)


def _sum(libelle: str, borne: Operation, montants_signes: list[Noeud], zero: Noeud) -> Noeud:
    """The sum of the amounts of one sign: the others count for nothing."""
    retenus = [
        compute(
            borne,
            f"{montant.libelle}, dans la {libelle.lower()}",
            Nature.EURO,
            (montant, zero),
            TOTAL,
        )
        for montant in montants_signes
    ]
    return compute(Operation.SOMME, libelle, Nature.EURO, retenus, TOTAL)


def _floor(cadre: Cadre, plafond: Decimal) -> Noeud:
    """The most that sanctions may take together, to the cent, as a negative amount.

    The cap bounds the sanctions, not the total: a reward does not make room for more of them.
    """
    taux = entree(
        "Plafond global des sanctions, choisi au contrat",
        plafond,
        Nature.TAUX,
        cadre.in_contract("choix", "plafond_global_sanctions"),
    )
    maximum = compute(
        Operation.PRODUIT,
        "Plafond global, en euros",
        Nature.EURO,
        (taux, cadre.need_base()),
        _PLAFOND,
    )
    rond = compute(
        Operation.TRONQUE, "Plafond global, au centime", Nature.EURO, (maximum,), _PLAFOND
    )
    return compute(Operation.OPPOSE, "Plafond global, en moins", Nature.EURO, (rond,), _PLAFOND)


def _capped(cadre: Cadre, volets: list[ResultatVolet], total: Noeud) -> Iterator[str]:
    """Why the amounts of the volets do not add up to the total: the cap that the parties chose."""
    plafond = cadre.contrat.choix.plafond_global_sanctions
    if plafond is None or total.valeur is None:
        return
    somme = sum((r.montant.nombre for r in volets), start=Decimal(0))
    if somme != total.nombre:
        yield (
            f"Le plafond global des sanctions, choisi au contrat ({formes.taux(plafond)} des "
            f"produits), "
            f"ramène le total de {signed_amount(somme)} à {signed(total)}."
        )


def _warnings(cadre: Cadre, volets: list[ResultatVolet]) -> Iterator[str]:
    """The sum of sanctions above 1 % of P: no text found caps it (R-ALL-4)."""
    sanctions = [-r.montant.nombre for r in volets if r.montant.valeur is not None]
    somme = sum((montant for montant in sanctions if montant > 0), start=Decimal(0))
    if not somme:
        return
    plafond = cadre.parameter("volets/plafond_sanction")
    if cadre.base.valeur is not None and somme > plafond.nombre * cadre.base.nombre:
        yield SANS_PLAFOND
