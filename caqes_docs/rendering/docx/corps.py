"""The fold over the blocks of the model."""

from __future__ import annotations

from typing import assert_never

from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.document import model as doc
from caqes_docs.document.revision.marques import is_comparison, kept_block
from caqes_docs.document.texte import heading_number, reference_words
from caqes_docs.ooxml.champs import END, field_start, toc_entry
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
from caqes_docs.rendering.docx.flux import Flux, Marque
from caqes_docs.rendering.docx.graphique import write_chart
from caqes_docs.rendering.docx.pages.pagination import Pagination
from caqes_docs.rendering.docx.signatures import write_signatures
from caqes_docs.rendering.docx.tableaux import write_aside, write_table

TOC_INSTRUCTION = 'TOC \\o "1-2" \\h \\z \\u'


def orientation_of(bloc: doc.Bloc) -> doc.Orientation:
    """The orientation of the page that a block of the body stands on."""
    kept = kept_block(bloc)
    return kept.orientation if isinstance(kept, doc.Section) else "portrait"


class Corps:
    """Writes the blocks of one document."""

    __slots__ = ("_flux", "_pages")

    def __init__(self, flux: Flux, pages: Pagination) -> None:
        self._flux = flux
        self._pages = pages

    def document(self, document: doc.Document) -> str:
        """The content of `w:body`."""
        flux, sections = self._flux, self._flux.charte.sections
        if document.couverture:
            self.blocks(document.couverture, self._page("portrait"))
            flux.end_section(sections.couverture)
        orientation: doc.Orientation = "portrait"
        for position, bloc in enumerate(document.corps):
            wanted = orientation_of(bloc)
            if wanted != orientation and not flux.starts_section:
                flux.end_section(sections.body(orientation))
            orientation = wanted
            following = document.corps[position + 1 : position + 2]
            self._block(bloc, self._page(orientation), following[0] if following else None)
        flux.end_document(compared=is_comparison(document))
        if not flux.out:
            flux.separator()
        return "".join(flux.out) + sections.body(orientation)

    def blocks(self, blocs: tuple[doc.Bloc, ...], contexte: Contexte) -> None:
        """Write blocks one after the other."""
        last = len(blocs) - 1
        for position, bloc in enumerate(blocs):
            following = blocs[position + 1] if position < last else None
            self._block(bloc, contexte, following)

    def _page(self, orientation: doc.Orientation) -> Contexte:
        return Contexte(self._flux.charte.geometrie.text_width(orientation))

    def _block(self, bloc: doc.Bloc, contexte: Contexte, following: doc.Bloc | None) -> None:  # noqa: C901
        match bloc:
            case doc.Paragraphe():
                self._paragraph(bloc, contexte, following)
            case doc.Liste():
                self._list(bloc, contexte)
            case doc.Tableau():
                write_table(self._flux, self.blocks, bloc, contexte)
            case doc.Graphique():
                write_chart(self._flux, bloc, contexte)
            case doc.Encart():
                write_aside(self._flux, self.blocks, bloc, contexte)
            case doc.Section():
                self._section(bloc, contexte)
            case doc.Clause():
                self._clause(bloc, contexte)
            case doc.BlocSignature():
                write_signatures(self._flux, bloc, contexte)
            case doc.Sommaire():
                self._contents(bloc)
            case doc.SautDePage():
                self._flux.break_page()
            case doc.BlocSuivi():
                with self._flux.tracked(bloc.sens):
                    self._block(bloc.bloc, contexte, following)
            case _:
                assert_never(bloc)

    def _paragraph(
        self, bloc: doc.Paragraphe, contexte: Contexte, following: doc.Bloc | None
    ) -> None:
        flux = self._flux
        if bloc.role in CLOSING_ROLES:
            flux.keep_last()
        look = paragraph_look(flux.charte, bloc, contexte)
        garder = contexte.garder or introduces(bloc, following)
        runs = flux.runs(bloc.contenu)
        flux.paragraph(look, runs, garder=garder, alignement=contexte.alignement)

    def _list(self, bloc: doc.Liste, contexte: Contexte) -> None:
        flux, inside = self._flux, contexte.deeper()
        for position, element in enumerate(bloc.elements):
            sens, avant = None, ""
            if isinstance(element, doc.ElementSuivi):
                sens, avant = element.sens, element.marque_avant
            look = element_look(flux.charte, element, inside)
            with flux.tracked(sens):
                flux.mark(Marque(element.marque, look, avant))
                self.blocks(element.blocs, element_context(inside, position, len(bloc.elements)))
        flux.settle_mark()

    def _section(self, bloc: doc.Section, contexte: Contexte) -> None:
        if bloc.nouvelle_page:
            self._flux.break_page()
        self._heading(bloc.titre, bloc.ancre)
        self.blocks(bloc.blocs, contexte)

    def _clause(self, bloc: doc.Clause, contexte: Contexte) -> None:
        if bloc.titre is not None:
            self._heading(bloc.titre, bloc.ancre)
        else:
            self._flux.anchor(bloc.ancre)
        self.blocks(bloc.blocs, contexte)

    def _heading(self, titre: doc.Titre, ancre: str) -> None:
        """A heading as `document.texte.heading_text` prints it."""
        flux = self._flux
        flux.settle_mark()
        flux.anchor(ancre)
        fil = flux.fil()
        if titre.numero:
            if titre.sur_deux_lignes:
                fil.line_break()
            else:
                fil.text("\u00a0: ")
        fil.inlines(titre.contenu)
        runs = self._number(titre) + fil.xml()
        flux.paragraph(Allure(heading_style(flux.charte, titre.niveau)), runs)

    def _number(self, titre: doc.Titre) -> str:
        """The number of a heading; a field repeats its figures wherever the act refers to it."""
        flux = self._flux
        if isinstance(titre, doc.TitreSuivi):
            former = flux.runs(heading_number(titre.numero_avant))
            number = flux.runs(heading_number(titre.numero))
            track = flux.revisions.track
            return track(former, "retrait") + track(number, "ajout")
        name = flux.numbers.get(reference_words(titre.numero))
        if name is None:
            return flux.runs(heading_number(titre.numero))
        word, blank, figures = titre.numero.rpartition(NBSP)
        repeated = flux.signets.around(name, flux.runs(heading_number(figures)))
        return flux.runs((doc.Texte(word + blank),)) + repeated

    def _contents(self, bloc: doc.Sommaire) -> None:
        """The contents: a living TOC field, whose cached result is already right."""
        flux = self._flux
        charte = flux.charte
        title = Allure(charte.style("TOC Heading"))
        flux.paragraph(title, flux.runs(bloc.titre), garder=True)
        if not bloc.entrees:
            return
        start = field_start(TOC_INSTRUCTION)
        for entree in bloc.entrees:
            page = str(self._pages.pages.get(entree.ancre, 1))
            line = toc_entry(entree.texte, entree.ancre, page)
            flux.paragraph(Allure(toc_style(charte, entree.niveau)), start + line)
            start = ""
        # -- Word rewrites everything up to the end of the field: it stands in a line of its own --
        flux.paragraph(Allure(charte.style("Caqes Fin Section")), END)
