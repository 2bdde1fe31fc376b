"""Expressions written back as they read in a clause, for the messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes

_OPERATEURS = {"eq": "==", "ne": "!=", "in": "in", "notin": "not in", "lt": "<", "gt": ">"}


def spelt(expr: nodes.Node) -> str:
    """An expression as it reads in the clause; « … » for what clauses may not write."""
    ecriture = _ECRITURES.get(type(expr))
    return ecriture(expr) if ecriture is not None else "…"


def _compare(expr: nodes.Compare) -> str:
    suites = (f"{_OPERATEURS.get(o.op, o.op)} {spelt(o.expr)}" for o in expr.ops)
    return f"{spelt(expr.expr)} {' '.join(suites)}"


def _sequence(expr: nodes.List | nodes.Tuple) -> str:
    return f"[{', '.join(map(spelt, expr.items))}]"


_ECRITURES: Mapping[type[nodes.Node], Callable[[Any], str]] = {
    nodes.Name: lambda e: str(e.name),
    nodes.Const: lambda e: repr(e.value),
    nodes.Getattr: lambda e: f"{spelt(e.node)}.{e.attr}",
    nodes.Getitem: lambda e: f"{spelt(e.node)}[{spelt(e.arg)}]",
    nodes.Filter: lambda e: f"{spelt(e.node)} | {e.name}",
    nodes.Call: lambda e: f"{spelt(e.node)}({', '.join(map(spelt, e.args))})",
    nodes.Not: lambda e: f"not {spelt(e.node)}",
    nodes.And: lambda e: f"{spelt(e.left)} and {spelt(e.right)}",
    nodes.Or: lambda e: f"{spelt(e.left)} or {spelt(e.right)}",
    nodes.Compare: _compare,
    nodes.List: _sequence,
    nodes.Tuple: _sequence,
}
