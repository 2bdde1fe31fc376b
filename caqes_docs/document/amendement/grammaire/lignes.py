"""The sentences on the rows of a table, which are named by their first words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.lignes import row_name
from caqes_docs.document.amendement.unites import of
from caqes_docs.document.revision.script import Lignes

_SUITE = 3
"""Rows in a row that are named one by one; beyond, the first and the last one are."""


def rows_said(operation: Lignes, tableau: doc.Tableau, table: str) -> str:
    """« la ligne « NAT-3 » du tableau… est remplacée par la ligne suivante : »."""
    debut, count = operation.adresse.chemin[-1], len(operation.avant)
    many = len(operation.apres) > 1
    new = "les lignes suivantes\u00a0:" if many else "la ligne suivante\u00a0:"
    if count:
        s, are = ("", "est") if count == 1 else ("s", "sont")
        rows = _named(tableau, [operation])
        return f"{rows} {of(table)}{{de}} {are} remplacée{s} par {new}"
    if debut == len(tableau.lignes):
        return f"{table}{{de}} est complété par {new}"
    where, rang = ("après", debut - 1) if debut else ("avant", 0)
    come = "sont insérées" if many else "est insérée"
    return f"{where} la ligne {row_name(tableau, rang)} {of(table)}{{de}}, {come} {new}"


def rows_removed(
    operations: Sequence[Lignes], tableau: doc.Tableau, table: str, supprime: str
) -> str:
    """« les lignes « NAT-3 », « NAT-5 » et « NAT-7 » du tableau… sont supprimées »."""
    s, are = ("s", "sont") if sum(len(one.avant) for one in operations) > 1 else ("", "est")
    return f"{_named(tableau, operations)} {of(table)}{{de}} {are} {supprime}e{s}"


def _named(tableau: doc.Tableau, operations: Iterable[Lignes]) -> str:
    names: list[str] = []
    for one in operations:
        debut, count = one.adresse.chemin[-1], len(one.avant)
        mine = [row_name(tableau, rang) for rang in range(debut, debut + count)]
        names += mine if count <= _SUITE else [f"{mine[0]} à {mine[-1]}"]
    if len(names) == 1:
        return f"{'les lignes' if ' à «' in names[0] else 'la ligne'} {names[0]}"
    return f"les lignes {', '.join(names[:-1])} et {names[-1]}"


def rows_alone(tableau: doc.Tableau, lignes: tuple[doc.Ligne, ...]) -> doc.Tableau:
    """Some rows of a table, without its header: that of the contract stands."""
    return doc.Tableau(tableau.colonnes, (), lignes, (), tableau.role)
