"""What the styles part of a document says: identifiers, and effective paragraph measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from caqes_docs.ooxml.ns import NSMAP, qw

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


def read_styles(xml: bytes, numbering: bytes | None = None) -> Styles:
    """The styles of a `styles.xml` part; indents of bullets come from `numbering`."""
    root = etree.fromstring(xml)
    levels = _numbering_indents(numbering) if numbering else {}
    nodes = {str(node.get(qw("styleId"))): node for node in root.iterchildren(qw("style"))}
    base = _apply(Metrique(), root.find("w:docDefaults", NSMAP), levels)
    metriques: dict[str, Metrique] = {}
    for style_id in nodes:
        _resolve(style_id, nodes, base, levels, metriques)
    return Styles(
        {style_key(_name(node)): style_id for style_id, node in nodes.items()},
        metriques,
        _shadings(nodes),
        frozenset(_numbered(nodes)),
    )


def _name(node: etree._Element) -> str:
    name = node.find("w:name", NSMAP)
    return "" if name is None else str(name.get(qw("val"), ""))


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


def _apply(metrique: Metrique, node: etree._Element | None, levels: _Levels) -> Metrique:
    """`metrique` changed by what `node` says itself."""
    if node is None:
        return metrique
    changes: _Changes = {}
    for child in node.iter():
        reader = _READERS.get(str(child.tag))
        if reader is not None and not _inside_condition(child):
            changes.update(reader(child, levels))
    return replace(metrique, **changes)


def _inside_condition(node: etree._Element) -> bool:
    return any(True for _ in node.iterancestors(qw("tblStylePr")))


def _read_spacing(node: etree._Element, _levels: _Levels) -> _Changes:
    changes: _Changes = {}
    # -- `w:spacing` inside `w:rPr` is the letter spacing: it has none of these attributes --
    for attribute, name in (("before", "avant"), ("after", "apres"), ("line", "interligne")):
        value = node.get(qw(attribute))
        if value is not None:
            changes[name] = int(value)
    rule = node.get(qw("lineRule"))
    if rule is not None:
        changes["regle"] = rule
    return changes


def _read_indent(node: etree._Element, _levels: _Levels) -> _Changes:
    changes: _Changes = {}
    for attribute, name, sign in (
        ("left", "gauche", 1),
        ("start", "gauche", 1),
        ("right", "droite", 1),
        ("end", "droite", 1),
        ("firstLine", "premiere", 1),
        ("hanging", "premiere", -1),
    ):
        value = node.get(qw(attribute))
        if value is not None:
            changes[name] = sign * int(value)
    return changes


def _read_numbering(node: etree._Element, levels: _Levels) -> _Changes:
    number = node.find("w:numId", NSMAP)
    level = node.find("w:ilvl", NSMAP)
    key = (
        "" if number is None else str(number.get(qw("val"))),
        "0" if level is None else str(level.get(qw("val"))),
    )
    left, hanging = levels.get(key, (0, 0))
    return {"gauche": left, "premiere": -hanging} if key in levels else {}


def _read_border(node: etree._Element, _levels: _Levels) -> _Changes:
    changes: _Changes = {}
    for side, name in (("top", "bordure_haute"), ("bottom", "bordure_basse")):
        border = node.find(f"w:{side}", NSMAP)
        if border is not None and border.get(qw("val")) not in ("nil", "none"):
            width = int(border.get(qw("sz"), "0")) * 20 // 8
            changes[name] = width + int(border.get(qw("space"), "0")) * 20
    return changes


def _on(node: etree._Element) -> bool:
    return node.get(qw("val"), "1") not in ("0", "false", "off")


_READERS: dict[str, Callable[[etree._Element, _Levels], _Changes]] = {
    qw("spacing"): _read_spacing,
    qw("ind"): _read_indent,
    qw("numPr"): _read_numbering,
    qw("pBdr"): _read_border,
    qw("sz"): lambda node, _levels: {"corps": int(node.get(qw("val"), "20"))},
    qw("b"): lambda node, _levels: {"gras": _on(node)},
    qw("keepNext"): lambda node, _levels: {"garde": _on(node)},
    qw("keepLines"): lambda node, _levels: {"insecable": _on(node)},
}


def _numbering_indents(xml: bytes) -> _Levels:
    """Left indent and hanging by (numId, level)."""
    root = etree.fromstring(xml)
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


def _numbered(nodes: dict[str, etree._Element]) -> set[str]:
    own = {style_id for style_id, node in nodes.items() if _has_number(node)}
    numbered = set(own)
    for style_id in nodes:
        ancestor: str | None = style_id
        seen: set[str] = set()
        while ancestor in nodes and ancestor not in seen:
            seen.add(ancestor)
            if ancestor in own:
                numbered.add(style_id)
                break
            ancestor = _based_on(nodes[ancestor])
    return numbered


def _has_number(node: etree._Element) -> bool:
    number = node.find("w:pPr/w:numPr/w:numId", NSMAP)
    return number is not None and number.get(qw("val")) != "0"
