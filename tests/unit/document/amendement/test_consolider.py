"""The consolidated version: its notes, its lines, its signs, and nothing that no act says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.amendement.consolider import ActeModificatif, consolider, state_after
from caqes_docs.document.revision.appliquer import mark, reject
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import iter_divisions
from tests.outils.amendements import Negociation
from tests.outils.revisions import act, article, items, paragraph

BASE = "contrat CAQES-1 signé le 19\u00a0décembre\u00a02017"
ANNEES = (2019, 2020, 2021)
ALINEAS = tuple(paragraph(f"Alinéa {rang} du contrat, qui reste.") for rang in "abcd")


def signed(states: Sequence[doc.Document]) -> list[ActeModificatif]:
    """The avenants that lead from each state to the next one."""
    acts: list[ActeModificatif] = []
    vacant: frozenset[str] = frozenset()
    state = states[0]
    for rang, after in enumerate(states[1:], 1):
        made = build_amendment(state, after, vacants=vacant)
        numbers = tuple(f"article\u00a0{k + 2}" for k in range(len(made.articles)))
        effet = dt.date(ANNEES[rang - 1], 1, 1)
        acts.append(
            ActeModificatif(
                f"l’avenant n°\u00a0{rang}",
                dt.date(effet.year - 1, 11, 5),
                effet,
                made.script,
                made.articles,
                numbers,
            )
        )
        gone = {one.titre.numero for one in iter_divisions(state.corps) if one.titre}
        kept = {one.titre.numero for one in iter_divisions(made.b.corps) if one.titre}
        vacant, state = vacant | frozenset(gone - kept), made.b
    return acts


def lines(*states: doc.Document) -> list[str]:
    """The consolidated version of the last state."""
    made = consolider(states[0], BASE, signed(states), dt.date(2021, 6, 1))
    return document_text(made).replace("\u00a0", " ").splitlines()


class DescribeNotes:
    """What is said under each article."""

    A = act(article("1er", *ALINEAS), article("2", *ALINEAS), article("3", *ALINEAS))

    def it_says_which_act_and_when(self) -> None:
        b = act(article("1er", *ALINEAS), article("2", *ALINEAS[1:]), article("3", *ALINEAS))
        said = lines(self.A, b)
        assert said[0] == (
            "Version consolidée au 1er juin 2021 – contrat CAQES-1 signé le 19 décembre 2017, "
            "modifié par l’avenant n° 1, signé le 5 novembre 2018, effet le 1er janvier 2019. "
            "Document d’information : seuls les actes signés font foi."
        )
        rang = said.index("Article 2 : Objet")
        assert said[rang + 1] == "Modifié par l’avenant n° 1, article 2, effet le 1er janvier 2019."
        assert said.count("Alinéa a du contrat, qui reste.") == 2

    def it_keeps_the_line_of_what_is_removed(self) -> None:
        said = lines(self.A, act(self.A.corps[0], self.A.corps[2]))
        rang = said.index(
            "Article 2 : (supprimé par l’avenant n° 1, article 2, effet le 1er janvier 2019)"
        )
        assert said[rang + 1] == "Article 3 : Objet"

    def it_shows_both_when_an_article_comes_back(self) -> None:
        back = article("2", paragraph("Revenu."))
        b, c = act(self.A.corps[0], self.A.corps[2]), act(self.A.corps[0], back, self.A.corps[2])
        acts = signed((self.A, b, c))
        assert "est ainsi rétabli" in document_text(act(*acts[1].articles[0].blocs))
        said = lines(self.A, b, c)
        rang = said.index("Article 2 : Objet")
        assert [line.split(",")[0] for line in said[rang + 1 : rang + 3]] == [
            "Supprimé par l’avenant n° 1",
            "Rétabli par l’avenant n° 2",
        ]
        assert not any("(supprimé" in line for line in said)

    def it_bears_no_signature(self) -> None:
        box = doc.BlocSignature((doc.Signataire((), (), (doc.Texte("Mme X"),), "S1"),))
        end = (doc.Paragraphe((doc.Texte("Fait à Portclair"),), "fait_a"), box)
        b = act(article("1er", *ALINEAS[1:]), *end)
        said = lines(act(article("1er", *ALINEAS), *end), b)
        assert "Mme X" not in said
        assert "Fait à Portclair" not in said


class DescribeListes:
    """The signs that end the items of a list."""

    A = act(article("2", ALINEAS[0], ALINEAS[1], items("un\u202f;", "deux\u202f;", "trois.")))

    @pytest.mark.parametrize("ranged", [True, False])
    def it_tidies_and_says_so(self, ranged: bool) -> None:
        last = "deux." if ranged else "deux\u202f;"
        b = act(article("2", ALINEAS[0], ALINEAS[1], items("un\u202f;", last)))
        made = build_amendment(self.A, b)
        (removed,) = made.script.operations
        assert document_text(act(*made.articles[0].blocs)).strip().endswith("est supprimé.")
        assert not made.ecartees
        assert document_key(reject(mark(self.A, made.script))) == document_key(self.A)
        said = lines(self.A, b)
        assert "• deux." in said
        assert said[-1] == "• article 2 : « deux\u202f; » finit par « . »"
        assert removed.adresse.ancre == "_cl_2"


class DescribeRien:
    """What it never does."""

    def it_refuses_an_act_of_another_state(self) -> None:
        a, b, c = (
            act(article("1er", paragraph(f"Le contrat dit {x} aux parties."))) for x in "abc"
        )
        first, _ = signed((a, b, c))
        with pytest.raises(RevisionError) as refused:
            state_after(b, [first])
        assert refused.value.code == "A-003"

    @pytest.mark.parametrize("graine", range(12))
    def it_says_nothing_that_no_act_says(self, graine: int) -> None:
        parties = Negociation(graine)
        states = [parties.contract()]
        states += [parties.amended(states[-1], 3) for _ in range(2)]
        acts = signed(states)
        told = {ancre for one in acts for x in one.articles for ancre in x.ancres}
        made = consolider(states[0], BASE, acts, dt.date(2021, 6, 1))
        for division in iter_divisions(made.corps):
            text = document_text(act(division))
            noted = any(isinstance(x, doc.Paragraphe) and x.role == "note" for x in division.blocs)
            assert noted is (division.ancre in told) or "(supprimé" in text
        touched = {one.adresse.ancre for one in compare(states[0], made).operations} - {""}
        around = {
            inner.ancre
            for outer in iter_divisions(made.corps)
            if outer.ancre in told
            for inner in iter_divisions(outer.blocs)
        }
        holders = {"_ch_1", "_ch_2", "_ch_3"}
        assert touched <= told | around | holders
