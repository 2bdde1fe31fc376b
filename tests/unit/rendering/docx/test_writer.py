"""`rendering.docx.writer`: what the Word file of an act holds."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.document.empreinte import manifest
from caqes_docs.document.model import (
    AEcrire,
    Bloc,
    Clause,
    Colonne,
    Document,
    Element,
    Emphase,
    Encart,
    Exposant,
    Fort,
    IdentiteClause,
    Inline,
    Liste,
    Paragraphe,
    Renvoi,
    SautDePage,
    SautLigne,
    Section,
    Tableau,
    Texte,
    Titre,
)
from caqes_docs.document.texte import document_text
from caqes_docs.ooxml.ns import NSMAP, qw
from caqes_docs.ooxml.signets import bookmark_name
from caqes_docs.rendering.docx.charte.charte import Charte, load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.review.manifeste import read_manifest
from caqes_docs.review.texte_docx import docx_text, normalise, paragraph_text
from tests.outils.echantillons import ETABLISSEMENT, cellule, paragraphe, sample_document, texte
from tests.outils.partage import examples
from tests.outils.strategies import documents

CHARTE = Path(__file__).parents[4] / "templates" / "maison" / "charte.docx"
HOSTILE = "*|#<b>&amp;{{ x }}]]>\"' </w:t>"


@pytest.fixture
def charte() -> Charte:
    return load_charte(CHARTE)


def acte(*corps: Bloc, brouillon: bool = False) -> Document:
    """The sample act with another body and no cover."""
    return replace(sample_document(brouillon), couverture=(), corps=corps)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"])[0]


def count(root: etree._Element, path: str) -> int:
    return len(root.findall(path, NSMAP))


def attributes(root: etree._Element, path: str, name: str) -> list[str]:
    return [str(node.get(qw(name))) for node in root.findall(path, NSMAP)]


def styles_of(root: etree._Element) -> list[str]:
    return attributes(root, ".//w:pPr/w:pStyle", "val")


class DescribeWriteDocx:
    """The package as a whole."""

    @pytest.mark.parametrize("brouillon", [False, True])
    def it_says_what_the_document_says(self, charte: Charte, brouillon: bool) -> None:
        document = sample_document(brouillon)
        written = docx_text(write_docx(document, charte))
        assert normalise(written) == normalise(document_text(document))

    @settings(
        max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(document=documents())
    def it_says_what_any_document_says(self, document: Document) -> None:
        written = write_docx(document, load_charte(CHARTE))
        assert normalise(docx_text(written)) == normalise(document_text(document))
        assert list(duplicates(parts(written))) == []

    def it_leaves_hostile_names_untouched(self, charte: Charte) -> None:
        document = acte(paragraphe(HOSTILE), paragraphe(ETABLISSEMENT))
        assert docx_text(write_docx(document, charte)).splitlines() == [HOSTILE, ETABLISSEMENT]

    def it_leaves_hostile_headers_untouched(self, charte: Charte) -> None:
        bandeaux = replace(sample_document().bandeaux, entete_gauche=HOSTILE)
        written = parts(write_docx(replace(acte(), bandeaux=bandeaux), charte))
        header = etree.fromstring(written["word/header1.xml"])
        assert HOSTILE in "".join(str(node.text or "") for node in header.iter(qw("t")))

    @pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff"])
    def but_it_refuses_what_xml_forbids(self, charte: Charte, character: str) -> None:
        with pytest.raises(RenduError, match="interdit"):
            write_docx(acte(paragraphe(f"avant {character} après")), charte)

    def it_writes_the_same_bytes_twice(
        self, charte: Charte, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = write_docx(sample_document(), charte)
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        second = write_docx(sample_document(), charte)
        monkeypatch.undo()
        time.tzset()
        assert first == second

    def it_dates_every_entry_of_1980_and_puts_the_types_first(self, charte: Charte) -> None:
        with zipfile.ZipFile(io.BytesIO(write_docx(sample_document(), charte))) as package:
            entries = package.infolist()
            assert package.testzip() is None
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        names = [entry.filename for entry in entries]
        assert names == ["[Content_Types].xml", *sorted(names[1:])]

    def it_writes_well_formed_parts(self, charte: Charte) -> None:
        for content in parts(write_docx(sample_document(True), charte)).values():
            etree.fromstring(content)

    @pytest.mark.parametrize("brouillon", [False, True])
    def it_declares_every_part_and_resolves_every_relationship(
        self, charte: Charte, brouillon: bool
    ) -> None:
        written = parts(write_docx(sample_document(brouillon), charte))
        types = etree.fromstring(written["[Content_Types].xml"])
        declared = {str(node.get("PartName"))[1:] for node in types if node.get("PartName")}
        assert declared <= set(written)
        for rels in (name for name in written if name.endswith(".rels")):
            base = Path(rels).parent.parent
            for node in etree.fromstring(written[rels]):
                target = str(node.get("Target"))
                name = target[1:] if target.startswith("/") else str(base / target)
                assert str(Path(re.sub(r"[^/]+/\.\./", "", name))) in written

    def it_carries_the_fingerprint_and_the_clauses(self, charte: Charte) -> None:
        document = sample_document()
        expected = manifest(document)
        written = parts(write_docx(document, charte))
        digest, clauses = read_manifest(written["customXml/item1.xml"])
        assert digest == expected.empreinte
        assert [row["ancre"] for row in clauses] == [row.ancre for row in expected.clauses]
        assert clauses[0]["version"] == "2022-01-01"
        assert expected.empreinte in written["docProps/custom.xml"].decode()

    def it_dates_the_file_from_the_document(self, charte: Charte) -> None:
        core = parts(write_docx(sample_document(), charte))["docProps/core.xml"].decode()
        assert core.count("2026-01-15T00:00:00Z") == 2
        assert "<dc:language>fr-FR</dc:language>" in core

    def it_leaves_no_trace_of_editing_sessions(self, charte: Charte) -> None:
        written = write_docx(sample_document(True), charte)
        assert not [name for name, part in parts(written).items() if b"w:rsid" in part]


def duplicates(written: dict[str, bytes]) -> Iterator[str]:
    """Ids and names that a Word file must not hold twice."""
    root = etree.fromstring(written["word/document.xml"])
    for path, name in (
        (".//w:bookmarkStart", "id"),
        (".//w:bookmarkStart", "name"),
        (".//w:commentReference", "id"),
    ):
        found = attributes(root, path, name)
        yield from (f"{path} {value}" for value in set(found) if found.count(value) > 1)
    shapes = [
        identifier
        for name, part in written.items()
        if name.startswith("word/header")
        for identifier in re.findall(rb'<v:shape id="([^"]+)"', part)
    ]
    yield from (str(shape) for shape in set(shapes) if shapes.count(shape) > 1)


class DescribeInlines:
    """Runs."""

    @pytest.mark.parametrize(
        ("inline", "path"),
        [
            (Exposant("er"), ".//w:rPr/w:vertAlign"),
            (Fort(texte("x")), ".//w:rPr/w:b"),
            (Emphase(texte("x")), ".//w:rPr/w:i"),
            (SautLigne(), ".//w:r/w:br"),
            (Renvoi("article 2", "_cl_2"), ".//w:hyperlink/w:r/w:t"),
        ],
    )
    def it_writes_each_inline(self, charte: Charte, inline: Inline, path: str) -> None:
        root = body(write_docx(acte(Paragraphe((Texte("avant "), inline))), charte))
        assert count(root, path) == 1

    def it_joins_neighbours_that_look_the_same(self, charte: Charte) -> None:
        contenu = (Texte("un "), Texte("deux "), AEcrire("date", 2), Fort((Texte("trois"),)))
        root = body(write_docx(acte(Paragraphe(contenu)), charte))
        words = [str(node.text) for node in root.iter(qw("t"))]
        assert words == ["un deux ……", "trois"]


def clause(number: int, titre: Titre | None, *blocs: Bloc) -> Clause:
    identity = IdentiteClause(f"a.b{number}", sample_document().metadonnees.date, "en vigueur")
    return Clause(identity, f"_cl_{number}", titre, blocs)


class DescribeBlocks:
    """Paragraphs, headings, lists."""

    def it_gives_headings_real_styles_and_point_bookmarks(self, charte: Charte) -> None:
        two_lines = Titre(1, "Chapitre 1", texte("Objet"), sur_deux_lignes=True)
        inner = clause(1, Titre(2, "Article 1", texte("Durée")), paragraphe("Un an."))
        root = body(write_docx(acte(Section("_sec_1", two_lines, (inner,))), charte))
        assert styles_of(root)[:2] == [charte.style("heading 1"), charte.style("heading 2")]
        assert attributes(root, ".//w:bookmarkStart", "name") == ["_sec_1", "_cl_1"]
        assert count(root[0], ".//w:br") == 1
        for paragraph in list(root)[:2]:
            assert paragraph.find("w:bookmarkStart", NSMAP) is not None

    @pytest.mark.parametrize(
        "bloc",
        [
            paragraphe("a"),
            Liste((Element((paragraphe("a"),)),)),
            Tableau((Colonne(1),), (), ((cellule("a"),),)),
            Encart((paragraphe("a"),)),
        ],
    )
    def it_bookmarks_the_first_words_of_an_untitled_clause(
        self, charte: Charte, bloc: Bloc
    ) -> None:
        written = acte(paragraphe("x"), SautDePage(), clause(7, None, bloc))
        root = body(write_docx(written, charte))
        (start,) = root.iter(qw("bookmarkStart"))
        paragraph = start.getparent()
        assert paragraph is not None
        assert "".join(str(node.text) for node in paragraph.iter(qw("t"))) == "a"

    def but_it_refuses_an_anchor_used_twice(self, charte: Charte) -> None:
        twice = (clause(1, None, paragraphe("a")), clause(1, None, paragraphe("b")))
        with pytest.raises(RenduError, match="deux fois"):
            write_docx(acte(*twice), charte)

    def it_breaks_pages_without_empty_paragraphs(self, charte: Charte) -> None:
        root = body(write_docx(acte(paragraphe("a"), SautDePage(), paragraphe("b")), charte))
        assert count(root, "w:p") == 2
        assert root[1].find("w:pPr/w:pageBreakBefore", NSMAP) is not None

    def and_never_at_the_start_of_a_section(self, charte: Charte) -> None:
        document = replace(acte(SautDePage(), paragraphe("b")), couverture=(paragraphe("a"),))
        assert count(body(write_docx(document, charte)), ".//w:pageBreakBefore") == 0

    def it_keeps_an_announcement_with_what_it_announces(self, charte: Charte) -> None:
        bullets = Liste((Element((paragraphe("x"),)),))
        root = body(write_docx(acte(paragraphe("Ainsi\u00a0:"), bullets), charte))
        assert root[0].find("w:pPr/w:keepNext", NSMAP) is not None

    def it_numbers_bullets_natively_and_writes_marks_as_text(self, charte: Charte) -> None:
        nested = Liste((Element((paragraphe("deux"),)),))
        bullets = Liste((Element((paragraphe("un"), nested, paragraphe("suite"))),))
        marks = Liste((Element((paragraphe("trois"),), "a)"),), ordonnee=True)
        root = body(write_docx(acte(bullets, marks), charte))
        names = ("List Bullet", "List Bullet 2", "Caqes Suite1", "Caqes Liste1")
        assert styles_of(root) == [charte.style(name) for name in names]
        assert [str(node.text) for node in root[3].iter(qw("t"))] == ["a)", "trois"]
        assert count(root[3], ".//w:r/w:tab") == 1


class DescribeSections:
    """Pages upright, pages turned, cover."""

    def it_turns_landscape_sections_only(self, charte: Charte) -> None:
        annexe = Section("_a", Titre(1, "", texte("A")), (), orientation="paysage")
        root = body(write_docx(acte(paragraphe("a"), annexe, paragraphe("b")), charte))
        turned = [node.get(qw("orient")) for node in root.iter(qw("pgSz"))]
        assert turned == [None, "landscape", None]
        for section in root.iter(qw("sectPr")):
            assert count(section, "w:headerReference") == 1
            assert count(section, "w:footerReference") == 1

    def it_gives_the_cover_its_own_first_page(self, charte: Charte) -> None:
        root = body(write_docx(sample_document(), charte))
        first, *others = root.iter(qw("sectPr"))
        assert first.find("w:titlePg", NSMAP) is not None
        assert [section.find("w:titlePg", NSMAP) for section in others] == [None] * len(others)

    def but_a_letter_has_no_first_page(self, charte: Charte) -> None:
        assert count(body(write_docx(acte(paragraphe("a")), charte)), ".//w:titlePg") == 0


class DescribeReferences:
    """References to articles and annexes."""

    def it_repeats_the_number_of_the_heading_by_a_field(self, charte: Charte) -> None:
        said = (Texte("voir "), Renvoi("article\u00a01er", "_cl_un"), Texte(" et "))
        root = body(
            write_docx(
                acte(
                    _clause("_cl_un", "Article\u00a01er"),
                    _clause("_cl_deux", "Article\u00a02"),
                    Paragraphe((*said, Renvoi("annexe\u00a09", "_cl_deux"))),
                ),
                charte,
            )
        )
        names = attributes(root, ".//w:bookmarkStart", "name")
        assert names == ["_cl_un", bookmark_name("_no_article\u00a01er"), "_cl_deux"]
        assert [str(node.text) for node in root.iter(qw("instrText"))] == [f" REF {names[1]} "]
        heading, _, words = root.iter(qw("p"))
        assert paragraph_text(heading) == "Article\u00a01er\u00a0: Titre"
        children = list(heading)
        start, end = [n for n, mark in enumerate(children) if "bookmark" in str(mark.tag)][2:]
        marked = children[start + 1 : end]
        assert ["".join(map(str, run.itertext())) for run in marked] == ["1", "er"]
        assert paragraph_text(words) == "voir article\u00a01er et annexe\u00a09"


def _clause(ancre: str, numero: str) -> Clause:
    identite = IdentiteClause("essai", dt.date(2018, 1, 1), "redaction_propre")
    return Clause(identite, ancre, Titre(1, numero, texte("Titre")), ())


class DescribeContents:
    """The table of contents."""

    def it_is_a_living_field_with_a_cached_result(self, charte: Charte) -> None:
        root = body(write_docx(sample_document(), charte))
        codes = [str(node.text).split()[0] for node in root.iter(qw("instrText"))]
        entries = codes.count("PAGEREF")
        assert codes == ["TOC", *["PAGEREF"] * entries, *["REF"] * codes.count("REF")]
        kinds = attributes(root, ".//w:fldChar", "fldCharType")
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes)
        names = set(attributes(root, ".//w:bookmarkStart", "name"))
        anchors = set(attributes(root, ".//w:hyperlink", "anchor"))
        assert anchors <= names
