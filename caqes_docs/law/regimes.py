"""The regimes of the contract: what each one gives to the rest, by its id.

Nothing else asks which regime a contract follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DroitError
from caqes_docs.data.dossier.contrat import Dossier, Regime
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.caqes_1.annee import evaluate
from caqes_docs.law.caqes_1.cadre import Cadre, open_year
from caqes_docs.law.caqes_1.exemples import socle_examples, volet_examples
from caqes_docs.law.caqes_1.refus import evaluate_incurred, evaluate_refusals
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import Exemple, ResultatEvaluation, ResultatRefus


@dataclass(frozen=True)
class FonctionsRegime:
    """How a regime works out a year, the refusals to sign, and the examples of a contract."""

    open_year: Callable[
        [Charge[Dossier], Charge[Evaluation], Droit, Mapping[str, Noeud] | None], Cadre
    ]
    evaluate: Callable[[Cadre], ResultatEvaluation]
    evaluate_refusals: Callable[
        [Charge[Dossier], Droit], tuple[tuple[ResultatRefus, ...], Sequence[Constat]]
    ]
    evaluate_incurred: Callable[[Charge[Dossier], Droit, dt.date], Noeud | None]
    volet_examples: Callable[[Charge[Dossier], Droit, VoletDecrit], Iterable[Exemple]]
    socle_examples: Callable[[Charge[Dossier], Droit], Iterable[Exemple]]


_REGIMES = {
    Regime.CAQES_1: FonctionsRegime(
        open_year, evaluate, evaluate_refusals, evaluate_incurred, volet_examples, socle_examples
    )
}


def functions_of(dossier: Charge[Dossier]) -> FonctionsRegime:
    """The functions of the regime that a contract follows.

    Raises:
        DroitError: L-018 nothing is worked out under that regime.
    """
    regime = dossier.valeur.contrat.regime
    if regime not in _REGIMES:
        raise DroitError(
            "L-018",
            f"Rien n’est encore calculé sous le régime «\u00a0{regime}\u00a0».",
            remede=f"Régimes calculés\u00a0: {', '.join(_REGIMES)}.",
            source=dossier.fichier.source(("contrat", "regime")),
        )
    return _REGIMES[regime]
