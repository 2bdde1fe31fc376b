"""The blocks of the document as typst source: a fold that writes calls, and words as strings.

The functions called here are those of `preambule.typ`. The writer adds no word: the text of the
pages is `document.texte.document_text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count, groupby, repeat, zip_longest
from typing import assert_never

from caqes_docs.document import model as doc
from caqes_docs.document.revision.marques import is_comparison, moved_anchors
from caqes_docs.document.texte import element_mark, heading_number, heading_text
from caqes_docs.document.walk import inner_blocks, iter_document, plain
from caqes_docs.rendering.annonces import closes, leads_to
from caqes_docs.rendering.charte import USUELLE, CharteGraphique
from caqes_docs.rendering.graphique.couleurs import recolour
from caqes_docs.rendering.html.graphique import write_svg
from caqes_docs.rendering.tableaux import box_rows, is_blank
from caqes_docs.rendering.typst.litteraux import array, literal, words
from caqes_docs.rendering.typst.tableaux import Cell, fold_table

_DEEPEST_HEADING = 6
_COVER = "couverture_"
_COLON = words("\u00a0: ")
_DIVISIONS = (doc.Clause, doc.Section)
_LED_IN = (doc.Liste, doc.Tableau, doc.BlocSignature)
_HELD = frozenset({"date_effet", "fait_a", "note"})
"""Paragraphs that never open a page: what stands before follows them."""


class Pli:
    """The fold over one document."""

    def __init__(self, document: doc.Document, charte: CharteGraphique = USUELLE) -> None:
        self._charte = charte
        divisions = [bloc for bloc in iter_document(document) if isinstance(bloc, _DIVISIONS)]
        self._ancres = frozenset(division.ancre for division in divisions)
        untitled = (division.ancre for division in divisions if division.titre is None)
        self._titrees = self._ancres - frozenset(untitled)
        self._comparison = is_comparison(document)
        self._moved = moved_anchors(document) if self._comparison else frozenset()
        self._sens: doc.SensSuivi | None = None
        self._narrow = self._repeats = False

    def blocs(self, blocs: Sequence[doc.Bloc], after: doc.Bloc | None = None) -> str:
        """The blocks; `after` is what stands behind them."""
        parts: list[str] = []
        before: doc.Bloc | None = None
        for bloc, following in zip_longest(blocs, blocs[1:], fillvalue=None):
            if bloc is not None:
                parts.append(self._bloc(bloc, before, following or after))
            before = bloc
        return "\n".join(parts)

    def _bloc(  # noqa: C901
        self, bloc: doc.Bloc, before: doc.Bloc | None, after: doc.Bloc | None
    ) -> str:
        match bloc:
            case doc.Paragraphe():
                return self._paragraphe(bloc, before, after)
            case doc.Liste():
                return self._liste(bloc)
            case doc.Tableau():
                legende = self.inlines(bloc.legende)
                return fold_table(bloc, legende, self._cell, tied=closes(after))
            case doc.Graphique():
                return self._graphique(bloc)
            case doc.Encart():
                role = "encadre" if bloc.role == "avertissement" else "encart"
                tied = ", amorce: true" if _leads_in(bloc, after) else ""
                return f"#{role}([{self.blocs(bloc.blocs)}]{tied})"
            case doc.SautDePage():
                return "#pagebreak(weak: true)"
            case doc.BlocSignature():
                rangs = ", ".join(
                    array(map(self._case, rang)) for rang in box_rows(bloc.signataires)
                )
                return f"#signatures({rangs})"
            case doc.Sommaire():
                return self._sommaire(bloc)
            case doc.Clause():
                nameless = f"#ancre({self._label(bloc.ancre)})"
                head = self._titre(bloc.titre, bloc.ancre) if bloc.titre else nameless
                return f"{head}\n{self.blocs(bloc.blocs, after)}"
            case doc.Section():
                saut = "#pagebreak(weak: true)\n" if bloc.nouvelle_page else ""
                return f"{saut}{self._titre(bloc.titre, bloc.ancre)}\n" + self.blocs(
                    bloc.blocs, after
                )
            case doc.BlocSuivi():
                with self._tracked(bloc.sens):
                    return self._bloc(bloc.bloc, before, after)
            case _:
                assert_never(bloc)

    @contextmanager
    def _tracked(self, sens: doc.SensSuivi | None) -> Iterator[None]:
        """All the words written meanwhile are inserted, or removed."""
        outer, self._sens = self._sens, sens or self._sens
        yield
        self._sens = outer

    def _label(self, ancre: str) -> str:
        """The name of a place; what was moved keeps it where it went."""
        return "none" if self._sens == "retrait" and ancre in self._moved else literal(ancre)

    def _paragraphe(
        self, bloc: doc.Paragraphe, before: doc.Bloc | None, after: doc.Bloc | None
    ) -> str:
        options = ""
        if bloc.role.startswith(_COVER):
            previous = before.role if isinstance(before, doc.Paragraphe) else ""
            options = ", premier: true" if previous != bloc.role else ""
        elif _leads_in(bloc, after):
            options = ", amorce: true"
        return f"#{bloc.role}([{self.inlines(bloc.contenu)}]{options})"

    def _titre(self, titre: doc.Titre, ancre: str) -> str:
        contenu = self.inlines(titre.contenu)
        if titre.numero:
            numero = self.inlines(heading_number(titre.numero))
            if isinstance(titre, doc.TitreSuivi):
                former = self._inner(heading_number(titre.numero_avant))
                numero = _mark(former, "retrait") + _mark(numero, "ajout")
            if titre.sur_deux_lignes:
                contenu = f'#numero[{numero}]#" ";#linebreak(){contenu}'
            else:
                contenu = f"{numero}{_COLON}{contenu}"
        signet = literal(heading_text(titre).replace("\n", "\u00a0: "))
        level = min(titre.niveau, _DEEPEST_HEADING)
        return f"#titre({level}, {signet}, {self._label(ancre)})[{contenu}]"

    def _liste(self, liste: doc.Liste) -> str:
        items = "".join(f", [{self._item(element)}]" for element in liste.elements)
        marks = [element_mark(element) or "•" for element in liste.elements]
        if set(marks) == {"•"}:
            return f"#puces({items.removeprefix(', ')})"
        narrow = all(len(mark) <= 2 for mark in marks)
        texts = [f"[{self._marque(element)}]" for element in liste.elements]
        return f"#marques({array(f'm({t})' if narrow else t for t in texts)}{items})"

    def _item(self, element: doc.Element) -> str:
        with self._tracked(element.sens if isinstance(element, doc.ElementSuivi) else None):
            return self._element(element.blocs)

    def _marque(self, element: doc.Element) -> str:
        """The mark of an item, its former one struck out when both are shown."""
        mark = words(element.marque or "•")
        if not isinstance(element, doc.ElementSuivi):
            return _mark(mark, self._sens)
        if element.marque_avant:
            return _mark(words(element.marque_avant), "retrait") + _mark(mark, "ajout")
        return _mark(mark, element.sens or self._sens)

    def _element(self, blocs: tuple[doc.Bloc, ...]) -> str:
        match blocs:
            case (doc.Paragraphe(contenu, "corps" | "cellule"),):
                return self.inlines(contenu)
            case _:
                return self.blocs(blocs)

    def _cell(self, cellule: doc.Cellule, repeats: bool) -> Cell:
        """A cell; one that repeats leads nowhere, for its later prints are artefacts."""
        if is_blank(cellule):
            return "#blanc"
        self._narrow, self._repeats = True, repeats
        with self._tracked(cellule.sens if isinstance(cellule, doc.CelluleSuivie) else None):
            inside = self._element(cellule.blocs)
        self._narrow = self._repeats = False
        return inside

    def _graphique(self, bloc: doc.Graphique) -> str:
        dessin, alternative = (
            literal(recolour(write_svg(bloc), self._charte)),
            literal(bloc.alternative),
        )
        return f"#graphique([{self.inlines(bloc.titre)}], {dessin}, {alternative})"

    def _case(self, signataire: doc.Signataire) -> str:
        parts = {
            name: f"[{self.inlines(text)}]" if text else "none"
            for name, text in (
                ("qualite", signataire.qualite),
                ("mention", signataire.mention),
                ("nom", signataire.nom),
            )
        }
        inside = ", ".join(f"{name}: {text}" for name, text in parts.items())
        champ = "none" if self._sens == "retrait" else literal(signataire.champ)
        return f"({inside}, champ: {champ})"

    def _sommaire(self, sommaire: doc.Sommaire) -> str:
        titre = self.inlines(sommaire.titre)
        parts = [f"#sommaire-titre({literal(plain(sommaire.titre))})[{titre}]"] if titre else []
        # -- typst lists headings in their order: where articles moved, each line is a list --
        apart = count() if self._comparison else repeat(0)
        places = (((e.ancre in self._titrees, next(apart)), e) for e in sommaire.entrees)
        for (known, _), run in groupby(places, lambda place: place[0]):
            entrees = [entree for _, entree in run]
            parts += [self._entrees(entrees)] if known else map(self._entree, entrees)
        return "\n".join(parts)

    def _entrees(self, entrees: Sequence[doc.EntreeSommaire]) -> str:
        noms = ", ".join(f"{literal(e.ancre)}: [{words(e.texte)}]" for e in entrees)
        cibles = ", ".join(f"label({literal(e.ancre)})" for e in entrees)
        seule = f", seule: {entrees[0].niveau}" if self._comparison else ""
        return f"#sommaire(({noms}), selector.or({cibles}){seule})"

    def _entree(self, entree: doc.EntreeSommaire) -> str:
        """A line that leads nowhere."""
        return f"#entree({entree.niveau}, [{words(entree.texte)}])"

    # Inlines

    def inlines(self, contenu: doc.Inlines) -> str:
        """A run of words."""
        return _mark(self._inner(contenu), self._sens)

    def _inner(self, contenu: doc.Inlines) -> str:
        return "".join(map(self._inline, contenu))

    def _inline(self, inline: doc.Inline) -> str:  # noqa: C901
        match inline:
            case doc.Texte() | doc.Citation():
                return words(inline.texte, narrow=self._narrow)
            case doc.Exposant():
                return f"#super[{words(inline.texte)}]"
            case doc.Fort():
                return f"#strong[{self._inner(inline.contenu)}]"
            case doc.Emphase():
                return f"#emph[{self._inner(inline.contenu)}]"
            case doc.Valeur():
                return self._inner(inline.contenu)
            case doc.Renvoi():
                texte = words(inline.texte)
                if self._repeats or inline.ancre not in self._ancres:
                    return texte
                return f"#renvoi({literal(inline.ancre)})[{texte}]"
            case doc.ACompleter():
                return f"#manque[{words(inline.texte)}]"
            case doc.AEcrire():
                return f"#ecrire[{words(inline.texte)}]"
            case doc.SautLigne():
                return "#linebreak()"
            case doc.Suivi():
                return _mark(self._inner(inline.contenu), inline.sens)
            case _:
                assert_never(inline)


def _mark(contenu: str, sens: doc.SensSuivi | None) -> str:
    """Words inserted or removed."""
    return f"#{sens}[{contenu}]" if sens and contenu else contenu


def _first(bloc: doc.Bloc | None) -> doc.Bloc | None:
    """What `bloc` prints first, where it prints no title."""
    while isinstance(bloc, doc.BlocSuivi) or (isinstance(bloc, doc.Clause) and not bloc.titre):
        bloc = next(inner_blocks(bloc), None)
    return bloc


def _leads_in(bloc: doc.Paragraphe | doc.Encart, after: doc.Bloc | None) -> bool:
    following = _first(after)
    if isinstance(following, doc.Paragraphe):
        adresses = isinstance(bloc, doc.Paragraphe) and bloc.role == following.role == "adresse"
        announced = isinstance(bloc, doc.Paragraphe) and leads_to(bloc, following)
        return adresses or announced or following.role in _HELD
    return isinstance(following, _LED_IN)
