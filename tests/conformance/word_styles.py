"""Checks of what the text borrows: styles, numbering, language."""

from __future__ import annotations

from collections.abc import Iterator

from word_package import Element, WordPackage, duplicates, iter_w, value, w

LANGUAGE = "fr-FR"
STYLE_KINDS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}


def check_styles(package: WordPackage) -> Iterator[str]:
    """Styles used but not defined, of the wrong kind, or defined twice."""
    found = package.related("styles")
    if found is None:
        yield "document sans feuille de styles (styles.xml)"
        return
    styles = [(value(node, "styleId") or "", value(node, "type")) for node in _styles(found[1])]
    for identifier in duplicates(identifier for identifier, _ in styles):
        yield f"{found[0]} : style « {identifier} » défini plusieurs fois"
    kinds = dict(styles)
    numbering = package.related("numbering")
    users = [*package.stories(), *([numbering] if numbering else [])]
    for part, tree in users:
        yield from (f"{part} : {fault}" for fault in _wrong_styles(tree, kinds))
    for node in iter_w(found[1], "basedOn", "next", "link"):
        if value(node) not in kinds:
            yield f"{found[0]} : style « {value(node)} » cité mais non défini"


def _styles(tree: Element) -> Iterator[Element]:
    return iter_w(tree, "style")


def _wrong_styles(tree: Element, kinds: dict[str, str | None]) -> list[str]:
    faults: dict[str, None] = {}
    for tag, kind in STYLE_KINDS.items():
        for node in iter_w(tree, tag):
            identifier = value(node) or ""
            if identifier not in kinds:
                faults[f"style « {identifier} » ({tag}) utilisé mais non défini"] = None
            elif kinds[identifier] != kind:
                faults[f"style « {identifier} » employé comme {tag} : mauvais genre"] = None
    return list(faults)


def check_numbering(package: WordPackage) -> Iterator[str]:
    """Lists used but not defined, lists without a model, ids given twice."""
    found = package.related("numbering")
    lists = [] if found is None else list(iter_w(found[1], "num"))
    models = [] if found is None else list(iter_w(found[1], "abstractNum"))
    numbers = [value(node, "numId") or "" for node in lists]
    model_ids = [value(node, "abstractNumId") or "" for node in models]
    for identifier in duplicates(numbers):
        yield f"liste (w:numId) {identifier} définie plusieurs fois"
    for identifier in duplicates(model_ids):
        yield f"modèle de liste (w:abstractNumId) {identifier} défini plusieurs fois"
    for node in lists:
        model = value(node.find(w("abstractNumId")))
        if model not in model_ids:
            yield f"liste (w:numId) {value(node, 'numId')} : modèle {model} non défini"
    for part, used in _used_lists(package):
        for identifier in sorted(used - set(numbers) - {"0"}):
            yield f"{part} : liste (w:numId) {identifier} utilisée mais non définie"


def _used_lists(package: WordPackage) -> Iterator[tuple[str, set[str]]]:
    styles = package.related("styles")
    for part, tree in [*package.stories(), *([styles] if styles else [])]:
        calls = (node.find(w("numId")) for node in iter_w(tree, "numPr"))
        yield part, {value(call) or "" for call in calls if call is not None}


def check_language(package: WordPackage) -> Iterator[str]:
    """The default language of the document is French: screen readers and hyphenation rely on it."""
    found = package.related("styles")
    if found is None:
        return
    path = "/".join(w(name) for name in ("docDefaults", "rPrDefault", "rPr", "lang"))
    language = value(found[1].find(path))
    if language != LANGUAGE:
        yield f"{found[0]} : langue par défaut {language or 'absente'} au lieu de {LANGUAGE}"


def style_table(package: WordPackage) -> dict[str, Element]:
    """The styles by their id."""
    found = package.related("styles")
    return {} if found is None else {value(s, "styleId") or "": s for s in _styles(found[1])}


def is_kept(paragraph: Element, styles: dict[str, Element]) -> bool:
    """Whether the paragraph, or else a style that it has or inherits, is kept with the next."""
    node: Element | None = paragraph
    name, seen = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) or "", {""}
    while node is not None:
        own = node.find(f"{w('pPr')}/{w('keepNext')}")
        if own is not None:
            return value(own) not in ("0", "false", "off")
        node = None if name in seen else styles.get(name)
        seen.add(name)
        name = "" if node is None else value(node.find(w("basedOn"))) or ""
    return False


def outline_levels(package: WordPackage) -> dict[str, int]:
    """Heading level (1–9) of each paragraph style that is a heading, inherited ones included."""
    styles = style_table(package)
    levels: dict[str, int] = {}
    for identifier in styles:
        level = _outline_level(identifier, styles)
        if level is not None:
            levels[identifier] = level
    return levels


def _outline_level(identifier: str, styles: dict[str, Element]) -> int | None:
    seen: set[str] = set()
    while identifier in styles and identifier not in seen:
        seen.add(identifier)
        style = styles[identifier]
        raw = value(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
        if raw is not None:
            return int(raw) + 1 if raw.isdigit() and int(raw) < 9 else None
        name = (value(style.find(w("name"))) or "").lower()
        if name.startswith("heading ") and name[8:].isdigit():
            return int(name[8:])
        identifier = value(style.find(w("basedOn"))) or ""
    return None
