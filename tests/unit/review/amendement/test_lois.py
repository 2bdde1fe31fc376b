"""The laws of an avenant, on random contracts that random negotiations change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.avenant import Amendement, build_amendment
from caqes_docs.document.amendement.formules import FORMULES
from caqes_docs.document.amendement.rangements import with_signs_of
from caqes_docs.document.revision.alineas import ordinal
from caqes_docs.document.revision.appliquer import accept, apply, invert, mark, reject
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.revision.script import Changement, Passage, Remplacement, Script
from caqes_docs.document.texte import blocks_text
from caqes_docs.review.amendement.blocs import IllisibleError
from caqes_docs.review.amendement.preuve import consolidated_lines, read_articles, read_state
from tests.outils.amendements import Negociation
from tests.outils.partage import examples
from tests.outils.tirages import GRAINES

Lignes = list[list[str]]


def printed(made: Amendement) -> tuple[Lignes, dict[str, list[str]]]:
    """The words of the amending articles, and of the annexes joined to them."""
    articles = [blocks_text(one.blocs).splitlines() for one in made.articles]
    annexes = {
        section.titre.numero.split("\u00a0")[-1]: blocks_text((section,)).splitlines()
        for one in made.articles
        for section in one.annexes
    }
    return articles, annexes


def read(a: doc.Document, articles: Lignes, annexes: dict[str, list[str]]) -> list[str]:
    """What the printed words make of `a`."""
    etat = read_state(a, FORMULES)
    return consolidated_lines(etat, read_articles(etat, articles, FORMULES), annexes)


def negotiated(graine: int) -> tuple[doc.Document, doc.Document, Negociation]:
    """A contract, what becomes of it, and who negotiates."""
    GRAINES.append(graine)
    parties = Negociation(graine)
    a = parties.contract()
    return a, parties.amended(a, parties.chance.randint(1, 6)), parties


class DescribeLois:
    """What holds of every avenant."""

    @given(st.integers(0, 10**6))
    @settings(max_examples=examples(500), deadline=None)
    def they_hold(self, graine: int) -> None:
        a, b, _ = negotiated(graine)
        made = build_amendment(a, b)
        after = apply(a, made.script)
        assert document_key(after) == document_key(made.brut)
        if not made.ecartees:
            assert document_key(after) == document_key(with_signs_of(a, b))
        assert document_key(apply(after, invert(a, made.script))) == document_key(a)
        assert read(a, *printed(made)) == read_state(after, FORMULES).lines()
        marked = mark(a, made.script)
        assert document_key(accept(marked)) == document_key(after)
        assert document_key(reject(marked)) == document_key(a)
        told = {id(one) for x in made.articles for group in x.operations for one in group}
        assert told == set(map(id, made.script.operations))

    @given(st.integers(0, 10**6))
    @settings(max_examples=examples(100), deadline=None)
    def and_a_chain_is_the_direct_difference(self, graine: int) -> None:
        a, b, parties = negotiated(graine)
        first = build_amendment(a, b)
        second = build_amendment(first.b, parties.amended(first.b, 3))
        chained = apply(first.b, second.script)
        assert read(first.b, *printed(second)) == read_state(chained, FORMULES).lines()
        assert document_key(apply(a, compare(a, second.b))) == document_key(second.b)

    @given(st.integers(0, 10**6), st.integers(0, 100))
    @settings(max_examples=examples(150), deadline=None)
    def but_no_faulty_script_does(self, graine: int, rang: int) -> None:
        a, b, _ = negotiated(graine)
        made = build_amendment(a, b)
        operations = made.script.operations
        if not operations:
            return
        rang %= len(operations)
        for faulty in _mutants(operations[rang]):
            others = (*operations[:rang], *faulty, *operations[rang + 1 :])
            try:
                after = document_key(apply(a, Script(others)))
            except (RevisionError, ValueError):
                continue
            assert after != document_key(made.brut), faulty

    @given(st.integers(0, 10**6), st.integers(0, 100))
    @settings(max_examples=examples(150), deadline=None)
    def nor_any_faulty_sentence(self, graine: int, rang: int) -> None:
        a, b, _ = negotiated(graine)
        made = build_amendment(a, b)
        articles, annexes = printed(made)
        if not articles:
            return
        rang %= len(articles)
        expected = read_state(made.brut, FORMULES).lines()
        for faulty in _misprints(articles[rang]):
            try:
                got = read(a, [*articles[:rang], *faulty, *articles[rang + 1 :]], annexes)
            except IllisibleError:
                continue
            assert got != expected, faulty


def _mutants(operation: Changement) -> Iterator[tuple[Changement, ...]]:
    """The operation dropped, doubled, or one place further when it takes something away."""
    yield ()
    yield (operation, operation)
    if isinstance(operation, Passage) and operation.avant:
        yield (replace(operation, debut=operation.debut + 1, fin=operation.fin + 1),)
    if isinstance(operation, Remplacement) and operation.avant:
        chemin = operation.adresse.chemin
        moved = replace(operation.adresse, chemin=(*chemin[:-1], chemin[-1] + 1))
        yield (replace(operation, adresse=moved),)


def _misprints(article: list[str]) -> Iterator[Lignes]:
    """The article dropped, doubled, or a rank of it one less or one more."""
    yield []
    yield [article, article]
    for rang, line in enumerate(article):
        found = re.search(r"\b(?:deux|trois|quatr|cinqu|six|sept)ième (?=alinéa|ligne)", line)
        if not found or line.startswith("«"):
            continue
        now = next(k for k in range(1, 9) if ordinal(k) == found[0].strip())
        for other in (now - 1, now + 1):
            word = "première" if other == 1 and "ligne" in line else ordinal(other)
            wrong = f"{line[: found.start()]}{word} {line[found.end() :]}"
            yield [[*article[:rang], wrong, *article[rang + 1 :]]]


class DescribeLecture:
    """What the reader refuses."""

    A = negotiated(8)[0]

    @pytest.mark.parametrize(
        ("phrase", "dit"),
        [
            ("Au troisième alinéa de l’article 99, le mot : « a » est supprimé.", "désigne aucune"),
            ("L’article 1er est prié de changer.", "hors de la grammaire"),
            ("Le vingt-deuxième alinéa de l’article 1er est supprimé.", "pas de vingt-deuxième"),
            ("Au premier alinéa de l’article 1er, le mot : « zut » est supprimé.", "figure 0 fois"),
            ("L’annexe 1 est remplacée par l’annexe 1 jointe au présent avenant.", "pas jointe"),
        ],
    )
    def it_refuses(self, phrase: str, dit: str) -> None:
        with pytest.raises(IllisibleError, match=dit):
            read(self.A, [[phrase]], {})

    def it_refuses_a_quotation_without_an_end(self) -> None:
        lines = ["L’article 1er est complété par un alinéa ainsi rédigé :", "« Sans fin."]
        with pytest.raises(IllisibleError, match="refermée"):
            read(self.A, [lines], {})
