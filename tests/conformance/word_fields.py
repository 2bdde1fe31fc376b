"""Checks of Word fields (PAGE, REF, TOC…): well nested, with a cached result, aimed well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from word_package import Element, WordPackage, iter_w, value, w

# Fields that show nothing where they stand: no result is expected of them.
SILENT_FIELDS = frozenset({"XE", "TC", "TA", "RD", "PRIVATE", "SET", "ASK", "ADVANCE"})
# Fields whose first argument is a bookmark.
POINTING_FIELDS = frozenset({"REF", "PAGEREF", "NOTEREF"})

VISIBLE = frozenset(w(name) for name in ("drawing", "pict", "object", "sym", "footnoteReference"))
TEXTS = frozenset({w("t"), w("delText")})
INSTRUCTIONS = frozenset({w("instrText"), w("delInstrText")})
# Each of these is a text of its own: a field may not cross its border.
SEPARATE_TEXTS = tuple(
    w(name) for name in ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
)
WORDS = re.compile(r'"(?:\\.|[^"])*"|\S+')


@dataclass
class OpenField:
    """A complex field being read: what it asks, and whether it shows something."""

    instruction: str = ""
    separated: bool = False
    shows: bool = False

    @property
    def label(self) -> str:
        """The instruction, as a message quotes it."""
        return " ".join(self.instruction.split())[:60] or "sans instruction"


@dataclass
class FieldReader:
    """Follows the `w:fldChar` marks of one text; collects finished instructions and faults."""

    stack: list[OpenField] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def feed(self, node: Element) -> None:
        """Take in one node, in document order."""
        if node.tag == w("fldChar"):
            self._mark(value(node, "fldCharType"))
        elif node.tag in INSTRUCTIONS and self.stack and not self.stack[-1].separated:
            self.stack[-1].instruction += node.text or ""
        elif node.tag in VISIBLE or (node.tag in TEXTS and (node.text or "").strip(" \t\r\n")):
            for opened in self.stack:
                opened.shows = opened.shows or opened.separated

    def _mark(self, kind: str | None) -> None:
        if kind == "begin":
            self.stack.append(OpenField())
        elif not self.stack:
            self.faults.append(f"marque de champ « {kind} » sans début")
        elif kind == "separate":
            if self.stack[-1].separated:
                self.faults.append(f"champ « {self.stack[-1].label} » à deux séparateurs")
            self.stack[-1].separated = True
        elif kind == "end":
            self._close(self.stack.pop())

    def _close(self, done: OpenField) -> None:
        self.instructions.append(done.instruction)
        if not done.instruction.strip():
            self.faults.append("champ sans instruction")
        elif needs_result(done.instruction) and not done.shows:
            self.faults.append(f"champ « {done.label} » sans résultat enregistré")

    def finish(self) -> None:
        """Complain of the fields left open at the end of the text."""
        self.faults += [f"champ « {opened.label} » jamais refermé" for opened in self.stack]


def needs_result(instruction: str) -> bool:
    """Whether Word must find some text between the separator and the end of the field."""
    words = instruction.split()
    hidden = words[0].upper() == "SEQ" and "\\h" in words
    return words[0].upper() not in SILENT_FIELDS and not hidden


def own_nodes(text: Element) -> Iterator[Element]:
    """Nodes of a text in document order, the texts it encloses (text boxes) left out."""
    for child in text:
        if child.tag not in SEPARATE_TEXTS:
            yield child
            yield from own_nodes(child)


def check_fields(package: WordPackage) -> Iterator[str]:
    """Nesting and cached result of complex and simple fields."""
    for name, tree in package.stories():
        for text in tree.iter(*SEPARATE_TEXTS):
            for fault in _read_fields(text).faults:
                yield f"{name} : {fault}"
        for simple in iter_w(tree, "fldSimple"):
            yield from (f"{name} : {fault}" for fault in _simple_faults(simple))


def _read_fields(text: Element) -> FieldReader:
    reader = FieldReader()
    for node in own_nodes(text):
        reader.feed(node)
    reader.finish()
    return reader


def _simple_faults(simple: Element) -> Iterator[str]:
    instruction = value(simple, "instr") or ""
    label = " ".join(instruction.split())[:60]
    if not instruction.strip():
        yield "champ simple sans instruction"
    elif needs_result(instruction) and not any(
        node.tag in VISIBLE or (node.tag in TEXTS and (node.text or "").strip(" \t\r\n"))
        for node in simple.iter()
    ):
        yield f"champ simple « {label} » sans résultat enregistré"


def bookmarks_wanted(tree: Element) -> Iterator[tuple[str, str]]:
    """Pairs (who asks, bookmark name) of the fields of one part."""
    instructions = [value(simple, "instr") or "" for simple in iter_w(tree, "fldSimple")]
    for text in tree.iter(*SEPARATE_TEXTS):
        instructions += _read_fields(text).instructions
    for instruction in instructions:
        bookmark = bookmark_of(instruction)
        if bookmark:
            yield f"champ {instruction.split()[0].upper()}", bookmark


def bookmark_of(instruction: str) -> str | None:
    r"""The bookmark a field instruction points at, if any.

    >>> bookmark_of(' PAGEREF _Toc12 \\h ')
    '_Toc12'
    >>> bookmark_of(' HYPERLINK "https://exemple.fr" ') is None
    True
    """
    words = [word.strip('"') for word in WORDS.findall(instruction)]
    if not words:
        return None
    kind = words[0].upper()
    if kind in POINTING_FIELDS and len(words) > 1 and not words[1].startswith("\\"):
        return str(words[1])
    switch = {"HYPERLINK": "\\l", "TOC": "\\b"}.get(kind)
    if switch is None or switch not in words[:-1]:
        return None
    if kind == "HYPERLINK" and not words[1].startswith("\\"):
        return None  # the bookmark is in another document
    return str(words[words.index(switch) + 1])
