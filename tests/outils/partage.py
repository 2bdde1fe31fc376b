"""What the tests of a session make once and share, and how much they search."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import settings

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot


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


@functools.cache
def read_cases(chemin: Path) -> Any:
    """The cases written in a file, read once and by the quicker of the two readers."""
    return yaml.load(chemin.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def examples(nombre: int) -> int:
    """How many of `nombre` examples a search tries: all in `make test-long`, else its share."""
    return max(2, nombre * settings().max_examples // 100)
