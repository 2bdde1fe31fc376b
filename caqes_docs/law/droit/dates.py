"""Dates and durations: when acts take effect, how long volets and measures last.

Contrat type, art. 2 and 8; instruction DSS/A1/CNAMTS/2017/234, II.a.ii and annexes 4 and 5
(R-DATE-1 to R-DATE-9). The delays of the two procedures are in `law.procedure`. No last day of an
appeal is worked out: the texts do not say how the two months are counted (R-DATE-7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.periode import Periode, months_after
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.law.droit.droit import effect_date


def avenant_effect(signature: dt.date) -> dt.date:
    """The date of effect of an avenant: the 1 January that follows (R-DATE-3, art. 2).

    >>> avenant_effect(dt.date(2019, 6, 3))
    datetime.date(2020, 1, 1)
    """
    return effect_date(signature)


def termination_effect(signature: dt.date) -> dt.date:
    """The effect of an avenant that ends a volet: 31 December of that year (R-DATE-4, art. 8).

    Article 8 is more special than article 2. It covers volets additionnels ended by common accord;
    nothing is said of the socle.

    >>> termination_effect(dt.date(2019, 6, 3))
    datetime.date(2019, 12, 31)
    """
    return dt.date(signature.year, 12, 31)


def last_day(effet: dt.date, annees: int) -> dt.date:
    """The last day of a volet in force from `effet` for `annees` years (R-DATE-5, deduced).

    >>> last_day(dt.date(2019, 1, 1), 5)
    datetime.date(2023, 12, 31)
    """
    return dt.date(effet.year + annees - 1, 12, 31)


def is_original(nom: str, contrat: Contrat) -> bool:
    """Whether the volet is signed with the contract, as far as the dates tell."""
    if contrat.volets[nom].procedure is not None:
        return False
    propre, contrat_signe = contrat.volets[nom].signature, contrat.signature.date_retenue
    if propre is None or propre.date_retenue is None or contrat_signe is None:
        return True
    return propre.date_retenue <= contrat_signe


def volet_period(volet: Volet) -> Periode | None:
    """From the volet's date of effect to its last day (R-DATE-2, R-DATE-5), once both are known."""
    signature = volet.signature.date_retenue if volet.signature else None
    if signature is None or volet.duree is None or volet.duree < 1:
        return None
    effet = effect_date(signature)
    return Periode(effet, last_day(effet, volet.duree))


def is_running(volet: Volet, annee: int) -> bool:
    """Whether the year lies between the volet's date of effect and its last day (R-DATE-5)."""
    periode = volet_period(volet)
    return periode is not None and periode.holds(dt.date(annee, 12, 31))


def measure_end(effet: dt.date, mois: int) -> dt.date:
    """The last day of a measure of `mois` months from `effet` (R-DATE-9, mise sous accord).

    >>> measure_end(dt.date(2020, 8, 31), 6), measure_end(dt.date(2020, 1, 15), 6)
    (datetime.date(2021, 2, 28), datetime.date(2020, 7, 14))
    """
    quantieme = months_after(effet, mois)
    return quantieme if quantieme.day < effet.day else quantieme - dt.timedelta(1)


def check_duration(
    nom: str, duree: int | None, maximum: Decimal, source: Source
) -> Iterator[Constat]:
    """A volet lasts at most what the texts say; one year at least, the instruction adds (X4)."""
    if duree is None:
        return
    if duree > maximum:
        yield fault(
            "V-055",
            source,
            f"Le volet {nom} dure {duree} ans\u00a0: les textes en admettent {maximum:f} au plus.",
            "Corriger «\u00a0duree\u00a0»\u00a0; un volet peut être renouvelé par avenant.",
        )
    elif duree < 1:
        yield warning(
            "V-056",
            source,
            f"Le volet {nom} dure moins d’un an\u00a0: l’instruction (II.a.iv) écrit "
            "«\u00a0entre 1 et 5 ans\u00a0».",
            "Corriger «\u00a0duree\u00a0», ou vérifier que c’est voulu.",
        )


def older_year(exercice: int, jour: dt.date, source: Source) -> Constat:
    """V-069: a year before the last closed one: which day says « last » no text tells."""
    return warning(
        "V-069",
        source,
        f"L’exercice {exercice} n’est pas le dernier clos le {date_longue(jour)}\u00a0: les textes "
        "retiennent le dernier exercice clos.",
        f"Donner les produits de {jour.year - 1}, ou garder {exercice} s’il était le dernier clos "
        "au jour qui compte.",
    )
