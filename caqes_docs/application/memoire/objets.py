"""Values of this software remembered as they are: what was read, what was compiled.

Taking them back makes objects and runs code: they are taken from where nobody but this user may
write, and a value only from classes of this software. `docs/decisions/0023` says why it is safe.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import marshal
import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from caqes_docs.application.memoire.empreintes import is_engine_unchanged, loaded_engine
from caqes_docs.application.memoire.souvenirs import (
    FONDS,
    GABARITS,
    recall_bytes,
    remember_bytes,
)
from caqes_docs.redaction.langage.compiles import CODES

T = TypeVar("T")
_AILLEURS = {(c.__module__, c.__qualname__): c for c in (dt.date, Decimal, type(Path()), frozenset)}
"""The classes of values that are not of this software."""
_ABIME = (ValueError, TypeError, EOFError, LookupError, AttributeError, ImportError)
_GABARITS_MAX = 3000
_CONNUS: set[str] = set()
"""The templates whose code is remembered already."""


class _Relecteur(pickle.Unpickler):
    """Makes again values of the classes of this software, and calls nothing else."""

    def find_class(self, module: str, nom: str) -> type:
        """The class of that name.

        Raises:
            UnpicklingError: this software has none.
        """
        if (module, nom) in _AILLEURS:
            return _AILLEURS[module, nom]
        trouve = super().find_class(module, nom) if module.startswith("caqes_docs.") else None
        if not isinstance(trouve, type) or trouve.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{nom}")
        return trouve


def recall_value(cle: str, classe: type[T], genre: str = FONDS) -> T | None:
    """The value remembered under `cle`; None when there is none, or none to be trusted."""
    contenu = recall_bytes(cle, genre, propre=True)
    try:
        valeur = None if contenu is None else _Relecteur(io.BytesIO(contenu)).load()
    except (*_ABIME, pickle.UnpicklingError):
        return None
    return valeur if isinstance(valeur, classe) else None


def remember_value(cle: str, valeur: object, genre: str = FONDS) -> None:
    """Keep `valeur` under `cle`; one that cannot be kept is no loss."""
    if is_engine_unchanged():
        with contextlib.suppress(*_ABIME, pickle.PicklingError, RecursionError):
            remember_bytes(cle, pickle.dumps(valeur, pickle.HIGHEST_PROTOCOL), genre)


def remembered(
    cle: str | None,
    again: Callable[[], str | None],
    classe: type[T],
    build: Callable[[], T],
    genre: str = FONDS,
) -> tuple[T, str | None]:
    """What `build` makes of files whose digest is `cle`, remembered while `again` finds it so.

    With it, the digest of what was read; None when a file changed meanwhile.
    Raises what `build` raises.
    """
    connu = recall_value(cle, classe, genre) if cle else None
    if connu is not None:
        return connu, cle
    valeur = build()
    if not cle or cle != again():
        return valeur, None
    remember_value(cle, valeur, genre)
    return valeur, cle


def recall_templates() -> None:
    """Take back the code of the templates that former commands compiled."""
    cle = loaded_engine()
    contenu = recall_bytes(cle, GABARITS, propre=True) if cle is not None else None
    if contenu is None:
        return
    try:
        codes = marshal.loads(contenu)
    except _ABIME:
        return
    if isinstance(codes, dict):
        CODES.update(codes)
        _CONNUS.update(codes)


def remember_templates() -> None:
    """Keep the code of those that this command compiled, beside the others."""
    cle = loaded_engine()
    if cle is None or CODES.keys() <= _CONNUS or not is_engine_unchanged():
        return
    recall_templates()  # what another command kept meanwhile
    neufs = CODES if len(CODES) <= _GABARITS_MAX else {c: CODES[c] for c in CODES.keys() - _CONNUS}
    remember_bytes(cle, marshal.dumps(dict(neufs)), GABARITS)
    _CONNUS.update(CODES)
