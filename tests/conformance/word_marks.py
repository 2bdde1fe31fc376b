"""Checks of what refers to what: bookmarks, links, identifiers, comments, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from word_fields import bookmarks_wanted
from word_package import WP, Element, WordPackage, duplicates, iter_w, value, w

# Word's own rule for a bookmark name: a letter or « _ », then letters, digits, « _ »; 40 at most.
BOOKMARK_NAME = re.compile(r"[^\W\d]\w{0,39}")
# Anchors that Word understands without any bookmark.
BUILT_IN_ANCHORS = frozenset({"_top"})


def check_bookmarks(package: WordPackage) -> Iterator[str]:
    """Names and ids unique in the document, names legal, starts and ends paired."""
    names: list[str] = []
    starts: list[str] = []
    for part, tree in package.stories():
        here = list(iter_w(tree, "bookmarkStart"))
        names += [value(node, "name") or "" for node in here]
        starts += [value(node, "id") or "" for node in here]
        yield from (f"{part} : {fault}" for fault in _pairing_faults(tree))
    for name in duplicates(name.casefold() for name in names):
        yield f"signet « {name} » défini plusieurs fois"
    for identifier in duplicates(starts):
        yield f"identifiant de signet {identifier} utilisé plusieurs fois"
    for name in names:
        if not BOOKMARK_NAME.fullmatch(name):
            yield f"signet « {name} » : nom refusé par Word (lettres, chiffres, « _ », 40 au plus)"


def _pairing_faults(tree: Element) -> Iterator[str]:
    opened: Counter[str] = Counter()
    names: dict[str, str] = {}
    for node in iter_w(tree, "bookmarkStart", "bookmarkEnd"):
        identifier = value(node, "id") or ""
        if node.tag == w("bookmarkStart"):
            opened[identifier] += 1
            names[identifier] = value(node, "name") or ""
        elif opened[identifier] > 0:
            opened[identifier] -= 1
        else:
            yield f"fin de signet {identifier} sans début"
    for identifier in +opened:
        yield f"signet « {names[identifier]} » (identifiant {identifier}) sans fin"


def check_links(package: WordPackage) -> Iterator[str]:
    """Links and fields that point at a bookmark which does not exist."""
    known = set(BUILT_IN_ANCHORS)
    for _, tree in package.stories():
        known |= {(value(node, "name") or "").casefold() for node in iter_w(tree, "bookmarkStart")}
    for part, tree in package.stories():
        wanted = [*_anchors(package, part, tree), *bookmarks_wanted(tree)]
        for who, bookmark in wanted:
            if bookmark.casefold() not in known:
                yield f"{part} : {who} vers un signet absent, « {bookmark} »"


def _anchors(package: WordPackage, part: str, tree: Element) -> Iterator[tuple[str, str]]:
    for link in iter_w(tree, "hyperlink"):
        anchor = value(link, "anchor")
        outside = any(str(key).endswith("}id") for key in link.attrib)
        if anchor and not outside:
            yield "lien interne", anchor
    for line in package.relations.get(part, ()):
        if line.external and line.target.startswith("#") and len(line.target) > 1:
            yield "lien interne", line.target[1:]


def check_unique_ids(package: WordPackage) -> Iterator[str]:
    """Ids of drawings and of content controls, unique in the whole document."""
    drawings: list[str] = []
    controls: list[str] = []
    for _, tree in package.stories():
        drawings += [node.get("id", "") for node in tree.iter(f"{{{WP}}}docPr")]
        for properties in iter_w(tree, "sdtPr"):
            identifier = value(properties.find(w("id")))
            if identifier is not None:
                controls.append(identifier)
    for identifier in duplicates(drawings):
        yield f"identifiant de dessin (wp:docPr) {identifier} utilisé plusieurs fois"
    for identifier in duplicates(controls):
        yield f"identifiant de contrôle de contenu (w:sdt) {identifier} utilisé plusieurs fois"


def check_comments(package: WordPackage) -> Iterator[str]:
    """Comments and notes: what is called exists, what exists is called."""
    yield from _called_and_present(package, "comments", "comment", "commentaire")
    yield from _called_and_present(package, "footnotes", "footnote", "note de bas de page")
    yield from _called_and_present(package, "endnotes", "endnote", "note de fin")
    for part, tree in package.stories():
        starts = _ids(tree, "commentRangeStart")
        ends = _ids(tree, "commentRangeEnd")
        calls = _ids(tree, "commentReference")
        for identifier in sorted(starts ^ ends):
            yield f"{part} : commentaire {identifier} : début et fin de zone mal appariés"
        for identifier in sorted(starts & ends - calls):
            yield f"{part} : commentaire {identifier} : zone sans appel de commentaire"


def _called_and_present(package: WordPackage, kind: str, item: str, label: str) -> Iterator[str]:
    found = package.related(kind)
    items = [] if found is None else list(iter_w(found[1], item))
    ids = [value(node, "id") or "" for node in items]
    # Word's own separators of notes carry a type and are never called.
    ordinary = {value(node, "id") or "" for node in items if value(node, "type") is None}
    called: set[str] = set()
    for _, tree in package.stories():
        called |= _ids(tree, f"{item}Reference")
    for identifier in duplicates(ids):
        yield f"{label} : identifiant {identifier} utilisé plusieurs fois"
    for identifier in sorted(called - set(ids)):
        yield f"{label} {identifier} : appel sans contenu"
    for identifier in sorted(ordinary - called):
        yield f"{label} {identifier} : contenu sans appel"


def _ids(tree: Element, name: str) -> set[str]:
    return {value(node, "id") or "" for node in iter_w(tree, name)}
