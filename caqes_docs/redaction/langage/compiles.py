"""The code of the templates that were compiled, by the digest of their text.

It depends on nothing else but this software, which may give back what it compiled before.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable
from types import CodeType
from typing import Final

CODES: Final[dict[str, bytes]] = {}
"""Filled by who remembers; a code is read when it serves."""


def compiled(source: str, build: Callable[[str], CodeType]) -> CodeType:
    """The code that `build` makes of `source`, made once."""
    cle = hashlib.sha256(source.encode(errors="surrogatepass")).hexdigest()
    if cle in CODES:
        code: CodeType = marshal.loads(CODES[cle])
    else:
        code = build(source)
        CODES[cle] = marshal.dumps(code)
    return code
