"""The faults of the style sheet of a house style: what a browser would drop without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source


def check_sheet(feuille: str, nom: str) -> Iterator[Constat]:
    """P-011: a malformed rule or declaration of `feuille`, or a block that is not closed."""
    *regles, fin = tinycss2.parse_stylesheet(f"{feuille}\n@fin;", skip_whitespace=True)
    for noeud in _faults(regles):
        yield _fault(
            Source(nom, noeud.source_line, noeud.source_column),
            "La feuille de style a ici une règle mal formée\u00a0: elle serait ignorée.",
            "Écrire «\u00a0sélecteur { propriété: valeur; }\u00a0», chaque guillemet et chaque "
            "parenthèse fermés.",
        )
    if getattr(fin, "at_keyword", None) != "fin":
        yield _fault(
            Source(nom, fin.source_line, fin.source_column),
            "Ce qui commence ici dans la feuille de style n’est jamais fermé\u00a0: la suite "
            "serait ignorée.",
            "Ajouter l’accolade, le guillemet ou la fin de commentaire qui manque.",
        )


def _faults(noeuds: Iterable[Any]) -> Iterator[Any]:
    """The nodes that cannot be read, however deep."""
    for noeud in noeuds:
        if noeud.type == "error":
            yield noeud
        elif noeud.type == "declaration":
            yield from _faults(noeud.value)
        elif getattr(noeud, "content", None) is not None and hasattr(noeud, "prelude"):
            yield from _faults(noeud.prelude)
            yield from _faults(tinycss2.parse_blocks_contents(noeud.content, True, True))


def _fault(source: Source, message: str, remede: str) -> Constat:
    return Constat("P-011", Gravite.ERREUR, source, message, remede)
