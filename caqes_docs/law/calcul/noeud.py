"""The tree of a computation: the explanation is the computation.

Each constructor works out its value from its operands, so an amount cannot exist without its tree.
A value that cannot be known is `None`, with its motive; it never becomes zero on the way. Nothing
here rounds but `ARRONDI`, `TRONQUE` and `ENTIER_…`. Decimals are handled with fifty digits, so
that a quotient that ends is exact.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias

from caqes_docs.core.periode import Periode, months_after
from caqes_docs.law.droit.modeles import Certitude

ValeurNoeud: TypeAlias = Decimal | bool | str | dt.date | None

CONTEXTE = Context(prec=50, rounding=ROUND_HALF_UP)
_CENTIME = Decimal("0.01")
_POUSSIERE = Decimal("1E-12")


class Nature(enum.StrEnum):
    """What a value is, hence how it is written."""

    EURO = "euro"
    TAUX = "taux"
    NOMBRE = "nombre"
    OUI_NON = "oui_non"
    TEXTE = "texte"
    DATE = "date"


class Operation(enum.StrEnum):
    """How a value was obtained."""

    ENTREE = "entree"
    PARAMETRE = "parametre"
    CONSTANTE = "constante"
    SOMME = "somme"
    DIFFERENCE = "difference"
    PRODUIT = "produit"
    QUOTIENT = "quotient"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    OPPOSE = "oppose"
    ARRONDI = "arrondi"
    TRONQUE = "tronque"
    """To the cent below: what a maximum allows."""
    ENTIER_INFERIEUR = "entier_inferieur"
    ENTIER_SUPERIEUR = "entier_superieur"
    ENTIER_PROCHE = "entier_proche"
    AU_PLUS = "au_plus"
    AU_MOINS = "au_moins"
    SUPERIEUR = "superieur"
    INFERIEUR = "inferieur"
    EGAL = "egal"
    CLASSE = "classe"
    """A class at least as good as another: A is the best."""
    ET = "et"
    OU = "ou"
    NON = "non"
    SI = "si"
    MOIS_APRES = "mois_apres"
    """The day of the same number, so many months later; the last day of a shorter month."""
    JOURS_APRES = "jours_apres"
    PLUS_TARD = "plus_tard"
    """The latest of several days."""
    AVANT_OU_LE = "avant_ou_le"
    """A day that does not come after another."""


FEUILLES = frozenset({Operation.ENTREE, Operation.PARAMETRE, Operation.CONSTANTE})


@dataclass(frozen=True, slots=True)
class Fondement:
    """On what ground a step stands.

    `regle` is the rule of the rulebook (« R-TRA-1 »), `references` are ids of the register of
    texts, `source` says where in them (« contrat type, art. 6 »). One with a `cle` is written in
    `droit/fondements.yaml` of the library, where `law.calcul.fondements` reads it.
    """

    regle: str
    source: str
    certitude: Certitude
    references: tuple[str, ...] = ()
    cle: str = ""


@dataclass(frozen=True, slots=True)
class Noeud:
    """One step: its words, its value, the steps it comes from, its ground.

    `valeur` is None when it cannot be known; `motif` then says why. `origine` is the
    `file:line:column` of an input or of a parameter.
    """

    operation: Operation
    libelle: str
    nature: Nature
    valeur: ValeurNoeud
    operandes: tuple[Noeud, ...] = ()
    fondement: Fondement | None = None
    origine: str = ""
    motif: str = ""
    periode: Periode | None = None
    """When a parameter has that value."""

    @property
    def nombre(self) -> Decimal:
        """The value as a Decimal.

        Raises:
            TypeError: the value is not a number, or is not known.
        """
        if not isinstance(self.valeur, Decimal):
            raise TypeError(f"{self.libelle}: {self.valeur!r}")
        return self.valeur

    @property
    def jour(self) -> dt.date | None:
        """The value as a day; None when it is not known.

        Raises:
            TypeError: the value is not a day.
        """
        return None if self.valeur is None else _day(self.valeur)

    @property
    def is_known(self) -> bool:
        """Whether the value is known."""
        return self.valeur is not None

    def with_ground(self, fondement: Fondement) -> Noeud:
        """The same step on that ground."""
        return replace(self, fondement=fondement)


# --------------------------------------------------------------------------------------------
# Leaves


def entree(
    libelle: str,
    valeur: ValeurNoeud,
    nature: Nature,
    origine: str,
    *,
    motif: str = "",
    fondement: Fondement | None = None,
) -> Noeud:
    """A datum of a dossier or of an evaluation; `motif` says why it is not known, if it is not."""
    pourquoi = motif if valeur is None else ""
    return Noeud(Operation.ENTREE, libelle, nature, valeur, (), fondement, origine, pourquoi)


def parametre(
    libelle: str,
    valeur: Decimal | str,
    nature: Nature,
    origine: str,
    fondement: Fondement,
    periode: Periode | None = None,
) -> Noeud:
    """A dated value of the law."""
    return Noeud(
        Operation.PARAMETRE, libelle, nature, valeur, (), fondement, origine, periode=periode
    )


def constante(
    libelle: str, valeur: ValeurNoeud, nature: Nature, fondement: Fondement, motif: str = ""
) -> Noeud:
    """A value that the rule itself holds (a zero, a whole), or why it holds none."""
    return Noeud(Operation.CONSTANTE, libelle, nature, valeur, (), fondement, "", motif)


# --------------------------------------------------------------------------------------------
# Steps


def compute(
    operation: Operation,
    libelle: str,
    nature: Nature,
    operandes: Sequence[Noeud],
    fondement: Fondement | None = None,
) -> Noeud:
    """The step `operation` on `operandes`; not known when an operand that it needs is not."""
    valeur = apply(operation, [operande.valeur for operande in operandes])
    motif = ""
    if valeur is None:
        motif = next((o.motif or o.libelle for o in operandes if not o.is_known), "")
        if not motif:
            motif = "le dénominateur est nul"
    return Noeud(operation, libelle, nature, valeur, tuple(operandes), fondement, "", motif)


def apply(operation: Operation, valeurs: Sequence[ValeurNoeud]) -> ValeurNoeud:
    """The value of `operation` on `valeurs`; None when it cannot be known.

    >>> apply(Operation.QUOTIENT, [Decimal(1), Decimal(0)]) is None
    True
    >>> apply(Operation.ET, [False, None]), apply(Operation.ET, [True, None])
    (False, None)
    """
    if operation is Operation.SI:
        condition, alors, sinon = valeurs
        return None if condition is None else (alors if condition else sinon)
    if operation in (Operation.ET, Operation.OU):
        return _logic(operation, valeurs)
    if any(valeur is None for valeur in valeurs):
        return None
    if operation in _DIRECTES:
        return _DIRECTES[operation](valeurs)
    nombres = [_number(valeur) for valeur in valeurs]
    if operation in _COMPARAISONS:
        return _COMPARAISONS[operation](nombres[0], nombres[1])
    return _ARITHMETIQUE[operation](nombres)


def _logic(operation: Operation, valeurs: Sequence[ValeurNoeud]) -> bool | None:
    """`et` and `ou`: an unknown answer leaves the whole unknown unless the others decide."""
    decisif = operation is Operation.OU
    if any(valeur is decisif for valeur in valeurs):
        return decisif
    return None if any(valeur is None for valeur in valeurs) else not decisif


def _number(valeur: ValeurNoeud) -> Decimal:
    if not isinstance(valeur, Decimal):
        raise TypeError(f"un nombre est attendu, non {valeur!r}")
    return valeur


def _day(valeur: ValeurNoeud) -> dt.date:
    if not isinstance(valeur, dt.date):
        raise TypeError(f"un jour est attendu, non {valeur!r}")
    return valeur


def _sum(nombres: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for nombre in nombres:
        total = CONTEXTE.add(total, nombre)
    return total


def _product(nombres: Sequence[Decimal]) -> Decimal:
    produit = Decimal(1)
    for nombre in nombres:
        produit = CONTEXTE.multiply(produit, nombre)
    return produit


def _whole(nombre: Decimal, sens: str) -> Decimal:
    """A whole number; the dust of a quotient that does not end counts for nothing."""
    return nombre.quantize(_POUSSIERE, ROUND_HALF_UP, CONTEXTE).quantize(Decimal(1), sens, CONTEXTE)


def _quotient(nombres: Sequence[Decimal]) -> Decimal | None:
    return None if nombres[1] == 0 else CONTEXTE.divide(nombres[0], nombres[1])


_COMPARAISONS: dict[Operation, Callable[[Decimal, Decimal], bool]] = {
    Operation.AU_PLUS: lambda a, b: a <= b,
    Operation.AU_MOINS: lambda a, b: a >= b,
    Operation.SUPERIEUR: lambda a, b: a > b,
    Operation.INFERIEUR: lambda a, b: a < b,
}
_DIRECTES: dict[Operation, Callable[[Sequence[ValeurNoeud]], ValeurNoeud]] = {
    Operation.NON: lambda v: not v[0],
    Operation.EGAL: lambda v: v[0] == v[1],
    Operation.CLASSE: lambda v: str(v[0]) <= str(v[1]),
    Operation.MOIS_APRES: lambda v: months_after(_day(v[0]), int(_number(v[1]))),
    Operation.JOURS_APRES: lambda v: _day(v[0]) + dt.timedelta(int(_number(v[1]))),
    Operation.PLUS_TARD: lambda v: max(map(_day, v)),
    Operation.AVANT_OU_LE: lambda v: _day(v[0]) <= _day(v[1]),
}
_ARITHMETIQUE: dict[Operation, Callable[[Sequence[Decimal]], Decimal | None]] = {
    Operation.SOMME: _sum,
    Operation.DIFFERENCE: lambda n: CONTEXTE.subtract(n[0], n[1]),
    Operation.PRODUIT: _product,
    Operation.QUOTIENT: _quotient,
    Operation.MINIMUM: min,
    Operation.MAXIMUM: max,
    Operation.OPPOSE: lambda n: CONTEXTE.minus(n[0]),
    Operation.ENTIER_INFERIEUR: lambda n: _whole(n[0], ROUND_FLOOR),
    Operation.ENTIER_SUPERIEUR: lambda n: _whole(n[0], ROUND_CEILING),
    Operation.ENTIER_PROCHE: lambda n: _whole(n[0], ROUND_HALF_UP),
    Operation.TRONQUE: lambda n: n[0].quantize(_CENTIME, ROUND_DOWN, CONTEXTE),
    Operation.ARRONDI: lambda n: n[0].quantize(_CENTIME, ROUND_HALF_UP, CONTEXTE),
}


def si(libelle: str, condition: Noeud, alors: Noeud, sinon: Noeud, fondement: Fondement) -> Noeud:
    """`alors` where `condition` holds, else `sinon`; its nature is theirs."""
    return compute(Operation.SI, libelle, alors.nature, (condition, alors, sinon), fondement)


def arrondi(libelle: str, montant: Noeud, fondement: Fondement) -> Noeud:
    """The amount to the cent, half up: done once, at the very end."""
    return compute(Operation.ARRONDI, libelle, Nature.EURO, (montant,), fondement)


# --------------------------------------------------------------------------------------------
# Walks


def replay(noeud: Noeud) -> ValeurNoeud:
    """The value worked out again from the leaves of `noeud` alone."""
    if noeud.operation in FEUILLES:
        return noeud.valeur
    return apply(noeud.operation, [replay(operande) for operande in noeud.operandes])


def iter_noeuds(noeud: Noeud) -> Iterator[Noeud]:
    """Every step below `noeud` and itself, operands first; a shared step each time it is used."""
    for operande in noeud.operandes:
        yield from iter_noeuds(operande)
    yield noeud
