"""`rendering.docx.tableaux`, `docx_signatures`, `docx_cesures`: what stays together in Word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from caqes_docs.document import model as doc
from caqes_docs.document.walk import plain
from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.rendering.docx.charte.charte import Charte, load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.review.texte_docx import docx_text
from tests.outils.echantillons import cellule, paragraphe, texte
from tests.unit.rendering.docx.test_writer import (
    CHARTE,
    acte,
    attributes,
    body,
    clause,
    count,
    styles_of,
)


@pytest.fixture
def charte() -> Charte:
    return load_charte(CHARTE)


class DescribeTables:
    """Tables of data."""

    def table(self, rows: int) -> doc.Tableau:
        columns = (doc.Colonne(1), doc.Colonne(2, "droite"))
        header = (cellule("a", entete=True), cellule("b", entete=True))
        lines = tuple((cellule("c"), cellule("d")) for _ in range(rows - 1))
        span = (cellule("e", etendue=2),)
        return doc.Tableau(columns, (header,), (*lines, span), texte("Légende & <titre>"))

    def _after_the_first(self, *blocs: doc.Bloc, charte: Charte) -> str:
        """The style of the paragraph that follows the first table."""
        root = body(write_docx(acte(*blocs), charte))
        table = next(root.iter(qw("tbl")))
        suivant = table.getnext()
        assert suivant is not None
        return attributes(suivant, ".//w:pStyle", "val")[0]

    def it_is_parted_from_what_follows_on_the_page(self, charte: Charte) -> None:
        suite = (self.table(2), paragraphe("b"))
        assert self._after_the_first(*suite, charte=charte) == "CaqesSeparateur"
        deux = (self.table(2), self.table(2))
        assert self._after_the_first(*deux, charte=charte) == "CaqesSeparateur"

    def but_no_blank_of_its_own_fills_the_page_after_it(self, charte: Charte) -> None:
        titre = doc.Titre(1, "", texte("A"))
        page = doc.Section("_a", titre, (paragraphe("a"),), nouvelle_page=True)
        tournee = doc.Section("_a", titre, (paragraphe("a"),), orientation="paysage")
        assert self._after_the_first(self.table(2), page, charte=charte) == "Titre1"
        assert self._after_the_first(self.table(2), tournee, charte=charte) == "CaqesFinSection"
        assert self._after_the_first(self.table(2), charte=charte) == "CaqesFinSection"

    def it_describes_the_grid_in_twips(self, charte: Charte) -> None:
        root = body(write_docx(acte(self.table(3)), charte))
        widths = [int(value) for value in attributes(root, ".//w:gridCol", "w")]
        assert sum(widths) == charte.geometrie.text_width()
        assert attributes(root, ".//w:tblLayout", "type") == ["fixed"]
        assert attributes(root, ".//w:gridSpan", "val") == ["2"]
        assert attributes(root, ".//w:tblCaption", "val") == ["Légende & <titre>"]

    def it_repeats_headers_and_never_cuts_rows(self, charte: Charte) -> None:
        root = body(write_docx(acte(self.table(30)), charte))
        assert count(root, ".//w:tblHeader") == 1
        assert count(root, ".//w:cantSplit") == count(root, ".//w:tr") == 31

    @pytest.mark.parametrize(("rows", "kept"), [(7, True), (8, False)])
    def it_keeps_a_short_table_on_one_page(self, charte: Charte, rows: int, kept: bool) -> None:
        root = body(write_docx(acte(self.table(rows)), charte))
        second, last = root.findall(".//w:tr", NSMAP)[1], root.findall(".//w:tr", NSMAP)[-1]
        assert (count(second, ".//w:keepNext") > 0) is kept
        assert count(last, ".//w:keepNext") == 0

    def it_keeps_tables_that_touch_apart(self, charte: Charte) -> None:
        bare = replace(self.table(2), legende=())
        root = body(write_docx(acte(bare, bare), charte))
        names = [etree.QName(child).localname for child in root]
        assert names == ["tbl", "p", "tbl", "p", "sectPr"]

    def it_ties_a_group_row_to_the_next_one_and_shades_it(self, charte: Charte) -> None:
        group = (cellule("G", entete=True, etendue=2),)
        long = replace(self.table(20), lignes=(group, *self.table(20).lignes, group))
        rows = body(write_docx(acte(long), charte)).findall(".//w:tr", NSMAP)
        assert [count(row, ".//w:keepNext") for row in (rows[1], rows[2], rows[-1])] == [1, 0, 0]
        assert attributes(rows[1], ".//w:shd", "fill") == ["EEF2F8"]
        assert styles_of(rows[1]) == [charte.style("Caqes Cellule Entete")]
        assert count(rows[1], ".//w:jc") == 0

    def it_leaves_room_for_a_hand(self, charte: Charte) -> None:
        blank = doc.Cellule((doc.Paragraphe((doc.AEcrire("date"),), "cellule"),))
        dots = doc.Cellule((doc.Paragraphe((doc.AEcrire("date", 5),), "cellule"),))
        rows = ((cellule("a"), blank), (cellule("b"), dots))
        written = acte(doc.Tableau((doc.Colonne(1), doc.Colonne(1)), (), rows))
        found = body(write_docx(written, charte)).findall(".//w:tr", NSMAP)
        assert [attributes(row, ".//w:trHeight", "val") for row in found] == [["454"], []]


class DescribeSignatures:
    """Signature boxes."""

    def it_sets_signature_boxes_side_by_side(self, charte: Charte) -> None:
        boxes = tuple(
            doc.Signataire(texte("Q"), texte("M"), texte("N"), f"S{index}") for index in range(4)
        )
        root = body(write_docx(acte(doc.BlocSignature(boxes)), charte))
        rows = root.findall(".//w:tr", NSMAP)
        assert [count(row, "w:tc") for row in rows] == [2] * 6
        assert count(root, ".//w:tblHeader") == 0
        # -- office, mention, name, and again: all tied but the last --
        assert [count(row, ".//w:keepNext") for row in rows] == [2, 2, 2, 2, 2, 0]
        assert count(root, ".//w:cantSplit") == 6
        # -- as in the PDF, only the room to sign is framed: nothing around office and mention --
        for side, frames in {"top": [2, 2, 0], "left": [2, 2, 0], "bottom": [2, 0, 0]}.items():
            assert [count(row, f".//w:tcBorders/w:{side}") for row in rows[:3]] == frames

    @pytest.mark.parametrize("count_", [1, 2, 3, 5])
    def and_reads_them_back_box_by_box(self, charte: Charte, count_: int) -> None:
        boxes = tuple(
            doc.Signataire(texte(f"Q{n}"), texte(f"M{n}"), texte(f"N{n}"), f"S{n}")
            for n in range(count_)
        )
        written = write_docx(acte(doc.BlocSignature(boxes)), charte)
        expected = [f"{part}{n}" for n in range(count_) for part in "QMN"]
        assert docx_text(written).split() == expected

    def it_keeps_the_signatures_with_the_end_of_the_text(self, charte: Charte) -> None:
        boxes = doc.BlocSignature((doc.Signataire(texte("Q"), texte("M"), texte("N"), "S"),))
        last = clause(1, None, paragraphe("un"), paragraphe("deux"))
        closing = (doc.Paragraphe(texte("le"), "date_effet"), doc.Paragraphe(texte("à"), "fait_a"))
        blocs: tuple[doc.Bloc, ...] = (*closing, boxes)
        end = (clause(2 + place, None, bloc) for place, bloc in enumerate(blocs))
        root = body(write_docx(acte(last, *end), charte))
        kept = [
            node.find("w:pPr/w:keepNext", NSMAP) is not None for node in root.iterchildren(qw("p"))
        ]
        assert kept == [False, True, True, True, False]


class DescribeCodes:
    """Codes and article numbers stay on one line."""

    @pytest.mark.parametrize(
        ("inline", "held"),
        [
            (doc.Texte("L.\u00a0162-22-7 et 162-30"), 3),
            (doc.Texte("NAT-10-1-8, USLD-01"), 4),
            (doc.Valeur((doc.Texte("LPP-USLD"),), "a.b"), 1),
            (doc.Citation("code-loi n° 2015-1702", "x"), 2),
            (doc.Texte("c’est-à-dire, CHU-Nord, a-1"), 0),
            (doc.Renvoi("article 10-1", "_cl_1"), 0),
        ],
    )
    def it_holds_them(self, charte: Charte, inline: doc.Inline, held: int) -> None:
        target = clause(1, None, doc.Paragraphe((doc.Texte("Voir "), inline)))
        written = write_docx(acte(target, doc.Paragraphe((inline,))), charte)
        assert count(body(written), ".//w:noBreakHyphen") == 2 * held
        assert docx_text(written).splitlines() == [f"Voir {plain((inline,))}", plain((inline,))]
