"""The document as plain text: what is compared, searched and read in a terminal."""

from __future__ import annotations

from caqes_docs.document.model import Document
from caqes_docs.document.texte import document_text


def write_texte(document: Document) -> str:
    """The words of `document`, one line per paragraph."""
    return document_text(document)
