"""The canonical text of a document: what parity, goldens and digests compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from caqes_docs.core.francais.typographie import split_exposants
from caqes_docs.document import model as doc
from caqes_docs.document.walk import inner_blocks, plain

TIRET = "—"
"""What a cell prints that has nothing to say."""

MARQUE_NUMERO_DE_PAGE = "Reference"
"""What a PDF marks the page numbers of its contents with: no word of the document."""


def heading_text(titre: doc.Titre) -> str:
    """The heading as printed: « Article 2 : Durée », or on two lines for a chapter."""
    contenu = plain(titre.contenu)
    if not titre.numero:
        return contenu
    avant = titre.numero_avant if isinstance(titre, doc.TitreSuivi) else ""
    if titre.sur_deux_lignes:
        return f"{avant}{titre.numero}\n{contenu}"
    return f"{avant}{titre.numero}\u00a0: {contenu}"


def element_mark(element: doc.Element) -> str:
    """The mark of an item as printed, the former one before it when both are shown."""
    avant = element.marque_avant if isinstance(element, doc.ElementSuivi) else ""
    return avant + element.marque


def reference_words(numero: str) -> str:
    """The number of a heading as it reads inside a sentence: « article 2 »."""
    return numero[:1].lower() + numero[1:]


def heading_number(numero: str) -> tuple[doc.Texte | doc.Exposant, ...]:
    """The number of a heading as printed: the « er » of « Article 1er » is raised."""
    return tuple(
        doc.Exposant(morceau) if leve else doc.Texte(morceau)
        for morceau, leve in split_exposants(numero)
    )


def document_text(document: doc.Document) -> str:
    """The whole act as text, one line per paragraph, cells apart by a tabulation.

    Headers, footers and page numbers, which repeat, are left out.
    """
    return "\n".join(_lines(document.couverture + document.corps)) + "\n"


def blocks_text(blocs: tuple[doc.Bloc, ...]) -> str:
    """The text of some blocks, in the same form as `document_text`."""
    return "\n".join(_lines(blocs))


def _lines(blocs: tuple[doc.Bloc, ...]) -> Iterator[str]:
    for bloc in blocs:
        yield from _block_lines(bloc)


def _cell(blocs: tuple[doc.Bloc, ...]) -> str:
    match blocs:
        case (doc.Paragraphe(contenu),):  # most of them
            return plain(contenu)
        case _:
            return " ".join(_lines(blocs))


def _block_lines(bloc: doc.Bloc) -> Iterator[str]:  # noqa: C901
    match bloc:
        case doc.Paragraphe():
            yield plain(bloc.contenu)
        case doc.Section():
            yield heading_text(bloc.titre)
            yield from _lines(bloc.blocs)
        case doc.Clause():
            if bloc.titre is not None:
                yield heading_text(bloc.titre)
            yield from _lines(bloc.blocs)
        case doc.Encart() | doc.BlocSuivi():
            yield from _lines(tuple(inner_blocks(bloc)))
        case doc.Liste():
            for element in bloc.elements:
                lines = list(_lines(element.blocs))
                yield f"{element_mark(element) or '•'} {lines[0] if lines else ''}"
                yield from lines[1:]
        case doc.Tableau():
            if bloc.legende:
                yield plain(bloc.legende)
            for ligne in bloc.entete + bloc.lignes:
                yield "\t".join([_cell(cellule.blocs) for cellule in ligne])
        case doc.BlocSignature():
            for signataire in bloc.signataires:
                for contenu in (signataire.qualite, signataire.mention, signataire.nom):
                    yield plain(contenu)
        case doc.Sommaire():
            yield plain(bloc.titre)
            yield from (entree.texte for entree in bloc.entrees)
        case doc.Graphique():
            yield from (plain(bloc.titre), bloc.alternative)
        case doc.SautDePage():
            return
        case _:
            assert_never(bloc)
