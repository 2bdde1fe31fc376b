"""What is remembered from one command to the next, in the user's own cache, never in the project.

A library that comes from elsewhere cannot vouch for itself. `docs/decisions/0008` and `0023` say
what is trusted, and when it is forgotten.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

PLACE = "CAQES_MEMOIRE"
"""The variable that names another folder for the memory; empty, nothing is remembered."""
BIBLIOTHEQUE: Final = "bibliotheque"
FONDS: Final = "fonds"
DEPOTS: Final = "depots"
GABARITS: Final = "gabarits"
CHARTES: Final = "chartes"
CLASSES: Final = "classes"
ACTES: Final = "actes"
OBJETS = (FONDS, DEPOTS, GABARITS, CHARTES, CLASSES, ACTES)
"""What is kept as it is in memory, not as JSON: read only where nobody else may have written."""
T = TypeVar("T")
_SOUVENIRS_MAX = {FONDS: 8, GABARITS: 4, CLASSES: 4, ACTES: 32}
_SOUVENIR = re.compile(r"[0-9a-f]{64}\.(json|bin)")
_TAILLE_MAX = 16_000_000


def recall_as(cle: str, parse: Callable[[Any], T], genre: str = BIBLIOTHEQUE) -> T | None:
    """What `parse` makes of the JSON under `cle`; None where there is none, or none it can read."""
    contenu = recall_bytes(cle, genre)
    try:
        return None if contenu is None else parse(json.loads(contenu))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def remember_as(cle: str, valeur: object, genre: str = BIBLIOTHEQUE) -> None:
    """Keep `valeur` as JSON under `cle`."""
    remember_bytes(cle, json.dumps(valeur).encode(), genre)


def recall_bytes(cle: str, genre: str, *, propre: bool = False) -> bytes | None:
    """What is kept under `cle`, whole; None where nothing is.

    With `propre`, only what nobody but this user may have written.
    """
    chemin = _place_of(cle, genre)
    if chemin is None or (propre and not _is_own(chemin)):
        return None
    try:
        if chemin.stat().st_size > _TAILLE_MAX:
            return None
        sceau, _, contenu = chemin.read_bytes().partition(b"\n")
    except OSError:
        return None
    if sceau != _seal(cle, contenu):
        return None
    with contextlib.suppress(OSError):
        os.utime(chemin)
    return contenu


def remember_bytes(cle: str, contenu: bytes, genre: str) -> None:
    """Keep `contenu` under `cle`, whole or not at all; one that cannot be kept is no loss."""
    chemin = _place_of(cle, genre)
    if chemin is None:
        return
    import tempfile  # costly, and most commands have nothing new to keep

    provisoire: str | None = None
    try:
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, suffix=".tmp")
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(_seal(cle, contenu) + b"\n" + contenu)
        os.replace(provisoire, chemin)  # noqa: PTH105
        _forget_oldest(chemin.parent, _SOUVENIRS_MAX.get(genre, 64))
    except (OSError, ValueError):
        if provisoire is not None:
            with contextlib.suppress(OSError):
                os.unlink(provisoire)  # noqa: PTH108


def _is_own(chemin: Path) -> bool:
    """Whether the file and its folder are of this user, and nobody else may write there.

    Windows does not say it that way: only the place of the user's own caches is trusted.
    """
    qui = getattr(os, "geteuid", None)
    if qui is None:
        return os.environ.get(PLACE) is None
    try:
        etats = [chemin.stat(), chemin.parent.stat()]
    except OSError:
        return False
    return all(x.st_uid == qui() and not x.st_mode & 0o022 for x in etats)


def _place_of(cle: str, genre: str) -> Path | None:
    """Where the memory of `cle` lies, None where this user has no cache."""
    voulu = os.environ.get(PLACE)
    suffixe = "bin" if genre in OBJETS else "json"
    if voulu is not None:
        ou = voulu if genre == BIBLIOTHEQUE else f"{voulu}/{genre}"
        return Path(ou, f"{cle}.{suffixe}") if voulu else None
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or ""
    try:
        dossier = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # nobody's home
        return None
    return dossier / "caqes" / genre / f"{cle}.{suffixe}"


def _seal(cle: str, contenu: bytes) -> bytes:
    return hashlib.sha256(cle.encode() + contenu).hexdigest().encode()


def _forget_oldest(dossier: Path, nombre: int) -> None:
    """Only so many memories are kept, those that served last; nothing else there is touched."""
    trouves = (c for c in dossier.iterdir() if _SOUVENIR.fullmatch(c.name))
    souvenirs = sorted(trouves, key=lambda chemin: chemin.stat().st_mtime_ns)
    for chemin in souvenirs[:-nombre]:
        chemin.unlink(missing_ok=True)
