"""What the tests of a session make once and share, and how much they search."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat
from caqes_docs.data import depot
from caqes_docs.data.depot import Depot
from caqes_docs.law.droit import chargement
from caqes_docs.redaction.bibliotheque import redactions


class ProjetPartage(Projet):
    """A project that nobody changes: its dossiers are read once."""

    @functools.cached_property
    def _lus(self) -> dict[tuple[str, ...], Depot]:
        return {}

    def depot(self, seulement: Iterable[str] = ()) -> Depot:
        """All the dossiers, or those named."""
        noms = tuple(seulement)
        if noms not in self._lus:
            self._lus[noms] = super().depot(noms)
        return self._lus[noms]

    def named(self, noms: Sequence[str]) -> Depot:
        """All the dossiers: selecting from them gives the same as from those named alone."""
        return self.depot()


Lecture = tuple[Any, list[Constat]]


def remembered(
    lire: Callable[..., Lecture], cle: Callable[..., tuple[object, ...]]
) -> Callable[..., Lecture]:
    """`lire`, which reads once the same bytes under the same names; what it gives is frozen."""
    faites: dict[tuple[object, ...], Lecture] = {}

    def run(chemin: Path, *reste: Any) -> Lecture:
        try:
            nom = (chemin.read_bytes(), *cle(chemin, *reste))
        except OSError:
            return lire(chemin, *reste)
        valeur, constats = faites.get(nom) or faites.setdefault(nom, lire(chemin, *reste))
        return valeur, [*constats]

    return run


def share_readings(rustine: pytest.MonkeyPatch) -> None:
    """The law, the wordings and the sample dossiers, read once by all the tests of a process."""
    for module in (chargement, depot):
        lue = remembered(module.load_record, lambda _chemin, nom, modele, *_: (nom, modele))
        rustine.setattr(module, "load_record", lue)
    mots = remembered(
        redactions.read_wording,
        lambda chemin, racine: (chemin.relative_to(racine.dossier), racine.nom, racine.prefixe),
    )
    rustine.setattr(redactions, "read_wording", mots)


@functools.cache
def read_cases(chemin: Path) -> Any:
    """The cases written in a file, read once and by the quicker of the two readers."""
    return yaml.load(chemin.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def examples(nombre: int) -> int:
    """How many of `nombre` examples a search tries: all in `make test-long`, else its share."""
    return max(2, nombre * settings().max_examples // 100)
