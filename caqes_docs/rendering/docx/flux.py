"""The body being written: paragraphs one after the other, and what waits for the next one.

Page breaks, bookmarks and list marks have no paragraph of their own in the model. They wait here
for the next paragraph, wherever it stands, so that the body holds no empty paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from caqes_docs.document.model import Document, Inlines, SensSuivi, Texte, Valeur
from caqes_docs.document.revision.marques import is_comparison, moved_anchors
from caqes_docs.ooxml.champs import TAB
from caqes_docs.ooxml.revisions import Revisions
from caqes_docs.ooxml.signets import Signets
from caqes_docs.ooxml.xml import escape
from caqes_docs.rendering.docx.apparences import Allure
from caqes_docs.rendering.docx.charte.lecture import Charte
from caqes_docs.rendering.docx.runs import NO_NUMBER, Commentaires, Fil, words_run


@dataclass(frozen=True, slots=True)
class Marque:
    """The mark of a list element (empty for a bullet), and the look of its first paragraph."""

    texte: str
    allure: Allure
    avant: str = ""
    """The former mark, when both are shown."""


class Flux:
    """The paragraphs written so far, and what the next one must carry."""

    __slots__ = (
        "_anchors",
        "_mark",
        "_page_break",
        "_section_start",
        "_moved",
        "comments",
        "charte",
        "graphiques",
        "numbers",
        "out",
        "revisions",
        "sens",
        "signets",
    )

    def __init__(
        self,
        charte: Charte,
        document: Document,
        numbers: Mapping[str, str] = NO_NUMBER,
    ) -> None:
        self.charte = charte
        self.out: list[str] = []
        self.signets = Signets()
        properties = document.metadonnees
        self.revisions = Revisions(properties.auteur, properties.date, self.signets.next_number)
        self.sens: SensSuivi | None = None
        """Whether what is being written is wholly inserted, or removed."""
        self.graphiques: list[str] = []
        """The chart parts, in order."""
        self.numbers = numbers
        """The bookmarks of the numbers that the act refers to, by reference as printed."""
        compared = is_comparison(document)
        style = charte.style("annotation reference")
        self.comments = Commentaires(style, document.consignes, silent=compared)
        self._moved = moved_anchors(document) if compared else frozenset()
        self._anchors: dict[SensSuivi | None, str] = {}
        """The bookmarks that wait: one of what stays is never set on what is tracked."""
        self._mark: Marque | None = None
        self._page_break = False
        self._section_start = 0

    # -- what the next paragraph carries --

    def break_page(self) -> None:
        """Start the next paragraph on a new page, unless it already starts a section."""
        self._page_break = len(self.out) > self._section_start

    def anchor(self, ancre: str) -> None:
        """Bookmark the next paragraph; what was moved is so where it is inserted alone."""
        if self.sens == "retrait" and ancre in self._moved:
            return
        self._anchors[self.sens] = self._anchors.get(self.sens, "") + self.signets.point(ancre)

    @contextmanager
    def tracked(self, sens: SensSuivi | None) -> Iterator[None]:
        """All that is written meanwhile is inserted, or removed."""
        if sens is None:
            yield
            return
        self.settle_mark()
        self.sens = sens
        yield
        self.settle_mark()
        if self._anchors.get(sens):
            self.separator(anchored=True)
        self.sens = None

    def row_mark(self) -> str:
        """What says in the properties of a row that it is inserted or removed; it comes last."""
        return self.revisions.mark(self.sens) if self.sens else ""

    def mark(self, marque: Marque) -> None:
        """Begin a list element: its mark goes to its first paragraph."""
        self.settle_mark()
        self._mark = marque

    def settle_mark(self) -> None:
        """Write a pending mark alone, when something else than a paragraph follows it."""
        if self._mark is not None:
            self.paragraph(self._mark.allure, "", garder=True)

    def settle_page_break(self) -> None:
        """Write a pending page break before something that is no paragraph (a table)."""
        if self._page_break:
            # -- the anchors wait: they belong to the first words, not to this blank --
            self.separator()

    def settle(self) -> None:
        """Write whatever waits: nothing follows."""
        self.settle_mark()
        if self._anchors.get(self.sens):
            self.separator(anchored=True)
        self._page_break = False

    # -- writing --

    def fil(self) -> Fil:
        """A new thread of runs."""
        return Fil(self.comments, self.revisions, self.numbers)

    def runs(self, contenu: Inlines) -> str:
        """The runs of some inlines."""
        if len(contenu) == 1:
            inline = contenu[0]
            if isinstance(inline, Valeur) and len(inline.contenu) == 1:
                inline = inline.contenu[0]
            if isinstance(inline, Texte):
                return words_run(inline.texte)
        fil = self.fil()
        fil.inlines(contenu)
        return fil.xml()

    def paragraph(
        self, allure: Allure, runs: str, *, garder: bool = False, alignement: str = ""
    ) -> None:
        """Write a paragraph; what was waiting goes with it."""
        mark = self._mark
        if mark is not None:
            self._mark = None
            allure = mark.allure
            runs = self._head(mark) + runs
        if self._page_break:
            self._drop_separator()
        properties = paragraph_properties(
            allure.style, garder, self._page_break, allure.retrait, alignement
        )
        self._page_break = False
        self._write(properties, runs)

    def _head(self, mark: Marque) -> str:
        """The mark of a list element, before its first words."""
        if not mark.texte:
            return ""
        head = f'<w:r><w:t xml:space="preserve">{escape(mark.texte)}</w:t></w:r>'
        if mark.avant:
            former = f'<w:r><w:t xml:space="preserve">{escape(mark.avant)}</w:t></w:r>'
            head = self.revisions.track(former, "retrait") + self.revisions.track(head, "ajout")
        return head + TAB

    def _write(self, properties: str, runs: str) -> None:
        if self.sens:
            runs = self.revisions.track(runs, self.sens)
            marked = f"<w:rPr>{self.revisions.mark(self.sens)}</w:rPr></w:pPr>"
            properties = properties.replace("</w:pPr>", marked)
        anchors = self._anchors.pop(self.sens, "")
        self.out.append(f"<w:p>{properties}{anchors}{runs}</w:p>")

    def keep_last(self) -> None:
        """Keep the paragraph just written with the next one, whatever clause it belongs to."""
        if self._page_break or self.starts_section:
            return
        last = self.out[-1]
        if last.startswith("<w:p>") and "<w:keepNext/>" not in last:
            # -- the style comes first in a paragraph, this right after it --
            self.out[-1] = last.replace("/>", "/><w:keepNext/>", 1)

    def separator(self, *, anchored: bool = False) -> None:
        """A thin blank: Word joins two tables that touch, and wants a paragraph to end a cell."""
        style = self.charte.style("Caqes Separateur")
        waiting = {} if anchored else self._anchors
        if not anchored:
            self._anchors = {}
        properties = paragraph_properties(style, False, self._page_break, "", "")
        self._page_break = False
        self._write(properties, "")
        self._anchors |= waiting

    def end_document(self, *, compared: bool = False) -> None:
        """Close the document: after a table, Word wants a paragraph, as thin as can be.

        A comparison has one too, for Word never removes the last paragraph of a file.
        """
        self.settle()
        if self._drop_separator() or compared:
            style = self.charte.style("Caqes Fin Section")
            self.out.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')

    def _drop_separator(self) -> bool:
        """Take back the blank after a table that ends its page: alone, it would fill the next."""
        style = self.charte.style("Caqes Separateur")
        blank = f"<w:p>{paragraph_properties(style, False, False, '', '')}</w:p>"
        if self.out[-1:] == [blank] and self.out[-2].endswith("</w:tbl>"):
            self.out.pop()
            return True
        return False

    def end_section(self, section: str) -> None:
        """Close a section: Word keeps its properties in its last paragraph."""
        self.settle()
        self._drop_separator()
        style = self.charte.style("Caqes Fin Section")
        self.out.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{section}</w:pPr></w:p>')
        self._section_start = len(self.out)

    @property
    def idle(self) -> bool:
        """Whether nothing waits for the next paragraph."""
        return not (self._anchors or self._page_break or self._mark or self.sens)

    @property
    def starts_section(self) -> bool:
        """Whether nothing has been written since the last section break."""
        return len(self.out) == self._section_start


@lru_cache(maxsize=512)
def paragraph_properties(
    style: str, garder: bool, page_break: bool, retrait: str, alignement: str
) -> str:
    """`w:pPr`, its children in the order of the schema."""
    justified = f'<w:jc w:val="{alignement}"/>' if alignement else ""
    return (
        f'<w:pPr><w:pStyle w:val="{style}"/>'
        f"{'<w:keepNext/>' if garder else ''}"
        f"{'<w:pageBreakBefore/>' if page_break else ''}"
        f"{retrait}"
        f"{justified}</w:pPr>"
    )
