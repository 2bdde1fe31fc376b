"""`rendering.docx.charte.charte`: the charte that jurists edit."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Twips
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import Section, Titre
from caqes_docs.ooxml.ns import R, qw
from caqes_docs.rendering.docx.charte.charte import check_charte, load_charte
from caqes_docs.rendering.docx.charte.gabarits import split_page
from caqes_docs.rendering.docx.writer import write_docx
from tests.outils.echantillons import sample_document

CHARTE = Path(__file__).parents[4] / "templates" / "maison" / "charte.docx"


def edited(path: Path, part: str, edit: Callable[[str], str]) -> Path:
    """A copy of the charte, one of its parts edited."""
    with zipfile.ZipFile(CHARTE) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(name, edit(content) if name == part else content)
    return path


class DescribeCheckCharte:
    """The lint."""

    def it_finds_nothing_in_the_house_shell(self) -> None:
        assert check_charte(CHARTE) == []

    @pytest.mark.parametrize(
        ("code", "part", "old", "new"),
        [
            ("R-102", "word/document.xml", "[[corps]]", ""),
            ("R-103", "word/document.xml", "[[corps]]", "[[corps]] Article 1"),
            ("R-104", "word/header1.xml", "entete_gauche", "entete_milieu"),
            ("R-105", "word/styles.xml", "Caqes Visa", "Autre"),
            ("R-106", "word/styles.xml", "heading 2", "Autre titre"),
            ("R-107", "word/footer1.xml", "{{ pied_gauche }}", "{{ pied_gauche }} CHU"),
            ("R-108", "word/header2.xml", "{{ projet }}", ""),
            ("R-108", "word/footer1.xml", "NUMPAGES", "DATE"),
            ("R-109", "word/header1.xml", "{{ entete_gauche }}", "{{ entete gauche }}"),
        ],
    )
    def it_finds(self, tmp_path: Path, code: str, part: str, old: str, new: str) -> None:
        path = edited(tmp_path / "c.docx", part, lambda xml: xml.replace(old, new))
        assert [constat.code for constat in check_charte(path)] == [code]
        with pytest.raises(RenduError) as caught:
            load_charte(path)
        assert caught.value.code == code

    @pytest.mark.parametrize(("code", "content"), [("R-100", None), ("R-101", b"PK rien")])
    def it_says_when_there_is_no_shell(
        self, tmp_path: Path, code: str, content: bytes | None
    ) -> None:
        path = tmp_path / "c.docx"
        if content is not None:
            path.write_bytes(content)
        assert [constat.code for constat in check_charte(path)] == [code]


BOMB = (
    '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
HOSTILE: dict[str, tuple[str, Callable[[str], str]]] = {
    "bomb in the body": (
        "word/document.xml",
        lambda xml: xml.replace("<w:document", f"{BOMB}<w:document"),
    ),
    "entities in a header": (
        "word/header1.xml",
        lambda xml: xml.replace("<w:hdr", f"{BOMB}<w:hdr").replace("{{ projet }}", "&c;"),
    ),
    "no body": ("word/document.xml", lambda xml: xml.replace("w:body", "w:corps")),
    "another root": ("word/styles.xml", lambda xml: xml.replace("w:styles", "w:autre")),
    "header unknown": ("word/document.xml", lambda xml: xml.replace("rId10", "rId99")),
    "fonts for a header": ("word/document.xml", lambda xml: xml.replace("rId10", "rId4")),
    "page of letters": ("word/document.xml", lambda xml: xml.replace("11906", "large")),
    "size of letters": (
        "word/styles.xml",
        lambda xml: re.sub(r"(<w:sz w:val=)\S+/", r'\1"x"/', xml),
    ),
    "no part of styles": (
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace('Target="styles.xml"', 'Target="absent.xml"'),
    ),
    "no relationship to styles": (
        "word/_rels/document.xml.rels",
        lambda xml: re.sub(r'<Relationship Id="rId1".*?/>', "", xml),
    ),
    "a model": ("[Content_Types].xml", lambda xml: xml.replace("document.main", "template.main")),
    "no types": ("[Content_Types].xml", lambda xml: re.sub("<(Default|Override).*?/>", "", xml)),
}


class DescribeHostileFiles:
    """A file that is no charte: one fault, and never a traceback."""

    @pytest.mark.parametrize("name", HOSTILE)
    def it_is_one_fault(self, tmp_path: Path, name: str) -> None:
        path = edited(tmp_path / "c.docx", *HOSTILE[name])
        assert path.read_bytes() != CHARTE.read_bytes()
        self._refused(path)

    @pytest.mark.parametrize(
        "octets",
        [
            b"",
            CHARTE.read_bytes()[:2000],
            CHARTE.read_bytes()[:-30],
            bytes.fromhex("D0CF11E0A1B11AE1") + bytes(4096),
            CHARTE.read_bytes().replace(b"word/styles.xml", b"word/styles.xm\xff"),
        ],
        ids=["empty", "cut", "end cut", "old .doc", "name"],
    )
    def and_so_are_bytes_that_are_no_package(self, tmp_path: Path, octets: bytes) -> None:
        path = tmp_path / "c.docx"
        path.write_bytes(octets)
        self._refused(path)

    def and_so_is_a_file_that_swells(self, tmp_path: Path) -> None:
        path = edited(tmp_path / "c.docx", "", str)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("word/media/image1.png", bytes(80 * 2**20))
        self._refused(path)

    def but_a_folder_cannot_be_read(self, tmp_path: Path) -> None:
        assert [constat.code for constat in check_charte(tmp_path)] == ["R-100"]

    def _refused(self, path: Path) -> None:
        (constat,) = check_charte(path)
        assert (constat.code, constat.source.fichier) == ("R-101", str(path))
        with pytest.raises(RenduError, match=path.name) as caught:
            load_charte(path)
        assert caught.value.code == "R-101"


class DescribeLoadCharte:
    """Reading the charte."""

    def it_reads_a_content_once(self, tmp_path: Path) -> None:
        copy = tmp_path / "copie.docx"
        copy.write_bytes(CHARTE.read_bytes())
        assert load_charte(copy) is load_charte(CHARTE)

    def but_it_sees_an_edited_shell_at_once(self, tmp_path: Path) -> None:
        path = edited(tmp_path / "c.docx", "word/styles.xml", lambda xml: xml + " ")
        assert load_charte(path) is not load_charte(CHARTE)

    @pytest.mark.parametrize(
        "placeholder",
        [
            "{</w:t></w:r><w:r><w:t>{ entete_gauche }}",
            '{{ entete_</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>gauche }}',
            "{{entete_gauche}}",
        ],
    )
    def it_mends_placeholders_that_word_has_split(self, tmp_path: Path, placeholder: str) -> None:
        path = edited(
            tmp_path / "c.docx",
            "word/header1.xml",
            lambda xml: xml.replace("{{ entete_gauche }}", placeholder),
        )
        document = sample_document()
        written = write_docx(document, load_charte(path))
        with zipfile.ZipFile(io.BytesIO(written)) as package:
            header = etree.fromstring(package.read("word/header1.xml"))
        words = "".join(str(node.text or "") for node in header.iter(qw("t")))
        assert words.startswith(document.bandeaux.entete_gauche)

    def it_replaces_the_page_count_that_word_has_cached(self, tmp_path: Path) -> None:
        path = edited(
            tmp_path / "c.docx",
            "word/footer1.xml",
            lambda xml: xml.replace(">1</w:t>", ">777</w:t>"),
        )
        written = write_docx(sample_document(), load_charte(path))
        with zipfile.ZipFile(io.BytesIO(written)) as package:
            footer = package.read("word/footer1.xml").decode()
        assert footer.count("777") == 1  # -- PAGE keeps its own, the current page is not known --

    def it_follows_the_page_and_the_styles_that_another_program_has_saved(
        self, tmp_path: Path
    ) -> None:
        charte = docx.Document(str(CHARTE))
        charte.sections[0].left_margin = Twips(1701)
        charte.sections[0].orientation = WD_ORIENT.LANDSCAPE
        charte.sections[0].page_width, charte.sections[0].page_height = Twips(16838), Twips(11906)
        charte.styles["Caqes Corps"].paragraph_format.space_after = Twips(240)
        charte.save(str(tmp_path / "c.docx"))
        read = load_charte(tmp_path / "c.docx")
        assert (read.geometrie.gauche, read.geometrie.largeur) == (1701, 11906)
        assert read.metrique("Caqes Corps").apres == 240
        written = docx.Document(io.BytesIO(write_docx(sample_document(), read)))
        assert {section.left_margin for section in written.sections} == {Twips(1701)}

    def it_shows_the_logo_of_a_header_on_landscape_pages_too(self, tmp_path: Path) -> None:
        charte = docx.Document(str(CHARTE))
        run = charte.sections[0].header.paragraphs[0].add_run()
        run.add_picture(str(CHARTE.parents[2] / "docs" / "images" / "contrat.png"), Twips(600))
        charte.save(str(tmp_path / "c.docx"))
        document = sample_document()
        annexe = Section("_x", Titre(1, "", ()), (), orientation="paysage")
        document = replace(document, corps=(*document.corps, annexe))
        written = docx.Document(io.BytesIO(write_docx(document, load_charte(tmp_path / "c.docx"))))
        headers = [section.header.part for section in written.sections[-2:]]
        assert [part.partname for part in headers] == [
            "/word/header1.xml",
            "/word/header1_paysage.xml",
        ]
        for part in headers:
            (image,) = part.rels.values()
            assert image.target_part.content_type == "image/png"

    def it_holds_the_mark_in_the_middle_of_each_page_and_the_reference_at_its_end(self) -> None:
        charte = load_charte(CHARTE)
        annexe = Section("_x", Titre(1, "", ()), (), orientation="paysage")
        document = replace(sample_document(), corps=(annexe,))
        written = docx.Document(io.BytesIO(write_docx(document, charte)))
        upright = written.styles["header"].element.pPr
        turned = written.sections[-1].header.paragraphs[0]._p.pPr
        width, wider = charte.geometrie.text_width(), charte.geometrie.text_width("paysage")
        for properties, end in ((upright, width), (turned, wider)):
            tabs = properties.xpath("w:tabs/w:tab[@w:val!='clear']")
            found = [(tab.get(qw("val")), tab.pos.twips) for tab in tabs]
            assert found == [("center", end // 2), ("right", end)]

    def it_keeps_what_lies_elsewhere_and_leaves_what_nothing_leads_to(self, tmp_path: Path) -> None:
        link = (
            '<Relationship Id="rIdLien" TargetMode="External" Target="https://e.example/?a=1&amp;b"'
            f' Type="{R}/hyperlink"/>'
        )
        path = edited(
            tmp_path / "c.docx",
            "word/_rels/document.xml.rels",
            lambda xml: xml.replace("</Relationships>", f"{link}</Relationships>"),
        )
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("word/orphelin.xml", "<a/>")
        written = write_docx(sample_document(), load_charte(path))
        with zipfile.ZipFile(io.BytesIO(written)) as package:
            relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
            assert "word/orphelin.xml" not in package.namelist()
        (found,) = (node for node in relations if node.get("Id") == "rIdLien")
        assert found.get("Target") == "https://e.example/?a=1&b"
        assert found.get("TargetMode") == "External"


class DescribeSplitPage:
    """The words around the page numbers."""

    @pytest.mark.parametrize("pattern", ["Page {page}", "{total} {page}", "{page}{page}{total}"])
    def it_wants_the_page_then_the_total(self, pattern: str) -> None:
        with pytest.raises(RenduError, match="pied de page"):
            split_page(pattern)
