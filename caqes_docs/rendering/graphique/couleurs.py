"""Colours of charts: told apart by their luminance, so that they also read printed in black."""

from __future__ import annotations

from typing import Final

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
