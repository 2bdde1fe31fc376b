"""An image of the house style, taken from the headers of its Word file and printed in the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PREMIERE: Final = ("header", "first")
COURANT: Final = ("header", "default")
PIED: Final = ("footer", "default")


@dataclass(frozen=True, slots=True)
class Logo:
    """One image, as large as in Word."""

    usage: tuple[str, str]
    contenu: bytes
    largeur: float
    """In centimetres, as the height."""
    hauteur: float
    alternative: str
    """What stands for it, said by a screen reader; empty when nobody wrote it."""
    alignement: str

    def style(self) -> str:
        """Its size, and no smoothing, which PDF/A forbids."""
        taille = f"width: {self.largeur:.2f}cm; height: {self.hauteur:.2f}cm"
        return f"{taille}; image-rendering: crisp-edges"


def logo_url(rang: int) -> str:
    """The address of the logo of that rank: the fetcher alone answers it, from memory."""
    return f"caqes:logo-{rang}"
