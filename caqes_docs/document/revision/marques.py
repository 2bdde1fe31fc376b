"""What a marked document is asked by who prints it."""

from __future__ import annotations

from collections import Counter

from caqes_docs.document import model as doc
from caqes_docs.document.walk import iter_divisions

COMPARAISON = "comparaison"
"""The type, in its properties, of a document that shows two states of an act."""


def is_comparison(document: doc.Document) -> bool:
    """Whether a document is made to show two states of an act."""
    return document.metadonnees.type == COMPARAISON


def moved_anchors(document: doc.Document) -> frozenset[str]:
    """The anchors of the divisions removed from one place and inserted at another."""
    divisions = iter_divisions(document.couverture + document.corps)
    counts = Counter(division.ancre for division in divisions)
    return frozenset(ancre for ancre, count in counts.items() if count > 1)


def kept_block(bloc: doc.Bloc) -> doc.Bloc:
    """The block itself, whether it is tracked or not."""
    return bloc.bloc if isinstance(bloc, doc.BlocSuivi) else bloc
