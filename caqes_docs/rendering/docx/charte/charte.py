"""The house style: what the pages look like, in a Word file that jurists edit in Word.

It is read once per process and per content. What never changes from one act to the next is
deflated at once, so that writing an act costs a few milliseconds.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

from caqes_docs.core.errors import RenduError
from caqes_docs.rendering.charte import NU, Habillage
from caqes_docs.rendering.docx.charte.controle import check_archive, check_charte
from caqes_docs.rendering.docx.charte.habillage import dress
from caqes_docs.rendering.docx.charte.lecture import (
    Archive,
    Charte,
    open_archive,
    read_charte,
    read_file,
)

__all__ = ["Charte", "check_charte"]

_cache: dict[tuple[str, Habillage], Charte] = {}
_lock = threading.Lock()


def load_charte(path: Path, habillage: Habillage = NU) -> Charte:
    """The charte at `path`, dressed.

    Kept by content, never by name: an edited charte is seen at once.

    Raises:
        RenduError: the file is missing, is not a Word file, or has faults; the message lists them.
    """
    octets = read_file(path)
    empreinte = hashlib.sha256(octets).hexdigest()
    cle = empreinte, habillage
    with _lock:
        if cle not in _cache:
            archive = open_archive(path, octets)
            _refuse_faults(archive)
            dressed = dress(octets, habillage)
            if dressed is not octets:
                archive = open_archive(path, dressed)
            lue = read_charte(archive, empreinte)
            _cache[cle] = replace(lue, graphisme=habillage.charte)
        return _cache[cle]


def _refuse_faults(archive: Archive) -> None:
    constats = check_archive(archive)
    if constats:
        listed = " ; ".join(f"{constat.code} {constat.message}" for constat in constats)
        raise RenduError(
            constats[0].code,
            f"La charte {archive.chemin} ne peut pas servir : {listed}",
            remede=constats[0].remede,
        )
