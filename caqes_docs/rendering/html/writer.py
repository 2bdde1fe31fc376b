"""The document as one HTML page, read by browsers and by the PDF engine.

The writer adds no word: the text of the page is `document.texte.document_text`. Looks belong to the
style sheet; the only style written here is the width of columns, which comes from the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from itertools import zip_longest
from typing import assert_never
from urllib.parse import quote

from caqes_docs.document import model as doc
from caqes_docs.document.revision.marques import is_comparison, moved_anchors
from caqes_docs.document.texte import heading_number, heading_text
from caqes_docs.document.walk import iter_document
from caqes_docs.rendering.glyphes import check_signs
from caqes_docs.rendering.html.cadre import build_head, build_logos, build_running
from caqes_docs.rendering.html.graphique import write_svg
from caqes_docs.rendering.html.mots import glue_codes, words_html
from caqes_docs.rendering.html.suivi import item_mark, tracked
from caqes_docs.rendering.logos import PREMIERE, Logo
from caqes_docs.rendering.roles import appearance
from caqes_docs.rendering.tableaux import (
    box_rows,
    cell_attributes,
    colgroup,
    field_words,
    is_group,
    row_classes,
    table_classes,
)

_DEEPEST_HEADING = 6
_DIVISIONS = (doc.Clause, doc.Section)
_FIELD = re.compile(r"<input [^>]*>")
_OPENING = re.compile(r"(?:\s*<section[^>]*>)*")


def write_html(document: doc.Document, feuille: str, logos: Sequence[Logo] = ()) -> str:
    """The whole page; `feuille` is put in its head, or left to the caller when empty.

    The addresses of `logos` are answered by the caller.

    Raises:
        RenduError: the document holds a control character, or the style sheet closes its tag.
    """
    page = _Writer(document, logos).page(feuille)
    check_signs(page)
    return page


class _Writer:
    """The fold over one document."""

    def __init__(self, document: doc.Document, logos: Sequence[Logo]) -> None:
        self._document = document
        self._logos = logos
        self._sens: doc.SensSuivi | None = None
        divisions = (bloc for bloc in iter_document(document) if isinstance(bloc, _DIVISIONS))
        self._ancres = frozenset(division.ancre for division in divisions)
        self._moved = moved_anchors(document) if is_comparison(document) else frozenset()

    def page(self, feuille: str) -> str:
        document = self._document
        langue = escape(document.metadonnees.langue)
        etat = "brouillon" if document.brouillon else "definitif"
        couverture, corps = self._blocs(document.couverture), self._blocs(document.corps)
        if couverture:
            couverture = self._under_logo(couverture)
        else:
            corps = self._under_logo(corps)
        return "\n".join(
            (
                "<!DOCTYPE html>",
                f'<html lang="{langue}">',
                f"<head>{build_head(document.metadonnees, feuille)}</head>",
                f'<body class="{etat}">{build_running(document.bandeaux, self._logos)}',
                f'<section class="couverture">{couverture}</section>' if couverture else "",
                f"<main>{corps}</main>",
                "</body></html>\n",
            )
        )

    def _under_logo(self, html: str) -> str:
        """`html` under the logos of the first page, which stand inside what begins there.

        Before it, they would be alone on a page where it is landscape, or opens a page.
        """
        images = build_logos(self._logos, PREMIERE, self._document.metadonnees.auteur)
        if not images:
            return html
        side = next(logo.alignement for logo in self._logos if logo.usage == PREMIERE)
        head = _OPENING.match(html)
        start = head.end() if head else 0
        line = f'<div class="logo" style="text-align: {side}">{images}</div>'
        return f"{html[:start]}{line}{html[start:]}"

    # Blocks

    def _blocs(self, blocs: Sequence[doc.Bloc]) -> str:
        """The blocks; a page break goes to the block that follows, so that two make one."""
        parts: list[str] = []
        pending = False
        for bloc, following in zip_longest(blocs, blocs[1:]):
            if isinstance(bloc, doc.SautDePage):
                pending = True
                continue
            html = self._bloc(bloc, leads_in=isinstance(following, doc.Liste | doc.Tableau))
            # The first class is that of the block itself: each one opens with it.
            parts.append(html.replace('class="', 'class="saut ', 1) if pending else html)
            pending = False
        return "\n".join(parts)

    def _bloc(self, bloc: doc.Bloc, *, leads_in: bool) -> str:  # noqa: C901
        match bloc:
            case doc.Paragraphe():
                return self._paragraphe(bloc, leads_in=leads_in)
            case doc.Liste():
                return self._liste(bloc)
            case doc.Tableau():
                return self._tableau(bloc)
            case doc.Graphique():
                return self._graphique(bloc)
            case doc.Encart():
                body = self._blocs(bloc.blocs)
                role = escape(bloc.role.replace("_", "-"))
                return f'<section class="{role}" role="note">{body}</section>'
            case doc.SautDePage():
                return ""
            case doc.BlocSignature():
                return self._signatures(bloc)
            case doc.Sommaire():
                return self._sommaire(bloc)
            case doc.Clause():
                return self._clause(bloc)
            case doc.Section():
                return self._section(bloc)
            case doc.BlocSuivi():
                return self._suivi(bloc, leads_in=leads_in)
            case _:
                assert_never(bloc)

    def _suivi(self, bloc: doc.BlocSuivi, *, leads_in: bool) -> str:
        """A block inserted or removed; the boxes of a removed one await no signature."""
        with self._tracked(bloc.sens):
            words = self._bloc(bloc.bloc, leads_in=leads_in)
        if bloc.sens == "retrait":
            words = _FIELD.sub("", words)
            for ancre in self._moved:
                words = words.replace(f' id="{escape(ancre)}"', "")
        return words

    @contextmanager
    def _tracked(self, sens: doc.SensSuivi | None) -> Iterator[None]:
        """All the words written meanwhile are inserted, or removed."""
        outer, self._sens = self._sens, sens or self._sens
        yield
        self._sens = outer

    def _paragraphe(self, bloc: doc.Paragraphe, marque: str = "", *, leads_in: bool = False) -> str:
        classe = appearance(bloc.role).classe_css + (" amorce" if leads_in else "")
        return f'<p class="{classe}">{marque}{self._inlines(bloc.contenu)}</p>'

    def _section(self, section: doc.Section) -> str:
        classes = ["section", f"niveau-{section.titre.niveau}", section.orientation]
        if section.nouvelle_page:
            classes.append("nouvelle-page")
        heading = self._titre(section.titre, section.ancre)
        body = self._blocs(section.blocs)
        return f'<section class="{" ".join(classes)}">{heading}\n{body}</section>'

    def _clause(self, clause: doc.Clause) -> str:
        identite = clause.identite
        source = f'data-clause="{escape(identite.id)}" data-version="{identite.version}"'
        if clause.titre is None:
            ancre, heading = f' id="{escape(clause.ancre)}"', ""
        else:
            ancre, heading = "", self._titre(clause.titre, clause.ancre)
        body = self._blocs(clause.blocs)
        return f'<section class="clause" {source}{ancre}>{heading}\n{body}</section>'

    def _titre(self, titre: doc.Titre, ancre: str) -> str:
        level = min(titre.niveau, _DEEPEST_HEADING)
        signet = escape(heading_text(titre).replace("\n", "\u00a0: "))
        contenu = self._inlines(titre.contenu)
        if titre.numero:
            numero = self._inlines(heading_number(titre.numero))
            if isinstance(titre, doc.TitreSuivi):
                former = self._inner(heading_number(titre.numero_avant))
                numero = tracked(former, "retrait") + tracked(numero, "ajout")
            if titre.sur_deux_lignes:
                contenu = f'<span class="numero">{numero}</span><br>{contenu}'
            else:
                contenu = f"{numero}\u00a0: {contenu}"
        return f'<h{level} id="{escape(ancre)}" data-signet="{signet}">{contenu}</h{level}>'

    def _liste(self, liste: doc.Liste) -> str:
        tag = "ol" if liste.ordonnee else "ul"
        items = "\n".join(self._element(element) for element in liste.elements)
        return f'<{tag} class="liste" role="list">{items}</{tag}>'

    def _element(self, element: doc.Element) -> str:
        with self._tracked(element.sens if isinstance(element, doc.ElementSuivi) else None):
            marque = f'<span class="marque">{item_mark(element, self._sens)} </span>'
            match element.blocs:
                case (doc.Paragraphe() as first, *others):
                    leads_in = bool(others) and isinstance(others[0], doc.Liste | doc.Tableau)
                    head = self._paragraphe(first, marque, leads_in=leads_in)
                    return f"<li>{head}{self._blocs(others)}</li>"
                case others:
                    return f'<li><p class="corps">{marque}</p>{self._blocs(others)}</li>'

    def _tableau(self, tableau: doc.Tableau) -> str:
        legende = self._inlines(tableau.legende)
        caption = f"<caption>{legende}</caption>" if legende else ""
        head = "\n".join(
            f"<tr>{self._cellules(ligne, tableau, in_head=True)}</tr>" for ligne in tableau.entete
        )
        body = "\n".join(
            f'<tr class="{classes}">{cells}</tr>' if classes else f"<tr>{cells}</tr>"
            for ligne, classes in zip(tableau.lignes, row_classes(tableau), strict=True)
            for cells in [self._cellules(ligne, tableau, in_head=False)]
        )
        if not body:  # a table has a body, were it made of headers
            head, body = "", head
        return (
            f'<table class="{escape(table_classes(tableau))}">{caption}{colgroup(tableau.colonnes)}'
            + (f"<thead>{head}</thead>" if head else "")
            + f"<tbody>{body}</tbody></table>"
        )

    def _graphique(self, bloc: doc.Graphique) -> str:
        titre = f'<p class="graphique-titre">{self._inlines(bloc.titre)}</p>'
        return f'<div class="graphique">{titre}{write_svg(bloc)}</div>'

    def _cellules(self, ligne: doc.Ligne, tableau: doc.Tableau, *, in_head: bool) -> str:
        columns = tableau.colonnes
        label = "colgroup" if is_group(ligne, len(columns)) else "row"
        rank = 0
        cells: list[str] = []
        for cellule in ligne:
            scope = "col" if in_head else label if cellule.entete else ""
            colonne = columns[rank] if rank < len(columns) else None
            tag = "th" if scope else "td"
            words = self._cellule(cellule)
            cells.append(f"<{tag}{cell_attributes(cellule, colonne, scope)}>{words}</{tag}>")
            rank += cellule.etendue
        return "".join(cells)

    def _cellule(self, cellule: doc.Cellule) -> str:
        with self._tracked(cellule.sens if isinstance(cellule, doc.CelluleSuivie) else None):
            match cellule.blocs:
                # -- most of them: half the time spared --
                case (doc.Paragraphe(contenu, "cellule" | "corps"),):
                    return self._inlines(contenu)
                case blocs:
                    return self._blocs(blocs)

    def _signatures(self, bloc: doc.BlocSignature) -> str:
        inside = "".join(
            f'<div class="rang{" seul" * (len(row) == 1)}">{"".join(map(self._case, row))}</div>'
            for row in box_rows(bloc.signataires)
        )
        return f'<div class="signatures">{inside}</div>'

    def _case(self, signataire: doc.Signataire) -> str:
        """Three parts one above the other, each as high as its neighbours in the row."""
        title = escape(field_words(signataire))
        lines = (
            ("signature_qualite", signataire.qualite),
            ("signature_mention", signataire.mention),
        )
        head = "".join(self._paragraphe(doc.Paragraphe(text, role)) for role, text in lines if text)
        nom = signataire.nom
        foot = self._paragraphe(doc.Paragraphe(nom, "signature_nom")) if nom else ""
        field = f'class="champ-signature" name="{escape(signataire.champ)}" title="{title}"'
        return (
            f'<div class="case-haut">{head}</div>'
            f'<div class="case-blanc"><input type="checkbox" {field}></div>'
            f'<div class="case-bas">{foot}</div>'
        )

    def _sommaire(self, sommaire: doc.Sommaire) -> str:
        titre = self._inlines(sommaire.titre)
        title = f'<p class="sommaire-titre">{titre}</p>' if titre else ""
        entrees = "\n".join(self._entree(entree) for entree in sommaire.entrees)
        return (
            f'<section class="sommaire" role="navigation">{title}'
            f'<ul class="entrees" role="list">{entrees}</ul></section>'
        )

    def _entree(self, entree: doc.EntreeSommaire) -> str:
        """One line; the style sheet adds the page number of what `data-cible` names."""
        cible = f' data-cible="#{quote(entree.ancre)}"' if entree.ancre in self._ancres else ""
        words = self._link(entree.texte, entree.ancre, "renvoi")
        line = f'<div class="entree"{cible}><p>{words}</p></div>'
        return f'<li class="niveau-{entree.niveau}">{line}</li>'

    # Inlines

    def _inlines(self, contenu: doc.Inlines) -> str:
        return tracked(self._inner(contenu), self._sens)

    def _inner(self, contenu: doc.Inlines) -> str:
        return glue_codes("".join(map(self._inline, contenu)))

    def _inline(self, inline: doc.Inline) -> str:  # noqa: C901
        match inline:
            case doc.Texte() | doc.Citation():
                return words_html(inline.texte)
            case doc.Exposant():
                return f"<sup>{escape(inline.texte, quote=False)}</sup>"
            case doc.Fort():
                return f"<strong>{self._inner(inline.contenu)}</strong>"
            case doc.Emphase():
                return f"<em>{self._inner(inline.contenu)}</em>"
            case doc.Valeur():
                return self._inner(inline.contenu)
            case doc.Renvoi():
                return self._link(inline.texte, inline.ancre, "renvoi")
            case doc.ACompleter():
                title = f"{inline.chemin} – {inline.origine}" if inline.origine else inline.chemin
                return f'<mark title="{escape(title)}">{escape(inline.texte, quote=False)}</mark>'
            case doc.AEcrire():
                title = escape(inline.libelle)
                return f'<span class="a-ecrire" title="{title}">{inline.texte}</span>'
            case doc.SautLigne():
                return "<br>"
            case doc.Suivi():
                return tracked(self._inner(inline.contenu), inline.sens)
            case _:
                assert_never(inline)

    def _link(self, texte: str, ancre: str, classe: str) -> str:
        """A link, or its bare words when it leads nowhere (an extract of an act)."""
        words = words_html(texte)
        if ancre not in self._ancres:
            return words
        return f'<a class="{classe}" href="#{quote(ancre)}">{words}</a>'
