"""The light « PROJET » across the pages of a draft.

A page background, hence an artefact: no reader speaks it, no search or copy meets its letters.
"""

from __future__ import annotations

from html import escape

URL_FILIGRANE = "caqes:filigrane"
"""The only address that a rendering may ask for; it is answered from memory."""

FEUILLE_FILIGRANE = f"""
@page {{
  background: url("{URL_FILIGRANE}") repeat center center;
  background-size: 100% 100%;
}}
"""


def build_filigrane(mot: str) -> bytes:
    """The image of `mot`, drawn from corner to corner, as SVG."""
    taille = min(190, int(900 / max(len(mot), 1)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 794 1123"'
        ' width="794" height="1123" preserveAspectRatio="xMidYMid meet">'
        '<text x="397" y="610" text-anchor="middle" transform="rotate(-52 397 561)"'
        f' font-family="Liberation Sans" font-weight="bold" fill="#f0f0f3"'
        f' font-size="{taille}">{escape(mot)}</text></svg>'
    ).encode()
