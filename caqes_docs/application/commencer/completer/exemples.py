"""What an answer may look like: values that a key admits, the likeliest first.

None is shown that the check of the answer would refuse: whoever asks tries them in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from caqes_docs.data.lecture.provisoire import stand_in
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.droit.catalogue import Indicateur, TypeIndicateur, UniteIndicateur

_MESURES: Mapping[UniteIndicateur, Sequence[str]] = {
    UniteIndicateur.TAUX: ("62 %", "75 %", "40 %"),
    UniteIndicateur.CLASSE: ("B", "A"),
    UniteIndicateur.NOMBRE: ("12", "15", "10"),
}
_EVOLUTIONS = ("2,2 %", "0 %", "-1 %")
_SEMBLABLES: Mapping[str, Sequence[str]] = {
    "3,9 %": ("60 %", "30 %", "0,5 %", "3,9 %"),
    "12": ("3", "12", "1"),
    "2018": (),
}
"""What is tried in the place of the example of a type."""
_MUETS = frozenset({"texte", "1", "cpam-99"})
"""What would teach nothing."""


def candidates(
    modele: type[BaseModel],
    chemin: Chemin,
    indicateur: Indicateur | None,
    reference: str,
    annees: Sequence[int],
) -> Iterator[str]:
    """What to try at `chemin`: a value of `indicateur`, if any, whose `reference` may be known.

    `annees` are the years that the file is about.
    """
    if indicateur is not None:
        evolution = indicateur.type is TypeIndicateur.EVOLUTION
        yield from _EVOLUTIONS if evolution else _MESURES.get(indicateur.unite, ())
        yield from (reference,) * bool(reference)
        return
    exemple = "OBJ-1" if chemin[-1] == "id" else str(stand_in(modele, chemin))
    if exemple not in _MUETS and not exemple.startswith("texte "):
        yield from _SEMBLABLES.get(exemple, (exemple,))
    if exemple == "2018":
        yield from map(str, annees)
    elif exemple == "2017-12-20":
        yield from (f"{annee}-{jour}" for annee in annees for jour in ("06-15", "11-15"))
