"""The faults of the style sheet of a house style: what a browser would drop without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source

SANS_ADRESSE = (
    "Retirer de la feuille de style les «\u00a0url(…)\u00a0» et les «\u00a0@import\u00a0»\u202f; "
    "une image se place dans l’en-tête de charte.docx, d’où elle passe au Word et au PDF."
)
_VISIBLE = 60


def check_sheet(feuille: str, nom: str) -> Iterator[Constat]:
    """P-011: a malformed rule or a block that is not closed; R-202: an address."""
    for adresse, ligne, colonne in iter_addresses(feuille):
        message = f"La feuille de style demande un fichier, ce qui est refusé\u00a0: {adresse}"
        source = Source(nom, ligne, colonne)
        yield Constat("R-202", Gravite.ERREUR, source, message, SANS_ADRESSE)
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


def iter_addresses(feuille: str) -> Iterator[tuple[str, int, int]]:
    """What a sheet would fetch, shortened, with its line and column."""
    regles = tinycss2.parse_stylesheet(feuille, skip_comments=True, skip_whitespace=True)
    for noeud in _all_nodes(regles):
        adresse = _address(noeud)
        if adresse is not None:
            court = adresse if len(adresse) <= _VISIBLE else f"{adresse[:_VISIBLE]}…"
            yield court, noeud.source_line, noeud.source_column


def _address(noeud: Any) -> str | None:
    if noeud.type == "url":
        return str(noeud.value)
    if noeud.type == "function" and noeud.lower_name == "url":
        return "".join(str(n.value) for n in noeud.arguments if n.type == "string")
    if noeud.type == "at-rule" and noeud.lower_at_keyword == "import":
        return "".join(str(n.value) for n in noeud.prelude if n.type == "string") or None
    return None


def _all_nodes(noeuds: Iterable[Any]) -> Iterator[Any]:
    for noeud in noeuds:
        yield noeud
        for dedans in ("prelude", "content", "arguments"):
            yield from _all_nodes(getattr(noeud, dedans, None) or ())


def _fault(source: Source, message: str, remede: str) -> Constat:
    return Constat("P-011", Gravite.ERREUR, source, message, remede)
