"""What the operations that were read make of state A: its lines, all addresses read in A first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from caqes_docs.review.amendement.blocs import IllisibleError
from caqes_docs.review.amendement.etat import AlineaLu, DivisionLue, EtatLu, bare_words
from caqes_docs.review.amendement.lexique import OperationLue


@dataclass(slots=True)
class _SortDivision:
    """What becomes of one division."""

    titre: list[str] | None = None
    titres: set[str] = field(default_factory=set)
    """What was already done to the heading."""
    entiere: list[str] | None = None
    partie: bool = False
    """Removed, or replaced with the annex around it."""
    mots: dict[tuple[int, int], list[tuple[int, int, str]]] = field(default_factory=dict)
    lignes: dict[int, list[tuple[int, int, list[str]]]] = field(default_factory=dict)
    alineas: list[tuple[int, int, list[str]]] = field(default_factory=list)


class Consolidation:
    """Applies what was read to the lines of A."""

    def __init__(self, etat: EtatLu, annexes: Mapping[str, Sequence[str]]) -> None:
        self._etat, self._annexes = etat, annexes
        self._travaux = [_SortDivision() for _ in etat.divisions]
        self._venues: dict[int, list[list[str]]] = {}

    def lines(self, operations: Sequence[OperationLue]) -> list[str]:
        """The lines of B.

        Raises:
            IllisibleError: a passage is not found once, or two sentences amend one place.
        """
        for operation in operations:
            self._take(operation)
        out: list[str] = []
        groups = groupby(self._etat.divisions, lambda one: one.annexe)
        for annexe, group in groups:
            divisions = list(group)
            out += self._come(divisions[0].rang)
            inside = [self._division(one, self._travaux[one.rang]) for one in divisions]
            for one, mine in zip(divisions[1:], inside[1:], strict=True):
                mine[:0] = self._come(one.rang)
            lines = [ligne for mine in inside for ligne in mine]
            out += lines if annexe is None else [" ".join(lines)] if lines else []
        return [*out, *self._come(len(self._etat.divisions))]

    def _come(self, rang: int) -> list[str]:
        return [ligne for lignes in self._venues.get(rang, ()) for ligne in lignes]

    def _take(self, one: OperationLue) -> None:
        match one.genre:
            case "mots":
                for rang in one.divisions:
                    self._words(self._etat.divisions[rang], one)
            case "cellule":
                self._cell(self._etat.divisions[one.divisions[0]], one)
            case "phrase":
                self._sentence(self._etat.divisions[one.divisions[0]], one)
            case "intitulé" | "numéro" | "mots de l’intitulé":
                self._title(one)
            case "lignes":
                rows = self._travaux[one.divisions[0]].lignes.setdefault(one.alinea or 0, [])
                rows.append((one.ligne or 0, one.fin or 0, one.lignes))
            case "alinéas":
                span = (one.alinea or 0, one.fin or 0, [bare_words(x) for x in one.lignes])
                self._travaux[one.divisions[0]].alineas.append(span)
            case _:
                self._divisions(one)

    # -- divisions --

    def _divisions(self, one: OperationLue) -> None:
        new = self._new_lines(one.lignes)
        if one.genre == "insertion":
            self._venues.setdefault(one.divisions[0], []).append(new)
            return
        for rang in one.divisions:
            division = self._etat.divisions[rang]
            fin = rang + 1 if one.genre == "remplacement" else division.fin
            for inside in range(rang, fin):
                if self._travaux[inside].partie:
                    raise IllisibleError("une division est retirée deux fois")
                self._travaux[inside].partie = True
        if one.genre != "suppression":
            self._travaux[one.divisions[0]].entiere = new

    def _new_lines(self, lignes: Sequence[str]) -> list[str]:
        """The lines quoted, or those of the annexes joined."""
        out: list[str] = []
        for ligne in lignes:
            if ligne.startswith("§"):
                if ligne[1:] not in self._annexes:
                    raise IllisibleError(f"l’annexe {ligne[1:]} n’est pas jointe")
                out.append(bare_words(" ".join(self._annexes[ligne[1:]])))
            else:
                out.append(bare_words(ligne))
        return out

    def _title(self, one: OperationLue) -> None:
        rang = one.divisions[0]
        travail = self._travaux[rang]
        if one.genre in travail.titres and one.genre != "mots de l’intitulé":
            raise IllisibleError("un intitulé, un numéro est remplacé deux fois")
        travail.titres.add(one.genre)
        now = travail.titre or list(self._etat.divisions[rang].titre)
        number, colon, words = now[0].partition(" : ")
        two = len(now) > 1
        if one.genre == "numéro":
            new = one.apres[:1].upper() + one.apres[1:]
            now = [new, *now[1:]] if two else [f"{new}{colon}{words}"]
        else:
            old = now[1] if two else words if colon else now[0]
            said = one.apres if one.genre == "intitulé" else _replaced(old, one.avant, one.apres)
            now = [now[0], said] if two else [f"{number}{colon}{said}"] if colon else [said]
        travail.titre = now

    # -- words --

    def _words(self, division: DivisionLue, one: OperationLue) -> None:
        found: list[tuple[int, int, int]] = []
        for rang, alinea in enumerate(division.alineas):
            if one.alinea not in (None, rang):
                continue
            for ligne, words in enumerate(_word_lines(alinea)):
                if one.ligne in (None, ligne):
                    found += ((rang, ligne, place) for place in _places(words, one.avant))
        if not found or (len(found) > 1 and not one.partout):
            raise IllisibleError(f"« {one.avant} » figure {len(found)} fois où il est cherché")
        for rang, ligne, place in found:
            edits = self._travaux[division.rang].mots.setdefault((rang, ligne), [])
            edits.append((place, place + len(one.avant), one.apres))

    def _cell(self, division: DivisionLue, one: OperationLue) -> None:
        """The cell `fin` of a row, in new words."""
        row, column = one.ligne or 0, one.fin or 0
        table = division.alineas[one.alinea or 0].table
        cells = table.cellules[row] if table else []
        before = bare_words(" ".join(cells[:column]))
        debut = len(before) + bool(before)
        edits = self._travaux[division.rang].mots.setdefault((one.alinea or 0, row), [])
        edits.append((debut, debut + len(cells[column]), f" {one.apres} "))

    def _sentence(self, division: DivisionLue, one: OperationLue) -> None:
        alinea = division.alineas[one.alinea or 0]
        (words,) = alinea.lignes
        if one.ligne is None:
            edit = (len(words), len(words), f" {one.apres}")
        else:
            spans = _sentence_spans(words)
            if one.ligne >= len(spans):
                raise IllisibleError("la phrase désignée n’existe pas")
            edit = (*spans[one.ligne], one.apres)
        self._travaux[division.rang].mots.setdefault((one.alinea or 0, 0), []).append(edit)

    # -- what a division becomes --

    def _division(self, division: DivisionLue, travail: _SortDivision) -> list[str]:
        if travail.partie:
            if travail.mots or travail.lignes or travail.alineas:
                raise IllisibleError("une division retirée est aussi modifiée")
            return travail.entiere or []
        inserted: dict[int, list[str]] = {}
        gone: set[int] = set()
        for debut, fin, lignes in travail.alineas:
            touched = set(range(debut, fin))
            if touched & gone or (debut in inserted and not touched):
                raise IllisibleError("deux phrases modifient un même alinéa")
            gone |= touched
            inserted.setdefault(debut, []).extend(lignes)
        out = list(travail.titre or division.titre)
        for rang, alinea in enumerate(division.alineas):
            out += inserted.get(rang, ())
            changed = {ligne: e for (where, ligne), e in travail.mots.items() if where == rang}
            rows = travail.lignes.get(rang, [])
            if rang in gone:
                if changed or rows:
                    raise IllisibleError("un alinéa retiré est aussi modifié")
                continue
            out += _alinea(alinea, changed, rows)
        return [*out, *inserted.get(len(division.alineas), ())]


def _word_lines(alinea: AlineaLu) -> list[str]:
    return alinea.table.lignes if alinea.table else alinea.lignes


def _alinea(
    alinea: AlineaLu,
    mots: Mapping[int, list[tuple[int, int, str]]],
    rows: Sequence[tuple[int, int, list[str]]],
) -> list[str]:
    lignes = [_edited(words, mots.get(rang, [])) for rang, words in enumerate(_word_lines(alinea))]
    if alinea.table is None:
        return lignes
    last = len(alinea.table.lignes)
    for debut, fin, new in sorted(rows, key=lambda one: one[:2], reverse=True):
        if not 0 <= debut <= fin <= last:
            raise IllisibleError("les lignes désignées n’existent pas, ou se croisent")
        if any(debut <= rang < fin for rang in mots):
            raise IllisibleError("une ligne retirée est aussi modifiée")
        lignes[debut:fin] = new
        last = debut
    head = [alinea.table.legende] if alinea.table.legende else []
    return [" ".join([*head, *alinea.table.entete, *lignes])]


def _edited(words: str, edits: Sequence[tuple[int, int, str]]) -> str:
    last = len(words)
    for debut, fin, apres in sorted(edits, reverse=True):
        if fin > last:
            raise IllisibleError("deux phrases modifient les mêmes mots")
        words = words[:debut] + apres + words[fin:]
        last = debut
    return bare_words(words)


def _places(words: str, sought: str) -> list[int]:
    return [rang for rang in range(len(words)) if sought and words.startswith(sought, rang)]


def _replaced(words: str, avant: str, apres: str) -> str:
    places = _places(words, avant)
    if len(places) != 1:
        raise IllisibleError(f"« {avant} » figure {len(places)} fois dans l’intitulé")
    return bare_words(words[: places[0]] + apres + words[places[0] + len(avant) :])


def _sentence_spans(words: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends: a sign, perhaps a quote, then a capital."""
    spans: list[tuple[int, int]] = []
    debut = 0
    for end in re.finditer(r'[.!?…](?: ?["»)])? (?=["(«]?[A-ZÀ-Ý])', words):
        spans.append((debut, end.end() - 1))
        debut = end.end()
    return [*spans, (debut, len(words))]
