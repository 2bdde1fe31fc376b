"""The laws of the script, on random states of random acts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.revision.appliquer import accept, apply, invert, mark, reject
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.revision.script import (
    Changement,
    Numero,
    Passage,
    Remplacement,
    Script,
)
from tests.outils.partage import examples
from tests.outils.revisions import pairs


class DescribeLois:
    """What holds of any two states."""

    @given(pairs())
    @settings(max_examples=examples(120), deadline=None)
    def they_hold(self, etats: tuple[doc.Document, doc.Document]) -> None:
        a, b = etats
        script = compare(a, b)
        after = apply(a, script)
        assert document_key(after) == document_key(b)
        assert bool(script) is (document_key(a) != document_key(b))
        assert document_key(apply(after, invert(a, script))) == document_key(a)
        marked = mark(a, script)
        assert document_key(accept(marked)) == document_key(b)
        assert document_key(reject(marked)) == document_key(a)

    @given(pairs(), st.integers(0, 10**6))
    @settings(max_examples=examples(80), deadline=None)
    def but_no_faulty_script_does(
        self, etats: tuple[doc.Document, doc.Document], rang: int
    ) -> None:
        a, b = etats
        operations = compare(a, b).operations
        assume(operations)
        rang %= len(operations)
        for faulty in _mutants(operations[rang]):
            others = (*operations[:rang], *faulty, *operations[rang + 1 :])
            assert not _proves(a, b, others) or _are_twins(a, operations[rang], faulty), faulty


def _mutants(operation: Changement) -> list[tuple[Changement, ...]]:
    """The operation dropped, doubled, or off by one."""
    adresse = operation.adresse
    found: list[tuple[Changement, ...]] = [(), (operation, operation)]
    for step in (-1, 1):
        if isinstance(operation, Remplacement) and operation.avant:
            moved = replace(adresse, chemin=(*adresse.chemin[:-1], adresse.chemin[-1] + step))
            found.append((replace(operation, adresse=moved),))
        if isinstance(operation, Passage) and operation.fin > operation.debut:
            debut, fin = operation.debut + step, operation.fin + step
            found.append((replace(operation, debut=debut, fin=fin),))
    return found


def _are_twins(a: doc.Document, operation: Changement, moved: tuple[Changement, ...]) -> bool:
    """Whether what is removed stands twice side by side, so that either one may go."""
    if len(moved) != 1 or isinstance(operation, Numero):
        return False
    bare = [_bare(one) for one in (operation, *moved)]
    keys = [document_key(apply(a, Script((one,)))) for one in bare]
    return keys[0] == keys[1]


def _bare(operation: Changement) -> Changement:
    """The operation that removes and puts nothing instead."""
    kind: Any = operation
    return cast("Changement", replace(kind, apres=()))


def _proves(a: doc.Document, b: doc.Document, operations: tuple[Changement, ...]) -> bool:
    """Whether the operations are taken for a script that makes `b` of `a`."""
    try:
        return document_key(apply(a, Script(operations))) == document_key(b)
    except (RevisionError, ValueError):
        return False
