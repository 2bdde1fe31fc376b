"""The page of the house style: sizes, margins, and the section breaks built from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from caqes_docs.document.model import Orientation
from caqes_docs.ooxml.xml import escape_attribute

if TYPE_CHECKING:
    from docx.section import Section as WordSection

PAYSAGE_SUFFIX = "Paysage"
"""What the relationship ids of landscape headers and footers end with."""


@dataclass(frozen=True, slots=True)
class Geometrie:
    """The charte's page, in twips, held upright."""

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


def read_geometry(section: WordSection) -> Geometrie:
    """The page of a section of the charte."""
    lengths = {
        "largeur": section.page_width,
        "hauteur": section.page_height,
        "haut": section.top_margin,
        "bas": section.bottom_margin,
        "gauche": section.left_margin,
        "droite": section.right_margin,
        "entete": section.header_distance,
        "pied": section.footer_distance,
    }
    said = {name: abs(length.twips) for name, length in lengths.items() if length is not None}
    page = replace(Geometrie(), **said)
    sides = sorted((page.largeur, page.hauteur))
    return replace(page, largeur=sides[0], hauteur=sides[1])


def build_sections(references: Iterable[tuple[str, str, str]], geometrie: Geometrie) -> Sections:
    """The section properties that keep the charte's page, headers and footers.

    Each reference is « header » or « footer », « default » or « first », and a relationship.
    """
    listed = tuple(references)
    current = tuple(reference for reference in listed if reference[1] == "default")
    upright = _page(geometrie, "portrait")
    return Sections(
        couverture=_section(f"{_references(listed)}{upright}", first_page=True),
        portrait=_section(f"{_references(current)}{upright}"),
        paysage=_section(f"{_references(current, PAYSAGE_SUFFIX)}{_page(geometrie, 'paysage')}"),
    )


def _section(content: str, *, first_page: bool = False) -> str:
    title = "<w:titlePg/>" if first_page else ""
    return f'<w:sectPr>{content}<w:cols w:space="708"/>{title}</w:sectPr>'


def _references(references: Iterable[tuple[str, str, str]], suffix: str = "") -> str:
    """Every section names its headers itself: one that inherits them loses them when moved."""
    return "".join(
        f'<w:{kind}Reference w:type="{use}" r:id="{escape_attribute(relation)}{suffix}"/>'
        for kind, use, relation in references
    )


def _page(page: Geometrie, orientation: Orientation) -> str:
    width, height, turned = page.largeur, page.hauteur, ""
    if orientation == "paysage":
        width, height, turned = height, width, ' w:orient="landscape"'
    return (
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{page.haut}" w:right="{page.droite}" w:bottom="{page.bas}"'
        f' w:left="{page.gauche}" w:header="{page.entete}" w:footer="{page.pied}" w:gutter="0"/>'
    )
