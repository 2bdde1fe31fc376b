"""What the tests of a session make once and share, and how much they search."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from hypothesis import settings

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot


class ProjetPartage(Projet):
    """A project that nobody changes: its dossiers are read once."""

    @functools.cached_property
    def _depot(self) -> Depot:
        return super().depot()

    def depot(self, seulement: Iterable[str] = ()) -> Depot:
        """All the dossiers, or those named."""
        noms = tuple(seulement)
        return super().depot(noms) if noms else self._depot

    def named(self, noms: Sequence[str]) -> Depot:
        """All the dossiers: selecting from them gives the same as from those named alone."""
        return self._depot


def examples(nombre: int) -> int:
    """How many of `nombre` examples a search tries: all in `make test-long`, else its share."""
    return max(4, nombre * settings().max_examples // 100)
