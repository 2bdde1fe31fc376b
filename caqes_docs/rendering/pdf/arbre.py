"""The tag tree of a PDF, read from WeasyPrint's objects and written back to them.

Content is a piece of a page's stream, known by its page and its marked-content number (MCID).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class ContenuMarque:
    """One marked content of a page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link or a form field, which the tree holds by the reference of an `/OBJR` object."""

    reference: bytes


@dataclass(eq=False, slots=True)
class NoeudPdf:
    """A structure element. `element` is the HTML element it was made from, when known."""

    type: str
    page: int
    objet: Any
    enfants: list[Enfant] = field(default_factory=list)
    element: Any = None

    @property
    def noeuds(self) -> list[NoeudPdf]:
        """The children that are structure elements."""
        return [enfant for enfant in self.enfants if isinstance(enfant, NoeudPdf)]


Enfant: TypeAlias = NoeudPdf | ContenuMarque | Annotation


def iter_noeuds(noeud: NoeudPdf) -> Iterator[NoeudPdf]:
    """`noeud` and all below, parents first, in reading order."""
    waiting = [noeud]
    while waiting:
        here = waiting.pop()
        yield here
        if here.enfants:
            waiting.extend(reversed(here.noeuds))


def iter_contenus(noeud: NoeudPdf) -> Iterator[ContenuMarque]:
    """Every content at or below `noeud`, in reading order."""
    for enfant in noeud.enfants:
        if isinstance(enfant, ContenuMarque):
            yield enfant
        elif isinstance(enfant, NoeudPdf):
            yield from iter_contenus(enfant)


def resolve(pdf: Any, reference: bytes) -> Any:
    """The object that `reference` points to."""
    return pdf.objects[int(reference.split()[0])]


class Arbre:
    """The tag tree of one PDF and the streams of its pages."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._pages: tuple[bytes, ...] = pdf.page_references
        self._rank = {reference: rank for rank, reference in enumerate(self._pages)}
        self._root = resolve(pdf, pdf.catalog["StructTreeRoot"])
        self.racine = self._load(self._root["K"][0], 0)
        self.etiquettes: dict[ContenuMarque, str] = {}
        """Marks to write on some contents in the streams, instead of the usual « Span »."""

    def _load(self, reference: bytes, page: int) -> NoeudPdf:
        objet = resolve(self._pdf, reference)
        page = self._rank.get(objet.get("Pg"), page)
        noeud = NoeudPdf(objet["S"].removeprefix("/"), page, objet)
        for kid in objet["K"]:
            if isinstance(kid, int):
                noeud.enfants.append(ContenuMarque(page, kid))
            elif resolve(self._pdf, kid).get("Type") == "/OBJR":
                noeud.enfants.append(Annotation(kid))
            else:
                noeud.enfants.append(self._load(kid, page))
        return noeud

    def stands_for(self, kind: str, standard: str) -> None:
        """Say what a type of our own is to readers that do not know it."""
        import pydyf

        if "RoleMap" not in self._root:
            self._root["RoleMap"] = pydyf.Dictionary()
        self._root["RoleMap"][kind] = f"/{standard}"

    def save(self) -> None:
        """Write the tree back, and all that must follow it."""
        owners: dict[ContenuMarque, bytes] = {}
        kept: set[int] = set()
        for noeud in iter_noeuds(self.racine):
            self._save_noeud(noeud, owners)
            kept.add(noeud.objet.number)
        self._remove_links(kept)
        self._empty_others(kept)
        self._save_parent_tree(owners)
        self._save_ids()
        self._rename_contents(owners)

    def _save_noeud(self, noeud: NoeudPdf, owners: dict[ContenuMarque, bytes]) -> None:
        import pydyf

        objet = noeud.objet
        objet["S"] = f"/{noeud.type}"
        kids = [self._kid(noeud, enfant) for enfant in noeud.enfants]
        # A signature tool recognises its field in /K itself, not in a list of one.
        objet["K"] = kids[0] if noeud.type == "Form" and len(kids) == 1 else pydyf.Array(kids)
        for enfant in noeud.enfants:
            if isinstance(enfant, NoeudPdf):
                enfant.objet["P"] = objet.reference
            elif isinstance(enfant, ContenuMarque):
                owners[enfant] = objet.reference

    def _remove_links(self, kept: set[int]) -> None:
        """The link of a header that repeats goes with its words, which became artefacts."""
        numbers = resolve(self._pdf, self._root["ParentTree"])["Nums"]
        for rank in range(len(numbers) - 2, 2 * len(self._pages) - 1, -2):
            owner = resolve(self._pdf, numbers[rank + 1])
            if owner.number in kept:
                continue
            page = resolve(self._pdf, owner["Pg"])
            for kid in (kid for kid in owner["K"] if isinstance(kid, bytes)):
                annotation = resolve(self._pdf, kid).get("Obj")
                if annotation in page["Annots"]:
                    page["Annots"].remove(annotation)
            del numbers[rank : rank + 2]

    def _empty_others(self, kept: set[int]) -> None:
        """What was in the tree and is no more keeps its number, which is all that it costs."""
        import pydyf

        for item in self._pdf.objects:
            if (
                isinstance(item, pydyf.Dictionary)
                and item.get("Type") == "/StructElem"
                and item.number not in kept
            ):
                item.clear()

    def _kid(self, noeud: NoeudPdf, enfant: Enfant) -> Any:
        import pydyf

        match enfant:
            case NoeudPdf():
                return enfant.objet.reference
            case Annotation():
                return enfant.reference
            case ContenuMarque(page, mcid) if page == noeud.page:
                return mcid
            case ContenuMarque(page, mcid):
                return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[page], "MCID": mcid})

    def _save_parent_tree(self, owners: dict[ContenuMarque, bytes]) -> None:
        numbers = resolve(self._pdf, self._root["ParentTree"])["Nums"]
        for page in range(len(self._pages)):
            entries = numbers[2 * page + 1]
            entries[:] = [
                owners.get(ContenuMarque(page, mcid), b"null") for mcid in range(len(entries))
            ]

    def _save_ids(self) -> None:
        """The names of header cells, which other cells call."""
        import pydyf

        named = sorted(
            (noeud.objet["ID"].string, noeud.objet)
            for noeud in iter_noeuds(self.racine)
            if "ID" in noeud.objet
        )
        if named:
            names = [
                item for name, objet in named for item in (pydyf.String(name), objet.reference)
            ]
            self._root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})

    def _rename_contents(self, owners: dict[ContenuMarque, bytes]) -> None:
        """Give its mark to each content; what the tree does not hold is an artefact."""
        import pydyf

        for page, reference in enumerate(self._pages):
            stream = resolve(self._pdf, resolve(self._pdf, reference)["Contents"]).stream
            for rank in [rank for rank, item in enumerate(stream) if item == b"BDC"]:
                contenu = ContenuMarque(page, stream[rank - 1]["MCID"])
                if contenu not in owners:
                    stream[rank - 2] = "/Artifact"
                    stream[rank - 1] = pydyf.Dictionary({"Type": "/Pagination"})
                elif contenu in self.etiquettes:
                    stream[rank - 2] = f"/{self.etiquettes[contenu]}"
