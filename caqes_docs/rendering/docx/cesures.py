"""Where a line must not end: inside the number of an article or the code of an indicator.

Word and LibreOffice end a line after any hyphen, even between two digits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from caqes_docs.core.francais.typographie import ADRESSE

NO_BREAK = "\u2011"
"""The hyphen that no line ends with: as wide as the plain one."""
# -- « NAT-10-1-8 », « USLD-01 »; « 162-22-7 », whether « L. » stands before it or not.
# An address or the name of a file keeps its hyphens: with another sign, its copy would be wrong. --
_CODES = re.compile(
    rf"{ADRESSE.pattern}|(?P<code>\b(?:[A-Z]{{2,5}}(?:-[A-Z0-9]+)+|\d+(?:-\d+)+)\b)"
)


@lru_cache(maxsize=8192)
def hold_codes(texte: str, trait: str = NO_BREAK) -> str:
    r"""`texte` whose codes and article numbers are joined by `trait` instead of a hyphen.

    >>> hold_codes("c'est-à-dire L.\u00a0162-22-7 ou USLD-01", "=")
    "c'est-à-dire L.\xa0162=22=7 ou USLD=01"
    >>> hold_codes("caqes@ch-13-2.fr, https://a.fr/162-22-7, grille-2018-1.pdf", "=")
    'caqes@ch-13-2.fr, https://a.fr/162-22-7, grille-2018-1.pdf'
    """
    if "-" not in texte:
        return texte
    return _CODES.sub(
        lambda found: found[0].replace("-", trait) if found["code"] else found[0], texte
    )


def hold_hyphens(texte: str, trait: str = NO_BREAK) -> str:
    """`texte` without any hyphen where a line may end: a citation."""
    return texte.replace("-", trait)
