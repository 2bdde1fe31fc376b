"""The canonical text of a document: what parity, goldens and digests compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from caqes_docs.core.francais.typographie import split_exposants
from caqes_docs.document.model import (
    Bloc,
    BlocSignature,
    Clause,
    Document,
    Encart,
    Exposant,
    Graphique,
    Liste,
    Paragraphe,
    SautDePage,
    Section,
    Sommaire,
    Tableau,
    Texte,
    Titre,
)
from caqes_docs.document.walk import plain

MARQUE_NUMERO_DE_PAGE = "Reference"
"""What a PDF marks the page numbers of its contents with: no word of the document."""


def heading_text(titre: Titre) -> str:
    """The heading as printed: « Article 2 : Durée », or on two lines for a chapter."""
    contenu = plain(titre.contenu)
    if not titre.numero:
        return contenu
    if titre.sur_deux_lignes:
        return f"{titre.numero}\n{contenu}"
    return f"{titre.numero}\u00a0: {contenu}"


def heading_number(titre: Titre) -> tuple[Texte | Exposant, ...]:
    """The number of a heading as printed: the « er » of « Article 1er » is raised."""
    return tuple(
        Exposant(morceau) if leve else Texte(morceau)
        for morceau, leve in split_exposants(titre.numero)
    )


def document_text(document: Document) -> str:
    """The whole act as text, one line per paragraph, cells apart by a tabulation.

    Headers, footers and page numbers, which repeat, are left out.
    """
    return "\n".join(_lines(document.couverture + document.corps)) + "\n"


def blocks_text(blocs: tuple[Bloc, ...]) -> str:
    """The text of some blocks, in the same form as `document_text`."""
    return "\n".join(_lines(blocs))


def _lines(blocs: tuple[Bloc, ...]) -> Iterator[str]:
    for bloc in blocs:
        yield from _block_lines(bloc)


def _cell(blocs: tuple[Bloc, ...]) -> str:
    match blocs:
        case (Paragraphe(contenu),):  # most of them
            return plain(contenu)
        case _:
            return " ".join(_lines(blocs))


def _block_lines(bloc: Bloc) -> Iterator[str]:  # noqa: C901
    match bloc:
        case Paragraphe():
            yield plain(bloc.contenu)
        case Section():
            yield heading_text(bloc.titre)
            yield from _lines(bloc.blocs)
        case Clause():
            if bloc.titre is not None:
                yield heading_text(bloc.titre)
            yield from _lines(bloc.blocs)
        case Encart():
            yield from _lines(bloc.blocs)
        case Liste():
            for element in bloc.elements:
                lines = list(_lines(element.blocs))
                yield f"{element.marque or '•'} {lines[0] if lines else ''}"
                yield from lines[1:]
        case Tableau():
            if bloc.legende:
                yield plain(bloc.legende)
            for ligne in bloc.entete + bloc.lignes:
                yield "\t".join([_cell(cellule.blocs) for cellule in ligne])
        case BlocSignature():
            for signataire in bloc.signataires:
                for contenu in (signataire.qualite, signataire.mention, signataire.nom):
                    yield plain(contenu)
        case Sommaire():
            yield plain(bloc.titre)
            yield from (entree.texte for entree in bloc.entrees)
        case Graphique():
            yield from (plain(bloc.titre), bloc.alternative)
        case SautDePage():
            return
        case _:
            assert_never(bloc)
