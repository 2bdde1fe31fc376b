"""The Word file of an act: a fold over the model, poured into the house style.

Everything printed comes from the document; how it looks comes from the charte; this writer adds
only what Word needs to live: fields, bookmarks, comments, properties.
"""

from __future__ import annotations

from caqes_docs.core.errors import RenduError
from caqes_docs.document.empreinte import Manifeste, manifest
from caqes_docs.document.model import Document, Renvoi, Section
from caqes_docs.document.revision.marques import is_comparison, kept_block
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import iter_divisions, iter_document_inlines
from caqes_docs.ooxml.ns import DECLARATION, R, W
from caqes_docs.ooxml.paquet import FAST, Part, compress_part, write_package
from caqes_docs.ooxml.xml import encode_xml
from caqes_docs.rendering.docx import parties
from caqes_docs.rendering.docx.charte import gabarits
from caqes_docs.rendering.docx.charte.charte import Charte
from caqes_docs.rendering.docx.corps import Corps
from caqes_docs.rendering.docx.flux import Flux
from caqes_docs.rendering.docx.graphique import RELATION, chart_part
from caqes_docs.rendering.docx.pages.pagination import Pagination, paginate
from caqes_docs.rendering.graphique.couleurs import recolour

_DOCUMENT_START = f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
_DOCUMENT_END = "</w:body></w:document>"


def write_docx(
    document: Document,
    charte: Charte,
    *,
    manifeste: Manifeste | None = None,
    pagination: Pagination | None = None,
) -> bytes:
    """The bytes of the Word file of `document`; the same document always gives the same bytes.

    `manifeste` and `pagination` are computed when the caller has not done it already.

    Raises:
        RenduError: the document holds what Word cannot: a forbidden character, an anchor twice.
    """
    pages = paginate(document, charte) if pagination is None else pagination
    flux = Flux(charte, document, _cited_numbers(document))
    body = Corps(flux, pages).document(document)
    _refuse_gaps(document, flux)
    turned = _has_landscape(document)
    number = _free_item_number(charte)
    texts = {
        "word/document.xml": _DOCUMENT_START + body + _DOCUMENT_END,
        "docProps/core.xml": parties.core_properties(document.metadonnees),
        "docProps/app.xml": parties.app_properties(),
        "_rels/.rels": parties.root_relationships(),
        **_headers(document, charte, pages, turned=turned),
        **_comments(document, charte, flux),
        **_charts(flux, charte),
        **_declarations(charte, flux, number, turned=turned),
    }
    written = [*_deflate(texts), *charte.fonds[turned].parts]
    # -- last: the digest knows nothing of what XML forbids, the parts above have said it --
    manifeste = manifest(document) if manifeste is None else manifeste
    written += _deflate(
        {
            "docProps/custom.xml": parties.custom_properties(manifeste.empreinte, document),
            **parties.manifest_parts(manifeste, number),
        }
    )
    return write_package([*written, charte.reglages[document.brouillon]])


def write_body(document: Document, charte: Charte) -> bytes:
    """The main part alone, its pages not estimated: what proofs read."""
    flux = Flux(charte, document, _cited_numbers(document))
    body = Corps(flux, Pagination()).document(document)
    return encode_xml(_DOCUMENT_START + body + _DOCUMENT_END)


def _deflate(texts: dict[str, str]) -> list[Part]:
    return [compress_part(name, encode_xml(text), FAST) for name, text in texts.items()]


def _refuse_gaps(document: Document, flux: Flux) -> None:
    if flux.comments.trous and not document.brouillon:
        gap = flux.comments.trous[0]
        raise RenduError(
            "R-122",
            f"L'acte définitif contient une donnée manquante : {gap.libelle} ({gap.chemin}).",
            remede="Compléter la donnée, ou demander un projet.",
        )


def _cited_numbers(document: Document) -> dict[str, str]:
    """The bookmarks of the numbers that the act refers to, by reference as printed.

    None in a comparison: a field that Word refreshes would join both numbers of a heading.
    """
    if is_comparison(document):
        return {}
    cites = {i.texte for i in iter_document_inlines(document) if isinstance(i, Renvoi)}
    divisions = iter_divisions(document.couverture + document.corps)
    numeros = [reference_words(d.titre.numero) for d in divisions if d.titre is not None]
    return {nom: f"_no_{nom}" for nom in numeros if nom in cites and numeros.count(nom) == 1}


def _has_landscape(document: Document) -> bool:
    return any(
        isinstance(bloc, Section) and bloc.orientation == "paysage"
        for bloc in map(kept_block, document.corps)
    )


def _headers(
    document: Document, charte: Charte, pages: Pagination, *, turned: bool
) -> dict[str, str]:
    return {
        gabarit.nom: gabarits.render(
            gabarit, document.bandeaux, pages.total, brouillon=document.brouillon
        )
        for gabarit in charte.gabarits
        if turned or not gabarit.paysage
    }


def _comments(document: Document, charte: Charte, flux: Flux) -> dict[str, str]:
    """No comment, no part: Word repairs a file whose comments part is empty."""
    textes = flux.comments.textes
    if not textes:
        return {}
    styles = (charte.style("annotation text"), charte.style("annotation reference"))
    return {"word/comments.xml": parties.comments_xml(textes, document.metadonnees, styles)}


def _charts(flux: Flux, charte: Charte) -> dict[str, str]:
    return {
        chart_part(rank): recolour(xml, charte.graphisme)
        for rank, xml in enumerate(flux.graphiques, 1)
    }


def _declarations(charte: Charte, flux: Flux, number: int, *, turned: bool) -> dict[str, str]:
    """Content types, and relationships of the document."""
    comments = bool(flux.comments.textes)
    fonds = charte.fonds[turned]
    relations = fonds.relations
    relations += parties.relationship("rIdManifeste", "customXml", f"../customXml/item{number}.xml")
    if comments:
        relations += parties.relationship("rIdCommentaires", "comments", "comments.xml")
    charts = tuple(chart_part(rank) for rank in range(1, len(flux.graphiques) + 1))
    relations += "".join(
        parties.relationship(f"{RELATION}{rank}", "chart", name.removeprefix("word/"))
        for rank, name in enumerate(charts, 1)
    )
    return {
        "[Content_Types].xml": parties.content_types(
            fonds.types, number, charts, comments=comments
        ),
        "word/_rels/document.xml.rels": parties.relationships(relations),
    }


def _free_item_number(charte: Charte) -> int:
    """The first free number: a charte saved by Word may already hold custom XML items."""
    names = {part.nom for part in charte.fonds[False].parts}
    number = 1
    while f"customXml/item{number}.xml" in names or f"customXml/itemProps{number}.xml" in names:
        number += 1
    return number
