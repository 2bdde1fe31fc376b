"""Whether the printed words of an avenant make of state A what state B says, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.review.amendement.application import Consolidation
from caqes_docs.review.amendement.blocs import read_statements
from caqes_docs.review.amendement.etat import EtatLu
from caqes_docs.review.amendement.grammaire import Grammaire, OperationLue


def read_state(document: doc.Document, mots: Formules) -> EtatLu:
    """A state as a reader of acts sees it."""
    return EtatLu(document, mots.entete, mots.couverture, mots.noms)


def read_articles(
    etat: EtatLu, articles: Sequence[Sequence[str]], mots: Formules
) -> list[OperationLue]:
    """What the lines of each amending article, its heading apart, say of a state.

    Raises:
        IllisibleError: a sentence is not of the grammar, or designates nothing.
    """
    grammar = Grammaire(etat, mots)
    return [one for lignes in articles for one in grammar.read(read_statements(lignes))]


def consolidated_lines(
    etat: EtatLu, operations: Sequence[OperationLue], annexes: Mapping[str, Sequence[str]]
) -> list[str]:
    """The lines of the act once the operations have effect; `annexes`: those joined, by number.

    Raises:
        IllisibleError: a passage is not found once, or two sentences amend one place.
    """
    return Consolidation(etat, annexes).lines(operations)


_ARTICLE = re.compile(r"Article[ \u00a0](\S+)[ \u00a0]?: (.+)|Article[ \u00a0](\S+)")
_ANNEXE = re.compile(r"Annexe[ \u00a0](\S+)")
_MODIFIE = ("Modification d", "Insertion d", "Suppression d", "Rétablissement d")


def split_act(texte: str) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The amending articles of a whole printed act, and the annexes joined to it, by number."""
    articles: list[list[str]] = []
    annexes: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in texte.splitlines():
        plain = line.replace("\u00a0", " ")
        if found := _ANNEXE.fullmatch(line):
            current = annexes.setdefault(found[1], [line])
        elif plain.startswith("Article ") and " : " in plain:
            amending = plain.partition(" : ")[2].startswith(_MODIFIE)
            current = [] if amending else None
            if current is not None:
                articles.append(current)
        elif current is not None:
            current.append(line)
    return articles, annexes


Touche = tuple[str, int, int, int]
"""A kind of change, the division, and what it touches there."""


def touched_by_reading(etat: EtatLu, operations: Sequence[OperationLue]) -> set[Touche]:
    """What the sentences touch."""
    found: set[Touche] = set()
    for one in operations:
        for rang in one.divisions:
            found |= _touched(etat, one, rang)
    return found


def _touched(etat: EtatLu, one: OperationLue, rang: int) -> set[Touche]:
    match one.genre:
        case "mots" | "phrase":
            return {("mots", rang, -1, -1)} if one.alinea is None else _place(rang, one)
        case "lignes":
            return {("lignes", rang, one.alinea or 0, one.ligne or 0)}
        case "alinéas":
            return {("alinéas", rang, one.alinea or 0, one.fin or 0)}
        case "remplacement" | "annexe" | "suppression":
            fin = rang + 1 if one.genre == "remplacement" else etat.divisions[rang].fin
            return {("division", inside, 0, 0) for inside in range(rang, fin)}
        case "insertion":
            return {("insertion", rang, 0, 0)}
        case _:
            return {("titre", rang, 0, 0)}


def _place(rang: int, one: OperationLue) -> set[Touche]:
    return {("mots", rang, one.alinea or 0, -1 if one.ligne is None else one.ligne)}
