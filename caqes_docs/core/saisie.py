"""What people or tables type and no act may print: hidden characters, words that hold a place."""

from __future__ import annotations

import re

_CACHE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufffd-\uffff]"
)
_PROVISOIRE = re.compile(r"[^\w€%]+|[xX]{3,}|\[.*\]|(?i:tbd|todo)")


def find_hidden(texte: str) -> str | None:
    r"""The first invisible, damaged or reserved character of `texte`, or None.

    >>> find_hidden("Sainte-Anne"), find_hidden("Sainte\u00adAnne")
    (None, '\xad')
    """
    trouve = _CACHE.search(texte)
    return trouve.group() if trouve else None


def is_placeholder(texte: str) -> bool:
    """Whether `texte` only holds the place of a value to come.

    >>> [is_placeholder(mot) for mot in ("…", "[nom]", "TBD", "XXX", "X", "12 %")]
    [True, True, True, True, False, False]
    """
    return _PROVISOIRE.fullmatch(texte.strip()) is not None
