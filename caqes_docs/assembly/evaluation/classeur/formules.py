"""The steps of a computation as the live formulas of a workbook.

A value that is not known is the error `#N/A`, which every formula hands on; only `et`, `ou` and
`si` may do without it, exactly as `law.calcul.noeud` does. A workbook counts in binary, with some
fifteen digits: what decides something (a rounding, a comparison) first drops the dust that this
leaves, so that half a cent stays half a cent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caqes_docs.law.calcul.noeud import FEUILLES, Nature, Noeud, Operation

NON_EVALUABLE = "non évaluable"
DECIMALES_DU_MONTANT = 7
"""Decimals kept before an amount is rounded: dust is far below, and half a cent far above."""
_DECIMALES = {Nature.EURO: 7, Nature.NOMBRE: 9, Nature.TAUX: 12, Nature.DATE: 0}
_AU_PLUS_D_ARGUMENTS = 100
"""A program takes no more than 255 in one call."""
_COMPARAISONS = {
    Operation.AU_PLUS: "<=",
    Operation.AU_MOINS: ">=",
    Operation.SUPERIEUR: ">",
    Operation.INFERIEUR: "<",
    Operation.EGAL: "=",
    Operation.AVANT_OU_LE: "<=",
}


def write_leaf(nature: Nature, donnee: str) -> str:
    """The value of the datum typed in the cell `donnee`: what is not of its kind is not known.

    >>> write_leaf(Nature.EURO, "C2")
    'IF(ISNUMBER(C2),C2,NA())'
    """
    if nature is Nature.TEXTE:
        return f'IF(ISTEXT({donnee}),IF({donnee}="{NON_EVALUABLE}",NA(),{donnee}),NA())'
    essai = "ISLOGICAL" if nature is Nature.OUI_NON else "ISNUMBER"
    return f"IF({essai}({donnee}),{donnee},NA())"


def write_formula(noeud: Noeud, cases: Sequence[str]) -> str:
    """The formula of a step whose operands are in `cases`.

    Raises:
        ValueError: the step is a leaf.
    """
    if noeud.operation in FEUILLES:
        raise ValueError(noeud.libelle)
    if noeud.operation in _COMPARAISONS:
        return _comparison(noeud, cases)
    if noeud.operation is Operation.QUOTIENT:
        haut, bas = cases
        decimales = _DECIMALES[noeud.operandes[1].nature]
        return f"IF(ROUND({bas},{decimales})=0,NA(),{haut}/{bas})"
    return _ECRITURES[noeud.operation](cases)


def _comparison(noeud: Noeud, cases: Sequence[str]) -> str:
    un, deux = cases
    signe = _COMPARAISONS[noeud.operation]
    natures = [operande.nature for operande in noeud.operandes]
    if Nature.TEXTE in natures:
        return f"EXACT({un},{deux})"
    if Nature.OUI_NON in natures:
        return f"{un}{signe}{deux}"
    decimales = min(_DECIMALES[nature] for nature in natures)
    return f"ROUND({un}-{deux},{decimales}){signe}0"


def _call(fonction: str, termes: Sequence[str]) -> str:
    """A call, in several storeys where there are many terms."""
    if len(termes) > _AU_PLUS_D_ARGUMENTS:
        pas = range(0, len(termes), _AU_PLUS_D_ARGUMENTS)
        termes = [_call(fonction, termes[rang : rang + _AU_PLUS_D_ARGUMENTS]) for rang in pas]
    return f"{fonction}({','.join(termes)})"


def _call_on(fonction: str) -> Callable[[Sequence[str]], str]:
    return lambda cases: _call(fonction, cases)


def _and(cases: Sequence[str]) -> str:
    """False as soon as one answer is; otherwise not known as soon as one is not."""
    fausses = [f"IF(ISNA({case}),FALSE,NOT({case}))" for case in cases]
    return f"IF({_call('OR', fausses)},FALSE,{_call('AND', cases)})"


def _or(cases: Sequence[str]) -> str:
    """True as soon as one answer is; otherwise not known as soon as one is not."""
    vraies = [f"IF(ISNA({case}),FALSE,{case})" for case in cases]
    return f"IF({_call('OR', vraies)},TRUE,{_call('OR', cases)})"


def _round(cases: Sequence[str]) -> str:
    """To the cent, half a cent away from zero, once the dust is dropped."""
    return f"ROUND(ROUND({cases[0]},{DECIMALES_DU_MONTANT}),2)"


def _cut(cases: Sequence[str]) -> str:
    """To the cent towards zero: just less than half a cent is taken off, then it is rounded.

    What is not taken off makes up for dust. ROUNDDOWN is not used: LibreOffice rounds
    10 474 667,5399 up with it.
    """
    return f"ROUND({cases[0]}-SIGN({cases[0]})*0.00499995,2)"


_ECRITURES: dict[Operation, Callable[[Sequence[str]], str]] = {
    # « + », not SUM: a text typed over a value must be an error, not nothing.
    Operation.SOMME: "+".join,
    Operation.DIFFERENCE: "-".join,
    Operation.PRODUIT: "*".join,
    Operation.MINIMUM: _call_on("MIN"),
    Operation.MAXIMUM: _call_on("MAX"),
    Operation.PLUS_TARD: _call_on("MAX"),
    Operation.MOIS_APRES: _call_on("EDATE"),
    Operation.JOURS_APRES: "+".join,
    Operation.OPPOSE: lambda cases: f"-{cases[0]}",
    Operation.ARRONDI: _round,
    Operation.TRONQUE: _cut,
    Operation.ENTIER_INFERIEUR: lambda cases: f"ROUND({cases[0]}-0.49999999,0)",
    Operation.ENTIER_SUPERIEUR: lambda cases: f"ROUND({cases[0]}+0.49999999,0)",
    Operation.ENTIER_PROCHE: lambda cases: f"ROUND({cases[0]},0)",
    Operation.CLASSE: lambda cases: f"CODE({cases[0]})<=CODE({cases[1]})",
    Operation.ET: _and,
    Operation.OU: _or,
    Operation.NON: lambda cases: f"NOT({cases[0]})",
    Operation.SI: _call_on("IF"),
}


# --------------------------------------------------------------------------------------------
# Rows


@dataclass(frozen=True)
class LigneEtape:
    """A step on its row: its rank among steps, and the rows of its operands."""

    rang: int
    noeud: Noeud
    operandes: tuple[int, ...]


class RegistreEtapes:
    """Steps that get a rank the first time they are met; two that say the same are one.

    An input used by several amounts must stand once: whoever changes it changes them all.
    """

    def __init__(self) -> None:
        self._rangs: dict[tuple[object, ...], int] = {}
        self._vus: dict[int, tuple[Noeud, int]] = {}

    def add(self, racine: Noeud) -> tuple[list[LigneEtape], int]:
        """The steps that `racine` adds, operands first, and its own rank."""
        lignes: list[LigneEtape] = []
        return lignes, self._add(racine, lignes)

    def _add(self, noeud: Noeud, lignes: list[LigneEtape]) -> int:
        vu = self._vus.get(id(noeud))
        if vu is not None:
            return vu[1]
        operandes = tuple(self._add(operande, lignes) for operande in noeud.operandes)
        cle = (*_identity(noeud), operandes)
        rang = self._rangs.get(cle)
        if rang is None:
            rang = self._rangs[cle] = len(self._rangs) + 1
            lignes.append(LigneEtape(rang, noeud, operandes))
        # The step is kept with its rank, so that its id is not given to another.
        self._vus[id(noeud)] = (noeud, rang)
        return rang


def _identity(noeud: Noeud) -> tuple[object, ...]:
    """What makes a step itself, its operands apart; 1 and « oui » are not the same."""
    return (
        noeud.operation,
        noeud.libelle,
        noeud.nature,
        type(noeud.valeur).__name__,
        noeud.valeur,
        noeud.fondement,
        noeud.origine,
        noeud.motif,
    )
