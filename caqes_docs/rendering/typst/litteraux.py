"""Values as typst source: string literals alone, so that no word is ever read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\t": " "})
_WHOLE = re.compile(
    r"(?<![\w-])[A-Z]{2,5}(?:-[0-9]+)*-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?![\w-])|[\w.-]{1,40}@[\w.-]+\w"
)
"""Codes and addresses, whole on a line; « NAT-10-1-8 », which no line cuts, needs no help."""
_LONG = re.compile(r"[^\s\u00ad\u200b-]{24,}|…{8,}")
"""What no line could hold may be cut anywhere, as a browser does."""
_PIECE = re.compile(r".{1,4}")
_CUT_HERE = "\u200b"


def literal(texte: str) -> str:
    r"""`texte` as a string of typst.

    >>> literal('#set "x" \\ $')
    '"#set \\"x\\" \\\\ $"'
    """
    return f'"{texte.translate(_ESCAPES)}"'


def words(texte: str, *, narrow: bool = False) -> str:
    """`texte` as markup: a string put where it stands; what hyphens could cut, in a box.

    An address may be cut after its « @ »; in a `narrow` place, like any word too long.

    >>> words("= titre"), words("taux CAQES-BIO-1."), words("")
    ('#"= titre";', '#"taux ";#box("CAQES-BIO-1");#".";', '')
    """
    if "-" not in texte and "@" not in texte:
        return _string(texte)
    parts: list[str] = []
    end = 0
    for found in _WHOLE.finditer(texte):
        if not (narrow and "@" in found[0]):
            name, at, host = found[0].partition("@")
            boxes = (f"#box({literal(part)});" for part in (name + at, host) if part)
            parts.append(_string(texte[end : found.start()]) + "".join(boxes))
            end = found.end()
    return "".join(parts) + _string(texte[end:])


def _string(texte: str) -> str:
    if len(texte) >= 8 and _LONG.search(texte):
        texte = _LONG.sub(lambda found: _CUT_HERE.join(_PIECE.findall(found[0])), texte)
    return f"#{literal(texte)};" if texte else ""


def array(values: Iterable[str]) -> str:
    """An array of typst, were it of one value or none.

    >>> array(["1"]), array([])
    ('(1,)', '()')
    """
    inside = "".join(f"{value}, " for value in values).removesuffix(" ")
    return f"({inside})"
