"""What an answer may look like: values that a key admits, the likeliest first.

None is shown that the check of the answer would refuse: whoever asks tries them in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from caqes_docs.data.lecture.provisoire import stand_in
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.droit.catalogue import Indicateur, Sens, TypeIndicateur, UniteIndicateur

_MESURES: Mapping[UniteIndicateur, Sequence[str]] = {
    UniteIndicateur.TAUX: ("62 %", "75 %", "40 %"),
    UniteIndicateur.CLASSE: ("B", "A"),
    UniteIndicateur.NOMBRE: ("12", "15", "10"),
}
_EVOLUTIONS = ("2,2 %", "0 %", "-1 %")
_BASSES = ("12 %", "30 %", "2 %")
"""Rates that are to be kept low."""
_DE_LA_CLE: Mapping[str, Sequence[str]] = {
    "coefficient": ("4 %",),
    "poids": ("25 %", "100 %"),
    "de": ("20 %",),
    "a": ("80 %",),
    "a_partir_de": ("0 %", "50 %", "80 %"),
    "debut": ("{annee}-01-01",),
    "fin": ("{annee}-12-31",),
    "echeance": ("{annee}-12-31",),
}
"""What suits a key whatever its type says."""
_SEMBLABLES: Mapping[str, Sequence[str]] = {
    "3,9 %": ("60 %", "30 %", "0,5 %", "3,9 %"),
    "12": ("3", "12", "1"),
    "2018": (),
}
"""What is tried in the place of the example of a type."""
_NOMBRE = re.compile(r"(-?\d+)(?:,\d+)?(\s?%?)")
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
        yield from _measures(indicateur, reference)
        return
    yield from (dit.format(annee=annees[-1]) for dit in _DE_LA_CLE.get(str(chemin[-1]), ()))
    exemple = "OBJ-1" if chemin[-1] == "id" else str(stand_in(modele, chemin))
    if exemple not in _MUETS and not exemple.startswith("texte "):
        yield from _SEMBLABLES.get(exemple, (exemple,))
    if exemple == "2018":
        yield from map(str, annees)
    elif exemple == "2017-12-20":
        yield from (f"{annee}-{jour}" for annee in annees for jour in ("06-15", "11-15"))


def _measures(indicateur: Indicateur, reference: str) -> Iterator[str]:
    """A value of an indicator; of a target, a little better than where one starts from."""
    evolution = indicateur.type is TypeIndicateur.EVOLUTION
    dit = _NOMBRE.fullmatch(reference)
    if dit and indicateur.sens is not Sens.AUCUN:
        pas = 1 if evolution else 5
        mieux = int(dit[1]) + (pas if indicateur.sens is Sens.MIN else -pas)
        yield f"{mieux}{dit[2]}"
    if evolution:
        yield from _EVOLUTIONS
    elif indicateur.unite is UniteIndicateur.TAUX and indicateur.sens is Sens.MAX:
        yield from _BASSES
    else:
        yield from _MESURES.get(indicateur.unite, ())
    yield from (reference,) * bool(reference)
