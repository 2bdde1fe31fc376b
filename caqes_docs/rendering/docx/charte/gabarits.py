"""Headers and footers of the charte, turned once into templates.

docxtpl cleans what Word does to a placeholder (split runs, curly quotes); then each part becomes a
compiled Jinja template. Word refreshes the page count of a header whenever it opens the charte, so
the cached results of the fields are replaced here, whatever the charte says.
"""

from __future__ import annotations

import copy
import marshal
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined, Template
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import Bandeaux
from caqes_docs.ooxml.ns import DECLARATION, qw
from caqes_docs.ooxml.xml import check_text, escape_attribute

if TYPE_CHECKING:
    from docx.oxml.text.parfmt import CT_PPr
    from docx.oxml.xmlchemy import BaseOxmlElement

PLACEHOLDERS = (
    *("entete_gauche", "entete_droite", "pied_gauche", "projet"),
    *("page_avant", "page_entre", "page_apres"),
)
_PAGES = "{{ total_en_cache }}"
_WATERMARK = "{{ filigrane | safe }}"
_PAGE_PATTERN = re.compile(r"\{page\}|\{total\}")
_RSID = re.compile(r' w:rsid\w*="[^"]*"')


@dataclass(frozen=True, slots=True)
class Gabarit:
    """A header or footer part, ready to be filled."""

    nom: str
    code: bytes
    """Its template, compiled."""
    paysage: bool
    """Serves landscape sections only."""
    numero: int
    """Makes the ids of its drawings unique."""


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The Jinja environment of headers: escapes everything, refuses an unknown name."""
    return Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)


def clean_placeholders(xml: str) -> str:
    """`xml` with each placeholder in one piece."""
    from docxtpl import DocxTemplate  # -- with python-docx, 0.1 s: not when a PDF is written --

    return _RSID.sub("", str(DocxTemplate("").patch_xml(xml)))


def prepare(xml: str) -> BaseOxmlElement:
    """The tree of a header or footer whose placeholders are clean, its fields and mark ready."""
    from docx.oxml import parse_xml

    root = parse_xml(xml)
    for paragraph in root.iter(qw("p")):
        _reset_page_count(paragraph)
    first = next(root.iter(qw("p")), None)
    if first is not None and root.tag == qw("hdr"):
        _append_text(first, _WATERMARK)
    return root


def turned_copy(
    root: BaseOxmlElement, width: int, wider: int, styles: Mapping[str, CT_PPr | None]
) -> BaseOxmlElement:
    """A landscape copy of a prepared part: its tab stops of the right and of the middle moved."""
    clone = copy.deepcopy(root)
    for properties in clone.xpath(".//w:p/w:pPr"):
        stops = _tab_stops(properties) or _tab_stops(styles.get(properties.style))
        moved = [
            (stop, kind, end)
            for stop, kind in stops
            if (end := moved_stop(stop, width, width + wider)) != stop
        ]
        if moved:
            tabs = properties.get_or_add_tabs()
            tabs[:] = []
            for stop, kind, end in moved:
                etree.SubElement(tabs, qw("tab"), {qw("val"): "clear", qw("pos"): str(stop)})
                etree.SubElement(tabs, qw("tab"), {qw("val"): kind, qw("pos"): str(end)})
    return clone


def moved_stop(stop: int, before: int, after: int) -> int:
    """Where a tab stop goes with the width of the text: one at its end, or its middle, stays there.

    >>> moved_stop(9600, 9638, 14000), moved_stop(4819, 9638, 14000), moved_stop(600, 9638, 14000)
    (13962, 7000, 600)
    """
    for part in (1, 2):
        if abs(stop - before // part) < before // 10:
            return stop + (after - before) // part
    return stop


def _tab_stops(properties: CT_PPr | None) -> list[tuple[int, str]]:
    """The tab stops that a paragraph or a style sets, in twips, and their kinds."""
    if properties is None:
        return []
    tabs = properties.xpath("w:tabs/w:tab")
    return [(tab.pos.twips, str(tab.get(qw("val")))) for tab in tabs]


def compile_part(nom: str, root: etree._Element, numero: int, *, paysage: bool) -> Gabarit:
    """The template of a prepared part."""
    source = DECLARATION + etree.tostring(root, encoding="unicode")
    return Gabarit(nom, marshal.dumps(environment().compile(source)), paysage, numero)


@lru_cache(maxsize=64)
def _template(code: bytes) -> Template:
    return Template.from_code(environment(), marshal.loads(code), environment().make_globals(None))


def render(gabarit: Gabarit, bandeaux: Bandeaux, total: int, *, brouillon: bool) -> str:
    """The part filled with what runs on the pages of this document."""
    texts = (bandeaux.entete_gauche, bandeaux.entete_droite, bandeaux.pied_gauche, bandeaux.projet)
    said = map(check_text, (*texts, *split_page(bandeaux.page)))
    mark = brouillon and bandeaux.projet
    return _template(gabarit.code).render(
        zip(PLACEHOLDERS, said, strict=True),
        total_en_cache=total,
        filigrane=watermark(bandeaux.projet, gabarit.numero) if mark else "",
    )


def split_page(pattern: str) -> tuple[str, str, str]:
    """What stands before, between and after the two numbers.

    Raises:
        RenduError: the numbers are not there, or not in this order.

    >>> split_page("Page {page} sur {total}.")
    ('Page ', ' sur ', '.')
    """
    if _PAGE_PATTERN.findall(pattern) != ["{page}", "{total}"]:
        raise RenduError(
            "R-123",
            f"Le pied de page « {pattern} » ne contient pas {{page}} puis {{total}}.",
            remede="L'écrire par exemple « Page {page} sur {total} ».",
        )
    avant, entre, apres = _PAGE_PATTERN.split(pattern)
    return avant, entre, apres


def watermark(texte: str, numero: int) -> str:
    """A run that draws `texte` across the page, light grey, behind everything.

    VML is what Word itself writes for a watermark, and the only form that LibreOffice keeps.
    """
    width = min(440, 70 * max(1, len(texte)))
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:pict xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:w10="urn:schemas-microsoft-com:office:word">'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom"'
        ' o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="Filigrane{numero}" o:spid="_x0000_s{2048 + numero}" alt=""'
        ' type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;'
        f"width:{width}pt;height:{width // 4}pt;rotation:315;z-index:-251658240;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f"'
        ' fillcolor="#d0d5dd" stroked="f"><v:fill opacity="18350f"/>'
        f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt"'
        f' string="{escape_attribute(texte)}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
    )


def field_names(paragraph: etree._Element) -> list[str]:
    """The names of the fields of a paragraph: such as PAGE and NUMPAGES."""
    codes = [str(node.text or "") for node in paragraph.iter(qw("instrText"))]
    codes += [str(node.get(qw("instr"), "")) for node in paragraph.iter(qw("fldSimple"))]
    return [words[0].upper() for words in (code.split() for code in codes) if words]


def own_words(root: etree._Element) -> str:
    """The text of a header, without placeholders nor results of fields."""
    words: list[str] = []
    for paragraph in root.iter(qw("p")):
        results = set(_result_texts(paragraph, None))
        words += [
            str(node.text or "")
            for node in paragraph.iter(qw("t"))
            if node not in results and not _in_simple_field(node)
        ]
    return re.sub(r"\{\{.*?\}\}", "", "".join(words))


def _in_simple_field(node: etree._Element) -> bool:
    return any(True for _ in node.iterancestors(qw("fldSimple")))


def _reset_page_count(paragraph: etree._Element) -> None:
    """The cached page count comes from the document, not from the day the charte was saved."""
    texts = _result_texts(paragraph, "NUMPAGES")
    for simple in paragraph.iter(qw("fldSimple")):
        if "NUMPAGES" in str(simple.get(qw("instr"), "")).upper():
            texts += list(simple.iter(qw("t")))
    for position, node in enumerate(texts):
        node.text = "" if position else _PAGES


def _result_texts(paragraph: etree._Element, name: str | None) -> list[etree._Element]:
    """The `w:t` that are cached results of the complex fields called `name` (of any, if None)."""
    found: list[etree._Element] = []
    code, inside = "", False
    for node in paragraph.iter(qw("fldChar"), qw("instrText"), qw("t")):
        if node.tag == qw("instrText"):
            code += str(node.text or "")
        elif node.tag == qw("t"):
            if inside and (name is None or code.split()[:1] == [name]):
                found.append(node)
        else:
            kind = node.get(qw("fldCharType"))
            inside = kind == "separate"
            code = "" if kind == "begin" else code
    return found


def _append_text(paragraph: etree._Element, text: str) -> None:
    if len(paragraph):
        last = paragraph[-1]
        last.tail = (last.tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text
