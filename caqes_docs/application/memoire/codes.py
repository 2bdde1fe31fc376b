"""The code of the methods and annotations of classes, taken back rather than compiled each time.

A dataclass writes its methods as text, an annotation is a text, and Python compiles them at each
start. The same text makes the same code: only its version is in the key (`docs/decisions/0024`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import marshal
import sys
import typing
from types import CodeType
from typing import Any, Final

from caqes_docs.application.memoire.souvenirs import CLASSES, recall_bytes, remember_bytes

CODES: Final[dict[str, CodeType]] = {}
_NEUFS: Final[dict[str, CodeType]] = {}
_SERVIS_MAX = 8000
_CLE = hashlib.sha256(sys.version.encode()).hexdigest()


def recall_codes() -> None:
    """From now on, the texts of classes are compiled once for all the commands of this Python."""
    if vars(dataclasses).get("exec") is _run:
        return
    contenu = recall_bytes(_CLE, CLASSES, propre=True)
    try:
        connus = {} if contenu is None else marshal.loads(contenu)
    except (ValueError, TypeError, EOFError):
        connus = {}
    CODES.update(connus if isinstance(connus, dict) else {})
    vars(dataclasses)["exec"] = _run
    vars(typing)["compile"] = _compiled


def remember_codes() -> None:
    """Keep what this command had to compile, beside the rest while there is little of it."""
    if _NEUFS:
        gardes = CODES if len(CODES) <= _SERVIS_MAX else _NEUFS
        remember_bytes(_CLE, marshal.dumps(dict(gardes)), CLASSES)
        _NEUFS.clear()


def _compiled(texte: str, fichier: str, mode: str) -> CodeType:
    code = CODES.get(mode + texte)
    if code is None:
        code = CODES[mode + texte] = compile(texte, fichier, mode, dont_inherit=True)
        _NEUFS[mode + texte] = code
    return code


def _run(texte: str, noms: dict[str, Any], locaux: dict[str, Any]) -> None:
    exec(_compiled(texte, "<string>", "exec"), noms, locaux)
