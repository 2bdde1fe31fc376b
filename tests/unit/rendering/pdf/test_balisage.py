"""Tests of `rendering.pdf.balisage`: what a screen reader meets."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

import pikepdf
import pytest

from caqes_docs.document import model as doc
from tests.outils.echantillons import cellule, sample_document
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

LONG_TABLES = 6
TABLES = LONG_TABLES + 1


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return open_pdf(sample_pdf(True))


@pytest.fixture(scope="module")
def grouped() -> pikepdf.Pdf:
    title = tuple((cellule(name, entete=True, etendue=2),) for name in ("Un", "Deux"))
    rows = tuple((cellule(f"a{n}"), cellule(f"b{n}")) for n in range(60))
    link = doc.Cellule((doc.Paragraphe((doc.Renvoi("article\u00a01", "_sec_1"),)),), entete=True)
    table = doc.Tableau(
        (doc.Colonne(1), doc.Colonne(1)),
        ((link, cellule("B", entete=True)),),
        (rows[0], title[0], *rows[1:50], title[1], *rows[50:]),
    )
    section = doc.Section("_sec_1", doc.Titre(1, "Annexe 1", (doc.Texte("Un"),)), (table,))
    document = dataclasses.replace(sample_document(), couverture=(), corps=(section,))
    data = make_pdf(document)
    assert failures(data) == []
    return open_pdf(data)


def _page_of(element: Any) -> Any:
    return element.Pg.objgen


def _contents(element: Any) -> list[tuple[Any, int]]:
    found: list[tuple[Any, int]] = []
    for kid in kids(element):
        if isinstance(kid, int):
            found.append((_page_of(element), kid))
        elif kid.get("/Type") == "/MCR":
            found.append((_page_of(kid), int(kid.MCID)))
        elif "/S" in kid:
            found.extend(_contents(kid))
    return found


def _marks(page: pikepdf.Page) -> list[tuple[str, Any]]:
    """The marked contents of a page: their tag and their properties."""
    operations = pikepdf.parse_content_stream(page)
    marked = [list(op.operands) for op in operations if str(op.operator) == "BDC"]
    return [(str(tag), properties) for tag, properties in marked]


class DescribeTables:
    def it_makes_one_table_of_a_table_that_runs_over_pages(self, pdf: pikepdf.Pdf) -> None:
        tables = named(pdf, "Table")
        assert len(tables) == TABLES
        assert sum(len({page for page, _ in _contents(table)}) > 1 for table in tables) >= 5

    def it_keeps_one_header_per_table(self, pdf: pikepdf.Pdf) -> None:
        for table in named(pdf, "Table"):
            parts = [str(kid.S) for kid in kids(table)]
            assert parts == ["/Caption", "/THead", "/TBody"]

    def it_ties_each_cell_to_header_cells_that_exist(self, pdf: pikepdf.Pdf) -> None:
        names = {bytes(cell.ID) for cell in named(pdf, "TH")}
        called = [bytes(name) for cell in named(pdf, "TD") for name in cell.A.get("/Headers", [])]
        assert called
        assert set(called) <= names

    def it_gives_a_scope_to_header_cells(self, pdf: pikepdf.Pdf) -> None:
        assert {str(cell.A.Scope) for cell in named(pdf, "TH")} == {"/Column", "/Row"}


class DescribeGroups:
    """Rows under titles that run across the table."""

    def it_ties_each_cell_to_the_title_above_it_even_over_a_page(
        self, grouped: pikepdf.Pdf
    ) -> None:
        titles = [bytes(cell.ID) for cell in named(grouped, "TH") if "/ColSpan" in cell.A]
        assert len(titles) == 2
        called = [
            [titles.index(bytes(name)) for name in cell.A.Headers if bytes(name) in titles]
            for cell in named(grouped, "TD")
        ]
        assert called == [[]] * 2 + [[0]] * 98 + [[1]] * 20

    def it_reads_a_link_by_its_words(self, grouped: pikepdf.Pdf) -> None:
        said = [str(link.Contents) for page in grouped.pages for link in page.get("/Annots", [])]
        assert said == ["article\u00a01"]

    def it_keeps_one_link_of_a_header_that_repeats(self, grouped: pikepdf.Pdf) -> None:
        assert len(grouped.pages) > 1
        assert sum(len(page.get("/Annots", [])) for page in grouped.pages) == 1


class DescribeText:
    def it_makes_one_paragraph_of_a_paragraph_cut_by_a_page(self, pdf: pikepdf.Pdf) -> None:
        assert any(len({page for page, _ in _contents(p)}) > 1 for p in named(pdf, "P"))

    def it_never_skips_a_heading_level(self, pdf: pikepdf.Pdf) -> None:
        kinds = [str(tag.S) for tag in iter_tags(tag_tree(pdf))]
        levels = [int(kind[2:]) for kind in kinds if kind[1] == "H" and kind[2:].isdigit()]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))

    def it_reads_in_the_order_of_the_page(self, pdf: pikepdf.Pdf) -> None:
        order: dict[Any, list[int]] = defaultdict(list)
        for page, mcid in _contents(tag_tree(pdf)):
            order[page].append(mcid)
        assert len(order) == len(pdf.pages)
        assert all(numbers == sorted(numbers) for numbers in order.values())

    def it_leaves_nothing_empty_but_cells(self, pdf: pikepdf.Pdf) -> None:
        empty = {str(tag.S) for tag in iter_tags(tag_tree(pdf)) if not kids(tag)}
        assert empty <= {"/TD", "/TH"}


class DescribeLists:
    def it_gives_each_item_its_mark_and_its_body(self, pdf: pikepdf.Pdf) -> None:
        items = named(pdf, "LI")
        assert items
        assert {tuple(str(kid.S) for kid in kids(item)) for item in items} == {("/Lbl", "/LBody")}

    def it_nests_lists_in_the_body_of_an_item(self, pdf: pikepdf.Pdf) -> None:
        bodies = named(pdf, "LBody")
        assert any(str(kid.S) == "/L" for body in bodies for kid in kids(body))

    def it_tags_the_contents_as_such(self, pdf: pikepdf.Pdf) -> None:
        (contents,) = named(pdf, "TOC")
        entries = kids(contents)
        assert {str(entry.S) for entry in entries} == {"/TOCI"}
        assert len(entries) == len(named(pdf, "Link")) - 1


class DescribeArtefacts:
    def it_ties_every_content_to_the_tree_or_makes_it_an_artefact(self, pdf: pikepdf.Pdf) -> None:
        held = set(_contents(tag_tree(pdf)))
        for page in pdf.pages:
            for tag, properties in _marks(page):
                assert tag == "/Artifact" or (page.objgen, int(properties.MCID)) in held

    def it_makes_headers_and_footers_artefacts(self, pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            assert "/Artifact" in [tag for tag, _ in _marks(page)]


class DescribeSignatures:
    def it_tags_each_field_as_a_form(self, pdf: pikepdf.Pdf) -> None:
        forms = named(pdf, "Form")
        fields = pdf.Root.AcroForm.Fields
        assert [form.K.Obj.objgen for form in forms] == [field.objgen for field in fields]
