"""Where a thing comes from: a file, a line, a column; and what a file holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file. Lines and columns start at 1; 0 means the whole file."""

    fichier: str
    ligne: int = 0
    colonne: int = 0

    def __str__(self) -> str:
        """`file:line:column`, without what is unknown.

        >>> str(Source("dossiers/990000011.yaml", 8, 14))
        'dossiers/990000011.yaml:8:14'
        """
        parts = [self.fichier]
        if self.ligne:
            parts.append(str(self.ligne))
            if self.colonne:
                parts.append(str(self.colonne))
        return ":".join(parts)


def parse_source(origine: str) -> Source:
    """The place written `file:line:column`; the whole text is its file when it has no numbers.

    >>> parse_source("a.yaml:3:5"), parse_source("hypothèse")
    (Source(fichier='a.yaml', ligne=3, colonne=5), Source(fichier='hypothèse', ligne=0, colonne=0))
    """
    nom, *numeros = origine.rsplit(":", 2)
    if len(numeros) == 2 and all(numero.isdigit() for numero in numeros):
        return Source(nom, int(numeros[0]), int(numeros[1]))
    return Source(origine)


def same_bytes(contenu: bytes) -> bytes:
    """A file; for a text, without what an editor or a checkout adds: CR, byte order mark."""
    if b"\0" in contenu:
        return contenu
    return contenu.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def text_digest(contenu: bytes) -> str:
    r"""The SHA-256 of a file; for a text, whatever the ends of lines and the mark of an editor.

    >>> text_digest(b"\xef\xbb\xbfa\r\nb") == text_digest(b"a\nb") != text_digest(b"a\n\nb")
    True
    """
    return hashlib.sha256(same_bytes(contenu)).hexdigest()
