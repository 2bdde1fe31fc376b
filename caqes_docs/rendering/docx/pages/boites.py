"""The model measured: a flat list of boxes, each with its height and its ties to the next one.

It mirrors `docx_corps` block for block and asks `docx_apparences` for the same styles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import assert_never

from caqes_docs.document import model as doc
from caqes_docs.document.revision.marques import kept_block
from caqes_docs.document.texte import heading_text
from caqes_docs.ooxml.styles import Metrique
from caqes_docs.rendering.docx.apparences import (
    CLOSING_ROLES,
    Allure,
    Contexte,
    element_context,
    element_look,
    heading_style,
    introduces,
    paragraph_look,
    toc_style,
)
from caqes_docs.rendering.docx.cesures import hold_codes
from caqes_docs.rendering.docx.charte.lecture import Charte
from caqes_docs.rendering.docx.graphique import chart_size, chart_title
from caqes_docs.rendering.docx.pages.cases import Rangs
from caqes_docs.rendering.docx.pages.mesure import count_lines, count_text_lines, line_height
from caqes_docs.rendering.docx.signatures import (
    SIGNATURE_MARGIN,
    signature_parts,
    signature_rows,
    signature_widths,
)
from caqes_docs.rendering.docx.tableaux import ASIDE_MARGIN, column_widths, is_short_aside, row_ties

ROW_BORDER = 9
"""Border below the last row of a table, or of what a page holds of it."""
ASIDE_EXTRA = 215
SIGNATURE_EXTRA = 150


@dataclass(slots=True)
class Boite:
    """Lines that share a pitch: a paragraph, or a row of a table (one high line)."""

    lignes: int
    pas: int
    avant: int = 0
    apres: int = 0
    """Space above and below; between two boxes, the larger of the two counts."""
    bords: int = 0
    """Room of the borders."""
    pied: int = 0
    """Room of the border that closes a table, when nothing follows the row on its page."""
    cadre: Metrique | None = None
    """The measures of a bordered paragraph: neighbours that share them share one frame."""
    garde: bool = False
    """Kept with the next box."""
    insecable: bool = False
    saut: bool = False
    """Starts a page."""
    ancres: tuple[str, ...] = ()
    repetition: int = 0
    """Height of the header row repeated when this row starts a page."""
    orientation: doc.Orientation = "portrait"


def stack_height(boites: Sequence[Boite]) -> int:
    """The height of boxes one above the other, without the space below the last one."""
    height = below = 0
    for boite in boites:
        height += max(below, boite.avant) + boite.lignes * boite.pas + boite.bords
        below = boite.apres
    return height


class Mesureur:
    """Measures the blocks of one document."""

    __slots__ = ("_anchors", "_charte", "_mark", "_orientation", "_page_break", "boites")

    def __init__(self, charte: Charte) -> None:
        self._charte = charte
        self._anchors: tuple[str, ...] = ()
        self._mark: tuple[str, Allure] | None = None
        self._page_break = False
        self._orientation: doc.Orientation = "portrait"
        self.boites: list[Boite] = []

    def document(self, document: doc.Document) -> list[Boite]:
        """The boxes of the whole document."""
        self.blocks(document.couverture, self._page())
        self._page_break = bool(self.boites)
        for position, bloc in enumerate(document.corps):
            kept = kept_block(bloc)
            wanted = kept.orientation if isinstance(kept, doc.Section) else "portrait"
            if wanted != self._orientation:
                self._page_break = bool(self.boites)
                self._orientation = wanted
            following = document.corps[position + 1 : position + 2]
            self._block(bloc, self._page(), following[0] if following else None)
        return self.boites

    def blocks(self, blocs: tuple[doc.Bloc, ...], contexte: Contexte) -> None:
        """Measure blocks one after the other."""
        last = len(blocs) - 1
        for position, bloc in enumerate(blocs):
            following = blocs[position + 1] if position < last else None
            self._block(bloc, contexte, following)

    def _page(self) -> Contexte:
        return Contexte(self._charte.geometrie.text_width(self._orientation))

    def _block(self, bloc: doc.Bloc, contexte: Contexte, following: doc.Bloc | None) -> None:  # noqa: C901
        match bloc:
            case doc.Paragraphe():
                if bloc.role in CLOSING_ROLES:
                    self._keep_last()
                look = paragraph_look(self._charte, bloc, contexte)
                garde = contexte.garder or introduces(bloc, following)
                self._paragraph(look, bloc.contenu, contexte.largeur, garde=garde)
            case doc.Liste():
                self._list(bloc, contexte)
            case doc.Tableau():
                self._table(bloc, contexte)
            case doc.Graphique():
                self._chart(bloc, contexte)
            case doc.Encart():
                self._aside(bloc, contexte)
            case doc.Section():
                self._section(bloc, contexte)
            case doc.Clause():
                self._clause(bloc, contexte)
            case doc.BlocSignature():
                self._signatures(bloc, contexte)
            case doc.Sommaire():
                self._contents(bloc, contexte)
            case doc.SautDePage():
                self._page_break = bool(self.boites)
            case doc.BlocSuivi():
                self._block(bloc.bloc, contexte, following)
            case _:
                assert_never(bloc)

    def _paragraph(
        self, look: Allure, contenu: doc.Inlines, largeur: int, *, garde: bool = False
    ) -> None:
        if self._mark is not None:
            mark, look = self._mark
            self._mark = None
        metrique = _metrics(self._charte, look)
        self._push(metrique, count_lines(contenu, metrique, largeur), garde=garde)

    def _push(self, metrique: Metrique, lines: int, *, garde: bool = False) -> None:
        framed = metrique.bordure_haute or metrique.bordure_basse
        boite = Boite(
            lines,
            line_height(metrique),
            metrique.avant,
            metrique.apres,
            metrique.bordure_haute + metrique.bordure_basse,
            garde=garde or metrique.garde,
            insecable=metrique.insecable,
            cadre=metrique if framed else None,
        )
        if framed and not self._page_break and self.boites and self.boites[-1].cadre is metrique:
            self.boites[-1].bords -= metrique.bordure_basse
            boite.bords -= metrique.bordure_haute
        self._add(boite)

    def _add(self, boite: Boite) -> None:
        boite.saut, boite.ancres = self._page_break, self._anchors
        boite.orientation = self._orientation
        self._page_break, self._anchors = False, ()
        self.boites.append(boite)

    def _keep_last(self) -> None:
        """Keep the last box with the next one, as `Flux.keep_last` does."""
        if self.boites and not self._page_break:
            self.boites[-1].garde = True

    def _separator(self) -> None:
        metrique = self._charte.metrique("Caqes Separateur")
        self._push(metrique, 1)

    def _list(self, bloc: doc.Liste, contexte: Contexte) -> None:
        inside = contexte.deeper()
        for position, element in enumerate(bloc.elements):
            self._settle_mark(contexte)
            self._mark = (element.marque, element_look(self._charte, element, inside))
            self.blocks(element.blocs, element_context(inside, position, len(bloc.elements)))
        self._settle_mark(contexte)

    def _settle_mark(self, contexte: Contexte) -> None:
        if self._mark is not None:
            self._paragraph(self._mark[1], (), contexte.largeur, garde=True)

    def _section(self, bloc: doc.Section, contexte: Contexte) -> None:
        self._page_break = self._page_break or (bloc.nouvelle_page and bool(self.boites))
        self._heading(bloc.titre, bloc.ancre, contexte)
        self.blocks(bloc.blocs, contexte)

    def _clause(self, bloc: doc.Clause, contexte: Contexte) -> None:
        if bloc.titre is not None:
            self._heading(bloc.titre, bloc.ancre, contexte)
        else:
            self._anchors += (bloc.ancre,)
        self.blocks(bloc.blocs, contexte)

    def _heading(self, titre: doc.Titre, ancre: str, contexte: Contexte) -> None:
        self._settle_mark(contexte)
        self._anchors += (ancre,)
        metrique = self._charte.styles.metriques[heading_style(self._charte, titre.niveau)]
        texte = hold_codes(heading_text(titre))
        self._push(metrique, count_text_lines(texte, metrique, contexte.largeur))

    def _contents(self, bloc: doc.Sommaire, contexte: Contexte) -> None:
        self._paragraph(Allure(self._charte.style("TOC Heading")), bloc.titre, contexte.largeur)
        for entree in bloc.entrees:
            metrique = self._charte.styles.metriques[toc_style(self._charte, entree.niveau)]
            self._push(metrique, count_text_lines(entree.texte, metrique, contexte.largeur))

    def _table(self, bloc: doc.Tableau, contexte: Contexte) -> None:
        self._settle_mark(contexte)
        if bloc.legende:
            look = Allure(self._charte.style("caption"))
            self._paragraph(look, bloc.legende, contexte.largeur, garde=True)
        width = contexte.largeur - contexte.retrait
        widths = column_widths([colonne.largeur for colonne in bloc.colonnes], width)
        rangs = Rangs(self._charte, widths, self._height)
        header = 0
        for ligne in bloc.entete:
            height = rangs.height(ligne, header=True)
            header += height
            self._add(Boite(1, height, garde=True))
        for ligne, tied in zip(bloc.lignes, row_ties(bloc), strict=True):
            height = rangs.height(ligne, header=False)
            self._add(Boite(1, height, garde=tied, repetition=header, pied=ROW_BORDER))
        if self.boites and (bloc.entete or bloc.lignes):
            self.boites[-1].bords = ROW_BORDER
            self.boites[-1].pied = 0
        self._separator()

    def _height(self, blocs: tuple[doc.Bloc, ...], contexte: Contexte) -> int:
        """The height of what stands in a cell; its anchors go to the row."""
        if len(blocs) == 1 and isinstance(blocs[0], doc.Paragraphe):
            metrique = _metrics(self._charte, paragraph_look(self._charte, blocs[0], contexte))
            lines = count_lines(blocs[0].contenu, metrique, contexte.largeur)
            return metrique.avant + lines * line_height(metrique) + metrique.apres
        inner = Mesureur(self._charte)
        inner.blocks(blocs, contexte)
        if not inner.boites:
            empty = self._charte.metrique("Caqes Cellule")
            return line_height(empty)
        for boite in inner.boites:
            self._anchors += boite.ancres
        return stack_height(inner.boites) + inner.boites[-1].apres

    def _aside(self, bloc: doc.Encart, contexte: Contexte) -> None:
        self._settle_mark(contexte)
        width = contexte.largeur - contexte.retrait - 2 * ASIDE_MARGIN
        height = self._height(bloc.blocs, Contexte(width)) + ASIDE_EXTRA
        if is_short_aside(bloc):
            self._add(Boite(1, height))
        else:
            pitch = line_height(self._charte.metrique("Caqes Corps"))
            self._add(Boite(-(-height // pitch), pitch))
        self._separator()

    def _chart(self, bloc: doc.Graphique, contexte: Contexte) -> None:
        self._settle_mark(contexte)
        title = chart_title(self._charte.style("caption"), contexte)
        self._paragraph(title, bloc.titre, contexte.largeur, garde=True)
        metrique = self._charte.metrique("Caqes Corps")
        height = chart_size(bloc, contexte)[1] * 11 // 10
        self._add(Boite(1, height, metrique.avant, metrique.apres, insecable=True))

    def _signatures(self, bloc: doc.BlocSignature, contexte: Contexte) -> None:
        if not bloc.signataires:
            return
        self._settle_mark(contexte)
        self._keep_last()
        width = signature_widths(bloc, contexte)[0] - 2 * SIGNATURE_MARGIN
        for boxes in signature_rows(bloc):
            for role, parts in signature_parts(boxes):
                inside = [(doc.Paragraphe(contenu, role),) for contenu in parts]
                tallest = max(self._height(blocs, Contexte(width)) for blocs in inside)
                self._add(Boite(1, tallest + SIGNATURE_EXTRA, garde=True))
        self.boites[-1].garde = False
        self._separator()


@lru_cache(maxsize=512)
def _indented(metrique: Metrique, gauche: int, suspendu: int) -> Metrique:
    return replace(metrique, gauche=gauche, premiere=-suspendu)


def _metrics(charte: Charte, look: Allure) -> Metrique:
    metrique = charte.styles.metriques[look.style]
    if look.gauche is None:
        return metrique
    return _indented(metrique, look.gauche, look.suspendu)
