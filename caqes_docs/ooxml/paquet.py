"""The package of a Word file: read by python-docx, written as a canonical zip.

The same parts always give the same bytes: dates are 1980, the earliest a zip can say; names are
sorted after `[Content_Types].xml`, which Word wants first. Parts that never change are deflated
once and copied as they are afterwards.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caqes_docs.ooxml.ns import R

if TYPE_CHECKING:
    from docx.document import Document as WordFile

CONTENT_TYPES_NAME = "[Content_Types].xml"
FAST, SMALL = 3, 9
"""Levels of deflation: a part written for each act, a part deflated once."""
LARGEST = 64 * 2**20
"""Bytes of an unpacked file: an act takes half a megabyte; beyond, it is a trap."""
_DATE_1980 = 0x0021
_DEFLATED = 8
_VERSION = 20
_UNIX = 3 << 8
_FILE_MODE = 0o100644 << 16
_LOCAL, _CENTRAL = b"PK\3\4", b"PK\1\2" + struct.pack("<H", _VERSION | _UNIX)
_ENTRY = struct.Struct("<5H3I2H")
"""What the entry of a part says, before its bytes as in the directory at the end."""
_CENTRAL_END = struct.Struct("<3H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Part:
    """One deflated part of a package."""

    nom: str
    deflate: bytes
    crc: int
    taille: int


def read_package(octets: bytes) -> tuple[WordFile, dict[str, bytes]]:
    """A Word file as python-docx reads it, and the bytes of its parts by name.

    Raises:
        Exception: the file is broken, or a trap; python-docx, zip and XML each have their own.
    """
    import docx  # -- 0.1 s, for who opens a Word file only --

    with zipfile.ZipFile(io.BytesIO(octets)) as package:
        if sum(member.file_size for member in package.infolist()) > LARGEST:
            raise ValueError("too large")
        parts = {name: package.read(name) for name in package.namelist()}
    "".join(parts).encode("ascii")
    fichier = docx.Document(io.BytesIO(octets))
    for kind in ("styles", "numbering", "settings"):
        # -- python-docx would lend its own in place of one that is missing --
        fichier.part.part_related_by(f"{R}/{kind}")
    for part in fichier.part.package.iter_parts():
        # -- the entities of a bomb need a document type, which a package never has --
        if hasattr(part, "element") and part.element.getroottree().docinfo.doctype:
            raise ValueError("document type")
    return fichier, parts


def compress_part(nom: str, contenu: bytes, niveau: int = SMALL) -> Part:
    """The part `nom` (no leading slash), deflated."""
    deflater = zlib.compressobj(niveau, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflater.compress(contenu) + deflater.flush()
    return Part(nom, deflated, zlib.crc32(contenu), len(contenu))


def write_package(parts: Iterable[Part]) -> bytes:
    """The bytes of the package that holds `parts`, whatever the order they come in.

    Raises:
        ValueError: two parts have the same name.
    """
    ordered = sorted(parts, key=lambda part: (part.nom != CONTENT_TYPES_NAME, part.nom))
    names = [part.nom for part in ordered]
    if len(set(names)) != len(names):
        raise ValueError(f"duplicate part in {names}")
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in ordered:
        name, sizes = part.nom.encode("ascii"), (len(part.deflate), part.taille)
        entry = _ENTRY.pack(_VERSION, 0, _DEFLATED, 0, _DATE_1980, part.crc, *sizes, len(name), 0)
        directory += (_CENTRAL, entry, _CENTRAL_END.pack(0, 0, 0, _FILE_MODE, offset), name)
        body += (_LOCAL, entry, name, part.deflate)
        offset += len(_LOCAL) + len(entry) + len(name) + len(part.deflate)
    central = b"".join(directory)
    count = len(ordered)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(central), offset, 0)
    return b"".join((*body, central, end))
