"""What Markdown has and clauses do not, told line by line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.redaction.controle.texte.markdown import _blocks, pieces
from caqes_docs.redaction.controle.texte.signes import _signs, check_signs
from tests.outils.partage import examples


def _told(texte: str, *, blocs: bool = True) -> list[tuple[int, str]]:
    return [
        (faute.ligne, faute.message.partition("\u00a0: ")[2])
        for faute in check_signs(texte, blocs=blocs)
    ]


class DescribeSigns:
    """`lint_signes.check_signs`."""

    @pytest.mark.parametrize(
        ("texte", "ligne", "quoi"),
        [
            ("a\n\n> > cité", 3, "une citation"),
            ("- puce\n\n  > cité", 3, "une citation"),
            ("```yaml\nx\n```", 1, "un bloc de code"),
            ("~~~\nx\n~~~", 1, "un bloc de code"),
            ("a\ndu `code`", 2, "du code"),
            ("un ` seul", 1, "du code"),
            ("![logo](a.png)", 1, "une image"),
            ("voir [lien](https://example.org)", 1, "un lien"),
            ("voir <https://example.org>", 1, "un lien"),
            ("voir [a][b]", 1, "un lien"),
            ("[[lien]]", 1, "un lien"),
            ("voir [a]\n\n[a]: https://example.org", 3, "un lien"),
            ("a\n\n---\n\nb", 3, "un filet"),
            ("***", 1, "un filet"),
            ("Titre\n-----", 1, "un titre souligné"),
            ("Titre\n=====", 1, "un titre souligné"),
            ("a\n#Titre", 2, "un dièse"),
            ("####### Titre", 1, "un dièse"),
            ("un mot[^1]", 1, "une note de bas de page"),
            ("un mot[^1]\n\n[^1]: la note", 3, "une note de bas de page"),
            ("~~barré~~", 1, "un texte barré"),
            ("H~2~O", 1, "un tilde"),
            ("==surligné==", 1, "un surlignage"),
            ("12 m^2", 1, "un accent circonflexe seul"),
            ("- [ ] à faire", 1, "une case à cocher"),
            ("**gras", 1, "une étoile"),
            ("** gras **", 1, "une étoile"),
            ("_italique", 1, "un souligné"),
            ("Nom ______", 1, "un souligné"),
            ("a -- b", 1, "des tirets doublés"),
            ("de { etablissement.finess }", 1, "une accolade seule"),
            ("Terme\n: définition", 2, "un encadré"),
            ("::: note\nx", 1, "un encadré"),
            ("!!! note", 1, "un encadré"),
            (":warning: attention", 1, "un nom d’émoticône"),
            ("fin\\", 1, "une barre oblique inverse"),
            ("a | b", 1, "une barre hors d’un tableau"),
            ("| a | b |\n|---|---|\n| c | `d` |", 3, "du code"),
            ("<div\nclass='x'>", 1, "du HTML"),
            ("a <div\nclass='x'> b", 1, "du HTML"),
            ("{% if a %}\nx\n{% else %}\n> y\n{% endif %}", 4, "une citation"),
            ("x {% if a %}y{% else %}`z`{% endif %}", 1, "du code"),
            ("{% for a in b %}\n- [x](y)\n{% else %}\nz\n{% endfor %}", 2, "un lien"),
        ],
    )
    def it_tells_what_would_be_printed_verbatim(self, texte: str, ligne: int, quoi: str) -> None:
        told = _told(texte)
        assert ligne in [lieu for lieu, _ in told]
        assert {dit[: len(quoi)] for _, dit in told} == {quoi}

    @pytest.mark.parametrize(
        "texte",
        [
            "**gras**, *italique*, __gras__, _italique_, **{{ a.b }}**",
            "- puce\n- puce\n\n1. un\n2. deux\n\n* puce",
            "## Titre\n\n### Suite\n\ntexte",
            "| a | b |\n|:--|--:|\n| c | {{ d }} |",
            "Rue\\\nVille",
            "étoile \\*, barre \\|, fichier_de_nom",
            "article R.* 133-4, à 10:30 ; 5 > 3 ; [à préciser] ; « {{ a }} »",
            "a – b — c-d",
        ],
    )
    def but_it_lets_pass_what_clauses_have(self, texte: str) -> None:
        assert _told(texte) == []

    def and_it_reads_one_line_as_a_line(self) -> None:
        assert _told("1. Objet", blocs=False) == []
        assert _told("Objet `principal`", blocs=False)[0][1].startswith("du code")


LIGNES = st.sampled_from(
    ["", " ", "\t", "mots", "*a* b_ c", "- item", "-", "1. un", "3) trois", "  suite", "    code"]
    + ["## Titre", "===", "---", "***", "> cité", "| a | b |", "|---|---|", "| 1 | 2 |", "[x]"]
    + ["[^1]", "[^1]: note", "[l]: http://a", "```", "~~~", "<!-- a", "-->", "<b>", "~~b~~", "\\"]
    + ["`c`", "a\\", "x\r", "[x] case", "{", "![i](u)", "\xa0insécable", ":::"]
)


class DescribePieces:
    """`pieces`: what is read of the parts is what is read of the whole."""

    @settings(max_examples=examples(300))
    @given(st.lists(LIGNES, max_size=12).map("\n".join))
    def it_changes_nothing_to_what_is_found(self, texte: str) -> None:
        parties = [
            (debut + rang, nom, mot)
            for debut, morceau in pieces(texte)
            for rang, nom, mot in _signs(morceau, blocs=True)
        ]
        assert parties == list(_signs(texte, blocs=True))

    @settings(max_examples=examples(300))
    @given(st.lists(LIGNES, max_size=12).map("\n".join))
    def and_nothing_to_its_blocks(self, texte: str) -> None:
        def told(depart: int, morceau: str) -> list[object]:
            return [
                (jeton.type, jeton.tag, jeton.level, depart + haut, depart + bas)
                for jeton, haut, bas in _blocks(morceau)
            ]

        assert [b for piece in pieces(texte) for b in told(*piece)] == told(0, texte)

    def it_cuts_before_the_margin_only(self) -> None:
        assert [rang for rang, _ in pieces("a\n\nb\n\n  c\n \n\nd")] == [0, 2, 7]
        assert [rang for rang, _ in pieces("a\n\n```\n\nd")] == [0]
