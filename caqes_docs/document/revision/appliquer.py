"""The folds of a script over its state A: state B, the marked document, the inverse script.

All the addresses are read in A before anything is built: an operation never moves another one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import (
    NoeudActe,
    children,
    label,
    slots,
    with_children,
    with_label,
    with_slots,
)
from caqes_docs.document.revision.comparer import PARTIES, child, inside, suite
from caqes_docs.document.revision.forme import ClesNoeuds, canonical, fold
from caqes_docs.document.revision.passages import extract, pieces, rebuild
from caqes_docs.document.revision.script import (
    AdresseActe,
    Changement,
    Numero,
    Passage,
    Remplacement,
    Script,
)
from caqes_docs.document.walk import plain


def apply(a: doc.Document, script: Script) -> doc.Document:
    """What `a` becomes.

    Raises:
        RevisionError: A-003 the script was not written for `a`.
    """
    return _Fold(script, _replaced, _renamed, _spliced).document(a)


def mark(a: doc.Document, script: Script) -> doc.Document:
    """`a` that shows what the script removes, and what it inserts.

    Raises:
        RevisionError: A-003 the script was not written for `a`.
    """
    return _Fold(script, _shown, with_label, _marked).document(a)


def invert(a: doc.Document, script: Script) -> Script:
    """The script that makes `a` again of what it becomes, addressed in what it becomes.

    Raises:
        RevisionError: A-003 the script was not written for `a`.
    """
    fold_ = _Fold(script, _replaced, _renamed, _spliced)
    fold_.document(a)
    return Script(tuple(fold_.inverse))


# -- what becomes of words, of numbers, of nodes --


def _replaced(_avant: doc.Inlines, apres: doc.Inlines) -> doc.Inlines:
    return apres


def _shown(avant: doc.Inlines, apres: doc.Inlines) -> doc.Inlines:
    removed = (doc.Suivi(avant, "retrait"),) if avant else ()
    return (*removed, doc.Suivi(apres, "ajout")) if apres else removed


def _renamed(noeud: NoeudActe, numero: str, _avant: str) -> NoeudActe:
    return with_label(noeud, numero)


def _spliced(_avant: tuple[Any, ...], apres: tuple[Any, ...]) -> tuple[Any, ...]:
    return apres


def _marked(avant: tuple[Any, ...], apres: tuple[Any, ...]) -> tuple[Any, ...]:
    return (
        *(tracked(noeud, "retrait") for noeud in avant),
        *(tracked(noeud, "ajout") for noeud in apres),
    )


def tracked(noeud: NoeudActe, sens: doc.SensSuivi) -> NoeudActe:
    """`noeud` wholly inserted or removed."""
    match noeud:
        case tuple():
            cells = (doc.CelluleSuivie(one.blocs, one.etendue, one.entete, sens) for one in noeud)
            return tuple(cells)
        case doc.Element():
            return doc.ElementSuivi(noeud.blocs, noeud.marque, sens)
        case doc.Cellule():
            raise ValueError("a cell is not tracked without its row")
        case _:
            return doc.BlocSuivi(noeud, sens)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a node stands: in A, and in what A becomes."""

    a: AdresseActe
    b: AdresseActe

    def child(self, rang: int, rang_b: int) -> _Places:
        return _Places(child(self.a, rang), child(self.b, rang_b))


class _Fold:
    """Goes down A once; each operation is met at its place, and must be met."""

    def __init__(
        self,
        script: Script,
        words: Callable[[doc.Inlines, doc.Inlines], doc.Inlines],
        number: Callable[[NoeudActe, str, str], NoeudActe],
        nodes: Callable[[tuple[Any, ...], tuple[Any, ...]], tuple[Any, ...]],
    ) -> None:
        self._words, self._number, self._nodes = words, number, nodes
        self._cles = ClesNoeuds()
        self._mots: dict[AdresseActe, list[Passage]] = {}
        self._numeros: dict[AdresseActe, Numero] = {}
        self._suites: dict[AdresseActe, dict[int, Remplacement]] = {}
        self._left = set(map(id, script.operations))
        chemins = {(one.adresse.ancre, one.adresse.chemin) for one in script.operations}
        self._ways = {
            (ancre, chemin[:rang]) for ancre, chemin in chemins for rang in range(len(chemin) + 1)
        }
        self.inverse: list[Changement] = []
        for operation in script.operations:
            adresse = operation.adresse
            match operation:
                case Passage():
                    self._mots.setdefault(adresse, []).append(operation)
                case Numero():
                    self._numeros[adresse] = operation
                case _:
                    above = replace(adresse, chemin=adresse.chemin[:-1])
                    self._suites.setdefault(above, {})[adresse.chemin[-1]] = operation
        self._operations = script.operations

    def document(self, a: doc.Document) -> doc.Document:
        """What becomes of the whole document."""
        parts: dict[str, Any] = {}
        for rang, partie in enumerate(PARTIES):
            place = AdresseActe("", (rang,))
            parts[partie] = self._sequence(getattr(a, partie), _Places(place, place))
        for operation in self._operations:
            if id(operation) in self._left:
                raise _misplaced(operation)
        return replace(a, **parts)

    def _node(self, noeud: NoeudActe, lieu: _Places) -> NoeudActe:
        division = isinstance(noeud, doc.Clause | doc.Section)
        if not division and (lieu.a.ancre, lieu.a.chemin) not in self._ways:
            return noeud  # no operation is in it
        lieu = _Places(inside(noeud, lieu.a), inside(noeud, lieu.b))
        result = noeud
        words = {
            champ: self._passage(
                contenu, replace(lieu.a, champ=champ), replace(lieu.b, champ=champ)
            )
            for champ, contenu in slots(noeud).items()
        }
        if any(words[champ] is not contenu for champ, contenu in slots(noeud).items()):
            result = with_slots(result, words)
        numero = self._numeros.get(lieu.a)
        if numero is not None:
            self._met(numero, canonical(label(noeud)) == canonical(numero.avant))
            result = self._number(result, numero.apres, numero.avant)
            self.inverse.append(Numero(lieu.b, numero.apres, numero.avant))
        ici = children(noeud)
        inner = self._sequence(ici, lieu)
        return result if inner is ici else with_children(result, inner)

    def _sequence(self, noeuds: tuple[Any, ...], lieu: _Places) -> tuple[Any, ...]:
        suites = self._suites.get(lieu.a, {})
        out: list[Any] = []
        rang = rang_b = 0
        while rang <= len(noeuds):
            operation = suites.get(rang)
            if operation is not None:
                count = len(operation.avant)
                standing = noeuds[rang : rang + count]
                self._met(operation, self._cles.keys(standing) == self._cles.keys(operation.avant))
                out += self._nodes(standing, operation.apres)
                self.inverse.append(suite(child(lieu.b, rang_b), operation.apres, operation.avant))
                rang_b += len(operation.apres)
                rang += count
                if count:
                    continue
            if rang < len(noeuds):
                out.append(self._node(noeuds[rang], lieu.child(rang, rang_b)))
            rang, rang_b = rang + 1, rang_b + 1
        same = len(out) == len(noeuds) and all(x is y for x, y in zip(out, noeuds, strict=True))
        return noeuds if same else tuple(out)

    def _passage(self, contenu: doc.Inlines, lieu: AdresseActe, lieu_b: AdresseActe) -> doc.Inlines:
        """The words of one place, each operation between what stays."""
        operations = sorted(self._mots.get(lieu, ()), key=lambda one: (one.debut, one.fin))
        if not operations:
            return contenu
        morceaux = pieces(contenu)
        out: list[doc.Inline] = []
        place = shift = 0
        for one in operations:
            removed = extract(morceaux, one.debut, one.fin)
            self._met(one, fold(plain(removed)) == fold(plain(one.avant)))
            out += extract(morceaux, place, one.debut)
            out += self._words(removed, one.apres)
            debut, fin = one.debut + shift, one.debut + shift + len(plain(one.apres))
            self.inverse.append(Passage(lieu_b, debut, fin, one.apres, one.avant))
            place, shift = one.fin, fin - one.fin
        out += extract(morceaux, place, len(plain(contenu)))
        return tuple(out) if self._words is _shown else rebuild(pieces(tuple(out)))

    def _met(self, operation: Changement, holds: bool) -> None:
        if not holds:
            raise _misplaced(operation)
        self._left.discard(id(operation))


def _misplaced(operation: Changement) -> RevisionError:
    adresse = operation.adresse
    return RevisionError(
        "A-003",
        f"Une opération du script ne correspond pas à cet état de l’acte (division "
        f"«\u00a0{adresse.ancre or 'aucune'}\u00a0», place {adresse.chemin}).",
        remede="Comparer de nouveau\u00a0: l’acte a changé depuis que le script a été écrit.",
    )


def resolve(marked: doc.Document, sens: doc.SensSuivi) -> doc.Document:
    """`marked` once all its changes are accepted (« ajout ») or refused (« retrait » stays)."""
    parts: dict[str, Any] = {partie: _resolved(getattr(marked, partie), sens) for partie in PARTIES}
    return replace(marked, **parts)


def accept(marked: doc.Document) -> doc.Document:
    """`marked` once every change is accepted."""
    return resolve(marked, "ajout")


def reject(marked: doc.Document) -> doc.Document:
    """`marked` once every change is refused."""
    return resolve(marked, "retrait")


def _resolved(noeuds: Sequence[Any], kept: doc.SensSuivi) -> tuple[Any, ...]:
    out: list[Any] = []
    for noeud in noeuds:
        sens = _sense(noeud)
        if sens in (None, kept):
            out.append(_settled(noeud.bloc if isinstance(noeud, doc.BlocSuivi) else noeud, kept))
    return tuple(out)


def _sense(noeud: NoeudActe) -> doc.SensSuivi | None:
    """Whether a node is wholly inserted, or removed."""
    match noeud:
        case doc.BlocSuivi() | doc.ElementSuivi():
            return noeud.sens
        case (doc.CelluleSuivie(sens=sens), *_):
            return sens
        case _:
            return None


def _settled(noeud: Any, kept: doc.SensSuivi) -> Any:
    """A node that stays, its own changes resolved."""
    if isinstance(noeud, doc.CelluleSuivie):
        noeud = doc.Cellule(noeud.blocs, noeud.etendue, noeud.entete)
    elif isinstance(noeud, doc.ElementSuivi):
        former = noeud.marque_avant if kept == "retrait" else ""
        noeud = doc.Element(noeud.blocs, former or noeud.marque)
    titre = getattr(noeud, "titre", None)
    if isinstance(titre, doc.TitreSuivi):
        noeud = with_label(noeud, titre.numero_avant if kept == "retrait" else titre.numero)
    ici = slots(noeud)
    words = {champ: _words_kept(contenu, kept) for champ, contenu in ici.items()}
    if any(words[champ] is not contenu for champ, contenu in ici.items()):
        noeud = with_slots(noeud, words)
    inner = children(noeud)
    settled = _resolved(inner, kept)
    same = len(inner) == len(settled) and all(map(operator.is_, inner, settled))
    return noeud if same else with_children(noeud, settled)


def _words_kept(contenu: doc.Inlines, kept: doc.SensSuivi) -> doc.Inlines:
    if not any(isinstance(inline, doc.Suivi) for inline in contenu):
        return contenu
    out: list[doc.Inline] = []
    for inline in contenu:
        if not isinstance(inline, doc.Suivi):
            out.append(inline)
        elif inline.sens == kept:
            out += inline.contenu
    return rebuild(pieces(tuple(out)))
