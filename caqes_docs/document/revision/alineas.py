"""Where an operation stands, as a reader of the act counts: article, alinéa, row.

An alinéa is whatever begins on a new line: a paragraph, each item of a list; a table is one (Guide
de légistique, 3.2.2). A heading is none; an aside, a lead-in, a box, a chart have no settled rank,
nor has anything after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import NoeudActe, children, is_layout
from caqes_docs.document.revision.script import AdresseActe, Changement, Lignes
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import iter_divisions, plain

_ORDINALS = (
    *("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième"),
    *("huitième", "neuvième", "dixième", "onzième", "douzième", "treizième", "quatorzième"),
    *("quinzième", "seizième", "dix-septième", "dix-huitième", "dix-neuvième", "vingtième"),
)


_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")


def ordinal(rang: int) -> str:
    """A rank, from 1, in words.

    >>> ordinal(3), ordinal(21), ordinal(32), ordinal(70)
    ('troisième', 'vingt et unième', 'trente-deuxième', '70e')
    """
    if rang <= len(_ORDINALS):
        return _ORDINALS[rang - 1]
    tens, unit = divmod(rang, 10)
    if tens - 2 >= len(_TENS):
        return f"{rang}e"
    ten = _TENS[tens - 2]
    match unit:
        case 0:
            return f"{ten.removesuffix('e')}ième"
        case 1:
            return f"{ten} et unième"
        case _:
            return f"{ten}-{_ORDINALS[unit - 1]}"


def rank(a: doc.Document, adresse: AdresseActe) -> int | None:
    """The rank, from 1, of the alinéa of `a` that an address leads to; None when none is settled.

    The place after the last block has the rank that follows.
    """
    division = find_division(a, adresse.ancre)
    if division is None or adresse.champ == "intitulé" or not adresse.chemin:
        return None
    ranks = count(1)
    for chemin, settled in _alineas(division.blocs, ()):
        if not settled:
            return None
        rang = next(ranks)
        if chemin >= adresse.chemin[: len(chemin)]:
            return rang
    return next(ranks) if adresse.chemin == (len(division.blocs),) else None


def _alineas(
    noeuds: tuple[NoeudActe, ...], chemin: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """The way to each alinéa, in order, and whether it may be counted."""
    for rang, noeud in enumerate(noeuds):
        here = (*chemin, rang)
        if isinstance(noeud, doc.Liste | doc.Element):
            yield from _alineas(children(noeud), here)
        elif not is_layout(noeud):
            words = isinstance(noeud, doc.Paragraphe) and noeud.role != "intertitre"
            yield here, words or isinstance(noeud, doc.Tableau)


def find_division(a: doc.Document, ancre: str) -> doc.Clause | doc.Section | None:
    """The division of an anchor."""
    divisions = iter_divisions(a.couverture + a.corps)
    return next((one for one in divisions if one.ancre == ancre), None)


def place(a: doc.Document, operation: Changement) -> str:
    """Where an operation stands, in a few words: « article 5, troisième alinéa »."""
    adresse = operation.adresse
    division = find_division(a, adresse.ancre)
    if division is None:
        return "couverture" if adresse.chemin[:1] == (0,) else "hors article"
    titre = division.titre
    name = reference_words(titre.numero) if titre and titre.numero else ""
    if not name:
        own = division.identite.id if isinstance(division, doc.Clause) else adresse.ancre
        name = plain(titre.contenu) if titre else own
    if adresse.champ == "intitulé":
        return f"{name}, intitulé"
    where = rank(a, adresse)
    alinea = f", {ordinal(where)} alinéa" if where else ""
    row = f", ligne {adresse.chemin[-1] + 1}" if isinstance(operation, Lignes) else ""
    return f"{name}{alinea}{row}"
