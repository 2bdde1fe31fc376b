"""The signs that the fonts of the acts draw: those of Liberation Sans, which travels with us."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Final

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import Document
from caqes_docs.document.walk import find_origin

COUVERTURE: Final = """
20-7E A0-36F 374-375 37A-37E 384-38A 38C 38E-3A1 3A3-3CE 3D0-513 51A-51D 591-5C7 5D0-5EA 5F0-5F4
1D00-1DCA 1DFE-1E9B 1E9E 1EA0-1EF9 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D
1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-2010 2012-2022
2026 202A-2030 2032-2034 2039-203A 203C 203E 2044 205E 206A-206F 2074-2079 207F-2089 2090-2094
20A0-20B5 20BF 20F0 2105 2113 2116-2117 2122 2126 212E 214D-214E 2153-2154 215B-215E 2184 2190-2195
21A8 21D4 2202 2206 220F 2211-2212 2215 2219-221A 221E-221F 2229 222B 2248 2260-2262 2264-2265 2302
2310 2320-2321 2500 2502 250C 2510 2514 2518 251C 2524 252C 2534 253C 2550-256C 2580 2584 2588 258C
2590-2593 25A0-25A1 25AA-25AC 25B2 25BA 25BC 25C4 25CA-25CC 25CF-25D9 25E6 263A-263C 2640 2642 2660
2663 2665-2666 2669-266C 266F 2C60-2C6D 2C71-2C77 2E17 A717-A721 A788-A78C FB01-FB02 FB1D-FB36
FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F FE20-FE23
"""
"""What the four styles of the font all draw; a test reads it again in the files."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_DRAWN = frozenset(map(ord, "\t\n\r\u2011"))
"""Spaces of the source, and the hyphen that no line ends with, drawn as the plain one."""


def check_signs(texte: str) -> None:
    """Refuse a text that holds a control character.

    Raises:
        RenduError: R-205.
    """
    if found := _CONTROL.search(texte):
        raise RenduError(
            "R-205",
            f"Le document contient le caractère de contrôle U+{ord(found.group()):04X}, que ni le"
            " PDF ni le HTML n’admettent.",
            remede="Le retirer des données ou de la clause\u00a0; il vient souvent d’un collage.",
        )


@functools.cache
def covered() -> frozenset[int]:
    """The code points that the fonts draw."""
    spans = (span.split("-") for span in COUVERTURE.split())
    return frozenset(
        code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)
    )


def check_glyphs(signes: Iterable[str], document: Document) -> None:
    """Refuse a sign that the fonts of the acts do not draw, whatever the machine has.

    Raises:
        RenduError: R-206.
    """
    missing = set(map(ord, signes)) - covered() - _NOT_DRAWN
    if missing:
        raise missing_glyphs(missing, document)


def missing_glyphs(codes: Iterable[int], document: Document) -> RenduError:
    """R-206: an empty square in place of a letter would be a lie, and is not PDF/A."""
    signs = ", ".join(_describe(code, document) for code in sorted(set(codes)))
    return RenduError(
        "R-206",
        f"Les polices des actes ne dessinent pas {signs}\u00a0: le PDF serait illisible.",
        remede="Remplacer ce caractère dans les données ou dans la clause.",
    )


def _describe(code: int, document: Document) -> str:
    origin = find_origin(document, chr(code))
    place = f", dans {origin}" if origin else ""
    return f"«\u00a0{chr(code)}\u00a0» (U+{code:04X}{place})"
