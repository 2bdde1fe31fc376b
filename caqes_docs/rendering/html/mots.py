"""Words as HTML, codes kept on one line."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"(?<![\w-])[A-Z]{2,5}(?:-[0-9]+)*-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?![\w-])")
"""Lines are never cut between a hyphen and a figure: « NAT-10-1-8 » needs no help."""
_ADRESSE = re.compile(r"\w+://[^\s«»<>]+|[\w.-]+@[\w.-]+\w")
_SEGMENT = re.compile(r"(?:&\w+;|[^/&]){1,40}")
"""An address of the web is cut between its segments, not at their hyphens."""
_CODE_START = '<span class="code">'
_GLUED = re.compile(rf"([^ <>&;]+\u00a0){_CODE_START}")
"""« n° » and its code are one word: cut apart by their tags, they unsettle the lines before."""


def words_html(texte: str) -> str:
    """The words, escaped; a code or an address that a line could cut at its hyphens is whole."""
    words = escape(texte, quote=False)
    if "@" in words or "://" in words:
        words = _ADRESSE.sub(_whole_address, words)
    return _CODE.sub(_CODE_START + r"\g<0></span>", words) if "-" in texte else words


def _whole_address(found: re.Match[str]) -> str:
    whole = '<span class="courriel">{}</span>'.format
    if "://" not in found[0]:
        return whole(found[0])
    return _SEGMENT.sub(lambda one: whole(one[0]) if "-" in one[0] else one[0], found[0])


def glue_codes(html: str) -> str:
    """`html` whose codes hold the word they are tied to."""
    return _GLUED.sub(_CODE_START + r"\1", html)
