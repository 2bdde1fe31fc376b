"""The types of what clauses write between braces, worked out without any data.

`Typeur` walks the expressions of Jinja's tree. It notes the faults (`Faute`, by line of the text)
and the calls to the law and to other clauses (`Appel`), which other modules check with a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import nodes

from caqes_docs.redaction.controle.expressions.connu import assume, known
from caqes_docs.redaction.controle.expressions.ecriture import spelt
from caqes_docs.redaction.controle.expressions.expressions import (
    Appel,
    Expressions,
    PorteeNoms,
    scope_of,
)
from caqes_docs.redaction.controle.expressions.types import (
    TypeEcrit,
    TypeExpr,
    constant_truth,
    element_of,
    quoted,
    words_of,
    wrong_equality,
)


@dataclass
class Typeur(Expressions):
    """Types the expressions and the conditions of one text."""

    def condition(self, expr: nodes.Node, portee: PorteeNoms) -> None:
        """Check a condition, down to its smallest parts."""
        if isinstance(expr, nodes.Not):
            self.condition(expr.node, portee)
        elif isinstance(expr, nodes.And | nodes.Or):
            self.condition(expr.left, portee)
            avant = self.faits
            self.faits = {**avant, **dict(assume(expr.left, isinstance(expr, nodes.And)))}
            self.condition(expr.right, portee)
            self.faits = avant
        elif isinstance(expr, nodes.Compare):
            if not self._already(expr):
                self._compare(expr, portee)
        elif not self._already(expr):
            self._truth(expr, portee)

    def _already(self, expr: nodes.Node) -> bool:
        connu = known(expr, self.faits)
        if connu is None:
            return False
        mot = "vraie" if connu else "fausse"
        self.fault(
            "C-047",
            expr,
            f"Cette condition est toujours {mot} ici, d’après celles qui l’entourent ou la "
            "précèdent.",
            "Retirer la condition, ou corriger celle qui la décide.",
        )
        return True

    def _truth(self, expr: nodes.Node, portee: PorteeNoms) -> None:
        types = self.alternatives(expr, portee)
        verites = {constant_truth(type_) for type_ in types}
        if len(verites) == 1 and (verite := verites.pop()) is not None:
            mot = "vraie" if verite else "fausse"
            self.fault(
                "C-047",
                expr,
                f"La condition {quoted(spelt(expr))} est toujours {mot}.",
                "Retirer la condition, ou comparer la donnée à une valeur.",
            )

    def _compare(self, expr: nodes.Compare, portee: PorteeNoms) -> None:
        gauche = self.alternatives(expr.expr, portee)
        for operande in expr.ops:
            droite = self.alternatives(operande.expr, portee)
            if operande.op in ("eq", "ne"):
                if operande.expr == expr.expr:
                    self.fault(
                        "C-047",
                        expr,
                        "Une donnée est comparée à elle-même.",
                        "Corriger l’un des deux côtés.",
                    )
                self._equality(expr, gauche, droite)
            elif operande.op in ("in", "notin"):
                self._membership(expr, gauche, droite)
            else:
                self.fault(
                    "C-046",
                    expr,
                    "Une clause ne compare que par ==, != et in.",
                    "Écrire la condition autrement, ou dater deux rédactions.",
                )

    def _equality(
        self, expr: nodes.Compare, gauche: Iterable[TypeExpr], droite: Iterable[TypeExpr]
    ) -> None:
        for a in gauche:
            for b in droite:
                faute = wrong_equality(a, b)
                if faute is not None:
                    self.fault(faute[0], expr, faute[1], faute[2], spelt(expr.expr))

    def _membership(
        self, expr: nodes.Compare, gauche: Iterable[TypeExpr], droite: Iterable[TypeExpr]
    ) -> None:
        for type_ in droite:
            if type_.nature is TypeEcrit.LISTE:
                assert isinstance(type_.valeur, tuple)
                self._equality(expr, gauche, type_.valeur)
            elif type_.champ is not None and type_.champ.sorte == "liste":
                element = element_of(type_)
                assert element is not None
                self._equality(expr, gauche, (element,))
            elif type_.nature is not TypeEcrit.INCONNU and (
                type_.champ is None or type_.champ.sorte != "table"
            ):
                self.fault(
                    "C-048",
                    expr,
                    f"{quoted('in')} cherche dans une liste, or c’est ici {words_of(type_)}.",
                    "Écrire une liste à droite, ou comparer par ==.",
                )


__all__ = ["Appel", "PorteeNoms", "scope_of"]
