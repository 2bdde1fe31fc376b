"""`ooxml`: escaping, bookmarks, package, styles, text read back."""

from __future__ import annotations

import io
import zipfile
from typing import cast

import pytest
from docx.oxml import parse_xml
from docx.oxml.styles import CT_Styles
from docx.styles.styles import Styles as WordStyles
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.ooxml.champs import field, toc_entry
from caqes_docs.ooxml.manifeste_xml import manifest_xml
from caqes_docs.ooxml.ns import W, qw
from caqes_docs.ooxml.paquet import compress_part, write_package
from caqes_docs.ooxml.signets import Signets, bookmark_name
from caqes_docs.ooxml.styles import read_styles
from caqes_docs.ooxml.xml import check_text, encode_xml, escape, escape_attribute
from caqes_docs.review.manifeste import read_manifest
from caqes_docs.review.texte_docx import paragraph_text

LEGAL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")))


class DescribeEscape:
    """Strings to XML."""

    @given(LEGAL)
    def it_can_be_read_back(self, text: str) -> None:
        root = etree.fromstring(f'<a b="{escape_attribute(text)}">{escape(text)}</a>'.encode())
        assert root.get("b") == text
        assert (root.text or "") == text

    @pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\udfff", "\ufffe"])
    def but_xml_cannot_hold_everything(self, character: str) -> None:
        for check in (check_text, encode_xml):
            with pytest.raises(RenduError, match=f"U\\+{ord(character):04X}"):
                check(f"<w:t>un mot {character}</w:t>")


class DescribeSignets:
    """Point bookmarks."""

    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
    def it_always_gives_a_name_that_word_accepts(self, ancre: str) -> None:
        name = bookmark_name(ancre)
        assert len(name) <= 40
        assert name.replace("_", "a").isalnum()
        assert not name[0].isdigit()

    def it_refuses_names_that_differ_by_case_only(self) -> None:
        signets = Signets()
        signets.point("_cl_a")
        with pytest.raises(RenduError, match="_cl_A"):
            signets.point("_cl_A")


class DescribeWritePackage:
    """The canonical zip."""

    def it_gives_the_same_bytes_whatever_the_order(self) -> None:
        names = ("b.xml", "[Content_Types].xml", "a.xml")
        made = [compress_part(name, name.encode() * 50) for name in names]
        data = write_package(made)
        assert data == write_package(reversed(made))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.namelist() == ["[Content_Types].xml", "a.xml", "b.xml"]
            assert package.read("a.xml") == b"a.xml" * 50

    def but_it_refuses_two_parts_of_the_same_name(self) -> None:
        part = compress_part("a.xml", b"")
        with pytest.raises(ValueError, match="duplicate"):
            write_package([part, part])


class DescribeManifest:
    """The custom XML part."""

    def it_can_be_read_back(self) -> None:
        rows = [{"id": 'a"b<&', "ancre": "_cl_1"}]
        assert read_manifest(manifest_xml("abc", rows).encode()) == ("abc", rows)

    def but_another_part_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not a manifest"):
            read_manifest(b"<a/>")


class DescribeFields:
    """Complex fields."""

    def it_always_has_a_cached_result(self) -> None:
        root = etree.fromstring(f'<w:p xmlns:w="{W}">{field("PAGE", "3")}</w:p>'.encode())
        assert [node.text for node in root.iter(qw("t"))] == ["3"]

    def and_the_text_reader_leaves_page_numbers_out(self) -> None:
        entry = toc_entry("Article 1", "_cl_1", "12")
        root = etree.fromstring(f'<w:p xmlns:w="{W}">{entry}</w:p>'.encode())
        assert paragraph_text(root) == "Article 1\t"


class DescribeReadStyles:
    """Effective measures."""

    def it_follows_the_styles_a_style_is_based_on(self) -> None:
        xml = (
            f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/>'
            "</w:rPr></w:rPrDefault></w:docDefaults>"
            '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Fils"/><w:basedOn'
            ' w:val="A"/><w:pPr><w:spacing w:before="60"/><w:ind w:hanging="20"/></w:pPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="Mon Style"/><w:pPr>'
            '<w:keepNext/><w:numPr><w:numId w:val="7"/></w:numPr><w:spacing w:after="80"'
            ' w:line="250" w:lineRule="exact"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
            "</w:styles>"
        )
        numbering = parse_xml(
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0">'
            '<w:pPr><w:ind w:left="400" w:hanging="100"/></w:pPr></w:lvl></w:abstractNum>'
            '<w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
        )
        styles = read_styles(WordStyles(cast(CT_Styles, parse_xml(xml))), numbering)
        found = styles.metriques["B"]
        assert (found.avant, found.apres, found.premiere, found.corps) == (60, 80, -20, 21)
        assert (found.gauche, found.regle, found.interligne) == (400, "exact", 250)
        assert found.gras
        assert found.garde
        assert styles.par_nom == {"fils": "B", "monstyle": "A"}
        assert styles.numerotes == {"A", "B"}
