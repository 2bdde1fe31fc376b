"""The findings of a check of the library, remembered for as long as nothing they rest on changes.

They are kept in the user's own cache, never in the project: a library that comes from elsewhere
cannot vouch for itself. `docs/decisions/0008` says what is trusted, and when it is forgotten.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from caqes_docs.application.empreintes import is_engine_unchanged
from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import BibliothequeError
from caqes_docs.core.source import Source

PLACE = "CAQES_MEMOIRE"
"""The variable that names another folder for the memory; empty, nothing is remembered."""
BIBLIOTHEQUE: Final = "bibliotheque"
T = TypeVar("T")
_SOUVENIRS_MAX = 64
_SOUVENIR = re.compile(r"[0-9a-f]{64}\.json")
_TAILLE_MAX = 16_000_000


def verify_library(
    projet: Projet,
    *,
    date_du_jour: dt.date | None = None,
    couverture: bool = False,
    validations: bool = False,
) -> list[Constat]:
    """Every finding on the library of `projet`, in reading order.

    `date_du_jour` adds what has not been read again for a year; `couverture` adds the conditions
    that the dossiers of the project never try both ways, `validations` the wordings that nobody
    ever validated.
    """
    constats = _check(projet)
    if date_du_jour is not None or couverture or validations:
        from caqes_docs.application.verifier.bibliotheque import check_meanwhile

        choix = {"couverture": couverture, "validations": validations}
        constats.extend(check_meanwhile(projet, date_du_jour, **choix))
    return sort_constats(constats)


def refuse_unsound(projet: Projet) -> None:
    """Nothing is made from a library that has errors.

    Raises:
        BibliothequeError: C-000 it has (all listed).
    """
    fautes = [c for c in verify_library(projet) if c.gravite is Gravite.ERREUR]
    if fautes:
        raise BibliothequeError(sort_constats(fautes))


def _check(projet: Projet) -> list[Constat]:
    """What depends neither on today's date nor on the dossiers, remembered from the last check.

    The memory answers for what was read only when the files are the same before and after. The
    rules are not even loaded when it does.
    """
    avant = projet.empreinte
    _ = projet.droit, projet.bibliotheque, projet.types
    cle = avant if avant == projet.digest() else None
    connus = recall(cle) if cle is not None else None
    if connus is not None:
        return connus
    from caqes_docs.application.verifier.bibliotheque import check_library

    constats = [*check_library(projet)]
    if cle is not None and cle == projet.digest() and is_engine_unchanged():
        remember(cle, constats)
    return constats


def recall(cle: str) -> list[Constat] | None:
    """The findings remembered under `cle`; None when there are none, or none to be trusted."""
    return recall_as(cle, lambda lignes: [_parse_finding(ligne) for ligne in lignes])


def remember(cle: str, constats: Sequence[Constat]) -> None:
    """Keep `constats` under `cle`, whole or not at all; a memory that cannot be kept is no loss."""
    remember_as(cle, [[*constat.as_dict().values()] for constat in constats])


def recall_as(cle: str, parse: Callable[[Any], T], genre: str = BIBLIOTHEQUE) -> T | None:
    """What `parse` makes of the JSON under `cle`; None where there is none, or none it can read."""
    chemin = _place_of(cle, genre)
    if chemin is None:
        return None
    try:
        if chemin.stat().st_size > _TAILLE_MAX:
            return None
        sceau, _, contenu = chemin.read_bytes().partition(b"\n")
        if sceau != _seal(cle, contenu):
            return None
        valeur = parse(json.loads(contenu))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    with contextlib.suppress(OSError):
        os.utime(chemin)
    return valeur


def remember_as(cle: str, valeur: object, genre: str = BIBLIOTHEQUE) -> None:
    """Keep `valeur` as JSON under `cle`."""
    chemin = _place_of(cle, genre)
    if chemin is None:
        return
    contenu = json.dumps(valeur).encode()
    provisoire: str | None = None
    try:
        chemin.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, suffix=".tmp")
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(_seal(cle, contenu) + b"\n" + contenu)
        os.replace(provisoire, chemin)  # noqa: PTH105
        _forget_oldest(chemin.parent)
    except (OSError, ValueError):
        if provisoire is not None:
            with contextlib.suppress(OSError):
                os.unlink(provisoire)  # noqa: PTH108


def _place_of(cle: str, genre: str) -> Path | None:
    """Where the memory of `cle` lies, None where this user has no cache."""
    voulu = os.environ.get(PLACE)
    if voulu is not None:
        ou = voulu if genre == BIBLIOTHEQUE else f"{voulu}/{genre}"
        return Path(ou, f"{cle}.json") if voulu else None
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or ""
    try:
        dossier = Path(base) if Path(base).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # nobody's home
        return None
    return dossier / "caqes" / genre / f"{cle}.json"


def _seal(cle: str, contenu: bytes) -> bytes:
    return hashlib.sha256(cle.encode() + contenu).hexdigest().encode()


def _parse_finding(ligne: Any) -> Constat:
    """One finding as `remember` wrote it.

    Raises:
        ValueError, TypeError: it is none.
    """
    code, gravite, fichier, numero, colonne, message, remede = ligne
    textes, nombres = (code, fichier, message, remede), (numero, colonne)
    if not all(type(t) is str for t in textes) or not all(type(n) is int for n in nombres):
        raise TypeError(ligne)
    return Constat(code, Gravite(gravite), Source(fichier, numero, colonne), message, remede)


def _forget_oldest(dossier: Path) -> None:
    """Only so many memories are kept, those that served last; nothing else there is touched."""
    trouves = (c for c in dossier.iterdir() if _SOUVENIR.fullmatch(c.name))
    souvenirs = sorted(trouves, key=lambda chemin: chemin.stat().st_mtime_ns)
    for chemin in souvenirs[:-_SOUVENIRS_MAX]:
        chemin.unlink(missing_ok=True)
