"""Values as typst source: string literals alone, so that no word is ever read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": " ", "\r": " ", "\t": " "})
_WHOLE = re.compile(
    r"(?<![\w-])[A-Z]{2,5}(?:-[0-9]+)*-[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*(?![\w-])"
    r"|[\w.-]{1,40}@[\w.-]+\w|\w+://[^\s«»<>]+"
)
"""Codes and addresses, whole on a line; « NAT-10-1-8 », which no line cuts, needs no help."""
_LONG = re.compile(r"[^\s\u00ad-]{24,}|…{8,}")
"""What no line could hold may be cut anywhere, as a browser does."""
_PIECE = re.compile(r".{0,3}[^-]|.+")
"""A line never ends after the hyphen of an address: some readers drop it from a copy."""


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
    if not any(sign in texte for sign in _SIGNS):
        return _string(texte)
    parts: list[str] = []
    end = 0
    for found in _WHOLE.finditer(texte):
        name, at, host = found[0].partition("@")
        cut = "://" in found[0] or (narrow and at)
        pieces = _PIECE.findall(found[0]) if cut else (name + at, host)
        parts.append(_string(texte[end : found.start()]) + _boxes(pieces))
        end = found.end()
    return "".join(parts) + _string(texte[end:])


_SIGNS = ("-", "@", "://")


def _string(texte: str) -> str:
    found = _LONG.search(texte) if len(texte) >= 8 else None
    if found:
        ends = _string(texte[: found.start()]), _string(texte[found.end() :])
        return _boxes(_PIECE.findall(found[0])).join(ends)
    return f"#{literal(texte)};" if texte else ""


def _boxes(parts: Iterable[str]) -> str:
    """A line may end between two boxes: no sign has to say so, that a copy would keep."""
    return "".join(f"#box({literal(part)});" for part in parts if part)


def array(values: Iterable[str]) -> str:
    """An array of typst, were it of one value or none.

    >>> array(["1"]), array([])
    ('(1,)', '()')
    """
    inside = "".join(f"{value}, " for value in values).removesuffix(" ")
    return f"({inside})"
