"""What a document is about: all that is asked before any clause is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from caqes_docs.core.constats import Constat
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.document.model import Document, Piece
from caqes_docs.redaction.bibliotheque.numerotation import Modifications
from caqes_docs.redaction.langage.vocabulaire import Acte, Valeurs
from caqes_docs.redaction.langage.vues import Lieu

CONTRAT = "contrat"
"""The type of the act by which the parties bind themselves: it leaves none of its terms open."""
CODE_SANS_OBJET = "D-099"
"""The refusal of a document that a dossier does not call for."""


@dataclass(frozen=True)
class RegimeDuSujet:
    """The regime that a document is made under, and the day at which it must be in force."""

    date: dt.date
    id: str | None = None
    """That of the contract; the regime of the plan when the subject has no contract."""
    source: Source | None = None


@dataclass(frozen=True)
class Sujet:
    """One subject, ready to be put in words by any document type that suits it."""

    nom: str
    """Of whom or of what: it ends the title of the document."""
    reference: str
    mots_cles: tuple[str, ...]
    ars: Charge[Ars]
    date: dt.date
    """The date that chooses wordings, terms and parameters."""
    edition: dt.date
    """The day the document is drawn up: nothing that became known later is printed in it."""
    acte: Acte
    lieu: Lieu
    """The place of the data of `acte`."""
    noms: Valeurs
    """What clauses may name, besides `acte` and `ars`."""
    regime: RegimeDuSujet | None
    pieces: tuple[Piece, ...]
    """The data that the document rests on, attached to its files."""
    provenance: Mapping[str, str]
    """The digests of these data."""
    constats: tuple[Constat, ...] = field(default=())
    """What the law has to say of the data that the document prints; a final act refuses errors."""
    modifications: Modifications = Modifications()
    """What an avenant brings to the contract, already put in words."""
    designation: str = "L’acte"
    """What messages call the document."""
    numeros: Mapping[str, str] = field(default_factory=dict)
    """The numbers that a signed contract gave, by anchor: they stay."""

    @property
    def valeurs(self) -> Valeurs:
        """All that clauses may name."""
        return {
            **self.noms,
            "acte": (self.acte, self.lieu),
            "ars": (self.ars.valeur, Lieu(self.ars.fichier, (), "ars")),
        }


@dataclass(frozen=True)
class Assemblage:
    """A document, its subject, and what there is to say about them."""

    document: Document
    sujet: Sujet
    constats: tuple[Constat, ...]
