"""One evaluated year: the results of the socle, of each volet, and their total.

Contrat type, art. 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV (R-ALL-1 to R-ALL-6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from caqes_docs.core.francais import formes
from caqes_docs.law.calcul.explication import signed, signed_amount
from caqes_docs.law.calcul.fondements import TOTAL, ground_all
from caqes_docs.law.calcul.noeud import (
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
    si,
)
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import evaluate_question
from caqes_docs.law.caqes_1.niveau.cibles import tell_untargeted
from caqes_docs.law.caqes_1.objectifs import ask_indicators
from caqes_docs.law.caqes_1.socle import SOCLE, evaluate_socle
from caqes_docs.law.caqes_1.volets import evaluate_volet
from caqes_docs.law.resultats import ResultatEvaluation, ResultatVolet

PLAFOND_GLOBAL = "sanctions/plafond_global"
"""The parameter that caps the sanctions of all volets together (D. 162-16, III, 1°)."""


def evaluate(cadre: Cadre) -> ResultatEvaluation:
    """The year worked out; what is missing leaves the amount unknown."""
    evaluation = cadre.evaluation
    indicateurs = tuple(evaluate_question(*posee) for posee in ask_indicators(cadre))
    volets = [evaluate_socle(cadre, indicateurs)]
    volets += [evaluate_volet(cadre, decrit, volet) for decrit, volet in cadre.en_cours]
    ordre = [SOCLE, *cadre.droit.volets]
    volets.sort(key=lambda resultat: ordre.index(resultat.volet))
    total = compute_total(cadre, volets)
    resultat = ResultatEvaluation(
        evaluation.annee,
        evaluation.date or cadre.effet,
        indicateurs,
        tuple(volets),
        total,
        tuple(_capped(cadre, volets, total)),
    )
    mesures = [indicateurs if v.volet == SOCLE else v.objectifs for v in volets]
    sans_cible = [phrase for vues in mesures for phrase in tell_untargeted(cadre, vues)]
    resultat = replace(resultat, avertissements=(*resultat.avertissements, *sans_cible))
    return ground_all(resultat, cadre.droit)


# --------------------------------------------------------------------------------------------
# The total


def compute_total(cadre: Cadre, volets: list[ResultatVolet]) -> Noeud:
    """The sum of the displayed amounts, sanctions capped together (R-ALL-4).

    The cap bounds the sanctions, not the total: a reward does not make room for more of them.
    """
    signes = [resultat.montant for resultat in volets]
    total = compute(Operation.SOMME, _TOTAL, Nature.EURO, signes, TOTAL)
    if total.valeur is None:
        return total
    zero = constante("Zéro", Decimal(0), Nature.EURO, TOTAL)
    plus = _sum("Somme des intéressements", Operation.MAXIMUM, signes, zero)
    moins = _sum("Somme des sanctions", Operation.MINIMUM, signes, zero)
    sans = compute(Operation.EGAL, "Aucune sanction en euros", Nature.OUI_NON, (moins, zero), TOTAL)
    taux = global_cap(cadre)
    base = cadre.base if sans.valeur else cadre.need_base()
    plancher = compute(
        Operation.OPPOSE,
        "Plafond global, en moins",
        Nature.EURO,
        (cap_in_euros(taux, base),),
        taux.fondement,
    )
    borne = compute(
        Operation.MAXIMUM,
        "Somme des sanctions, ramenée au plafond global",
        Nature.EURO,
        (moins, plancher),
        taux.fondement,
    )
    retenues = si("Somme des sanctions, plafond global compris", sans, moins, borne, TOTAL)
    return compute(Operation.SOMME, _TOTAL, Nature.EURO, (plus, retenues), TOTAL)


_TOTAL = "Total de l’évaluation"


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


def global_cap(cadre: Cadre) -> Noeud:
    """The part of the products that all sanctions may reach: that of the texts, or a lower one.

    Raises:
        DroitError: L-005, L-006 the law does not answer for that year.
    """
    texte = cadre.parameter(PLAFOND_GLOBAL, dt.date(cadre.evaluation.annee, 12, 31))
    choisi = cadre.contrat.choix.plafond_global_sanctions
    if choisi is None:
        return texte
    contrat = entree(
        "Plafond global des sanctions, choisi au contrat",
        choisi,
        Nature.TAUX,
        cadre.in_contract("choix", "plafond_global_sanctions"),
    )
    return compute(
        Operation.MINIMUM,
        "Plafond global applicable",
        Nature.TAUX,
        (texte, contrat),
        texte.fondement,
    )


def cap_in_euros(taux: Noeud, base: Noeud) -> Noeud:
    """The global cap in whole cents: never more than the rate allows."""
    maximum = compute(
        Operation.PRODUIT, "Plafond global, en euros", Nature.EURO, (taux, base), taux.fondement
    )
    return compute(
        Operation.TRONQUE, "Plafond global, au centime", Nature.EURO, (maximum,), taux.fondement
    )


def _capped(cadre: Cadre, volets: list[ResultatVolet], total: Noeud) -> Iterator[str]:
    """Why the amounts of the volets do not add up to the total: the cap on all sanctions."""
    if total.valeur is None:
        return
    somme = sum((r.montant.nombre for r in volets), start=Decimal(0))
    if somme == total.nombre:
        return
    taux = global_cap(cadre)
    choisi = cadre.contrat.choix.plafond_global_sanctions
    origine = "choisi au contrat" if choisi == taux.nombre else "article D. 162-16, III, 1°"
    yield (
        f"Le plafond global des sanctions, {formes.taux(taux.nombre)} des produits ({origine}), "
        f"ramène le total de {signed_amount(somme)} à {signed(total)}."
    )
