"""What an amending act quotes: words, alinéas, headings, tables, between « and ».

Each inserted alinéa opens with «, the last one alone closes with »; before a table, and after one
that comes last, they are alone on their lines; quotes inside become “ ”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.unites import TIRET, inner_quotes
from caqes_docs.document.revision.arbre import children
from caqes_docs.document.revision.forme import canonical
from caqes_docs.document.revision.passages import normal
from caqes_docs.document.walk import plain

OUVRANT, FERMANT = "«\u00a0", "\u00a0»"


def bare(contenu: doc.Inlines) -> doc.Inlines:
    """`contenu` that may stand between quotes in another act: no link, no quote of its own."""
    return tuple(_bare(inline) for inline in contenu)


def _bare(inline: doc.Inline) -> doc.Inline:
    match inline:
        case doc.Renvoi():
            return doc.Texte(inner_quotes(inline.texte))
        case doc.Texte() | doc.Exposant() | doc.Citation():
            return replace(inline, texte=inner_quotes(inline.texte))
        case doc.Fort() | doc.Emphase() | doc.Valeur():
            inside: Any = bare(inline.contenu)
            return replace(inline, contenu=inside)
        case doc.ACompleter():
            return replace(inline, libelle=inner_quotes(inline.libelle))
        case _:
            return inline


def stripped(contenu: doc.Inlines) -> doc.Inlines:
    """`contenu` without blanks at its ends."""
    found = list(normal(contenu))
    for rang, side in ((0, "lstrip"), (-1, "rstrip")):
        while found and isinstance(found[rang], doc.Texte):
            texte: Any = found[rang]
            words = getattr(texte.texte, side)(" \n")
            if words:
                found[rang] = doc.Texte(words)
                break
            del found[rang]
    return tuple(found)


def quoted(contenu: doc.Inlines) -> doc.Inlines:
    """Words between quotes."""
    return doc.Texte(OUVRANT), *bare(stripped(contenu)), doc.Texte(FERMANT)


def comparable(texte: str) -> str:
    r"""`texte` as it is looked for: neither typography nor kinds of quotes count.

    >>> comparable("le «\u00a0référent\u00a0» nommé") == comparable("le “référent”  nommé")
    True
    """
    return canonical(inner_quotes(texte))


def quoted_blocks(blocs: Sequence[Any], fin: str) -> tuple[doc.Bloc, ...]:
    """Blocks, items or headings between quotes; `fin` is the sign of the announcement."""
    pieces = list(_pieces(blocs, ""))
    out: list[doc.Bloc] = []
    for rang, piece in enumerate(pieces):
        last = rang == len(pieces) - 1
        if isinstance(piece, doc.Tableau):
            out += (_paragraph("«"), _bare_table(piece))
            if last:
                out.append(_paragraph(f"»{fin}"))
        else:
            sign = "" if plain(piece).endswith(fin) else fin
            end = (doc.Texte(FERMANT + sign),) if last else ()
            out.append(doc.Paragraphe((doc.Texte(OUVRANT), *bare(piece), *end)))
    return tuple(out)


def count_alineas(blocs: Sequence[Any]) -> int:
    """How many alinéas some blocks make, headings apart."""
    return sum(1 for bloc in blocs for _ in _pieces((bloc,), "", headings=False))


def _pieces(
    noeuds: Sequence[Any], marque: str, *, headings: bool = True
) -> Iterator[doc.Inlines | doc.Tableau]:
    """What opens a line in some nodes, in order."""
    for rang, noeud in enumerate(noeuds):
        opening = f"{marque} " if marque and rang == 0 else ""
        match noeud:
            case doc.Tableau():
                yield noeud
            case doc.Paragraphe():
                yield (doc.Texte(opening), *noeud.contenu) if opening else noeud.contenu
            case doc.Graphique():
                raise _undrawable(noeud)
            case doc.BlocSignature():
                raise unspeakable("cadres à signer")
            case _:
                if headings and isinstance(noeud, doc.Clause | doc.Section) and noeud.titre:
                    yield from _heading(noeud.titre)
                mark = (noeud.marque or TIRET) if isinstance(noeud, doc.Element) else ""
                yield from _pieces(children(noeud), mark, headings=headings)


def _heading(titre: doc.Titre) -> Iterator[doc.Inlines]:
    if titre.numero and titre.sur_deux_lignes:
        yield (doc.Fort((doc.Texte(titre.numero),)),)
        yield (doc.Fort(titre.contenu),)
    elif titre.numero:
        yield (doc.Fort((doc.Texte(f"{titre.numero}\u00a0: "), *titre.contenu)),)
    else:
        yield (doc.Fort(titre.contenu),)


def _paragraph(texte: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),))


def _bare_table(tableau: doc.Tableau) -> doc.Tableau:
    """`tableau` as it may stand between quotes in another act."""
    return replace(
        tableau,
        entete=tuple(_bare_row(ligne) for ligne in tableau.entete),
        lignes=tuple(_bare_row(ligne) for ligne in tableau.lignes),
        legende=bare(tableau.legende),
    )


def _bare_row(ligne: doc.Ligne) -> doc.Ligne:
    return tuple(
        replace(cellule, blocs=tuple(_unlinked_block(bloc) for bloc in cellule.blocs))
        for cellule in ligne
    )


def _unlinked_block(bloc: doc.Bloc) -> doc.Bloc:
    match bloc:
        case doc.Paragraphe():
            return replace(bloc, contenu=bare(bloc.contenu))
        case doc.Liste():
            elements = (
                replace(one, blocs=tuple(_unlinked_block(x) for x in one.blocs))
                for one in bloc.elements
            )
            return replace(bloc, elements=tuple(elements))
        case _:
            return bloc


def _undrawable(graphique: doc.Graphique) -> RevisionError:
    """A-020: what changes holds a chart, which does not stand between quotes."""
    return RevisionError(
        "A-020",
        f"Ce qui change tient le graphique «\u00a0{plain(graphique.titre)}\u00a0»\u00a0: un "
        "article d’avenant cite des mots et des tableaux, pas une figure.",
        remede="Placer le graphique dans une annexe, qui est remplacée entière et jointe, ou "
        "donner ses valeurs dans un tableau.",
    )


def unspeakable(ou: str) -> RevisionError:
    """A-020: the grammar has no sentence for what changes somewhere."""
    return RevisionError(
        "A-020",
        f"Une modification ne peut pas être rédigée («\u00a0{ou or 'hors article'}\u00a0»)\u00a0: "
        "ni rang d’alinéa, ni légende, ni mots ne la désignent, et ce qui l’entoure ne se cite "
        "pas.",
        remede="Amender l’article entier, ou déplacer ce qui ne se compte pas (encart, figure).",
    )


def words_of(contenu: doc.Inlines) -> str:
    """The characters of a passage, without blanks at the ends."""
    return plain(contenu).strip(" \n")
