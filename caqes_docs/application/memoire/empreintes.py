"""The digest of all that a check of the library rests on: files, plans, the engine itself."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

_TAILLE_MAX = 16_000_000
_LIBRAIRIES = {"jinja2", "lxml", "markdown_it_py", "pydantic", "pyyaml"}
_MOTEUR = Path(__file__).resolve().parents[2]
_AUTRES = ("__pycache__", "_graine")
"""What lies beside the code of the engine without being part of it."""


def library_digest(dossiers: Iterable[tuple[str, str, Path]]) -> str | None:
    """The digest of all that the check of a library rests on; None when it cannot be told.

    `dossiers` are the folders that it reads, each with the names that its findings show.
    """
    if _ENGINE is None:
        return None
    somme = hashlib.sha256(_ENGINE.encode())
    try:
        for nom, prefixe, dossier in dossiers:
            somme.update(json.dumps([nom, prefixe, tree_digest(dossier)]).encode())
    except (OSError, ValueError):
        return None
    return somme.hexdigest()


def loaded_engine() -> str | None:
    """The digest of the engine as it was loaded; None when it cannot be told."""
    return _ENGINE


def is_engine_unchanged() -> bool:
    """Whether the files of the engine are still those that were loaded."""
    return _engine_digest() == _ENGINE


def data_digest(dossier: Path, noms: Sequence[str]) -> str | None:
    """The digest of all the files of `dossier`, of this software, of `noms`; None without it."""
    try:
        dit = json.dumps([_ENGINE, tree_digest(dossier), *noms])
    except (OSError, ValueError):
        return None
    return hashlib.sha256(dit.encode()).hexdigest() if _ENGINE else None


def tree_digest(dossier: Path, autres: Sequence[str] = ()) -> str:
    """The digest of the names and the bytes of all that lies below `dossier`, `autres` aside.

    Raises:
        ValueError: something there is neither a folder nor a file of a reasonable size.
    """
    somme = hashlib.sha256()
    _add_tree(os.fspath(dossier), somme.update, autres)
    return somme.hexdigest()


def installed() -> list[str]:
    """The names and versions of what is installed, as `pip` lays it: it reads and draws.

    Raises:
        OSError: a folder cannot be read.
    """
    dossiers = (lieu or "." for lieu in sys.path if os.path.isdir(lieu or "."))  # noqa: PTH112
    return sorted(x.name for d in dossiers for x in os.scandir(d) if x.name.endswith(".dist-info"))


def _add_tree(dossier: str, add: Callable[[bytes], None], autres: Sequence[str]) -> None:
    with os.scandir(dossier) as entrees:
        triees = sorted(entrees, key=lambda entree: entree.name)
    for entree in triees:
        nom = os.fsencode(entree.name)
        if entree.name in autres:
            continue
        if entree.is_dir(follow_symlinks=False):
            add(b"(%d %b" % (len(nom), nom))
            _add_tree(entree.path, add, autres)
            add(b")")
        elif entree.is_file() and entree.stat().st_size <= _TAILLE_MAX:
            with open(entree.path, "rb", buffering=0) as fichier:  # noqa: PTH123 - twice as fast
                contenu = fichier.read()
            add(b"=%d %b%d " % (len(nom), nom, len(contenu)))
            add(contenu)
        else:
            raise ValueError(entree.path)


def _engine_digest() -> str | None:
    """The digest of the code of the checks and of what it stands on."""
    try:
        versions = installed()
        sources = tree_digest(_MOTEUR, _AUTRES)
    except (OSError, ValueError):
        return None
    if not {nom.partition("-")[0].lower() for nom in versions} >= _LIBRAIRIES:
        return None
    return hashlib.sha256(json.dumps([sys.version, versions, sources]).encode()).hexdigest()


_ENGINE = _engine_digest()
"""Of the code that runs: taken as it is imported, for its files may change afterwards."""
