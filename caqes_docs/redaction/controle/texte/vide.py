"""Clauses that would print nothing, always or for some answers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes

from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.expressions.types import Faute

_ATOMES_MAX = 8


def check_emptiness(redaction: Redaction, arbre: nodes.Template) -> Iterator[Faute]:
    """A body that prints nothing, always or for some answers."""
    if redaction.entete.signataires:
        return
    if not any(_printed(arbre)):
        yield Faute(
            "C-021",
            1,
            "La clause est vide\u00a0: elle n’imprime rien.",
            "Lui donner un texte, ou la retirer du plan.",
        )
        return
    atomes = _atoms(arbre)
    if len(atomes) > _ATOMES_MAX or _has_rival_values(arbre):
        return
    for verites in itertools.product((True, False), repeat=len(atomes)):
        if _is_empty(arbre.body, dict(zip(atomes, verites, strict=True))):
            yield Faute(
                "C-021",
                1,
                "Selon les réponses, la clause n’imprime rien, et l’acte ne pourrait pas être "
                "produit.",
                "Ajouter {% else %} avec un texte, ou porter la condition dans «\u00a0si\u00a0».",
                grave=False,
            )
            return


def _printed(arbre: nodes.Template) -> Iterator[bool]:
    for sortie in arbre.find_all(nodes.Output):
        for expr in sortie.nodes:
            yield not isinstance(expr, nodes.TemplateData) or bool(expr.data.strip())


def _atoms(arbre: nodes.Template) -> list[str]:
    """The conditions and the lists that decide what is printed."""
    tests = [*(noeud.test for noeud in arbre.find_all(nodes.If))]
    trouves = [repr(feuille) for test in tests for feuille in _leaves(test)]
    listes = [repr(noeud.iter) for noeud in arbre.find_all(nodes.For)]
    return list(dict.fromkeys([*trouves, *listes]))


def _leaves(test: nodes.Node) -> Iterator[nodes.Node]:
    if isinstance(test, nodes.Not):
        yield from _leaves(test.node)
    elif isinstance(test, nodes.And | nodes.Or):
        yield from _leaves(test.left)
        yield from _leaves(test.right)
    else:
        yield test


def _has_rival_values(arbre: nodes.Template) -> bool:
    """Whether one datum is compared to several values: a truth table would not tell the cases."""
    comparaisons = {repr(noeud): repr(noeud.expr) for noeud in arbre.find_all(nodes.Compare)}
    return len(set(comparaisons.values())) < len(comparaisons)


def _holds(test: nodes.Node, verites: Mapping[str, bool]) -> bool:
    if isinstance(test, nodes.Not):
        return not _holds(test.node, verites)
    if isinstance(test, nodes.And):
        return _holds(test.left, verites) and _holds(test.right, verites)
    if isinstance(test, nodes.Or):
        return _holds(test.left, verites) or _holds(test.right, verites)
    return verites[repr(test)]


def _is_empty(corps: Sequence[nodes.Node], verites: Mapping[str, bool]) -> bool:
    for noeud in corps:
        if isinstance(noeud, nodes.Output):
            if any(not isinstance(e, nodes.TemplateData) or e.data.strip() for e in noeud.nodes):
                return False
        elif isinstance(noeud, nodes.For):
            if not _is_empty(noeud.body if verites[repr(noeud.iter)] else noeud.else_, verites):
                return False
        elif isinstance(noeud, nodes.If) and not _is_empty(_taken(noeud, verites), verites):
            return False
    return True


def _taken(noeud: nodes.If, verites: Mapping[str, bool]) -> Sequence[nodes.Node]:
    for branche in (noeud, *noeud.elif_):
        if _holds(branche.test, verites):
            return branche.body
    return noeud.else_
