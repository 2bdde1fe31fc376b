"""The dates at which a plan may ask for a wording: the dates of effect of the regimes it admits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from caqes_docs.core.periode import Periode
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import Plan
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.bibliotheque.reference import DateDeReference

APRES = (1,)
"""A year is evaluated, and its acts drawn up, in the year that follows.

The last year of a regime is evaluated when the regime is over: its texts can no longer be cited as
they are then, and the wordings of that year do without.
"""
UN_JOUR = dt.timedelta(days=1)


def change_days(droit: Droit, bibliotheque: Bibliotheque) -> tuple[dt.date, ...]:
    """Every day on which something of the library begins, or has just ended."""
    return tuple(
        sorted({jour for periode in _periods(droit, bibliotheque) for jour in _ends(periode)})
    )


def _periods(droit: Droit, bibliotheque: Bibliotheque) -> Iterator[Periode]:
    yield from (texte.en_vigueur.periode for texte in droit.textes.values())
    yield from (regime.effet.periode for regime in droit.regimes.values())
    for terme in droit.termes.values():
        yield from (valeur.en_vigueur for valeur in terme.valeurs)
    for parametre in droit.parametres.values():
        yield from (valeur.en_vigueur for valeur in parametre.valeurs)
    for redactions in bibliotheque.clauses.values():
        yield from (redaction.en_vigueur for redaction in redactions)


def _ends(periode: Periode) -> Iterator[dt.date]:
    yield periode.du
    if periode.au is not None:
        yield periode.au + UN_JOUR


def effect_dates(periode: Periode, changements: Iterable[dt.date]) -> list[dt.date]:
    """Each 1 January of a regime; an open regime stops the year after the last known change."""
    horizon = max((jour.year for jour in changements), default=periode.du.year) + 1
    fin = periode.au.year if periode.au else max(horizon, periode.du.year + 1)
    premiers = (dt.date(annee, 1, 1) for annee in range(periode.du.year, fin + 1))
    return [jour for jour in premiers if periode.holds(jour)]


def _first_days(plan: Plan, droit: Droit) -> list[dt.date]:
    """The first days on which acts that come before the contracts of a regime may be dated."""
    if plan.donnees != "contrat":
        return []
    regimes = (droit.regimes[nom] for nom in plan.regimes if nom in droit.regimes)
    return [regime.premiers_actes for regime in regimes if regime.premiers_actes is not None]


def _offsets(plan: Plan) -> tuple[int, ...]:
    """In which years, counted from a date of effect, the act may be dated."""
    if plan.donnees == "autoevaluation":
        return (0,)
    if plan.donnees != "contrat":
        return APRES
    return (-1, 0) if plan.reference is DateDeReference.REFUS else (-1,)


def dates_of_plan(plan: Plan, droit: Droit, changements: tuple[dt.date, ...]) -> list[dt.date]:
    """The dates that may choose the wordings of a plan.

    They are dates of effect; or, for a plan that goes by its signature or by the proposal, the
    first and last days of the year before, and the days on which something changes in it. A refusal
    may be decided on after the date of effect that the contract would have had.
    """
    effets = sorted(
        {
            jour
            for nom in plan.regimes
            if nom in droit.regimes
            for jour in effect_dates(droit.regimes[nom].effet.periode, changements)
        }
    )
    if plan.reference is DateDeReference.EFFET:
        return effets
    decalages = _offsets(plan)
    annees = {effet.year + decalage for effet in effets for decalage in decalages}
    bornes = {dt.date(a, mois, jour) for a in annees for mois, jour in ((1, 1), (12, 31))}
    jours = bornes | {jour for jour in changements if jour.year in annees}
    premier = min(_first_days(plan, droit), default=None)
    if premier is None:
        return sorted(jours)
    return sorted({jour for jour in jours if jour >= premier} | {premier})
