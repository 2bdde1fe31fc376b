"""The typed edit script: what becomes of each place of a state A for it to say what B says.

Every address is one of A; every new text is written for B. Operations never overlap, so that their
order does not count: the French of an avenant, its redline and the consolidated version are folds
of this script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc


@dataclass(frozen=True, slots=True, order=True)
class AdresseActe:
    """A place of A: the division around it, the way down from there, the words of the node.

    `chemin` counts children from 0: blocks, then items, rows (headers apart) or cells. Without a
    division (`ancre` empty), it begins with 0 for the cover and 1 for the body. `champ` names
    the words (« texte », « intitulé »…).
    """

    ancre: str
    chemin: tuple[int, ...]
    champ: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `debut:fin` of a place become `apres`; nothing before, or after, is possible."""

    adresse: AdresseActe
    debut: int
    fin: int
    avant: doc.Inlines
    apres: doc.Inlines


@dataclass(frozen=True, slots=True)
class Numero:
    """The number of a heading, or the mark of an item, becomes another one."""

    adresse: AdresseActe
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Blocs:
    """From the place on, the blocks `avant` become `apres`: alinéas, tables, articles, annexes."""

    adresse: AdresseActe
    avant: tuple[doc.Bloc, ...]
    apres: tuple[doc.Bloc, ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """From the place on, the items `avant` of a list become `apres`."""

    adresse: AdresseActe
    avant: tuple[doc.Element, ...]
    apres: tuple[doc.Element, ...]


@dataclass(frozen=True, slots=True)
class Lignes:
    """From the place on, the rows `avant` of a table become `apres`."""

    adresse: AdresseActe
    avant: tuple[doc.Ligne, ...]
    apres: tuple[doc.Ligne, ...]


Remplacement: TypeAlias = Blocs | Elements | Lignes
"""What replaces nodes by nodes."""
Changement: TypeAlias = Passage | Numero | Remplacement


@dataclass(frozen=True, slots=True)
class Script:
    """The operations, in the order of A; none when both states say the same."""

    operations: tuple[Changement, ...] = ()

    def __post_init__(self) -> None:
        _refuse_overlap(self.operations)

    def __bool__(self) -> bool:
        return bool(self.operations)


def _refuse_overlap(operations: Sequence[Changement]) -> None:
    """A-001: two operations on one place, or inside what another one takes away."""
    spans = sorted(_span(operation) for operation in operations)
    for (lieu, debut, fin), (autre, debut_b, fin_b) in pairwise(spans):
        if lieu == autre and (debut_b < fin or debut == debut_b):
            raise _overlap(operations, (lieu, debut, fin), (autre, debut_b, fin_b))
    removed = {
        (one.adresse.ancre, *one.adresse.chemin[:-1], rang): one
        for one in operations
        if isinstance(one, Remplacement)
        for rang in range(one.adresse.chemin[-1], one.adresse.chemin[-1] + len(one.avant))
    }
    for operation in operations:
        for inside in _above(operation):
            if inside in removed:
                raise _overlap(operations, _span(operation), _span(removed[inside]))


_Portee: TypeAlias = "tuple[tuple[object, ...], int, int]"


def _span(operation: Changement) -> _Portee:
    adresse = operation.adresse
    match operation:
        case Passage():
            return (adresse.ancre, adresse.chemin, adresse.champ), operation.debut, operation.fin
        case Numero():
            return (adresse.ancre, adresse.chemin, "numéro"), 0, 1
        case _:
            debut = adresse.chemin[-1]
            return (adresse.ancre, adresse.chemin[:-1], ""), debut, debut + len(operation.avant)


def _above(operation: Changement) -> Iterator[tuple[object, ...]]:
    """The nodes that hold the place of `operation`, itself when its words or number change."""
    ancre, chemin = operation.adresse.ancre, operation.adresse.chemin
    stop = len(chemin) if isinstance(operation, Remplacement) else len(chemin) + 1
    yield from ((ancre, *chemin[:length]) for length in range(1, stop))


def _overlap(operations: Sequence[Changement], *spans: _Portee) -> RevisionError:
    places = sorted({operation.adresse for operation in operations if _span(operation) in spans})
    return RevisionError(
        "A-001",
        "Deux opérations portent sur le même passage\u00a0: "
        + "\u202f; ".join(f"{place.ancre or 'hors division'} {place.chemin}" for place in places)
        + ".",
        remede="N’en garder qu’une, qui écrive le passage entier.",
    )
