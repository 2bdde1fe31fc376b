"""A place of an act: what is numbered, and what references lead to."""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.document.model import Section
from caqes_docs.redaction.bibliotheque.plan import Annexe, Chapitre
from caqes_docs.redaction.bibliotheque.redactions import Redaction


@dataclass(frozen=True)
class Place:
    """A numbered place of the act: a clause, a chapter or an annex, and what it holds."""

    id: str
    niveau: int
    numero: str
    ancre: str
    redaction: Redaction | None = None
    imprimee: bool = True
    """False when the condition of the clause is false and its `sinon` text stands instead."""
    chapitre: Chapitre | None = None
    annexe: Annexe | None = None
    paysage: bool = False
    """Whether the clause stands on landscape pages."""
    contenu: tuple[Place, ...] = ()
    volet: str | None = None
    """The volet that the clause belongs to: it is what `volet` names there."""
    apport: Section | None = None
    """What the subject brings, already put in words: no clause of the library."""
