"""Traversal of the model, once for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from caqes_docs.document.model import (
    ACompleter,
    AEcrire,
    Bloc,
    BlocSignature,
    Citation,
    Clause,
    Document,
    Emphase,
    Encart,
    Exposant,
    Fort,
    Graphique,
    Inline,
    Inlines,
    Liste,
    Paragraphe,
    Renvoi,
    SautDePage,
    SautLigne,
    Section,
    Sommaire,
    Tableau,
    Texte,
    Valeur,
)

type_inline_groups = (Fort, Emphase)


def inner_blocks(bloc: Bloc) -> Iterator[Bloc]:
    """The blocks that stand directly inside `bloc`, in reading order."""
    match bloc:
        case Paragraphe() | SautDePage() | BlocSignature() | Sommaire() | Graphique():
            return
        case Clause() | Section() | Encart():
            yield from bloc.blocs
        case Liste():
            for element in bloc.elements:
                yield from element.blocs
        case Tableau():
            for ligne in bloc.entete + bloc.lignes:
                for cellule in ligne:
                    yield from cellule.blocs
        case _:
            assert_never(bloc)


def own_inlines(bloc: Bloc) -> Iterator[Inlines]:  # noqa: C901
    """The inline runs that `bloc` itself prints (not those of its inner blocks)."""
    match bloc:
        case Paragraphe():
            yield bloc.contenu
        case Clause():
            if bloc.titre is not None:
                yield bloc.titre.contenu
        case Section():
            yield bloc.titre.contenu
        case Tableau():
            if bloc.legende:
                yield bloc.legende
        case BlocSignature():
            for signataire in bloc.signataires:
                yield from (signataire.qualite, signataire.mention, signataire.nom)
        case Sommaire() | Graphique():
            yield bloc.titre
        case Liste() | Encart() | SautDePage():
            return
        case _:
            assert_never(bloc)


def iter_blocks(blocs: tuple[Bloc, ...]) -> Iterator[Bloc]:
    """Every block below `blocs`, parents before children."""
    pile = list(reversed(blocs))
    while pile:
        bloc = pile.pop()
        yield bloc
        if not isinstance(bloc, Paragraphe):
            pile.extend(reversed(list(inner_blocks(bloc))))


def iter_divisions(blocs: tuple[Bloc, ...]) -> Iterator[Clause | Section]:
    """Every clause and section below `blocs`, in reading order (tables and lists hold none)."""
    for bloc in blocs:
        if isinstance(bloc, Clause | Section):
            yield bloc
            yield from iter_divisions(bloc.blocs)


def iter_document(document: Document) -> Iterator[Bloc]:
    """Every block of the document, cover first."""
    yield from iter_blocks(document.couverture)
    yield from iter_blocks(document.corps)


def iter_inlines(contenu: Inlines) -> Iterator[Inline]:
    """Every inline below `contenu`, groups before what they hold."""
    for inline in contenu:
        yield inline
        if isinstance(inline, type_inline_groups):
            yield from iter_inlines(inline.contenu)


def iter_document_inlines(document: Document) -> Iterator[Inline]:
    """Every inline of the document in reading order."""
    for bloc in iter_document(document):
        if isinstance(bloc, Paragraphe):
            yield from iter_inlines(bloc.contenu)
            continue
        for contenu in own_inlines(bloc):
            yield from iter_inlines(contenu)


def find_origin(document: Document, signe: str) -> str:
    """Where the first `signe` that is printed comes from: a datum, else the file of a clause."""
    for inline in iter_document_inlines(document):
        if isinstance(inline, Valeur) and inline.origine and signe in plain((inline,)):
            return inline.origine
    for division in iter_divisions(document.couverture + document.corps):
        if isinstance(division, Clause) and signe in _words(division):
            return division.identite.source
    return ""


def _words(clause: Clause) -> str:
    return "".join(
        plain(contenu) for bloc in iter_blocks((clause,)) for contenu in own_inlines(bloc)
    )


def plain(contenu: Inlines) -> str:
    """The printed characters of `contenu`; a line break is a newline."""
    if len(contenu) == 1:  # a cell, a value: most of them
        return _plain_inline(contenu[0])
    return "".join([_plain_inline(inline) for inline in contenu])


def _plain_inline(inline: Inline) -> str:
    match inline:
        case Texte() | Exposant() | Citation() | Renvoi() | ACompleter() | AEcrire():
            return inline.texte
        case Fort() | Emphase() | Valeur():
            return plain(inline.contenu)
        case SautLigne():
            return "\n"
        case _:
            assert_never(inline)
