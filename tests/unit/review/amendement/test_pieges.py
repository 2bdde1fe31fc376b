"""The traps of avenants and of redlines, one by one, each with the test that holds it.

A trap is told as what must be true. `PIEGES` names, for each, the tests that fail when it is not;
those that no other file holds are at the end of this one.
"""

from __future__ import annotations

import re

import pytest

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.texte import blocks_text
from tests.architecture.depot import RACINE
from tests.outils.revisions import act, article, paragraph

REDIGER = "tests/unit/document/amendement/test_rediger.py"
CONSOLIDER = "tests/unit/document/amendement/test_consolider.py"
COMPARER = "tests/unit/document/revision/test_comparer.py"
ETATS = "tests/bout_en_bout/test_etats_signes.py"
LOIS = "tests/unit/review/amendement/test_lois.py"
SUIVI = "tests/unit/rendering/docx/test_suivi.py"
CONTROLE = "tests/unit/review/suivi/test_controle.py"
LIBREOFFICE = "tests/conformance/test_redlines.py"
ICI = "tests/unit/review/amendement/test_pieges.py"

PIEGES: dict[str, tuple[str, ...]] = {
    # -- avenants and consolidated versions --
    "words that occur twice in an alinéa are quoted with their neighbours": (
        f"{REDIGER}::it_says",
        f"{LOIS}::they_hold",
    ),
    "a rank is that of the state before, whatever the avenant inserts above": (
        f"{REDIGER}::it_counts_as_the_present_state_does",
    ),
    "what is inserted cites the ranks of the state after; a reference that is kept and would "
    "lead elsewhere stops the avenant": (
        f"{ICI}::it_prints_in_inserted_words_the_ranks_of_the_state_after",
        f"{REDIGER}::it_refuses_a_reference_that_would_lead_elsewhere",
    ),
    "the last item of a list goes: no operation on its sign, a full stop in the consolidated "
    "version, and refusing all gives back the state before": (
        f"{COMPARER}::it_removes_the_last_item_and_touches_no_comma",
        f"{CONSOLIDER}::it_tidies_and_says_so",
    ),
    "blanks, apostrophes and hyphens alone make no avenant": (
        f"{COMPARER}::nor_does_typography_change_anything",
        "tests/bout_en_bout/test_avenants.py::it_refuses_one_that_changes_nothing_printed",
    ),
    "an article that comes back is restored, and its history shows both": (
        f"{REDIGER}::it_restores_a_number_that_was_freed",
        f"{CONSOLIDER}::it_shows_both_when_an_article_comes_back",
    ),
    "an avenant written on a state that another changed meanwhile is refused": (
        f"{ETATS}::it_keeps_to_the_state_that_it_was_written_on",
        "tests/unit/law/avenant/test_chaine.py::"
        "but_one_signed_later_that_changed_the_same_key_stops_the_other",
    ),
    "a value printed in four places changes in the four": (
        "tests/bout_en_bout/test_comparer.py::it_finds_each_place_of_a_target",
    ),
    "one target changes in a contract of 2018: one operation, none of the library's": (
        f"{ETATS}::it_finds_one_operation_whatever_became_of_the_library",
        "tests/bout_en_bout/test_droit_au.py::"
        "it_computes_what_the_law_changes_and_leaves_better_words_alone",
    ),
    "all equalities hold for random pairs, and no faulty script or sentence passes; a "
    "résiliation takes effect on 31 December, the others on 1 January": (
        f"{LOIS}::they_hold",
        f"{LOIS}::but_no_faulty_script_does",
        f"{LOIS}::nor_any_faulty_sentence",
        "tests/unit/law/avenant/test_chaine.py::it_takes_effect_by_its_case",
    ),
    # -- redlines --
    "an inserted paragraph that is refused leaves no empty one": (
        f"{SUIVI}::it_leaves_no_empty_paragraph",
        f"{LIBREOFFICE}::test_libreoffice_finds_both_states",
    ),
    "nor does the last paragraph, removed, once accepted": (
        f"{SUIVI}::it_leaves_no_empty_paragraph",
    ),
    "a removed row goes for a reader that knows the marks of runs alone": (
        f"{SUIVI}::it_marks_a_row_at_both_levels",
    ),
    "no identifier twice, removed letters are told so, no change within a change": (
        f"{SUIVI}::it_numbers_everything_from_one_counter",
        f"{CONTROLE}::but_tells_each_bad_one",
    ),
    "the bookmarks of each state are in its view, each once, forty letters at most": (
        f"{SUIVI}::it_shows_both_states",
        f"{CONTROLE}::but_tells_each_bad_one",
    ),
    "a removed cross-reference is whole within its removal": (
        f"{SUIVI}::it_shows_both_states",
        f"{SUIVI}::it_has_no_field_that_word_would_refresh",
        f"{CONTROLE}::but_tells_each_bad_one",
    ),
    "a change within an amount marks the whole of it": (
        f"{SUIVI}::it_marks_the_whole_of_an_amount",
        f"{COMPARER}::it_replaces_a_whole_amount",
    ),
    "same inputs, same bytes; the author and the date are those given": (
        f"{SUIVI}::it_bears_the_author_and_the_date_that_it_is_given",
    ),
    "a paragraph that changes before a table is judged, never passed over": (
        f"{SUIVI}::it_shows_both_states",
        f"{LIBREOFFICE}::test_libreoffice_finds_both_states",
    ),
    "what is not tracked is listed; a judge that times out or leaves a mark is a failure": (
        f"{SUIVI}::it_says_what_is_not_tracked",
        f"{LIBREOFFICE}::test_a_judge_that_times_out_is_a_finding",
        f"{LIBREOFFICE}::test_a_mark_that_is_left_is_a_finding",
    ),
}
"""By trap, the tests that hold it: file::name."""

KEEP = tuple(paragraph(f"Alinéa {rang} de l’article, qui reste tel quel.") for rang in "abcd")


class DescribePieges:
    @pytest.mark.parametrize("piege", PIEGES)
    def it_is_held_by_a_test_that_is_there(self, piege: str) -> None:
        for nom in PIEGES[piege]:
            fichier, _, test = nom.partition("::")
            texte = (RACINE / fichier).read_text(encoding="utf-8")
            assert re.search(rf"^ *def {test}\(", texte, re.MULTILINE), nom

    def it_prints_in_inserted_words_the_ranks_of_the_state_after(self) -> None:
        """The article cited gets an alinéa in front: what is kept below is one rank further."""
        cite = "Sous réserve du {} alinéa de l’article 5, le comité se réunit deux fois."
        a = act(article("5", *KEEP), article("9", KEEP[0]))

        def amended(rang: str) -> doc.Document:
            neuf = article("9", KEEP[0], paragraph(cite.format(rang)))
            return act(article("5", paragraph("Un alinéa nouveau."), *KEEP), neuf)

        made = build_amendment(a, amended("quatrième"))
        dit = "\n".join(blocks_text(one.blocs) for one in made.articles)
        assert "«\u00a0Sous réserve du quatrième alinéa de l’article 5" in dit

    def and_a_kept_reference_is_corrected_by_the_same_avenant(self) -> None:
        cites = [
            article("9", paragraph(f"Sous réserve du {rang} alinéa de l’article 5, rien n’est dû."))
            for rang in ("troisième", "quatrième")
        ]
        a = act(article("5", *KEEP), cites[0])
        shifted = article("5", paragraph("Un alinéa nouveau."), *KEEP)
        with pytest.raises(RevisionError, match="troisième alinéa"):
            build_amendment(a, act(shifted, cites[0]))
        assert len(build_amendment(a, act(shifted, cites[1])).articles) == 2
