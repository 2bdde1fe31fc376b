"""A year judged, and the refusals to sign: the results of the regime, and what is wrong.

The regime works out the results and says what it misses; the checks take them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from caqes_docs.core.constats import Constat, sort_constats
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.avenant.proposition import proposal_of
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.controles.coherence import check_spending_of_years
from caqes_docs.law.controles.evaluation import check_evaluation
from caqes_docs.law.controles.refus import check_refusals
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.propres import own_law
from caqes_docs.law.regimes import functions_of
from caqes_docs.law.resultats import ResultatEvaluation, ResultatRefus


@dataclass(frozen=True)
class AnneeJugee:
    """What an evaluated year comes to, and every finding: what is missing or out of bounds."""

    resultat: ResultatEvaluation
    constats: tuple[Constat, ...]


@dataclass(frozen=True)
class RefusJuges:
    """The sanctions that the refusals of a dossier incur, and every finding."""

    resultats: tuple[ResultatRefus, ...]
    constats: tuple[Constat, ...]


def judge(
    affaire: Affaire,
    charge: Charge[Evaluation],
    droit: Droit,
    niveaux: Mapping[str, Noeud] | None = None,
) -> AnneeJugee:
    """The year worked out and checked, on the contract as it stood that year.

    What is missing leaves the amount unknown.
    `niveaux` are the levels of realisation that a simulation supposes, by volet.

    Raises:
        DonneesError: V-050 the contract has no date of effect, or the year is before it; an avenant
            cannot be put on the contract.
        DroitError: L-018 nothing is worked out under the regime of the contract.
    """
    affaire = state_of_year(affaire, charge.valeur.annee)
    regime = functions_of(affaire.dossier)
    droit = own_law(droit, affaire.dossier.valeur.contrat)
    cadre = regime.open_year(affaire.dossier, charge, droit, niveaux)
    resultat = regime.evaluate(cadre)
    constats = (
        *cadre.constats,
        *check_evaluation(cadre, resultat),
        *check_spending_of_years(affaire, charge),
    )
    return AnneeJugee(resultat, tuple(sort_constats(constats)))


def judge_refusals(affaire: Affaire, droit: Droit) -> RefusJuges:
    """The refusals of a dossier worked out and checked.

    Raises:
        DroitError: L-018 nothing is worked out under the regime of the contract.
    """
    dossier = affaire.dossier
    if not dossier.valeur.contrat.refus:
        return RefusJuges((), ())
    resultats, manques = functions_of(dossier).evaluate_refusals(dossier, droit)
    return RefusJuges(resultats, (*check_refusals(dossier, droit), *manques))


def judge_all_refusals(affaire: Affaire, droit: Droit) -> RefusJuges:
    """The refusals of the contract, then those of its avenants: the sanction is the same (K9).

    Raises:
        DroitError: L-018 nothing is worked out under the regime of the contract.
    """
    juges = judge_refusals(affaire, droit)
    for numero, charge in affaire.avenants.items():
        sien = judge_refusals(proposal_of(affaire, charge), droit)
        resultats = tuple(replace(resultat, avenant=numero) for resultat in sien.resultats)
        juges = RefusJuges(juges.resultats + resultats, juges.constats + sien.constats)
    return juges


def judge_incurred(affaire: Affaire, droit: Droit, jour: dt.date) -> Noeud | None:
    """What a refusal to sign would cost on that day; None when it cannot be known.

    Raises:
        DroitError: L-018 nothing is worked out under the regime of the contract; L-006 on that day.
    """
    dossier = affaire.dossier
    return functions_of(dossier).evaluate_incurred(dossier, droit, jour)
