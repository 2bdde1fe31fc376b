"""Whether the printed words of an avenant make of state A what state B says, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.review.amendement.application import Consolidation
from caqes_docs.review.amendement.blocs import read_statements
from caqes_docs.review.amendement.etat import EtatLu
from caqes_docs.review.amendement.grammaire import Grammaire
from caqes_docs.review.amendement.lexique import OperationLue


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
