"""From two states to the script: what differs in substance, in the smallest readable units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.revision.alignement import Paires, align
from caqes_docs.document.revision.arbre import NoeudActe, children, is_layout, label, slots
from caqes_docs.document.revision.forme import ClesNoeuds, canonical
from caqes_docs.document.revision.mots import FINESSE, Finesse, differing
from caqes_docs.document.revision.passages import extract, pieces, tokens
from caqes_docs.document.revision.script import (
    AdresseActe,
    Blocs,
    Changement,
    Elements,
    Lignes,
    Numero,
    Passage,
    Script,
)
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import iter_divisions

PARTIES = ("couverture", "corps")


def compare(a: doc.Document, b: doc.Document, finesse: Finesse = FINESSE) -> Script:
    """The script that makes what `a` says say what `b` says.

    Raises:
        RevisionError: A-004 a division has the anchor of another one.
    """
    for document in (a, b):
        refuse_twins(document)
    comparison = _Comparaison(finesse)
    for rang, partie in enumerate(PARTIES):
        ici, la = getattr(a, partie), getattr(b, partie)
        comparison.sequence(ici, la, AdresseActe("", (rang,)))
    return Script(tuple(comparison.operations))


def refuse_twins(document: doc.Document) -> None:
    """A-004: an address would lead to two places.

    Raises:
        RevisionError: two divisions have one anchor.
    """
    counts = Counter(one.ancre for one in iter_divisions(document.couverture + document.corps))
    twins = [ancre for ancre, count in counts.items() if count > 1 or not ancre]
    if twins:
        raise RevisionError(
            "A-004",
            f"Dans «\u00a0{document.metadonnees.titre}\u00a0», l’ancre «\u00a0{twins[0]}\u00a0» "
            "ne désigne pas une seule division.",
            remede="Produire de nouveau l’acte\u202f; une ancre écrite à la main se corrige.",
        )


def inside(noeud: NoeudActe, adresse: AdresseActe) -> AdresseActe:
    """The address of `noeud` itself, a child at `adresse`: a division begins its own way down."""
    if isinstance(noeud, doc.Clause | doc.Section):
        return AdresseActe(noeud.ancre, ())
    return adresse


def child(adresse: AdresseActe, rang: int) -> AdresseActe:
    """The address of a child."""
    return replace(adresse, chemin=(*adresse.chemin, rang))


class _Comparaison:
    """The operations found so far."""

    def __init__(self, finesse: Finesse) -> None:
        self._finesse = finesse
        self._cles = ClesNoeuds()
        self._words: dict[int, Counter[str]] = {}
        self.operations: list[Changement] = []

    # -- two states of one node --

    def pair(self, a: NoeudActe, b: NoeudActe, adresse: AdresseActe, *, fixe: bool) -> None:
        """Two states of one node; with `fixe`, what a cell holds keeps its paragraphs."""
        if self._cles.key(a) == self._cles.key(b):
            return
        adresse = inside(a, adresse)
        fixe = fixe or isinstance(a, doc.Cellule | doc.Encart)
        if canonical(label(a)) != canonical(label(b)):
            self.operations.append(Numero(adresse, label(a), label(b)))
        after = slots(b)
        for champ, contenu in slots(a).items():
            self._passage(contenu, after[champ], replace(adresse, champ=champ))
        ici, la = children(a), children(b)
        if isinstance(a, doc.Clause | doc.Section | doc.Tableau) or (
            isinstance(a, doc.Liste) and not fixe
        ):
            self.sequence(ici, la, adresse, fixe=fixe)
            return
        for rang, (one, other) in enumerate(zip(ici, la, strict=True)):
            self.pair(one, other, child(adresse, rang), fixe=fixe)

    def _passage(self, a: doc.Inlines, b: doc.Inlines, adresse: AdresseActe) -> None:
        before, after = pieces(a), pieces(b)
        jetons, jetons_b = tokens(before), tokens(after)
        for ecart in differing(jetons, jetons_b, self._finesse):
            debut, fin = _characters(jetons, ecart.debut, ecart.fin)
            debut_b, fin_b = _characters(jetons_b, ecart.debut_b, ecart.fin_b)
            removed, added = extract(before, debut, fin), extract(after, debut_b, fin_b)
            if debut < fin or debut_b < fin_b:
                self.operations.append(Passage(adresse, debut, fin, removed, added))

    # -- two states of what a node holds --

    def sequence(
        self,
        a: Sequence[NoeudActe],
        b: Sequence[NoeudActe],
        adresse: AdresseActe,
        *,
        fixe: bool = False,
    ) -> None:
        """What a node, or a part of the document, holds: kept, changed, removed or inserted."""
        ici = [rang for rang, one in enumerate(a) if not is_layout(one)]
        la = [rang for rang, one in enumerate(b) if not is_layout(one)]
        pairs = self._matched([a[rang] for rang in ici], [b[rang] for rang in la], fixe=fixe)
        last = last_b = 0
        for x, y in (*pairs, (len(ici), len(la))):
            after = ici[last - 1] + 1 if last else 0
            removed = ici[last:x]
            added = tuple(b[rang] for rang in la[last_b:y])
            self._splice(a, adresse, after, removed, added)
            if x < len(ici):
                place = child(adresse, ici[x])
                self.pair(a[ici[x]], b[la[y]], place, fixe=fixe)
            last, last_b = x + 1, y + 1

    def _splice(
        self,
        a: Sequence[NoeudActe],
        adresse: AdresseActe,
        after: int,
        removed: Sequence[int],
        added: tuple[NoeudActe, ...],
    ) -> None:
        """One operation for each run of nodes that page breaks do not cut."""
        runs = [
            [rang for _, rang in run]
            for _, run in groupby(enumerate(removed), lambda one: one[1] - one[0])
        ]
        for run in runs or ([[]] if added else []):
            before = tuple(a[rang] for rang in run)
            place = child(adresse, run[0] if run else after)
            self.operations.append(suite(place, before, added))
            added = ()

    def _matched(self, a: Sequence[NoeudActe], b: Sequence[NoeudActe], *, fixe: bool) -> Paires:
        rows = any(isinstance(one, tuple) for one in (*a[:1], *b[:1]))

        def likeness(x: int, y: int) -> float:
            return self._likeness(a[x], b[y], fixe=fixe)

        names = ([self._name(one) for one in a], [self._name(one) for one in b])
        weak = ([_head(x, a) for x in range(len(a))], [_head(y, b) for y in range(len(b))])
        pairs = align(*names, likeness, weak if rows else None)
        return [
            (x, y)
            for x, y in pairs
            if names[0][x] == names[1][y] or self._fits(a[x], b[y], fixe=fixe)
        ]

    def _name(self, noeud: NoeudActe) -> Hashable:
        """What makes a node the same in both states: its anchor, else all that it says."""
        if isinstance(noeud, doc.Clause | doc.Section):
            titre = noeud.titre
            form = titre and (titre.niveau, titre.sur_deux_lignes, bool(titre.numero))
            return type(noeud).__name__, noeud.ancre, form
        if isinstance(noeud, doc.Element):
            return self._cles.keys(noeud.blocs)
        return self._cles.key(noeud)

    def _likeness(self, a: NoeudActe, b: NoeudActe, *, fixe: bool) -> float:
        """The share of the words of both that is in the other; 0 when they are two things."""
        words, other = self._counted(a), self._counted(b)
        total = sum(words.values()) + sum(other.values())
        common = sum((words & other).values())
        share = 2 * common / total if total else 1.0
        return share if share > 0 and self._fits(a, b, fixe=fixe) else 0.0

    def _counted(self, noeud: NoeudActe) -> Counter[str]:
        found = self._words.get(id(noeud))
        if found is None:
            found = self._words[id(noeud)] = Counter(canonical(_text(noeud)).split())
        return found

    def _fits(self, a: NoeudActe, b: NoeudActe, *, fixe: bool) -> bool:
        """Whether `b` may be another state of `a`, cells and paragraphs in the same places."""
        if type(a) is not type(b):
            return False
        inner = fixe or isinstance(a, doc.Cellule | doc.Encart)
        match a, b:
            case (doc.Clause() | doc.Section(), _):
                return self._name(a) == self._name(b)
            case doc.Tableau(), doc.Tableau():
                shape = _shape(a) == _shape(b)
                return shape and self._cles.keys(a.entete) == self._cles.keys(b.entete)
            case (doc.Liste(), doc.Liste()) if not inner:
                return _shape(a) == _shape(b)
            case (doc.Graphique() | doc.SautDePage() | doc.Sommaire(), _):
                return self._cles.key(a) == self._cles.key(b)
            case _:
                ici, la = children(a), children(b)
                same = _shape(a) == _shape(b) and len(ici) == len(la)
                return same and all(
                    self._fits(x, y, fixe=inner) for x, y in zip(ici, la, strict=True)
                )


def suite(adresse: AdresseActe, avant: tuple[Any, ...], apres: tuple[Any, ...]) -> Changement:
    """The operation on blocks, items or rows."""
    sample = (*avant, *apres)[0]
    if isinstance(sample, tuple):
        return Lignes(adresse, avant, apres)
    kind = Elements if isinstance(sample, doc.Element) else Blocs
    return kind(adresse, avant, apres)


def _characters(jetons: Sequence[Any], debut: int, fin: int) -> tuple[int, int]:
    end = jetons[-1].fin if jetons else 0
    return (jetons[debut].debut if debut < len(jetons) else end), (
        jetons[fin - 1].fin
        if fin > debut
        else (jetons[debut].debut if debut < len(jetons) else end)
    )


def _shape(noeud: NoeudActe) -> Hashable:
    """What two states of a node share."""
    match noeud:
        case doc.Paragraphe() | doc.Encart():
            return noeud.role
        case doc.Liste():
            return noeud.ordonnee
        case doc.Cellule():
            return noeud.etendue, noeud.entete
        case doc.Tableau():
            return noeud.role, len(noeud.colonnes), bool(noeud.legende)
        case doc.BlocSignature():
            return tuple(un.champ for un in noeud.signataires)
        case doc.Element():
            return bool(noeud.marque)
        case _:
            return None


def _head(rang: int, noeuds: Sequence[NoeudActe]) -> Hashable:
    """The words of the first cell of a row; a blank one names nothing."""
    noeud = noeuds[rang]
    first = noeud[0] if isinstance(noeud, tuple) and noeud else None
    words = canonical(blocks_text(first.blocs)) if first is not None else ""
    return words or (id(noeuds), rang)


def _text(noeud: NoeudActe) -> str:
    match noeud:
        case tuple():
            return " ".join(_text(cellule) for cellule in noeud)
        case doc.Element() | doc.Cellule():
            return blocks_text(noeud.blocs)
        case _:
            return blocks_text((noeud,))
