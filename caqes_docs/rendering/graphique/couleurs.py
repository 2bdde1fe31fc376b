"""Colours of charts: told apart by their luminance, so that they also read printed in black."""

from __future__ import annotations

import re
from typing import Final

from caqes_docs.rendering.charte import CharteGraphique

CONTOUR: Final = "14315C"
ENCRE: Final = "1A1A1A"
GRILLE: Final = "D5DBE5"
AXE: Final = "5F6B7C"
REPERE: Final = "1A1A1A"
_BARRES = (("9DB4D6", ENCRE), ("14315C", "FFFFFF"), ("E3EAF4", ENCRE), ("5677AD", "FFFFFF"))
_COURBES = (
    ("14315C", "circle", "solid"),
    ("5677AD", "square", "sysDash"),
    ("1A1A1A", "triangle", "sysDot"),
    ("7A869A", "diamond", "dashDot"),
)


def bar_colours(rank: int) -> tuple[str, str]:
    """The fill of the bars of series `rank`, and the ink of what is written on them."""
    return _BARRES[rank % len(_BARRES)]


def curve_look(rank: int) -> tuple[str, str, str]:
    """The colour of curve `rank`, the shape of its points and its dashes, as Word names them."""
    return _COURBES[rank % len(_COURBES)]


_BLEUS: Final = {"14315C": 0, "5677AD": 35, "9DB4D6": 62, "E3EAF4": 90}
"""The shades above, with the hundredths of white that make them of the first."""
_ATTRIBUT = re.compile(rf'(fill="#|stroke="#|srgbClr val=")({"|".join(_BLEUS)})(?=")')


def recolour(dessin: str, charte: CharteGraphique) -> str:
    """A drawing of charts, in SVG or for Word, in shades of the main colour of `charte`.

    >>> rouge = CharteGraphique.model_validate({"couleurs": {"principale": "AA0000"}})
    >>> recolour('<rect fill="#14315C" stroke="#5677AD"/>', rouge)
    '<rect fill="#AA0000" stroke="#C75959"/>'
    """
    if not charte.couleurs.is_said("principale"):
        return dessin
    base = [int(charte.couleurs.principale[rang : rang + 2], 16) for rang in (0, 2, 4)]
    teintes = {
        bleu: "".join(f"{(c * (100 - blanc) + 255 * blanc) // 100:02X}" for c in base)
        for bleu, blanc in _BLEUS.items()
    }
    return _ATTRIBUT.sub(lambda trouve: trouve[1] + teintes[trouve[2]], dessin)
