"""Random trees of computation, and the bound of the dust that binary figures leave in them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from caqes_docs.law.calcul.noeud import (
    FEUILLES,
    Fondement,
    Nature,
    Noeud,
    Operation,
    compute,
    entree,
    iter_noeuds,
)
from caqes_docs.law.droit.modeles import Certitude

_T = TypeVar("_T")
FONDEMENT = Fondement("R-ESSAI", "essai", Certitude.DEDUCTION)
DECIMALES = {Nature.EURO: 7, Nature.NOMBRE: 9, Nature.TAUX: 12}
"""What the mode d’emploi of the workbook announces."""
_ULP = Decimal(2) ** -53
_PRODUITS = (Operation.SOMME, Operation.MINIMUM, Operation.MAXIMUM)
COMPARAISONS = (
    Operation.AU_PLUS,
    Operation.AU_MOINS,
    Operation.SUPERIEUR,
    Operation.INFERIEUR,
    Operation.EGAL,
)
_DEMI_CENTIMES = (
    ("0.005", "1"),
    ("0.015", "1"),
    ("0.125", "0.2"),
    ("0.35", "0.1"),
    ("0.0165", "10"),
    ("0.0007", "50"),
    ("0.33", "0.5"),
)
"""A rate and a base whose odd multiples give half a cent."""


class Draw(Protocol):
    """The function hypothesis gives to a composite strategy."""

    def __call__(self, strategy: st.SearchStrategy[_T], label: Any = None) -> _T: ...


class _Arbre:
    """Draws one tree; leaves are told apart by their number."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._feuilles = 0

    def leaf(self, nature: Nature, valeurs: st.SearchStrategy[Any]) -> Noeud:
        self._feuilles += 1
        valeur = self._draw(valeurs if self._draw(st.integers(0, 9)) else st.none())
        lieu = f"e.yaml:{self._feuilles}:1"
        motif = "inconnu" if valeur is None else ""
        return entree(f"Donnée {self._feuilles}", valeur, nature, lieu, motif=motif)

    def step(self, operation: Operation, nature: Nature, *operandes: Noeud) -> Noeud:
        return compute(operation, f"Étape {operation}", nature, operandes, FONDEMENT)

    def number(self, nature: Nature, profondeur: int) -> Noeud:
        if not profondeur or not self._draw(st.integers(0, 3)):
            return self._number_leaf(nature)
        suite = profondeur - 1
        gestes: list[Callable[[], Noeud]] = [
            lambda: self._several(nature, suite),
            lambda: self.step(
                Operation.DIFFERENCE, nature, self.number(nature, suite), self.number(nature, suite)
            ),
            lambda: self.step(
                Operation.PRODUIT,
                nature,
                self.number(Nature.TAUX, suite),
                self.number(nature, suite),
            ),
            lambda: self.step(Operation.OPPOSE, nature, self.number(nature, suite)),
            lambda: self.step(
                Operation.SI,
                nature,
                self.answer(suite),
                self.number(nature, suite),
                self.number(nature, suite),
            ),
            lambda: self._own(nature, suite),
        ]
        return self._draw(st.sampled_from(gestes))()

    def _number_leaf(self, nature: Nature) -> Noeud:
        if nature is Nature.EURO:
            petits = st.decimals(-100, 100, places=2)
            return self.leaf(nature, petits | st.decimals(0, 99_999_999, places=2))
        return self.leaf(nature, st.decimals(-1, 2, places=2) | st.decimals(0, 1, places=4))

    def _several(self, nature: Nature, suite: int) -> Noeud:
        operation = self._draw(st.sampled_from(_PRODUITS))
        combien = self._draw(st.integers(1, 4))
        return self.step(operation, nature, *(self.number(nature, suite) for _ in range(combien)))

    def _own(self, nature: Nature, suite: int) -> Noeud:
        """What only amounts do, or only rates."""
        if nature is Nature.EURO:
            operation = self._draw(st.sampled_from((Operation.ARRONDI, Operation.TRONQUE)))
            return self.step(operation, nature, self.number(nature, suite))
        sorte = self._draw(st.sampled_from((Nature.EURO, Nature.TAUX)))
        haut, bas = self.number(sorte, suite), self.number(sorte, suite)
        return self.step(Operation.QUOTIENT, nature, haut, bas)

    def answer(self, profondeur: int) -> Noeud:
        if not profondeur:
            return self.leaf(Nature.OUI_NON, st.booleans())
        suite = profondeur - 1
        sorte = self._draw(st.sampled_from(("comparer", "relier", "nier", "classer", "egaler")))
        if sorte == "comparer":
            nature = self._draw(st.sampled_from((Nature.EURO, Nature.TAUX)))
            un = self.number(nature, suite)
            deux = un if self._draw(st.booleans()) else self.number(nature, suite)
            operation = self._draw(st.sampled_from(COMPARAISONS))
            return self.step(operation, Nature.OUI_NON, un, deux)
        if sorte == "relier":
            operation = self._draw(st.sampled_from((Operation.ET, Operation.OU)))
            combien = self._draw(st.integers(1, 3))
            reponses = (self.answer(suite) for _ in range(combien))
            return self.step(operation, Nature.OUI_NON, *reponses)
        if sorte == "nier":
            return self.step(Operation.NON, Nature.OUI_NON, self.answer(suite))
        if sorte == "classer":
            classes = st.sampled_from("ABCDE")
            deux_classes = (self.leaf(Nature.TEXTE, classes), self.leaf(Nature.TEXTE, classes))
            return self.step(Operation.CLASSE, Nature.OUI_NON, *deux_classes)
        textes = st.sampled_from(("oui", "non", "Oui"))
        nature, valeurs = self._draw(
            st.sampled_from(((Nature.TEXTE, textes), (Nature.OUI_NON, st.booleans())))
        )
        paire = (self.leaf(nature, valeurs), self.leaf(nature, valeurs))
        return self.step(Operation.EGAL, Nature.OUI_NON, *paire)


@st.composite
def montants(draw: Draw, profondeur: int = 5) -> Noeud:
    """An amount to the cent, from anything."""
    arbre = _Arbre(draw)
    operation = draw(st.sampled_from((Operation.ARRONDI, Operation.TRONQUE)))
    return arbre.step(operation, Nature.EURO, arbre.number(Nature.EURO, profondeur))


@st.composite
def demi_centimes(draw: Draw) -> Noeud:
    """An amount that lies exactly between two cents before it is rounded."""
    taux, base = map(Decimal, draw(st.sampled_from(_DEMI_CENTIMES)))
    impair = 2 * draw(st.integers(0, 5_000_000)) + 1
    signe = draw(st.sampled_from((1, -1)))
    autre = draw(st.decimals(0, 9_999_999, places=2))
    part = entree("Part", taux, Nature.TAUX, "e.yaml:1:1")
    depenses = (
        entree("Référence", signe * impair * base + autre, Nature.EURO, "e.yaml:2:1"),
        entree("Constatée", autre, Nature.EURO, "e.yaml:3:1"),
    )
    ecart = compute(Operation.DIFFERENCE, "Écart", Nature.EURO, depenses, FONDEMENT)
    produit = compute(Operation.PRODUIT, "Produit", Nature.EURO, (part, ecart), FONDEMENT)
    return compute(Operation.ARRONDI, "Montant", Nature.EURO, (produit,), FONDEMENT)


# --------------------------------------------------------------------------------------------
# Dust


def is_safe(racine: Noeud) -> bool:
    """Whether binary figures decide everything as decimal ones do, whatever the dust.

    Each decision (a rounding, a comparison, a null denominator) must either be exactly a tie, or
    be farther from it than what the formulas drop; and dust must be less than what they drop.
    """
    return all(_is_safe(noeud) for noeud in iter_noeuds(racine))


def _is_safe(noeud: Noeud) -> bool:
    if noeud.operation in (Operation.ARRONDI, Operation.TRONQUE):
        return _is_decided(noeud.operandes[0], Decimal("0.005"), DECIMALES[Nature.EURO])
    if noeud.operation is Operation.QUOTIENT:
        bas = noeud.operandes[1]
        return _is_far(bas.valeur, dust(bas), DECIMALES[bas.nature])
    if noeud.operation in COMPARAISONS:
        un, deux = noeud.operandes
        if isinstance(un.valeur, Decimal) and isinstance(deux.valeur, Decimal):
            poussiere = dust(un) + dust(deux)
            return _is_far(un.valeur - deux.valeur, poussiere, DECIMALES[un.nature])
    return True


def _is_decided(noeud: Noeud, pas: Decimal, decimales: int) -> bool:
    if not isinstance(noeud.valeur, Decimal):
        return True
    reste = noeud.valeur - (noeud.valeur / pas).to_integral_value() * pas
    return abs(noeud.valeur) < 10**7 and _is_far(reste, dust(noeud), decimales)


def _is_far(ecart: object, poussiere: Decimal, decimales: int) -> bool:
    """A gap that is nought, or ten times the last figure kept."""
    if not isinstance(ecart, Decimal):
        return True
    unite = Decimal(1).scaleb(-decimales)
    return poussiere < unite / 3 and (ecart == 0 or abs(ecart) > 10 * unite)


def dust(noeud: Noeud) -> Decimal:
    """How far from its value a step may be, at most, when each figure has 53 binary digits."""
    if not isinstance(noeud.valeur, Decimal):
        return Decimal(0)
    ronde = abs(noeud.valeur) * _ULP
    if noeud.operation in FEUILLES or noeud.operation in (Operation.ARRONDI, Operation.TRONQUE):
        return ronde
    if noeud.operation is Operation.SI:
        return dust(noeud.operandes[1 if noeud.operandes[0].valeur else 2])
    valeurs = [abs(operande.nombre) for operande in noeud.operandes]
    poussieres = [dust(operande) for operande in noeud.operandes]
    if noeud.operation is Operation.PRODUIT:
        un, deux = poussieres
        return valeurs[0] * deux + valeurs[1] * un + un * deux + ronde
    if noeud.operation is Operation.QUOTIENT:
        return (poussieres[0] + abs(noeud.valeur) * poussieres[1]) / (
            valeurs[1] - poussieres[1]
        ) + ronde
    if noeud.operation in (Operation.SOMME, Operation.DIFFERENCE):
        return sum(poussieres, Decimal(0)) + len(valeurs) * sum(valeurs, Decimal(0)) * _ULP
    return max(poussieres)
