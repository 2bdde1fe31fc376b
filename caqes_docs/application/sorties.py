"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from caqes_docs.core.errors import RenduError, UsageError
from caqes_docs.core.identifiants import is_reserved_name
from caqes_docs.core.systeme import CHEMIN_MAX, os_reason


def write_whole(chemin: Path, contenu: bytes) -> None:
    """Write `contenu` at `chemin`, through a temporary file renamed at the end.

    The file keeps the rights of the one that it replaces.

    Raises:
        RenduError: R-001 the file cannot be written (open in Word, read-only folder…).
        UsageError: U-080 Windows reserves its name.
    """
    refuse_device(chemin)
    provisoire: str | None = None
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, prefix=".caqes-")
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(contenu)
        Path(provisoire).chmod(stat.S_IMODE(chemin.stat().st_mode) if chemin.exists() else 0o644)
        Path(provisoire).replace(chemin)
    except BaseException as error:
        if provisoire is not None:
            with contextlib.suppress(OSError):
                Path(provisoire).unlink()
        if isinstance(error, OSError):
            raise unwritten(chemin, error) from error
        raise


def append_whole(chemin: Path, contenu: bytes) -> None:
    """Add `contenu` at the end of the file, in one piece: two runs never mix their lines.

    Raises:
        RenduError: R-001 the file cannot be written.
    """
    try:
        with chemin.open("ab", buffering=0) as fichier:
            if fichier.write(contenu) != len(contenu):
                raise OSError(errno.ENOSPC, "")
    except OSError as error:
        raise unwritten(chemin, error) from error


def erase(chemin: Path) -> None:
    """Take the file away, if it is there.

    Raises:
        RenduError: R-001 it cannot be erased.
    """
    try:
        chemin.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(chemin, error, "effacé") from error


def unwritten(chemin: Path, error: OSError, fait: str = "écrit") -> RenduError:
    """R-001: why the system refused, and what to do."""
    raison = os_reason(error)
    remede = "Fermer le fichier s’il est ouvert dans Word, vérifier les droits et la place du "
    remede += "disque, puis recommencer."
    if (longueur := len(str(chemin.absolute()))) >= CHEMIN_MAX and error.errno not in _PRECIS:
        raison = f"son chemin a {longueur} signes, et Windows s’arrête à {CHEMIN_MAX}"
        remede = _PLUS_COURT
    message = f"«\u00a0{chemin}\u00a0» ne peut pas être {fait}\u00a0: {raison}."
    return RenduError("R-001", message, remede=remede)


_PRECIS = (errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS)
"""Refusals that the length of the path does not explain."""
_PLUS_COURT = "Ranger le projet plus près de la racine (C:\\CAQES), ou raccourcir --sortie."


def refuse_device(chemin: Path) -> None:
    """What is written in a device of Windows is lost without a word, or blocks.

    Raises:
        UsageError: U-080 Windows reserves the name.
    """
    for place in (chemin, *chemin.parents):
        if is_reserved_name(place.name) and not place.is_dir():
            raise UsageError(
                "U-080",
                f"«\u00a0{chemin}\u00a0» ne peut pas être écrit\u00a0: Windows réserve le nom "
                f"«\u00a0{place.name}\u00a0».",
                remede="En choisir un autre.",
            )


def prepare_folder(dossier: Path) -> None:
    """Create `dossier` when it is not there yet, and its parents.

    Raises:
        UsageError: U-008 no file can be put there (it is a file, the access is denied…); U-080
            Windows reserves its name.
    """
    refuse_device(dossier)
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        if not os.access(dossier, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
    except OSError as error:
        raise UsageError(
            "U-008",
            f"Rien ne peut être écrit dans «\u00a0{dossier}\u00a0»\u00a0: {os_reason(error)}.",
            remede="Donner un dossier, existant ou à créer, où l’on a le droit d’écrire.",
        ) from error


def file_name(prefixe: str, finess: str, reference: str, *, definitif: bool) -> str:
    """The name of an act's files, without extension.

    >>> file_name("contrat", "990000011", "CAQES-2018-990000011", definitif=False)
    'contrat_990000011_CAQES-2018-990000011_projet'
    """
    etat = "definitif" if definitif else "projet"
    return f"{prefixe}_{finess}_{reference}_{etat}"
