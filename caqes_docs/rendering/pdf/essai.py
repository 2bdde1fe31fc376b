"""A trial of the PDF engine: does it work on this machine, and which font does it draw with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caqes_docs.rendering.pdf.writer import load_weasyprint
from caqes_docs.rendering.polices import FAMILLES

_POLICE = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/>]+)")


@dataclass(frozen=True)
class Essai:
    """What one line drawn tells."""

    moteur: str
    police: str
    """The font that stands for those of the style sheet."""

    @property
    def is_faithful(self) -> bool:
        """Whether the font has the widths of Arial, for which pages are laid out."""
        return any(nom in self.police for nom in ("Liberation", "Arimo", "Arial"))


def try_engine() -> Essai:
    """Draw one line.

    Raises:
        EnvironnementError: the libraries of the engine are not on this machine.
    """
    weasyprint = load_weasyprint()
    page = weasyprint.HTML(string=f"<p style='font-family: {FAMILLES}'>Essai</p>")
    trouvee = _POLICE.search(page.write_pdf(uncompressed_pdf=True))
    police = trouvee[1].decode("ascii", "replace") if trouvee else ""
    return Essai(f"WeasyPrint {weasyprint.__version__}", police)
