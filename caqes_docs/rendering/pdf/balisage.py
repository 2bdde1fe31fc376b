"""The tag tree as if there were no pages.

WeasyPrint tags page after page: a paragraph, a list or a table that runs over a page becomes two.
Here each element of the page is one element of the tree again; the rows of a header that repeat,
headers, footers become artefacts; lists get their marks, the contents its own tags.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Any

from caqes_docs.document.texte import MARQUE_NUMERO_DE_PAGE
from caqes_docs.rendering.pdf.arbre import (
    Annotation,
    Arbre,
    ContenuMarque,
    Enfant,
    NoeudPdf,
    iter_contenus,
    iter_noeuds,
)

CLASSE_LISTE = "liste"
CLASSE_SOMMAIRE = "entrees"

_TYPE_OF_TAG = {
    "main": "Part",
    "section": "Sect",
    "p": "P",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "td": "TD",
    "th": "TH",
}
_TRACKED = {
    "ajout": ("Ins", "/Underline"),
    "retrait": ("Del", "/LineThrough"),
}
"""What is inserted or removed, told as such to those who do not see the lines."""
_POINTS_PER_PIXEL = 0.75
_MAY_BE_EMPTY = frozenset({"TR", "TD", "TH", "Document"})


def finish_tags(rendering: Any, pdf: Any) -> None:
    """Rework the tag tree of `pdf`, which WeasyPrint made from `rendering`."""
    arbre = Arbre(pdf)
    _name_elements(arbre.racine, rendering.pages)
    _unwrap(arbre.racine, "NonStruct")
    _join_pages(arbre.racine)
    for noeud in list(iter_noeuds(arbre.racine)):
        if noeud.type == "L" and _has_class(noeud, CLASSE_LISTE):
            _mark_items(noeud)
        elif noeud.type == "L" and _has_class(noeud, CLASSE_SOMMAIRE):
            _make_contents(noeud, arbre)
        elif noeud.type == "Table":
            _put_header_first(noeud)
            _tie_to_groups(noeud)
        elif noeud.type == "Figure":
            _place_figure(noeud, rendering.pages[noeud.page])
        elif noeud.type == "TH":
            _give_scope(noeud)
        elif noeud.type == "Span" and noeud.element is not None:
            _tell_change(noeud, arbre)
    _unwrap(arbre.racine, "Span")
    _prune(arbre.racine)
    arbre.save()


# Which node comes from which HTML element


def _name_elements(racine: NoeudPdf, pages: list[Any]) -> None:
    """Nodes and boxes stand in the same order; a page where they do not is left as it is."""
    nodes: dict[tuple[int, str], list[NoeudPdf]] = defaultdict(list)
    for noeud in iter_noeuds(racine):
        nodes[noeud.page, noeud.type].append(noeud)
    for rank, page in enumerate(pages):
        elements: dict[str, list[Any]] = defaultdict(list)
        for element in dict.fromkeys(_iter_elements(page._page_box)):
            elements[_TYPE_OF_TAG[element.tag]].append(element)
        # -- a span has one box, and one node, on each of its lines --
        elements["Span"] = list(_iter_elements(page._page_box, ("span",)))
        for kind, found in elements.items():
            if len(found) == len(nodes[rank, kind]):
                for noeud, element in zip(nodes[rank, kind], found, strict=True):
                    noeud.element = element


def _iter_elements(box: Any, tags: Container[str] = _TYPE_OF_TAG) -> Iterator[Any]:
    if box.element_tag in tags:
        yield box.element
    for child in getattr(box, "children", ()):
        if type(child).__name__ != "MarginBox":
            yield from _iter_elements(child, tags)


def _has_class(noeud: NoeudPdf, classe: str) -> bool:
    return noeud.element is not None and classe in noeud.element.get("class", "").split()


# One element, one node


def _join_pages(noeud: NoeudPdf) -> None:
    """Join the children of `noeud` made from the same element, then go down."""
    first: dict[tuple[str, Any], NoeudPdf] = {}
    joined: list[Enfant] = []
    dropped: dict[str, str] = {}
    for enfant in noeud.enfants:
        if not isinstance(enfant, NoeudPdf):
            joined.append(enfant)
            continue
        key = (enfant.type, _identity(enfant, noeud))
        previous = first.get(key) if key[1] is not None else None
        if previous is None:
            first[key] = enfant
            joined.append(enfant)
        elif enfant.type == "THead":
            dropped.update(_repeated_cells(previous, enfant))
        else:
            previous.enfants.extend(enfant.enfants)
    noeud.enfants = joined
    if dropped:
        _call_first_header(noeud, dropped)
    for enfant in joined:
        if isinstance(enfant, NoeudPdf):
            _join_pages(enfant)


def _identity(noeud: NoeudPdf, parent: NoeudPdf) -> Any:
    """An item has one body, whatever the pages."""
    return parent.element if noeud.type == "LBody" else noeud.element


def _repeated_cells(kept: NoeudPdf, repeated: NoeudPdf) -> dict[str, str]:
    """The name of each cell of a header that repeats, and of the same one in the first header."""
    return {
        str(again.objet["ID"].string): str(once.objet["ID"].string)
        for once, again in zip(_header_cells(kept), _header_cells(repeated), strict=True)
    }


def _call_first_header(table: NoeudPdf, names: dict[str, str]) -> None:
    """Cells that called a repeated header call the first one; its words become artefacts."""
    import pydyf

    for noeud in iter_noeuds(table):
        headers = noeud.objet.get("A", {}).get("Headers")
        if headers:
            headers[:] = [pydyf.String(names.get(item.string, item.string)) for item in headers]


def _header_cells(noeud: NoeudPdf) -> list[NoeudPdf]:
    return [cell for cell in iter_noeuds(noeud) if cell.type == "TH" and "ID" in cell.objet]


# Lists, contents, tables


def _mark_items(liste: NoeudPdf) -> None:
    """`LI > LBody > P > mark, words` becomes `LI > Lbl, LBody > P > words`."""
    for item in liste.noeuds:
        paragraph = next((node for node in iter_noeuds(item) if node.type == "P"), None)
        mark = paragraph.enfants[0] if paragraph is not None and paragraph.enfants else None
        if paragraph is not None and isinstance(mark, NoeudPdf) and mark.type == "Span":
            paragraph.enfants.remove(mark)
            mark.type = "Lbl"
            item.enfants.insert(0, mark)


def _make_contents(liste: NoeudPdf, arbre: Arbre) -> None:
    """`L > LI > LBody > P > link, number` becomes `TOC > TOCI > Reference > link, number`."""
    liste.type = "TOC"
    for item in liste.noeuds:
        item.type = "TOCI"
        for body in item.noeuds:
            body.type = "Reference"
            _unwrap(body, "Div")
            numbers = (enfant for enfant in body.noeuds if enfant.type != "P")
            for number in numbers:
                labels = dict.fromkeys(iter_contenus(number), MARQUE_NUMERO_DE_PAGE)
                arbre.etiquettes.update(labels)
        _unwrap(item, "P")


def _put_header_first(table: NoeudPdf) -> None:
    """Before a row taller than the page, WeasyPrint prints the header on a later page only."""
    order = {"Caption": 0, "THead": 1}
    table.enfants.sort(key=lambda kid: order.get(kid.type, 2) if isinstance(kid, NoeudPdf) else 2)


def _tie_to_groups(table: NoeudPdf) -> None:
    """Each cell calls the title of its group; WeasyPrint gives all titles to the first column."""
    import pydyf

    titles = {
        str(cell.objet["ID"].string): row
        for row in iter_noeuds(table)
        for cell in row.noeuds
        if row.type == "TR" and _scope(cell) == "colgroup"
    }
    if not titles:
        return
    current: list[str] = []
    for row in iter_noeuds(table):
        current = [name for name, title in titles.items() if title is row] or current
        for cell in row.noeuds:
            if cell.type == "TD":
                headers = cell.objet["A"]["Headers"]
                names = [str(item.string) for item in headers if str(item.string) not in titles]
                headers[:] = [pydyf.String(name) for name in names + current]


def _place_figure(figure: NoeudPdf, page: Any) -> None:
    """The frame of a figure in the space of its page; WeasyPrint gives pixels from the top."""
    import pydyf

    left, top, right, bottom = figure.objet["A"]["BBox"]
    height = page.height
    box = (left, height - bottom, right, height - top)
    figure.objet["A"]["BBox"] = pydyf.Array(round(side * _POINTS_PER_PIXEL, 2) for side in box)


def _tell_change(noeud: NoeudPdf, arbre: Arbre) -> None:
    """`Ins` or `Del` in place of `Span`, which they stand for elsewhere."""
    import pydyf

    for classe, (kind, line) in _TRACKED.items():
        if _has_class(noeud, classe):
            noeud.type = kind
            noeud.objet["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": line})
            arbre.stands_for(kind, "Span")


def _scope(cell: NoeudPdf) -> str:
    return "" if cell.element is None else str(cell.element.get("scope", ""))


def _give_scope(cell: NoeudPdf) -> None:
    if cell.element is not None:
        scope = "/Row" if _scope(cell) == "row" else "/Column"
        cell.objet["A"]["Scope"] = scope


# A lighter tree


def _unwrap(noeud: NoeudPdf, kind: str) -> None:
    """Replace the nodes of type `kind` below `noeud` by their children."""
    flat: list[Enfant] = []
    for enfant in noeud.enfants:
        if isinstance(enfant, NoeudPdf):
            _unwrap(enfant, kind)
            if enfant.type == kind:
                flat.extend(enfant.enfants)
                continue
        flat.append(enfant)
    noeud.enfants = flat


def _prune(noeud: NoeudPdf) -> None:
    """Remove the elements that hold nothing, except cells, whose place counts."""
    for enfant in noeud.noeuds:
        _prune(enfant)
    noeud.enfants = [enfant for enfant in noeud.enfants if not _is_empty(enfant)]


def _is_empty(enfant: Enfant) -> bool:
    match enfant:
        case NoeudPdf():
            return not enfant.enfants and enfant.type not in _MAY_BE_EMPTY
        case ContenuMarque() | Annotation():
            return False
