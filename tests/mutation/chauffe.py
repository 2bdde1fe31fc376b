"""Loads the sample project once, before the mutants: those that change this loading run cold."""

from __future__ import annotations

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot


def it_warms(projet: Projet, depot: Depot) -> None:
    """The session fixtures, with what they work out on first use."""
    assert projet.droit.textes
    assert projet.bibliotheque is not None
    assert projet.types
    assert depot.affaires
