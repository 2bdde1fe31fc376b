"""Traversal of the model, once for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from caqes_docs.document import model as doc

type_inline_groups = (doc.Fort, doc.Emphase, doc.Suivi)


def inner_blocks(bloc: doc.Bloc) -> Iterator[doc.Bloc]:  # noqa: C901
    """The blocks that stand directly inside `bloc`, in reading order."""
    match bloc:
        case (
            doc.Paragraphe()
            | doc.SautDePage()
            | doc.BlocSignature()
            | doc.Sommaire()
            | doc.Graphique()
        ):
            return
        case doc.Clause() | doc.Section() | doc.Encart():
            yield from bloc.blocs
        case doc.BlocSuivi():
            yield bloc.bloc
        case doc.Liste():
            for element in bloc.elements:
                yield from element.blocs
        case doc.Tableau():
            for ligne in bloc.entete + bloc.lignes:
                for cellule in ligne:
                    yield from cellule.blocs
        case _:
            assert_never(bloc)


def own_inlines(bloc: doc.Bloc) -> Iterator[doc.Inlines]:  # noqa: C901
    """The inline runs that `bloc` itself prints (not those of its inner blocks)."""
    match bloc:
        case doc.Paragraphe():
            yield bloc.contenu
        case doc.Clause():
            if bloc.titre is not None:
                yield bloc.titre.contenu
        case doc.Section():
            yield bloc.titre.contenu
        case doc.Tableau():
            if bloc.legende:
                yield bloc.legende
        case doc.BlocSignature():
            for signataire in bloc.signataires:
                yield from (signataire.qualite, signataire.mention, signataire.nom)
        case doc.Sommaire() | doc.Graphique():
            yield bloc.titre
        case doc.Liste() | doc.Encart() | doc.SautDePage() | doc.BlocSuivi():
            return
        case _:
            assert_never(bloc)


def iter_blocks(blocs: tuple[doc.Bloc, ...]) -> Iterator[doc.Bloc]:
    """Every block below `blocs`, parents before children."""
    pile = list(reversed(blocs))
    while pile:
        bloc = pile.pop()
        yield bloc
        if not isinstance(bloc, doc.Paragraphe):
            pile.extend(reversed(list(inner_blocks(bloc))))


def iter_divisions(blocs: tuple[doc.Bloc, ...]) -> Iterator[doc.Clause | doc.Section]:
    """Every clause and section below `blocs`, in reading order (tables and lists hold none)."""
    for item in blocs:
        bloc = item.bloc if isinstance(item, doc.BlocSuivi) else item
        if isinstance(bloc, doc.Clause | doc.Section):
            yield bloc
            yield from iter_divisions(bloc.blocs)


def iter_document(document: doc.Document) -> Iterator[doc.Bloc]:
    """Every block of the document, cover first."""
    yield from iter_blocks(document.couverture)
    yield from iter_blocks(document.corps)


def iter_inlines(contenu: doc.Inlines) -> Iterator[doc.Inline]:
    """Every inline below `contenu`, groups before what they hold."""
    for inline in contenu:
        yield inline
        if isinstance(inline, type_inline_groups):
            yield from iter_inlines(inline.contenu)


def iter_document_inlines(document: doc.Document) -> Iterator[doc.Inline]:
    """Every inline of the document in reading order."""
    for bloc in iter_document(document):
        if isinstance(bloc, doc.Paragraphe):
            yield from iter_inlines(bloc.contenu)
            continue
        for contenu in own_inlines(bloc):
            yield from iter_inlines(contenu)


def find_origin(document: doc.Document, signe: str) -> str:
    """Where the first `signe` that is printed comes from: a datum, else the file of a clause."""
    for inline in iter_document_inlines(document):
        if isinstance(inline, doc.Valeur) and inline.origine and signe in plain((inline,)):
            return inline.origine
    for division in iter_divisions(document.couverture + document.corps):
        if isinstance(division, doc.Clause) and signe in _words(division):
            return division.identite.source
    return ""


def _words(clause: doc.Clause) -> str:
    return "".join(
        plain(contenu) for bloc in iter_blocks((clause,)) for contenu in own_inlines(bloc)
    )


def plain(contenu: doc.Inlines) -> str:
    """The printed characters of `contenu`; a line break is a newline."""
    if len(contenu) == 1:  # a cell, a value: most of them
        return _plain_inline(contenu[0])
    return "".join([_plain_inline(inline) for inline in contenu])


def _plain_inline(inline: doc.Inline) -> str:
    match inline:
        case (
            doc.Texte()
            | doc.Exposant()
            | doc.Citation()
            | doc.Renvoi()
            | doc.ACompleter()
            | doc.AEcrire()
        ):
            return inline.texte
        case doc.Fort() | doc.Emphase() | doc.Valeur() | doc.Suivi():
            return plain(inline.contenu)
        case doc.SautLigne():
            return "\n"
        case _:
            assert_never(inline)
