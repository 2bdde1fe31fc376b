"""What people or tables type and no act may print: hidden characters, pictograms, place-holders."""

from __future__ import annotations

import re

_CACHE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufffd-\uffff]"
)
_PICTOGRAMME = re.compile(
    "[\u20e3\u231a-\u2328\u23cf-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U00010000-\U0010ffff]"
)
_REPONSE = re.compile(
    r"(?i:oui|non|ok|vrai|faux|true|false|yes|no|x|n/?[acsd]|s/?o|sans objet|sans motif|aucune?|"
    r"néant|rien|motif)\W*|\W*\w{0,2}\W*|[\d\W]+"
)
_PROVISOIRE = re.compile(r"[^\w€%]+|[xX]{3,}|\[.*\]|(?i:tbd|todo)")


def find_hidden(texte: str) -> str | None:
    r"""The first invisible, damaged or reserved character of `texte`, or None.

    >>> find_hidden("Sainte-Anne"), find_hidden("Sainte\u00adAnne")
    (None, '\xad')
    """
    trouve = _CACHE.search(texte)
    return trouve.group() if trouve else None


def find_pictogram(texte: str) -> str | None:
    """The first emoji, symbol or sign that the fonts of the acts do not have, or None.

    >>> find_pictogram("Clinique du Soleil ☀"), find_pictogram("n° 3 – 12 m² ≥ 5 €")
    ('☀', None)
    """
    trouve = _PICTOGRAMME.search(texte)
    return trouve.group() if trouve else None


def is_mere_answer(texte: str) -> bool:
    """Whether `texte` says yes, no or nothing where a reason is awaited.

    >>> [is_mere_answer(mot) for mot in ("oui", "Sans objet.", "n/a", "12", "Pas de MCO")]
    [True, True, True, True, False]
    """
    return _REPONSE.fullmatch(texte.strip()) is not None


def is_placeholder(texte: str) -> bool:
    """Whether `texte` only holds the place of a value to come.

    >>> [is_placeholder(mot) for mot in ("…", "[nom]", "TBD", "XXX", "X", "12 %")]
    [True, True, True, True, False, False]
    """
    return _PROVISOIRE.fullmatch(texte.strip()) is not None
