"""The table that shows both wordings of what an avenant changes: information, never the act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from caqes_docs.assembly.avenant.vocabulaire import LigneComparee
from caqes_docs.document import model as doc
from caqes_docs.document.revision.alineas import find_division, ordinal, rank
from caqes_docs.document.revision.appliquer import apply
from caqes_docs.document.revision.arbre import NoeudActe, children, label, slots
from caqes_docs.document.revision.script import (
    AdresseActe,
    Changement,
    Numero,
    Passage,
    Remplacement,
    Script,
)
from caqes_docs.document.texte import blocks_text, element_mark, heading_text, reference_words
from caqes_docs.document.walk import iter_divisions, plain

_Voie = tuple[int, ...]
_RETOUR = " / "
"""What shows that a line ends, where a cell is shown on one."""


def compare_wordings(a: doc.Document, script: Script) -> tuple[LigneComparee, ...]:
    """What `script` changes in `a`, alinéa by alinéa, row by row, in the order of the contract."""
    return tuple(dict.fromkeys(_Comparatif(a, script).lines()))


class _Comparatif:
    def __init__(self, a: doc.Document, script: Script) -> None:
        self.script = script
        mots = tuple(one for one in script.operations if isinstance(one, Passage | Numero))
        self.a, self.reecrit = a, apply(a, Script(mots))
        """Words alone change in the second one: each node stands where it stood."""
        self.noms = dict(_names(a.couverture, _COUVERTURE))
        self.noms |= dict(_names(a.corps, _ENTETE))

    def lines(self) -> Iterator[LigneComparee]:
        """The lines, some of them twice: several words of one alinéa may change."""
        for operation in self.script.operations:
            if isinstance(operation, Passage | Numero):
                yield self._reworded(operation)
            else:
                yield from self._replaced(operation)

    def _reworded(self, operation: Passage | Numero) -> LigneComparee:
        adresse = operation.adresse
        voie = self._shown(adresse)
        avant, apres = (_node(x, adresse.ancre, voie) for x in (self.a, self.reecrit))
        lieu = self._place(operation, voie)
        if isinstance(avant, tuple) and isinstance(apres, tuple):
            return LigneComparee(lieu, *_changed_cells(avant, apres))
        return LigneComparee(lieu, _words(avant), _words(apres))

    def _replaced(self, operation: Remplacement) -> Iterator[LigneComparee]:
        avant, apres = (_headings(noeuds) for noeuds in (operation.avant, operation.apres))
        if avant or apres:
            for nom in dict.fromkeys((*avant, *apres)):
                yield LigneComparee(nom, avant.get(nom), apres.get(nom))
            return
        lieu = self._place(operation, operation.adresse.chemin[:-1])
        couples = zip_longest(_lines(operation.avant), _lines(operation.apres))
        yield from (LigneComparee(lieu, ancien, nouveau) for ancien, nouveau in couples)

    def _shown(self, adresse: AdresseActe) -> _Voie:
        """The way to what is shown: the whole row around a cell, else the node itself."""
        for length in range(1, len(adresse.chemin)):
            voie = adresse.chemin[:length]
            if isinstance(_node(self.a, adresse.ancre, voie), tuple):
                return voie
        return adresse.chemin

    def _place(self, operation: Changement, voie: _Voie) -> str:
        """« article 5, deuxième alinéa »; « annexe 2, tableau « … » » when one is around."""
        adresse = operation.adresse
        nom = self.noms.get(adresse.ancre, _COUVERTURE if adresse.chemin[:1] == (0,) else _ENTETE)
        if adresse.champ == "intitulé":
            return f"{nom}, intitulé"
        for length in range(len(voie), 0, -1):
            noeud = _node(self.a, adresse.ancre, voie[:length])
            if isinstance(noeud, doc.Tableau) and noeud.legende:
                return f"{nom}, tableau «\u00a0{plain(noeud.legende)}\u00a0»"
        rang = rank(self.a, adresse) if nom not in (_COUVERTURE, _ENTETE) else None
        return f"{nom}, {ordinal(rang)} alinéa" if rang else nom


_COUVERTURE, _ENTETE = "page de garde", "en-tête du contrat"


def _names(blocs: Sequence[doc.Bloc], autour: str) -> Iterator[tuple[str, str]]:
    """What each division is called, by anchor: one without a number, after what holds it.

    What stands before the first heading is the head of the contract; after, its end.
    """
    for bloc in blocs:
        if not isinstance(bloc, doc.Clause | doc.Section):
            continue
        nom = autour
        if bloc.titre is not None and (bloc.titre.numero or autour in (_ENTETE, _FIN)):
            nom = _named(bloc.titre)
        elif bloc.titre is not None:
            nom = f"{autour}, {_named(bloc.titre)}"
        yield bloc.ancre, nom
        yield from _names(bloc.blocs, nom)
        if autour == _ENTETE and bloc.titre is not None:
            autour = _FIN


_FIN = "fin du contrat"


def _headings(noeuds: Sequence[doc.Bloc | doc.Element | doc.Ligne]) -> dict[str, str]:
    """The headings of the articles and annexes among some nodes, by what a sentence calls them."""
    blocs = tuple(n for n in noeuds if isinstance(n, doc.Clause | doc.Section))
    titres = [(d in blocs, d.titre) for d in iter_divisions(blocs) if d.titre is not None]
    return {
        _named(titre): heading_text(titre).replace("\n", "\u00a0: ")
        for premier, titre in titres
        if premier or titre.numero
    }


def _named(titre: doc.Titre) -> str:
    return reference_words(titre.numero) if titre.numero else plain(titre.contenu)


def _node(document: doc.Document, ancre: str, voie: Sequence[int]) -> NoeudActe:
    """The node at the end of a way that starts from a division, or from the cover or the body."""
    noeud: NoeudActe | None = find_division(document, ancre) if ancre else None
    if noeud is None:
        parts = (document.couverture, document.corps)
        noeud, voie = parts[voie[0]][voie[1]], voie[2:]
    for rang in voie:
        noeud = children(noeud)[rang]
    return noeud


def _words(noeud: NoeudActe) -> str:
    """What a node prints itself: a row cell by cell, a heading with its number."""
    if isinstance(noeud, tuple):
        return _row(noeud)
    marque = element_mark(noeud) if isinstance(noeud, doc.Element) else label(noeud)
    propres = " ".join(plain(mots) for mots in slots(noeud).values())
    return ": ".join(filter(None, (marque, propres))).replace("\n", _RETOUR)


def _changed_cells(avant: doc.Ligne, apres: doc.Ligne) -> tuple[str, str]:
    """The cells that differ, after the first words of the row, which tell it from the others."""
    couples = [
        (_cell(ancien), _cell(nouveau)) for ancien, nouveau in zip(avant, apres, strict=True)
    ]
    changes = [couple for couple in couples[1:] if couple[0] != couple[1]]
    if couples[0][0] != couples[0][1]:
        return _row(avant), _row(apres)
    tete = blocks_text(avant[0].blocs[:1]).partition("\n")[0]
    ecrits = (" | ".join(mots) for mots in zip(*changes, strict=True))
    ancien, nouveau = (f"{tete}\u00a0: {mots}" for mots in ecrits)
    return ancien, nouveau


def _cell(cellule: doc.Cellule) -> str:
    return blocks_text(cellule.blocs).replace("\n", _RETOUR)


def _row(ligne: doc.Ligne) -> str:
    return " | ".join(map(_cell, ligne))


def _lines(noeuds: Sequence[doc.Bloc | doc.Element | doc.Ligne]) -> list[str]:
    """What some nodes print, one text an alinéa or a row."""
    return [texte for noeud in noeuds for texte in _texts(noeud) if texte]


def _texts(noeud: doc.Bloc | doc.Element | doc.Ligne) -> Iterator[str]:
    match noeud:
        case tuple():
            yield _row(noeud)
        case doc.Element():
            yield f"{noeud.marque} {blocks_text(noeud.blocs)}".strip().replace("\n", " ")
        case doc.Tableau():
            yield from map(_row, (*noeud.entete, *noeud.lignes))
        case _:
            yield from blocks_text((noeud,)).splitlines()
