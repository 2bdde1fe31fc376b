"""The page of the house shell: sizes, margins, and the section breaks built from them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from caqes_docs.document.model import Orientation
from caqes_docs.ooxml.ns import NSMAP, qr, qw

PAYSAGE_SUFFIX = "Paysage"
"""What the relationship ids of landscape headers and footers end with."""


@dataclass(frozen=True, slots=True)
class Geometrie:
    """The shell's page, in twips, held upright."""

    largeur: int = 11906
    hauteur: int = 16838
    haut: int = 1474
    bas: int = 1361
    gauche: int = 1304
    droite: int = 1304
    entete: int = 680
    pied: int = 624

    def text_width(self, orientation: Orientation = "portrait") -> int:
        """The width between the margins."""
        page = self.largeur if orientation == "portrait" else self.hauteur
        return page - self.gauche - self.droite

    def text_height(self, orientation: Orientation = "portrait") -> int:
        """The height between the margins."""
        page = self.hauteur if orientation == "portrait" else self.largeur
        return page - self.haut - self.bas


@dataclass(frozen=True, slots=True)
class Sections:
    """The three `w:sectPr` a document can need."""

    couverture: str
    portrait: str
    paysage: str

    def body(self, orientation: Orientation) -> str:
        """The section properties of a part of the body."""
        return self.portrait if orientation == "portrait" else self.paysage


def read_geometry(section: etree._Element) -> Geometrie:
    """The page described by the shell's `w:sectPr`."""
    size = section.find("w:pgSz", NSMAP)
    margins = section.find("w:pgMar", NSMAP)
    if size is None or margins is None:
        return Geometrie()

    def measure(node: etree._Element, name: str) -> int:
        return abs(int(node.get(qw(name), "0")))

    sides = sorted((measure(size, "w"), measure(size, "h")))
    return Geometrie(
        largeur=sides[0],
        hauteur=sides[1],
        haut=measure(margins, "top"),
        bas=measure(margins, "bottom"),
        gauche=measure(margins, "left"),
        droite=measure(margins, "right"),
        entete=measure(margins, "header"),
        pied=measure(margins, "footer"),
    )


def build_sections(section: etree._Element, geometrie: Geometrie) -> Sections:
    """The section properties that keep the shell's page, headers and footers."""
    portrait = _references(section)
    default = _references(section, only_default=True)
    rotated = _references(section, only_default=True, suffix=PAYSAGE_SUFFIX)
    upright = _page(geometrie, "portrait")
    return Sections(
        couverture=_section(f"{portrait}{upright}", first_page=True),
        portrait=_section(f"{default}{upright}"),
        paysage=_section(f"{rotated}{_page(geometrie, 'paysage')}"),
    )


def _section(content: str, *, first_page: bool = False) -> str:
    title = "<w:titlePg/>" if first_page else ""
    return f'<w:sectPr>{content}<w:cols w:space="708"/>{title}</w:sectPr>'


def _references(section: etree._Element, *, only_default: bool = False, suffix: str = "") -> str:
    """Every section names its headers itself: one that inherits them loses them when moved."""
    found: list[str] = []
    for kind in ("headerReference", "footerReference"):
        for node in section.iterchildren(qw(kind)):
            name = str(node.get(qw("type")))
            if name == "default" or (name == "first" and not only_default):
                relation = f"{node.get(qr('id'))}{suffix}"
                found.append(f'<w:{kind} w:type="{name}" r:id="{relation}"/>')
    return "".join(found)


def _page(page: Geometrie, orientation: Orientation) -> str:
    width, height, turned = page.largeur, page.hauteur, ""
    if orientation == "paysage":
        width, height, turned = height, width, ' w:orient="landscape"'
    return (
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{page.haut}" w:right="{page.droite}" w:bottom="{page.bas}"'
        f' w:left="{page.gauche}" w:header="{page.entete}" w:footer="{page.pied}" w:gutter="0"/>'
    )
