"""What makes two passages the same: their words, whatever their typography.

Kinds of spaces, hyphens and apostrophes, bold, line and page breaks, contents, widths of columns
are form: they never make an operation.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import unicodedata
from collections.abc import Hashable, Iterator
from typing import TypeAlias

from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import NoeudActe, children, is_layout, label, slots
from caqes_docs.document.walk import plain

CleNoeud: TypeAlias = Hashable

_FOLDED = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u2060\t\n"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"), None),
    ord("’"): "'",
    ord("“"): '"',
    ord("”"): '"',
}


def fold(texte: str) -> str:
    r"""`texte` without its typography, blanks counted as they are.

    >>> fold("L’article 10\u20111\u00a0:")
    "L'article 10-1 :"
    """
    return unicodedata.normalize("NFC", texte).translate(_FOLDED)


@functools.lru_cache(maxsize=1 << 14)
def canonical(texte: str) -> str:
    r"""`texte` without its typography, one space between two words.

    >>> canonical(" 1\u202f234\u00a0€ ")
    '1 234 €'
    """
    return " ".join(fold(texte).split())


_Connues: TypeAlias = "dict[int, tuple[NoeudActe, CleNoeud]]"
_PARTAGEES: contextvars.ContextVar[_Connues | None] = contextvars.ContextVar("cles", default=None)


@contextlib.contextmanager
def shared_keys() -> Iterator[None]:
    """Documents compared in there share their nodes: the key of each is made once for all."""
    jeton = _PARTAGEES.set({})
    try:
        yield
    finally:
        _PARTAGEES.reset(jeton)


class ClesNoeuds:
    """The keys of the nodes of documents that are being compared, each made once."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        partagees = _PARTAGEES.get()
        self._known: _Connues = {} if partagees is None else partagees

    def key(self, noeud: NoeudActe) -> CleNoeud:
        """What `noeud` says: equal for two nodes that differ in form alone."""
        known = self._known.get(id(noeud))
        if known is None:
            # -- the node is kept, so that its identity is not given to another --
            known = self._known[id(noeud)] = (noeud, self._make(noeud))
        return known[1]

    def keys(self, noeuds: tuple[NoeudActe, ...]) -> tuple[CleNoeud, ...]:
        """The keys of some nodes, layout apart."""
        return tuple(self.key(noeud) for noeud in noeuds if not is_layout(noeud))

    def document(self, document: doc.Document) -> CleNoeud:
        """What a whole document says; its headers, properties and attached files are not asked."""
        return self.keys(document.couverture), self.keys(document.corps)

    def _make(self, noeud: NoeudActe) -> CleNoeud:
        words = tuple(canonical(plain(contenu)) for contenu in slots(noeud).values())
        return (
            type(noeud).__name__,
            canonical(label(noeud)),
            words,
            self._own(noeud),
            self.keys(children(noeud)),
        )

    def _own(self, noeud: NoeudActe) -> CleNoeud:
        """What a node says besides its number, its words and what it holds."""
        match noeud:
            case doc.Paragraphe() | doc.Encart():
                return noeud.role
            case doc.Liste(ordonnee=mark) | doc.BlocSuivi(sens=mark):
                return mark
            case doc.Tableau():
                header = tuple(self.key(ligne) for ligne in noeud.entete)
                return noeud.role, len(noeud.colonnes), header
            case doc.Cellule():
                return noeud.etendue, noeud.entete
            case doc.BlocSignature():
                return tuple(un.champ for un in noeud.signataires)
            case doc.Graphique():
                titre = canonical(plain(noeud.titre))
                return titre, noeud.alternative, noeud.sorte, noeud.categories, noeud.series
            case doc.Clause(titre=titre) | doc.Section(titre=titre):
                return noeud.ancre, titre and (titre.niveau, titre.sur_deux_lignes)
            case _:
                return None


def document_key(document: doc.Document) -> CleNoeud:
    """What a whole document says, asked once."""
    return ClesNoeuds().document(document)
