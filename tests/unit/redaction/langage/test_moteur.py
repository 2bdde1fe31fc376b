"""The engine of the clause language: a text that has nothing to run is printed as Jinja would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.redaction.langage.moteur import Registre, compile_template, render


class DescribeRender:
    """`render`."""

    @given(st.text(st.sampled_from("ab }%#\n\r\u00a0\u2028|*\x0b\x85")))
    def it_prints_a_text_without_braces_as_a_template_would(self, texte: str) -> None:
        assert render(texte, {})[0] == compile_template(texte).render({"_registre": Registre()})

    def it_still_runs_what_has_braces(self) -> None:
        texte, registre = render("a {{ 'b' }} c\n", {})
        assert texte == "a \ue000 c"
        assert len(registre.noeuds) == 1
