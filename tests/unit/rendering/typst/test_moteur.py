"""Tests of `rendering.typst`: the same act as the other engine's, and the same promises."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.core.errors import EnvironnementError, RenduError
from caqes_docs.document.model import (
    Colonne,
    Document,
    Element,
    Liste,
    Paragraphe,
    Renvoi,
    Section,
    Sommaire,
    Tableau,
    Texte,
    Titre,
    Valeur,
)
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.garde import EtatActe, build_comparison
from caqes_docs.document.texte import document_text, heading_text
from caqes_docs.document.walk import iter_document
from caqes_docs.rendering.charte import CharteGraphique
from caqes_docs.rendering.glyphes import covered
from caqes_docs.rendering.pdf.pieces import has_ambiguous_end
from caqes_docs.rendering.polices import LIVREES
from caqes_docs.rendering.typst import moteur
from caqes_docs.rendering.typst.moteur import write_pdf
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import cellule, sample_document
from tests.outils.partage import examples
from tests.outils.revisions import act, paragraph
from tests.unit.rendering.pdf.essais import (
    failures,
    iter_tags,
    kids,
    make_pdf,
    named,
    open_pdf,
    sample_pdf,
    tag_tree,
)
from tests.unit.rendering.pdf.test_writer import short_document

HOSTILE = "#let $x$ *gras* _ital_ `code` <a> @b [c] ~ = \\ // /* */ - + #\"q\" 'r' …"
COPIED = (
    "gaspard.vidalenc@exemple-du-chu.portclair.fr",
    "https://www.exemple.fr/decisions/2018/annexes?acte=contrat&page=12",
    "CAQES201899078001700000000000001",
)
DRAWN = "".join(
    chr(code)
    for code in sorted(covered())
    if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Mn", "Me"}
    and unicodedata.bidirectional(chr(code)) not in {"R", "AL"}
)
"""Letters read from left to right: others come out in the order that a reader chooses."""


def said(*paragraphes: str) -> tuple[str, str]:
    """What the PDF of some words says, and what the document does."""
    document = spread(paragraphes)
    return canonical(pdf_text(write_pdf(document))), canonical(document_text(document))


def spread(textes: tuple[str, ...]) -> Document:
    """A short act that prints `textes` wherever words can stand."""
    corps = []
    for rank, texte in enumerate(textes):
        mots = (Valeur((Texte(texte),), "essai"),)
        simple = Paragraphe(mots)
        cell = dataclasses.replace(cellule(""), blocs=(simple,))
        renvoi = Paragraphe((Renvoi(texte, f"_sec_{rank}"),))
        corps += [
            Section(f"_sec_{rank}", Titre(1, "Annexe\u00a01", mots), (renvoi,)),
            Liste((Element((simple,)), Element((simple,), texte[:9])), ordonnee=True),
            Tableau((Colonne(1), Colonne(2)), (), ((cell, cell),), mots),
        ]
    return short_document(couverture=(), corps=tuple(corps), pieces=())


class DescribeValues:
    """A datum is never read as markup."""

    def it_prints_hostile_data_as_they_are(self) -> None:
        pdf, document = said(HOSTILE, "‹a› ⁄ ″b″ ‾ ∙ ♪ ‗ 1*", "= a\n- b\n/ c: d")
        assert pdf == document

    def it_prints_every_sign_that_its_fonts_draw(self) -> None:
        lines = [DRAWN[start : start + 60] for start in range(0, len(DRAWN), 60)]
        document = short_document(
            couverture=(), corps=tuple(Paragraphe((Texte(line),)) for line in lines), pieces=()
        )
        assert canonical(pdf_text(write_pdf(document))) == canonical(document_text(document))

    @settings(max_examples=examples(20), deadline=None)
    @given(st.text(st.sampled_from(DRAWN + "#$*_<>@[]~=\\`/\"'" * 40), min_size=1, max_size=60))
    def it_prints_any_text(self, texte: str) -> None:
        pdf, document = said(texte)
        assert pdf == document

    @pytest.mark.parametrize(
        ("engine", "texte"),
        [(write_pdf, texte) for texte in COPIED] + [(make_pdf, texte) for texte in COPIED[1:]],
    )
    def it_hides_no_sign_in_what_somebody_copies(
        self, engine: Callable[[Document], bytes], texte: str
    ) -> None:
        cell = dataclasses.replace(cellule(""), blocs=(Paragraphe((Texte(texte),)),))
        table = Tableau((Colonne(1), Colonne(12)), (), ((cell, cell),))
        words = Paragraphe((Texte(f"{'Adresse à copier ' * 4}{texte}"),))
        document = short_document(couverture=(), corps=(table, words), pieces=())
        copied = re.sub(r"[\r\n]", "", pdf_text(engine(document)))
        assert copied.count(texte) == 3

    def but_it_names_a_control_character(self) -> None:
        with pytest.raises(RenduError, match=r"U\+0007") as found:
            said("sonnerie\x07")
        assert found.value.code == "R-205"


class DescribeFonts:
    """`rendering.glyphes` and the files that travel."""

    def it_draws_in_each_file_what_it_says(self) -> None:
        files = sorted(LIVREES.glob("*.ttf"))
        drawn = [_drawn(file) for file in files]
        assert len(files) == 8
        common = {code for code in set.intersection(*drawn) if 32 <= code != 0xFFFC}
        assert covered() == common


class DescribeFile:
    """The file as a whole."""

    def it_says_what_the_document_says(self) -> None:
        document = sample_document(True)
        said = pdf_text(sample_pdf(True, write_pdf))
        assert canonical(said) == canonical(document_text(document))

    def it_never_ends_a_stream_with_an_ambiguous_byte(self) -> None:
        made = [write_pdf(spread((f"a{rank}",))) for rank in range(examples(40))]
        assert not any(map(has_ambiguous_end, made))
        assert all(b"/ObjStm" in data for data in made)
        assert [failures(data) for data in made[:4]] == [[]] * 4

    def it_is_dressed_by_the_charte(self) -> None:
        charte = CharteGraphique.model_validate(
            {"marges": {"gauche": "4 cm"}, "polices": {"texte": "Liberation Serif"}}
        )
        data = write_pdf(short_document(), charte)
        assert failures(data) == []
        with open_pdf(data) as pdf:
            fonts = [font for one in pdf.pages for font in one.obj.Resources.Font.values()]
            assert any("LiberationSerif" in str(font.BaseFont) for font in fonts)

    def it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        moteur._load.cache_clear()
        monkeypatch.setitem(sys.modules, "typst", None)
        with pytest.raises(EnvironnementError) as found:
            write_pdf(short_document())
        assert found.value.code == "R-225"

    def it_reports_what_the_engine_refuses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(moteur, "write_source", lambda *_: "#panic()")
        with pytest.raises(RenduError) as found:
            write_pdf(short_document())
        assert found.value.code == "R-226"


def _contents(document: Document) -> Sommaire:
    return next(bloc for bloc in iter_document(document) if isinstance(bloc, Sommaire))


def _height(data: bytes, lines: list[str]) -> float:
    """From the first line of the contents to the last, in points."""
    with importlib.import_module("pypdfium2").PdfDocument(data) as pages:
        texts = [pages[rank].get_textpage() for rank in range(4)]
        text = next(one for one in texts if "Sommaire" in one.get_text_range())
        found = [text.search(line.replace("\u00a0", " ")) for line in (lines[0], lines[-1])]
        first, last = (text.get_charbox(one.get_next()[0])[1] for one in found)
    return float(first - last)


def _drawn(file: Path) -> set[int]:
    with TTFont(file) as font:
        return set(font.getBestCmap())


class DescribeTags:
    """What a screen reader meets."""

    def it_leads_from_the_contents_to_each_heading(self) -> None:
        pdf = open_pdf(sample_pdf(False, write_pdf))
        titres = {
            bloc.ancre: heading_text(bloc.titre)
            for bloc in iter_document(sample_document())
            if isinstance(bloc, Section)
        }
        assert titres.keys() <= {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
        entries = named(pdf, "TOCI")
        assert len(entries) > 10
        assert all(len(kids(entry)) == 1 for entry in entries)

    def it_sets_the_contents_of_a_comparison_as_close_as_those_of_the_act(self) -> None:
        document = sample_document(True)
        state = EtatActe("A", document, "0" * 64)
        day = dt.date(2026, 3, 2)
        shown = build_comparison(state, state, compare(document, document), "Mme R.", day)
        lines = [entree.texte for entree in _contents(document).entrees[:6]]
        height = _height(write_pdf(shown), lines)
        assert height == pytest.approx(_height(sample_pdf(True, write_pdf), lines), abs=1.5)

    def it_tags_tables_whole_with_headers_of_both_kinds(self) -> None:
        pdf = open_pdf(sample_pdf(True, write_pdf))
        tables = named(pdf, "Table")
        assert len(tables) == 7
        for table in tables:
            assert [str(kid.S) for kid in kids(table)][:3] == ["/Caption", "/THead", "/TBody"]
        scopes = {
            str(part.Scope) for cell in named(pdf, "TH") for part in cell.A if "/Scope" in part
        }
        assert scopes == {"/Column", "/Row"}

    def it_ties_each_cell_to_the_title_of_its_group(self) -> None:
        title = (cellule("Groupe", entete=True, etendue=2),)
        head = (cellule("A", entete=True), cellule("B", entete=True))
        rows = [(cellule(f"a{rank}"), cellule(f"b{rank}")) for rank in range(90)]
        table = Tableau((Colonne(1), Colonne(1)), (head,), (rows[0], title, *rows[1:]))
        data = write_pdf(short_document(couverture=(), corps=(table,), pieces=()))
        assert failures(data) == []
        pdf = open_pdf(data)
        (group,) = [bytes(cell.ID) for cell in named(pdf, "TH") if "/ColSpan" in cell.A[0]]
        called = [group in map(bytes, cell.A[0].Headers) for cell in named(pdf, "TD")]
        assert called == [False] * 2 + [True] * 178

    @pytest.mark.parametrize("rows", [52, 53, 54])
    def and_never_leaves_the_last_row_alone_on_a_page(self, rows: int) -> None:
        head = (cellule("A", entete=True), cellule("B", entete=True))
        body = [(cellule(f"a{rank}", entete=True), cellule(f"b{rank}")) for rank in range(rows)]
        table = Tableau((Colonne(1), Colonne(1)), (head,), tuple(body))
        data = write_pdf(short_document(couverture=(), corps=(table,), pieces=()))
        assert failures(data) == []
        with importlib.import_module("pypdfium2").PdfDocument(data) as pages:
            last = pages[len(pages) - 1].get_textpage().get_text_range()
        assert re.findall("b[0-9]+", last)[-2:] == [f"b{rows - 2}", f"b{rows - 1}"]
        pdf = open_pdf(data)
        before, after = [kids(row)[1] for row in named(pdf, "TR")[-2:]]
        assert before.S == after.S == "/TD"
        assert list(before.A[0].Headers) == list(after.A[0].Headers) == [named(pdf, "TH")[1].ID]

    def it_says_what_is_inserted_and_what_is_removed(self) -> None:
        a, b = (act(paragraph(f"Le taux est {said}.")) for said in ("2", "3"))
        before, after = EtatActe("A", a, "0" * 64), EtatActe("B", b, "1" * 64)
        day = dt.date(2026, 3, 2)
        data = write_pdf(build_comparison(before, after, compare(a, b), "Mme R.", day))
        assert failures(data) == []
        pdf = open_pdf(data)
        assert named(pdf, "Ins")
        assert named(pdf, "Del")
        assert pdf.Root.StructTreeRoot.RoleMap.Ins == "/Span"

    def it_speaks_no_word_of_the_running_heads(self) -> None:
        with open_pdf(sample_pdf(True, write_pdf)) as pdf:
            kinds = {str(tag.S) for tag in iter_tags(tag_tree(pdf))}
        assert "/Artifact" not in kinds
        assert "PROJET" not in pdf_text(sample_pdf(True, write_pdf))
