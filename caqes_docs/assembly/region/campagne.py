"""All that one region has evaluated for one year, before any sum is made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.evaluation.evaluee import Evaluee
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.resultats import ResultatVolet


@dataclass(frozen=True)
class AnneeRegionale:
    """All the evaluations of one year in one region, and the contracts that have none."""

    annee: int
    ars: Charge[Ars]
    date: dt.date
    evaluees: tuple[Evaluee, ...]
    sans_evaluation: tuple[Affaire, ...]
    ecartees: tuple[tuple[Affaire, str], ...]
    """With the reason why the evaluation cannot be worked out."""
    refus: tuple[tuple[Affaire, str], ...] = ()
    """The refusals to sign, with the sanction of each: no total of the year holds them."""
    projets: tuple[Affaire, ...] = ()
    """The contracts that nobody signed yet."""
    affaires: tuple[Affaire, ...] = ()
    """Every dossier of the region."""


def amount(volet: ResultatVolet) -> Decimal | None:
    """The signed amount of a volet, when it is known."""
    valeur = volet.montant.valeur
    return valeur if isinstance(valeur, Decimal) else None
