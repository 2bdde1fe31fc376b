"""What the styles part of a document says: identifiers, and effective paragraph measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, qw

if TYPE_CHECKING:
    from docx.styles.styles import Styles as WordStyles

_AUTO_LINE = 240

_Levels: TypeAlias = dict[tuple[str, str], tuple[int, int]]
_Changes: TypeAlias = dict[str, Any]
"""Fields of a `Metrique` to be replaced."""


@dataclass(frozen=True, slots=True)
class Metrique:
    """The measures of a paragraph style that decide how many lines it takes (twips)."""

    avant: int = 0
    apres: int = 0
    interligne: int = _AUTO_LINE
    """240ths of a line when `regle` is « auto », else twips."""
    regle: str = "auto"
    gauche: int = 0
    droite: int = 0
    premiere: int = 0
    """First line: positive for an indent, negative for a hanging one."""
    corps: int = 20
    """Size of the letters in half-points."""
    gras: bool = False
    garde: bool = False
    """Kept with the next paragraph."""
    insecable: bool = False
    """Lines kept together."""
    bordure_haute: int = 0
    bordure_basse: int = 0
    """Room taken by a border and its distance to the text."""
    numerote: bool = False
    """Bound to a numbering definition: a bullet or a number stands before it."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document."""

    par_nom: dict[str, str]
    """Style id by `style_key` of the name: Word translates ids when it saves, never such names."""
    metriques: dict[str, Metrique]
    ombrages: dict[str, str]
    """`w:shd` of the first row (`firstRow`) and column (`firstCol`) by table style id, as XML:
    `« id/part »`."""
    numerotes: frozenset[str]
    """Ids of the paragraph styles bound to a numbering definition."""


@lru_cache(maxsize=512)
def style_key(nom: str) -> str:
    """A style name as it is looked up.

    >>> style_key("Caqes Couverture Titre")
    'caqescouverturetitre'
    """
    return nom.lower().replace(" ", "")


def read_styles(styles: WordStyles, numbering: etree._Element) -> Styles:
    """The styles that python-docx has read; indents of bullets come from the numbering part."""
    root = styles.element
    levels = _numbering_indents(numbering)
    nodes = {str(node.get(qw("styleId"))): node for node in root.iterchildren(qw("style"))}
    defaults = root.find("w:docDefaults", NSMAP)
    base = Metrique() if defaults is None else _apply(Metrique(), defaults, levels)
    metriques: dict[str, Metrique] = {}
    for style_id in nodes:
        _resolve(style_id, nodes, base, levels, metriques)
    return Styles(
        {style_key(style.name or ""): style.style_id for style in styles},
        metriques,
        _shadings(nodes),
        frozenset(style_id for style_id, found in metriques.items() if found.numerote),
    )


def _based_on(node: etree._Element) -> str | None:
    based = node.find("w:basedOn", NSMAP)
    return None if based is None else based.get(qw("val"))


def _resolve(
    style_id: str,
    nodes: dict[str, etree._Element],
    base: Metrique,
    levels: _Levels,
    done: dict[str, Metrique],
) -> Metrique:
    if style_id in done:
        return done[style_id]
    done[style_id] = base  # -- a style based on itself does not loop --
    parent = _based_on(nodes[style_id])
    inherited = _resolve(parent, nodes, base, levels, done) if parent in nodes else base
    done[style_id] = _apply(inherited, nodes[style_id], levels)
    return done[style_id]


def _apply(metrique: Metrique, node: etree._Element, levels: _Levels) -> Metrique:
    """`metrique` changed by what `node`, a style or the defaults of the document, says itself."""
    changes: _Changes = {}
    # -- in a style, then in `w:docDefaults`; never in the `w:tblStylePr` of a table style --
    for path in ("w:pPr/*", "w:pPrDefault/w:pPr/*", "w:rPr/*", "w:rPrDefault/w:rPr/*"):
        for child in node.iterfind(path, NSMAP):
            changes.update(_changes(child, levels))
    return replace(metrique, **changes)


def _changes(node: etree._Element, levels: _Levels) -> _Changes:
    """What one property of a paragraph or of its letters changes."""
    if node.tag == qw("numPr"):
        return _read_numbering(node, levels)
    if node.tag == qw("pBdr"):
        return _read_border(node)
    found: _Changes = {
        field: read(str(node.get(qw(attribute))))
        for tag, attribute, field, read in _MEASURES
        if node.tag == qw(tag) and node.get(qw(attribute)) is not None
    }
    if node.tag in _SWITCHES:
        found[_SWITCHES[node.tag]] = node.get(qw("val"), "1") not in ("0", "false", "off")
    return found


def _minus(value: str) -> int:
    return -int(value)


# -- the letters have a `w:spacing` too: none of its attributes is here --
_MEASURES: tuple[tuple[str, str, str, Callable[[str], object]], ...] = (
    ("spacing", "before", "avant", int),
    ("spacing", "after", "apres", int),
    ("spacing", "line", "interligne", int),
    ("spacing", "lineRule", "regle", str),
    ("ind", "left", "gauche", int),
    ("ind", "start", "gauche", int),
    ("ind", "right", "droite", int),
    ("ind", "end", "droite", int),
    ("ind", "firstLine", "premiere", int),
    ("ind", "hanging", "premiere", _minus),
    ("sz", "val", "corps", int),
)
_SWITCHES = {qw("b"): "gras", qw("keepNext"): "garde", qw("keepLines"): "insecable"}


def _read_numbering(node: etree._Element, levels: _Levels) -> _Changes:
    number = node.find("w:numId", NSMAP)
    level = node.find("w:ilvl", NSMAP)
    key = (
        "" if number is None else str(number.get(qw("val"))),
        "0" if level is None else str(level.get(qw("val"))),
    )
    said: _Changes = {"numerote": key[0] not in ("", "0")}
    left, hanging = levels.get(key, (0, 0))
    return {**said, "gauche": left, "premiere": -hanging} if key in levels else said


def _read_border(node: etree._Element) -> _Changes:
    changes: _Changes = {}
    for side, name in (("top", "bordure_haute"), ("bottom", "bordure_basse")):
        border = node.find(f"w:{side}", NSMAP)
        if border is not None and border.get(qw("val")) not in ("nil", "none"):
            width = int(border.get(qw("sz"), "0")) * 20 // 8
            changes[name] = width + int(border.get(qw("space"), "0")) * 20
    return changes


def _numbering_indents(root: etree._Element) -> _Levels:
    """Left indent and hanging by (numId, level)."""
    abstract = {
        str(node.get(qw("abstractNumId"))): node for node in root.iterchildren(qw("abstractNum"))
    }
    found: _Levels = {}
    for num in root.iterchildren(qw("num")):
        reference = num.find("w:abstractNumId", NSMAP)
        definition = None if reference is None else abstract.get(str(reference.get(qw("val"))))
        if definition is None:
            continue
        for level in definition.iterchildren(qw("lvl")):
            indent = level.find("w:pPr/w:ind", NSMAP)
            if indent is not None:
                key = (str(num.get(qw("numId"))), str(level.get(qw("ilvl"))))
                left = int(indent.get(qw("left"), "0"))
                found[key] = (left, int(indent.get(qw("hanging"), "0")))
    return found


def _shadings(nodes: dict[str, etree._Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for style_id, node in nodes.items():
        for condition in node.iterchildren(qw("tblStylePr")):
            shading = condition.find("w:tcPr/w:shd", NSMAP)
            if shading is not None:
                found[f"{style_id}/{condition.get(qw('type'))}"] = (
                    f'<w:shd w:val="clear" w:color="auto" w:fill="{shading.get(qw("fill"))}"/>'
                )
    return found
