"""The axis of values of a chart: round graduations, and numbers in words.

All is exact: `Decimal` for values, whole numbers for places.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.francais.formes import euros, nombre, taux
from caqes_docs.document.model import Graphique

SANS_VALEUR = "n.\u00a0é."
"""Printed where a value is missing: « non évalué »."""
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_INTERVALS = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Echelle:
    """The axis: from `bas` to `haut`, a graduation at each `pas`."""

    bas: Decimal
    haut: Decimal
    pas: Decimal

    @property
    def graduations(self) -> tuple[Decimal, ...]:
        """The values of the graduations, lowest first."""
        count = int((self.haut - self.bas) / self.pas)
        return tuple(self.bas + self.pas * rank for rank in range(count + 1))

    def share(self, valeur: Decimal, length: int) -> int:
        """How far `valeur` stands from the foot of an axis `length` long."""
        return round((valeur - self.bas) * length / (self.haut - self.bas))


def build_scale(graphique: Graphique) -> Echelle:
    """The axis of a chart: zero is always on it, and a rate below one stops at « 100 % »."""
    values = [
        valeur for serie in graphique.series for valeur in serie.valeurs if valeur is not None
    ]
    least, most = min((*values, Decimal(0))), max((*values, Decimal(0)))
    if least == most:
        most = Decimal(1)
    pas = nice_step((most - least) / _INTERVALS)
    if graphique.unite == "euro":
        pas = max(pas, _CENT)
    if graphique.unite == "nombre" and all(valeur == int(valeur) for valeur in values):
        pas = _whole_step(pas)
    return Echelle(_floor(least / pas) * pas, -_floor(-most / pas) * pas, pas)


def _whole_step(pas: Decimal) -> Decimal:
    """The least round step that counts by whole numbers.

    >>> _whole_step(Decimal("2.5")), _whole_step(Decimal("0.2")), _whole_step(Decimal(20))
    (Decimal('5'), Decimal('1'), Decimal('20'))
    """
    while pas != int(pas):
        pas = nice_step(pas + _CENT)
    return pas


def nice_step(voulu: Decimal) -> Decimal:
    """The least round step that is not below `voulu`.

    >>> nice_step(Decimal("0.13")), nice_step(Decimal(21)), nice_step(Decimal(6000))
    (Decimal('0.2'), Decimal('25'), Decimal('10000'))
    """
    unit = Decimal(1).scaleb(voulu.adjusted())
    return next(_digits(step * unit) for step in _STEPS if step * unit >= voulu)


def _digits(valeur: Decimal) -> Decimal:
    """`valeur` without superfluous zeros nor exponent."""
    return Decimal(format(valeur.normalize(), "f"))


def _floor(valeur: Decimal) -> int:
    whole = int(valeur)
    return whole - 1 if valeur < whole else whole


def value_text(valeur: Decimal | None, unite: str) -> str:
    r"""A value as printed in a chart.

    >>> value_text(Decimal("0.039"), "taux"), value_text(Decimal(12000), "euro")
    ('3,9\xa0%', '12\u202f000\xa0€')
    """
    if valeur is None:
        return SANS_VALEUR
    if unite == "euro":
        return euros(valeur)
    return taux(valeur) if unite == "taux" else nombre(valeur)


def missing_series(graphique: Graphique, rank: int) -> tuple[tuple[str, ...], bool]:
    """The series without value in category `rank`, and whether they are all of them."""
    mains = [serie for serie in graphique.series if not serie.repere]
    missing = tuple(serie.nom for serie in mains if serie.valeurs[rank] is None)
    return missing, bool(mains) and len(missing) == len(mains)


def category_names(graphique: Graphique) -> tuple[str, ...]:
    """The names below the axis; where only some series have a value, the others are named."""
    names: list[str] = []
    for rank, nom in enumerate(graphique.categories):
        missing, every = missing_series(graphique, rank)
        tail = f" ({', '.join(missing)}\u00a0: {SANS_VALEUR})" if missing and not every else ""
        names.append(nom + tail)
    return tuple(names)


def empty_categories(graphique: Graphique) -> tuple[bool, ...]:
    """Which categories have no value at all: « n. é. » stands in place of their bars."""
    return tuple(missing_series(graphique, rank)[1] for rank in range(len(graphique.categories)))
