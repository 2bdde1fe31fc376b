"""What stands around the words of a document: running titles, properties, attached files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bandeaux:
    """What runs at the top and bottom of each page.

    `page` holds `{page}` and `{total}`, the only two names a writer replaces; `projet` is the mark
    of a draft (« PROJET »), empty for a final document.
    """

    entete_gauche: str
    entete_droite: str
    pied_gauche: str
    page: str = "Page {page} sur {total}"
    projet: str = ""


@dataclass(frozen=True, slots=True)
class Metadonnees:
    """Properties of the file."""

    type: str
    titre: str
    sujet: str
    auteur: str
    reference: str
    date: dt.date
    """Date written in the file's properties: an input, never today's."""
    mots_cles: tuple[str, ...] = ()
    langue: str = "fr-FR"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that travels inside the PDF (the dossier's YAML)."""

    nom: str
    contenu: bytes
    type_mime: str
    description: str
