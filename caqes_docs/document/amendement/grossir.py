"""A script made coarser where a reader would not follow it: the Guide de légistique, 3.4.1.

It stays a script of the same two states: the words quoted stand once where they are looked for, no
rank is counted where none is settled, what changes much is replaced whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.formules import SEUILS, Seuils
from caqes_docs.document.amendement.lignes import column_name
from caqes_docs.document.amendement.mesure import is_to_be_replaced
from caqes_docs.document.amendement.passages import MotsCites, in_sentences, overlap
from caqes_docs.document.amendement.textes import may_be_quoted, passage_context
from caqes_docs.document.amendement.unites import (
    Alinea,
    PlanUnites,
    UniteActe,
    has_heading,
)
from caqes_docs.document.revision.appliquer import apply
from caqes_docs.document.revision.arbre import children, slots
from caqes_docs.document.revision.comparer import PARTIES, child, suite
from caqes_docs.document.revision.script import (
    AdresseActe,
    Changement,
    Lignes,
    Numero,
    Passage,
    Remplacement,
    Script,
)
from caqes_docs.document.walk import iter_divisions, plain


def coarsen(a: doc.Document, script: Script, seuils: Seuils = SEUILS) -> Script:
    """The script that makes the same of `a`, in operations that a sentence can tell."""
    work = _Grossissement(a, script, seuils)
    work.headings()
    work.places()
    work.words()
    work.tables()
    work.units()
    work.annexes()
    return Script(tuple(_joined(sorted(work.operations, key=work.order))))


def _joined(operations: Sequence[Changement]) -> Iterator[Changement]:
    """What is taken away, and what comes just after it, in one operation."""
    last: Changement | None = None
    for one in operations:
        if last is not None and _touch(last, one):
            kept: Any = last
            last = replace(kept, avant=(*last.avant, *one.avant), apres=one.apres)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _touch(first: Changement, second: Changement) -> bool:
    if not (isinstance(first, Remplacement) and isinstance(second, Remplacement)):
        return False
    *above, debut = first.adresse.chemin
    *beside, place = second.adresse.chemin
    same = (first.adresse.ancre, above) == (second.adresse.ancre, beside)
    return same and not first.apres and debut + len(first.avant) == place


class _Grossissement:
    """The operations, merged step by step."""

    def __init__(self, a: doc.Document, script: Script, seuils: Seuils) -> None:
        self._a, self._seuils = a, seuils
        self._plan = PlanUnites(a)
        self.operations = list(script.operations)

    def order(self, operation: Changement) -> tuple[tuple[int, ...], int]:
        """The place of an operation in A."""
        return self._plan.way(operation.adresse), getattr(operation, "debut", 0)

    # -- the one step that makes an operation larger --

    def _replace_run(self, parent: AdresseActe, debut: int, fin: int, *, ends: bool) -> None:
        """Children `debut:fin` of a node replaced whole; `ends`: what is inserted at both too."""
        inside = [one for one in self.operations if self._is_in(one, parent, debut, fin, ends)]
        if not inside:
            return
        before = self._children(self._a, parent)
        after = self._children(self._applied(parent, inside), parent)
        kept = len(before) - fin
        new = suite(
            child(parent, debut), tuple(before[debut:fin]), tuple(after[debut : len(after) - kept])
        )
        gone = set(map(id, inside))
        self.operations = [one for one in self.operations if id(one) not in gone]
        self.operations.append(new)

    def _is_in(
        self, one: Changement, parent: AdresseActe, debut: int, fin: int, ends: bool
    ) -> bool:
        above, way = self._plan.way(parent), self._plan.way(one.adresse)
        if way[: len(above)] != above or len(way) == len(above):
            return False
        rang = way[len(above)]
        if not isinstance(one, Remplacement) or len(way) > len(above) + 1:
            return debut <= rang < fin
        count = len(one.avant)
        inserted_after = not count and rang == fin and not ends
        return debut <= rang and rang + count <= fin and not inserted_after

    def _applied(self, parent: AdresseActe, inside: list[Changement]) -> doc.Document:
        """A, or the one division that matters, once `inside` has effect."""
        if not parent.ancre:
            return apply(self._a, Script(tuple(inside)))
        division: Any = self._plan.node(self._plan.racines[parent.ancre])
        alone = replace(self._a, couverture=(), corps=(division,))
        return apply(alone, Script(tuple(inside)))

    def _children(self, document: doc.Document, parent: AdresseActe) -> tuple[Any, ...]:
        chemin = parent.chemin
        if not parent.ancre:
            noeud: Any = getattr(document, PARTIES[chemin[0]])
            chemin = chemin[1:]
        else:
            divisions = iter_divisions(document.couverture + document.corps)
            noeud = next(one for one in divisions if one.ancre == parent.ancre)
        for rang in chemin:
            noeud = children(noeud)[rang]
        return children(noeud)

    def _replace_alinea(self, alinea: Alinea) -> None:
        self._replace_run(alinea.parent, alinea.rang, alinea.rang + 1, ends=False)

    # -- headings: a run that removes or inserts some ends where a unit ends --

    def headings(self) -> None:
        """A run of divisions takes in what would otherwise stand under another heading."""
        for operation in list(self.operations):
            if operation not in self.operations or not isinstance(operation, Remplacement):
                continue
            if any(map(has_heading, _nodes(operation))):
                self._close(operation)

    def _close(self, operation: Remplacement) -> None:
        adresse = operation.adresse
        parent, debut = replace(adresse, chemin=adresse.chemin[:-1]), adresse.chemin[-1]
        fin = debut + len(operation.avant)
        wide = False
        while True:
            count = len(self._children(self._a, parent))
            while fin < count and self._trails(parent, fin):
                fin, wide = fin + 1, True
            if fin < count or not self._trails(parent, fin) or parent.ancre not in self._parents:
                break
            parent, debut = self._parents[parent.ancre]
            fin, wide = debut + 1, True
        if wide:
            self._replace_run(parent, debut, fin, ends=True)

    @property
    def _parents(self) -> dict[str, tuple[AdresseActe, int]]:
        return self._plan.parents

    def _trails(self, parent: AdresseActe, fin: int) -> bool:
        """Whether an alinéa without a heading of its own stands after child `fin - 1`."""
        unite, count = self._plan.places[parent.ancre, (*parent.chemin, fin)]
        return count < len(self._plan.unites[unite].alineas)

    # -- marks of items, captions --

    def places(self) -> None:
        """What no sentence designates: the item, the table is replaced."""
        for operation in list(self.operations):
            mark = isinstance(operation, Numero) and operation.adresse.chemin
            if operation in self.operations and (mark or operation.adresse.champ == "légende"):
                unite, rang = self._plan.position(operation.adresse)
                self._replace_alinea(self._plan.unites[unite].alineas[rang])

    # -- words --

    def words(self) -> None:
        """Each passage in words that stand once where they are looked for, else the alinéa."""
        places: dict[AdresseActe, list[Passage]] = {}
        for operation in self.operations:
            if isinstance(operation, Passage):
                places.setdefault(operation.adresse, []).append(operation)
        for adresse, passages in places.items():
            if any(one not in self.operations for one in passages):
                continue  # -- their row, their alinéa is replaced already --
            found = [self._sharpened(one) for one in passages]
            sharp = [one for one in found if one is not None]
            new = None if len(sharp) < len(found) or overlap(sharp) else self._by_sentence(sharp)
            if new is None:
                self._grow(passages[0])
                continue
            self.operations = [one for one in self.operations if one.adresse != adresse]
            self.operations += new

    def _by_sentence(self, passages: list[Passage]) -> list[Passage] | None:
        """The passages of an alinéa, a sentence that changes twice replaced."""
        found = self._plan.alinea(passages[0])
        if passages[0].adresse.champ != "texte" or found is None:
            return passages
        unite, rang = found
        if unite.alineas[rang].tableau or unite.couverture or not unite.settled(rang):
            return passages
        noeud: Any = self._plan.node(self._plan.way(passages[0].adresse))
        return in_sentences(slots(noeud)["texte"], passages)

    def _sharpened(self, passage: Passage) -> Passage | None:
        noeud: Any = self._plan.node(self._plan.way(passage.adresse))
        contenu = slots(noeud)[passage.adresse.champ]
        return MotsCites(contenu, passage).sharpen(
            passage_context(self._plan, passage), self._seuils
        )

    def _grow(self, passage: Passage) -> None:
        found = self._plan.alinea(passage)
        if passage.adresse.champ == "intitulé" or found is None:
            self._whole_slot(passage)
            return
        unite, rang = found
        alinea = unite.alineas[rang]
        if alinea.tableau is not None:
            row, cell = passage.adresse.chemin[len(alinea.adresse.chemin) :][:2]
            named = column_name(alinea.tableau, alinea.tableau.lignes[row], cell)
            if not (named and self._whole_slot(passage)):
                self._replace_run(alinea.adresse, row, row + 1, ends=False)
        else:
            self._replace_alinea(alinea)

    def _whole_slot(self, passage: Passage) -> bool:
        """The words of a heading, of a cell replaced whole, unless none would be left."""
        adresse = passage.adresse
        noeud: Any = self._plan.node(self._plan.way(adresse))
        contenu = slots(noeud)[adresse.champ]
        same = [one for one in self.operations if one.adresse == adresse]
        parent = AdresseActe(adresse.ancre, adresse.chemin[:-1])
        document = self._applied(parent, same)
        after: Any = (
            self._children(document, parent)[adresse.chemin[-1]]
            if adresse.chemin
            else next(one for one in iter_divisions(document.corps) if one.ancre == adresse.ancre)
        )
        apres = slots(after)[adresse.champ]
        if not plain(apres).strip():
            return False
        self.operations = [one for one in self.operations if one.adresse != adresse]
        self.operations.append(Passage(adresse, 0, len(plain(contenu)), contenu, apres))
        return True

    # -- tables --

    def tables(self) -> None:
        """A table is replaced when too many of its rows change."""
        for unite in self._plan.unites:
            for alinea in unite.alineas:
                if alinea.tableau is not None:
                    self._table(alinea, alinea.tableau)

    def _table(self, alinea: Alinea, tableau: doc.Tableau) -> None:
        way = self._plan.way(alinea.adresse)
        touched: set[int] = set()
        for one in self.operations:
            here = self._plan.way(one.adresse)
            if here[: len(way)] != way or len(here) == len(way):
                continue
            if isinstance(one, Lignes) and len(here) == len(way) + 1:
                touched |= set(range(here[-1], here[-1] + len(one.avant)))
            else:
                touched.add(here[len(way)])
        count = len(tableau.lignes)
        many = len(touched) > self._seuils.lignes
        if (many and len(touched) > self._seuils.part_tableau * count) or len(touched) >= max(
            count, 2
        ):
            self._replace_alinea(alinea)

    # -- articles, then annexes --

    def units(self) -> None:
        """A unit is replaced when much of it changes, or when no rank is settled where it does."""
        for unite in self._plan.unites:
            if unite.annexe is None and is_to_be_replaced(
                self._plan, unite, self.operations, self._seuils
            ):
                self._replace_unit(unite)

    def _replace_unit(self, unite: UniteActe) -> None:
        for parent, debut, fin in self._runs(unite):
            self._replace_run(parent, debut, fin, ends=True)

    def _runs(self, unite: UniteActe) -> list[tuple[AdresseActe, int, int]]:
        """The children of divisions, or of the document, that hold the alinéas of a unit."""
        runs: dict[AdresseActe, list[int]] = {}
        for alinea in unite.alineas:
            adresse = alinea.adresse
            parent = (
                AdresseActe("", adresse.chemin[:1])
                if not adresse.ancre
                else AdresseActe(adresse.ancre, ())
            )
            runs.setdefault(parent, []).append(adresse.chemin[len(parent.chemin)])
        return [(parent, min(rangs), max(rangs) + 1) for parent, rangs in runs.items()]

    def annexes(self) -> None:
        """An annex is replaced whole when many changes touch more than a third of its rows."""
        for unite in self._plan.unites:
            if unite.annexe != unite.rang:
                continue
            parent, rang = self._parents[unite.ancre]
            inside = [
                one for one in self.operations if self._is_in(one, parent, rang, rang + 1, False)
            ]
            many = len(inside) > self._seuils.annexe
            much = many and len(inside) > self._seuils.part_tableau * self._size(unite)
            if much or any(self._is_lost(one) for one in inside):
                self._replace_run(parent, rang, rang + 1, ends=False)

    def _size(self, annexe: UniteActe) -> int:
        """The alinéas of an annex, each row of a table for one."""
        alineas = (one for x in self._plan.unites if x.annexe == annexe.rang for one in x.alineas)
        return sum(len(one.tableau.lignes) if one.tableau else 1 for one in alineas)

    def _is_lost(self, one: Changement) -> bool:
        """Whether no short sentence tells an operation inside an annex."""
        nodes = _nodes(one) if isinstance(one, Remplacement) else ()
        if any(has_heading(noeud) or not may_be_quoted(noeud) for noeud in nodes):
            return True
        unite = self._plan.unites[self._plan.position(one.adresse)[0]]
        return self._is_to_be_replaced(unite)

    def _is_to_be_replaced(self, unite: UniteActe) -> bool:
        return is_to_be_replaced(self._plan, unite, self.operations, self._seuils)


def _nodes(operation: Remplacement) -> tuple[Any, ...]:
    return (*operation.avant, *operation.apres)
