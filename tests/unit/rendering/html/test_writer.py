"""Tests of `rendering.html.writer` and `rendering.html.cadre`."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from caqes_docs.core.errors import RenduError
from caqes_docs.document import model as doc
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.html.writer import write_html
from caqes_docs.rendering.roles import ROLES
from caqes_docs.review.texte_pdf import canonical
from tests.outils.echantillons import cellule, sample_document
from tests.unit.rendering.pdf.essais import FEUILLE

HOSTILE = "*|#<b>&{{nom}}]]> \"' <script>x</script> --> &amp; </style>"


class _Words(HTMLParser):
    """The words that a browser shows in the body; a drawing says its alternative."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0
        self._tags: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "col", "input"):
            hidden = tag in ("head", "style", "text") or ("aria-hidden", "true") in attrs
            self._tags.append((tag, hidden))
            self._hidden += hidden

    def handle_endtag(self, tag: str) -> None:
        opened, hidden = self._tags.pop()
        assert opened == tag
        self._hidden -= hidden

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _words(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    assert parser._tags == []
    return "".join(parser.words)


def _with(*blocs: doc.Bloc) -> doc.Document:
    return dataclasses.replace(sample_document(), couverture=(), corps=blocs)


def _paragraph(words: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(words),))


class DescribeWords:
    @pytest.mark.parametrize("brouillon", [True, False], ids=["brouillon", "définitif"])
    def it_says_what_the_document_says(self, brouillon: bool) -> None:
        document = sample_document(brouillon)
        assert canonical(_words(write_html(document, ""))) == canonical(document_text(document))

    def it_leaves_hostile_data_untouched(self) -> None:
        html = write_html(_with(_paragraph(HOSTILE)), "")
        assert HOSTILE in _words(html)
        assert "<script>" not in html

    def it_escapes_them_in_properties_and_headers_too(self) -> None:
        document = sample_document()
        document = dataclasses.replace(
            document,
            metadonnees=dataclasses.replace(document.metadonnees, titre=HOSTILE, auteur=HOSTILE),
            bandeaux=dataclasses.replace(document.bandeaux, entete_gauche=HOSTILE, page=HOSTILE),
        )
        assert "<script>" not in write_html(document, "")

    def but_it_refuses_a_control_character(self) -> None:
        with pytest.raises(RenduError, match=r"U\+000B"):
            write_html(_with(_paragraph("a\x0bb")), "")


def _table(*rows: tuple[doc.Cellule, ...]) -> str:
    return write_html(_with(doc.Tableau((doc.Colonne(1), doc.Colonne(1, "droite")), (), rows)), "")


class DescribeTables:
    ROW = (cellule("a"), cellule("b"))
    GROUP = (cellule("Groupe", entete=True, etendue=2),)

    def it_never_leaves_the_title_of_a_group_alone(self) -> None:
        html = _table(*[self.ROW] * 5, self.GROUP, *[self.ROW] * 5)
        title = '<tr class="groupe liee"><th scope="colgroup" colspan="2">Groupe</th></tr>'
        assert html.count(title) == 1

    def it_never_leaves_one_row_alone_at_either_end(self) -> None:
        html = _table(*[self.ROW] * 12)
        tied = [row == 'tr class="liee"' for row in re.findall(r"<(tr[^>]*)>", html)]
        assert tied == [True, *[False] * 9, True, False]

    def but_it_leaves_tall_rows_free_lest_the_header_be_dropped(self) -> None:
        tall = (cellule("mot " * 400), cellule("b"))
        assert "liee" not in _table(tall, self.ROW, tall, self.GROUP, tall)

    @pytest.mark.parametrize(("rows", "whole"), [(8, True), (9, False)])
    def it_keeps_a_short_table_whole(self, rows: int, whole: bool) -> None:
        assert ("insecable" in _table(*[self.ROW] * rows)) is whole

    def it_leaves_room_for_a_hand_in_a_blank_cell(self) -> None:
        blank = doc.Cellule((doc.Paragraphe((doc.AEcrire("date"),), "cellule"),))
        html = _table((cellule("a"), blank), (blank, cellule("b")))
        assert html.count('class="a-remplir"') == html.count('class="droite a-remplir"') == 1


class DescribeWholeWords:
    @pytest.mark.parametrize("code", ["CHUP-AB", "NAT-10-B-8"])
    def it_keeps_whole_a_code_that_a_line_could_cut(self, code: str) -> None:
        html = write_html(_with(_paragraph(f"voir {code}, page 1")), "")
        assert f'voir <span class="code">{code}</span>, page 1' in html

    def it_keeps_a_code_with_the_word_that_is_glued_to_it(self) -> None:
        glued = doc.Paragraphe(
            (doc.Texte("sous le n°\u00a0"), doc.Valeur((doc.Texte("CAQES-2020-D"),), "n"))
        )
        html = write_html(_with(glued), "")
        assert 'sous le <span class="code">n°\u00a0CAQES-2020-D</span>' in html

    def it_keeps_an_address_whole(self) -> None:
        html = write_html(_with(_paragraph("à l’agence (ars-exemple-caqes@exemple.fr).")), "")
        assert '(<span class="courriel">ars-exemple-caqes@exemple.fr</span>).' in html

    def and_cuts_an_address_of_the_web_between_its_segments(self) -> None:
        html = write_html(_with(_paragraph("voir https://www.ars-exemple.fr/a/le-contrat?b&c")), "")
        assert (
            'https://<span class="courriel">www.ars-exemple.fr</span>/a/'
            '<span class="courriel">le-contrat?b&amp;c</span>'
        ) in html

    @pytest.mark.parametrize("words", ["NAT-10-1-8", "L.\u00a0162-22-7", "peut-être", "A-B"])
    def and_leaves_alone_what_no_line_cuts(self, words: str) -> None:
        assert 'class="code"' not in write_html(_with(_paragraph(words)), "")


class DescribeStructure:
    def it_never_skips_a_heading_level(self) -> None:
        levels = [int(n) for n in re.findall(r"<h(\d)", write_html(sample_document(), ""))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def it_leads_every_link_somewhere(self) -> None:
        html = write_html(sample_document(), "")
        anchors = set(re.findall(r' id="([^"]+)"', html))
        links = set(re.findall(r'href="#([^"]+)"', html))
        assert links
        assert links <= anchors

    def it_prints_as_words_a_reference_to_what_is_not_there(self) -> None:
        html = write_html(_with(doc.Paragraphe((doc.Renvoi("article 9", "_cl_absente"),))), "")
        assert "article 9" in html
        assert "<a " not in html

    def it_gives_widths_that_sum_to_the_page(self) -> None:
        html = write_html(sample_document(), "")
        for group in re.findall(r"<colgroup>(.*?)</colgroup>", html):
            widths = [float(width) for width in re.findall(r"width:([\d.]+)%", group)]
            assert sum(widths) == pytest.approx(100, abs=0.01)

    def it_makes_one_break_of_two(self) -> None:
        html = write_html(
            _with(_paragraph("a"), doc.SautDePage(), doc.SautDePage(), _paragraph("b")), ""
        )
        assert html.count('<p class="saut corps">b</p>') == html.count("saut") == 1

    def it_keeps_with_its_list_the_paragraph_that_announces_it(self) -> None:
        html = write_html(_with(_paragraph("voici :"), doc.Liste(())), "")
        assert '<p class="corps amorce">voici :</p>' in html

    @pytest.mark.parametrize(("count", "rows"), [(1, [1]), (3, [3]), (4, [2, 2]), (5, [2, 3])])
    def it_sets_signatures_in_even_rows(self, count: int, rows: list[int]) -> None:
        boxes = tuple(
            doc.Signataire((doc.Texte("Q"),), (), (), f"Signature_{n}") for n in range(count)
        )
        html = write_html(_with(doc.BlocSignature(boxes)), "")
        assert [row.count('class="case-blanc"') for row in html.split('class="rang')[1:]] == rows

    def it_nests_what_an_aside_holds(self) -> None:
        html = write_html(_with(doc.Encart((_paragraph("a"),), "avertissement")), "")
        assert re.search(
            r'<section class="avertissement" role="note"><p[^>]*>a</p></section>', html
        )


class DescribeStyleSheet:
    def it_is_put_in_the_head(self) -> None:
        assert "<style>p{}</style></head>" in write_html(sample_document(), "p{}")

    def but_it_cannot_close_its_own_tag(self) -> None:
        with pytest.raises(RenduError) as found:
            write_html(sample_document(), "</STYLE><script>")
        assert found.value.code == "R-203"

    @pytest.mark.parametrize("classe", sorted(role.classe_css for role in ROLES.values()))
    def it_dresses_every_role(self, classe: str) -> None:
        assert classe == "corps" or re.search(rf"\.{classe}\b", FEUILLE)
