"""Checks of the archive itself: entries, content types, relations, empty parts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from word_package import CONTENT_TYPES, R, WordPackage, duplicates

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# Roots that Word refuses, or repairs, when they have no child.
MUST_HAVE_CHILDREN = {
    "comments": "commentaire",
    "footnotes": "note de bas de page",
    "endnotes": "note de fin",
    "hdr": "paragraphe",
    "ftr": "paragraphe",
    "document": "corps",
    "commentsEx": "commentaire",
    "commentsIds": "commentaire",
}


def check_entries(package: WordPackage) -> Iterator[str]:
    """Unreadable, duplicated or missing entries."""
    yield from package.faults
    for name, count in duplicates(package.entries).items():
        yield f"{name} : entrée présente {count} fois dans l'archive"
    for name in (CONTENT_TYPES, "_rels/.rels", package.main):
        if name not in package.parts:
            yield f"{name} : partie obligatoire absente"


def check_content_types(package: WordPackage) -> Iterator[str]:
    """Every part has a content type, and every declared part exists."""
    tree = package.trees.get(CONTENT_TYPES)
    if tree is None:
        return
    by_extension = {node.get("Extension", "").lower() for node in tree.iter(f"{TYPES}Default")}
    by_name = [node.get("PartName", "").lstrip("/") for node in tree.iter(f"{TYPES}Override")]
    known = {name.lower() for name in by_name}
    for name in package.parts:
        extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
        if name != CONTENT_TYPES and name.lower() not in known and extension not in by_extension:
            yield f"{name} : partie sans type de contenu"
    for name in duplicates(by_name):
        yield f"{CONTENT_TYPES} : type de contenu déclaré plusieurs fois pour « {name} »"
    present = {name.lower() for name in package.parts}
    for name in by_name:
        if name.lower() not in present:
            yield f"{CONTENT_TYPES} : type de contenu déclaré pour une partie absente, « {name} »"


def check_relations(package: WordPackage) -> Iterator[str]:
    """Relations lead to a part that exists, and each `r:…` attribute to a relation."""
    for source, lines in package.relations.items():
        where = source or "paquet"
        if source and source not in package.parts:
            yield f"{where} : relations d'une partie absente"
        for identifier in duplicates(line.id for line in lines):
            yield f"{where} : relation « {identifier} » définie plusieurs fois"
        for line in lines:
            if not line.external and line.target not in package.parts:
                yield f"{where} : relation « {line.id} » vers une partie absente, « {line.target} »"
    for name, tree in package.trees.items():
        known = {line.id for line in package.relations.get(name, ())}
        for missing in sorted(_used_relations(tree) - known):
            yield f"{name} : relation « {missing} » utilisée mais non définie"


def _used_relations(tree: etree._Element) -> set[str]:
    prefix = f"{{{R}}}"
    return {
        str(text)
        for node in tree.iter()
        for key, text in node.attrib.items()
        if str(key).startswith(prefix) and text
    }


def check_empty_parts(package: WordPackage) -> Iterator[str]:
    """Parts without a byte, or lists without an item (Word offers to repair the file)."""
    for name, data in package.parts.items():
        if not data:
            yield f"{name} : partie vide"
    for name, tree in package.trees.items():
        item = MUST_HAVE_CHILDREN.get(etree.QName(tree).localname)
        if item is not None and len(tree) == 0:
            yield f"{name} : partie sans aucun {item}"
