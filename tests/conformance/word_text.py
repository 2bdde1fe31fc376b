"""Checks of the text as the reader sees it: leftovers, headings, tables, images."""

from __future__ import annotations

import re
from collections.abc import Iterator

from word_package import WP, Element, WordPackage, iter_w, value, w
from word_styles import is_kept, outline_levels, style_table

TEMPLATE_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
EDGE_SPACE = re.compile(r"^[ \t\r\n]|[ \t\r\n]$")
BLOCKS = frozenset(w(name) for name in ("p", "tbl", "sdt", "customXml"))
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
TITLE = "{http://purl.org/dc/elements/1.1/}title"


def paragraph_text(paragraph: Element, *names: str) -> str:
    """Text of a paragraph, from `w:t` unless other element names are given."""
    return "".join(node.text or "" for node in iter_w(paragraph, *(names or ("t",))))


def excerpt(text: str) -> str:
    """A few words for a message."""
    words = " ".join(text.split())
    return words if len(words) <= 50 else f"{words[:50]}…"


def check_leftovers(package: WordPackage) -> Iterator[str]:
    """Template marks, and characters that no font can show, left in the text."""
    for part, tree in package.stories():
        for paragraph in iter_w(tree, "p"):
            text = paragraph_text(paragraph, "t", "delText", "instrText")
            yield from (f"{part} : {fault}" for fault in _leftovers(text))
    for part in package.targets("", "core-properties") + package.targets("", "custom-properties"):
        if part in package.trees:
            text = "\n".join(str(line) for line in package.trees[part].itertext())
            yield from (f"{part} : {fault}" for fault in _leftovers(text))


def _leftovers(text: str) -> Iterator[str]:
    for mark in TEMPLATE_MARKS:
        if mark in text:
            near = text[max(0, text.index(mark) - 20) :]
            yield f"marque de modèle « {mark} » restée dans « {excerpt(near)} »"
    for character in sorted(set(PRIVATE_USE.findall(text))):
        yield f"caractère à usage privé U+{ord(character):04X} dans « {excerpt(text)} »"
    if "\ufffd" in text:
        yield f"caractère de remplacement U+FFFD dans « {excerpt(text)} »"


def check_spaces(package: WordPackage) -> Iterator[str]:
    """Spaces at the edge of a run that Word will drop, for want of `xml:space="preserve"`."""
    for part, tree in package.stories():
        for node in iter_w(tree, "t", "delText"):
            if EDGE_SPACE.search(node.text or "") and node.get(PRESERVE) != "preserve":
                yield f"{part} : espace perdue au bord de « {excerpt(node.text or '')} »"


def check_headings(package: WordPackage) -> Iterator[str]:
    """Levels go down one by one from 1; no heading is empty, nor apart from what follows."""
    tree = package.trees.get(package.main)
    if tree is None:
        return
    levels, styles = outline_levels(package), style_table(package)
    previous = 0
    for paragraph in iter_w(tree, "p"):
        level = _level(paragraph, levels)
        if level is None or _is_deleted(paragraph):
            continue
        text = paragraph_text(paragraph)
        if not text.strip():
            yield f"titre de niveau {level} vide (après un titre de niveau {previous})"
        if level > previous + 1:
            yield f"titre de niveau {level} après un niveau {previous} : « {excerpt(text)} »"
        if not is_kept(paragraph, styles):
            yield f"titre qui peut finir une page, sans ce qui le suit : « {excerpt(text)} »"
        previous = level


def _level(paragraph: Element, levels: dict[str, int]) -> int | None:
    own = value(paragraph.find(f"{w('pPr')}/{w('outlineLvl')}"))
    if own is not None:
        return int(own) + 1 if own.isdigit() and int(own) < 9 else None
    return levels.get(value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) or "")


def _is_deleted(paragraph: Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def check_tables(package: WordPackage) -> Iterator[str]:
    """Tables that Word cannot open: no row, no cell, a cell that does not end with a paragraph."""
    for part, tree in package.stories():
        for table in iter_w(tree, "tbl"):
            if next(iter_w(table, "tr"), None) is None:
                yield f"{part} : tableau sans ligne"
        for row in iter_w(tree, "tr"):
            if next(iter_w(row, "tc"), None) is None:
                yield f"{part} : ligne de tableau sans cellule"
        for cell in iter_w(tree, "tc"):
            blocks = [child.tag for child in cell if child.tag in BLOCKS]
            if not blocks or blocks[-1] == w("tbl"):
                text = excerpt(paragraph_text(cell))
                yield f"{part} : cellule qui ne finit pas par un paragraphe, « {text} »"


def check_accessibility(package: WordPackage) -> Iterator[str]:
    """What a screen reader needs: title, repeated header rows, alternative texts."""
    properties = [package.trees.get(n) for n in package.targets("", "core-properties")]
    if not any((tree.findtext(TITLE) or "").strip() for tree in properties if tree is not None):
        yield "propriétés du document : titre absent"
    for part, tree in package.stories():
        for table in iter_w(tree, "tbl"):
            rows = table.findall(w("tr"))
            if len(rows) > 1 and rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
                text = excerpt(paragraph_text(rows[0]))
                yield f"{part} : tableau sans ligne d'en-tête déclarée, « {text} »"
        for drawing in tree.iter(f"{{{WP}}}docPr"):
            if not (drawing.get("descr") or "").strip():
                yield f"{part} : image sans texte de remplacement ({drawing.get('name')})"
