"""What is known to be true or false at a place of a clause, from the conditions around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

Connu = Mapping[str, object]
"""Conditions by their written form; « x := » holds the only value that x can have."""

_INVERSES = {"ne": "eq", "notin": "in"}


def assume(expr: nodes.Node, vrai: bool) -> Iterator[tuple[str, object]]:
    """What follows from `expr` being true, or false."""
    if isinstance(expr, nodes.Not):
        yield from assume(expr.node, not vrai)
        return
    if isinstance(expr, nodes.And | nodes.Or):
        if isinstance(expr, nodes.And) is vrai:
            yield from assume(expr.left, vrai)
            yield from assume(expr.right, vrai)
        else:
            yield repr(expr), vrai
        return
    cle, droit = _key(expr)
    yield cle, vrai is droit
    egal = _equal(expr)
    if egal is not None and vrai is droit:
        yield egal


def known(expr: nodes.Node, faits: Connu) -> bool | None:
    """Whether `expr`, without `and`, `or` nor `not` at its head, is already decided."""
    cle, droit = _key(expr)
    if cle in faits:
        return bool(faits[cle]) is droit
    egal = _equal(expr)
    if egal is not None and egal[0] in faits:
        return (faits[egal[0]] == egal[1]) is droit
    return None


def forget(faits: Connu, nom: str) -> dict[str, object]:
    """The facts that say nothing of `nom`, which a loop is about to take."""
    motif = f"Name(name={nom!r},"
    return {cle: valeur for cle, valeur in faits.items() if motif not in cle}


def _key(expr: nodes.Node) -> tuple[str, bool]:
    """The written form of a condition without negation, and whether it was not negated."""
    if isinstance(expr, nodes.Compare) and len(expr.ops) == 1:
        op = expr.ops[0].op
        gauche, droite = repr(expr.expr), repr(expr.ops[0].expr)
        if op in ("eq", "ne"):
            gauche, droite = sorted((gauche, droite))
        return f"{gauche} {_INVERSES.get(op, op)} {droite}", op not in _INVERSES
    return repr(expr), True


def _equal(expr: nodes.Node) -> tuple[str, object] | None:
    """(« x := », 'v') for `x == 'v'` or `x != 'v'`."""
    if not isinstance(expr, nodes.Compare) or len(expr.ops) != 1:
        return None
    if expr.ops[0].op not in ("eq", "ne"):
        return None
    gauche, droite = expr.expr, expr.ops[0].expr
    if isinstance(gauche, nodes.Const):
        gauche, droite = droite, gauche
    return (f"{gauche!r} :=", droite.value) if isinstance(droite, nodes.Const) else None
