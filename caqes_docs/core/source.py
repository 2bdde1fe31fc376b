"""Where a thing comes from: a file, a line, a column."""

from __future__ import annotations

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
