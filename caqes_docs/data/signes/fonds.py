"""The library that a signed act was made from: kept once for all the acts that share it.

The archive is the same for the same files, whatever the machine and the day.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

_DATE = (1980, 1, 1, 0, 0, 0)


def read_tree(dossiers: Mapping[str, Path]) -> dict[str, bytes]:
    """The files below each folder, by name under the name of the folder; hidden ones aside."""
    lus: dict[str, bytes] = {}
    for nom, dossier in dossiers.items():
        for chemin in sorted(dossier.rglob("*")):
            relatif = chemin.relative_to(dossier)
            if chemin.is_file() and not any(p.startswith((".", "__")) for p in relatif.parts):
                lus[f"{nom}/{relatif.as_posix()}"] = chemin.read_bytes()
    return dict(sorted(lus.items()))


def tree_name(fichiers: Mapping[str, bytes]) -> str:
    """The digest of the names and bytes of a library: what its archive is called."""
    somme = hashlib.sha256()
    for nom, contenu in sorted(fichiers.items()):
        somme.update(f"{nom}\n{hashlib.sha256(contenu).hexdigest()}\n".encode())
    return somme.hexdigest()


def pack(fichiers: Mapping[str, bytes]) -> bytes:
    """The archive of a library."""
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for nom, contenu in sorted(fichiers.items()):
            entree = zipfile.ZipInfo(nom, _DATE)
            entree.create_system, entree.external_attr = 3, 0o644 << 16
            entree.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entree, contenu)
    return octets.getvalue()


def unpack(octets: bytes) -> dict[str, bytes]:
    """The files of an archive.

    Raises:
        ValueError: it is not one, or a name in it would lead outside.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            noms = archive.namelist()
            if any(PurePosixPath(n).is_absolute() or ".." in PurePosixPath(n).parts for n in noms):
                raise ValueError("un nom mène hors de l’archive")
            return {nom: archive.read(nom) for nom in noms}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError("ce n’est pas une archive lisible") from error
