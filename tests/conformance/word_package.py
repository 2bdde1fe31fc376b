"""Opens a Word file as a checker must: nothing repaired, duplicates and gaps kept in sight."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"

CONTENT_TYPES = "[Content_Types].xml"
# What `zipfile` raises on a damaged, encrypted or exotic entry.
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
STORY_ROOTS = ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")


def w(name: str) -> str:
    """Qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def iter_w(root: Element, *names: str) -> Iterator[Element]:
    """The WordprocessingML elements of these names, in document order."""
    return root.iter(*(w(name) for name in names))


def value(element: Element | None, name: str = "val") -> str | None:
    """A `w:` attribute of an element that may be absent."""
    return None if element is None else element.get(w(name))


def duplicates(values: Iterable[str]) -> dict[str, int]:
    """What appears more than once, with its number of appearances."""
    return {item: count for item, count in Counter(values).items() if count > 1}


@dataclass(frozen=True)
class Relation:
    """One line of a `.rels` part; `target` is a part name, or a raw address when external."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class WordPackage:
    """The parts of a Word file. `trees` holds the well-formed XML parts, `mc:Fallback` removed."""

    entries: tuple[str, ...]
    parts: dict[str, bytes]
    trees: dict[str, Element]
    relations: dict[str, tuple[Relation, ...]]
    faults: list[str] = field(default_factory=list)

    @property
    def main(self) -> str:
        """Name of the main document part."""
        targets = self.targets("", "officeDocument")
        return targets[0] if targets else "word/document.xml"

    def targets(self, source: str, kind: str) -> list[str]:
        """Parts that `source` refers to with a relation whose type ends with `/kind`."""
        lines = self.relations.get(source, ())
        return [line.target for line in lines if line.kind.endswith(f"/{kind}")]

    def related(self, kind: str) -> tuple[str, Element] | None:
        """Name and tree of a part the main document owns once (styles, numbering…)."""
        for name in self.targets(self.main, kind):
            if name in self.trees:
                return name, self.trees[name]
        return None

    def stories(self) -> Iterator[tuple[str, Element]]:
        """The parts that hold text: body, headers, footers, notes, comments."""
        roots = {w(name) for name in STORY_ROOTS}
        for name, tree in self.trees.items():
            if tree.tag in roots and "/glossary/" not in name:
                yield name, tree


def open_package(data: bytes) -> WordPackage:
    """Read every part; what cannot be read is noted in `faults`.

    :raises zipfile.BadZipFile: when the bytes are not a zip archive at all.
    """
    faults: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = tuple(archive.namelist())
        parts = _read_parts(archive, faults)
    trees = _parse_parts(parts, faults)
    relations = {
        _rels_source(name): tuple(_relations(_rels_source(name), tree))
        for name, tree in trees.items()
        if name.endswith(".rels")
    }
    return WordPackage(entries, parts, trees, relations, faults)


def _read_parts(archive: zipfile.ZipFile, faults: list[str]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for name in archive.namelist():
        if name.endswith("/"):
            continue
        try:
            parts[name] = archive.read(name)
        except UNREADABLE as fault:
            faults.append(f"{name} : entrée illisible ({fault})")
    return parts


def _parse_parts(parts: dict[str, bytes], faults: list[str]) -> dict[str, Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    trees: dict[str, Element] = {}
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            trees[name] = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            faults.append(f"{name} : XML mal formé ({fault})")
            continue
        # Word writes a text box twice (Choice and Fallback): only one is ever shown.
        for fallback in list(trees[name].iter(f"{{{MC}}}Fallback")):
            parent = fallback.getparent()
            if parent is not None:
                parent.remove(fallback)
    return trees


def _rels_source(name: str) -> str:
    """`word/_rels/document.xml.rels` → `word/document.xml`; `_rels/.rels` → empty string."""
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _relations(source: str, tree: Element) -> Iterator[Relation]:
    for line in tree.iter(f"{{{RELS}}}Relationship"):
        external = line.get("TargetMode") == "External"
        raw = line.get("Target", "")
        yield Relation(
            id=line.get("Id", ""),
            kind=line.get("Type", ""),
            target=raw if external or raw.startswith("#") else resolve(source, raw),
            external=external or raw.startswith("#"),
        )


def resolve(source: str, target: str) -> str:
    """Part name meant by a relation target, relative to the folder of its source."""
    joined = posixpath.join("/", posixpath.dirname(source), unquote(target))
    return posixpath.normpath(joined).lstrip("/")
