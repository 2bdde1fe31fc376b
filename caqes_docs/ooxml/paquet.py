"""The canonical zip: the same parts always give the same bytes.

Dates are 1980, the earliest a zip can say; names are sorted after `[Content_Types].xml`, which Word
wants first. Parts that never change are deflated once and copied as they are afterwards.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

CONTENT_TYPES_NAME = "[Content_Types].xml"
FAST, SMALL = 3, 9
"""Levels of deflation: a part written for each act, a part deflated once."""
_DATE_1980 = 0x0021
_DEFLATED = 8
_VERSION = 20
_UNIX = 3 << 8
_FILE_MODE = 0o100644 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Part:
    """One deflated part of a package."""

    nom: str
    deflate: bytes
    crc: int
    taille: int


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
        directory.append(_central_entry(part, offset))
        local = _local_entry(part)
        body += (local, part.deflate)
        offset += len(local) + len(part.deflate)
    central = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(ordered), len(ordered), len(central), offset, 0)
    return b"".join((*body, central, end))


def _local_entry(part: Part) -> bytes:
    name = part.nom.encode("ascii")
    header = _LOCAL.pack(
        b"PK\3\4",
        _VERSION,
        0,
        _DEFLATED,
        0,
        _DATE_1980,
        part.crc,
        len(part.deflate),
        part.taille,
        len(name),
        0,
    )
    return header + name


def _central_entry(part: Part, offset: int) -> bytes:
    name = part.nom.encode("ascii")
    header = _CENTRAL.pack(
        b"PK\1\2",
        _VERSION | _UNIX,
        _VERSION,
        0,
        _DEFLATED,
        0,
        _DATE_1980,
        part.crc,
        len(part.deflate),
        part.taille,
        len(name),
        0,
        0,
        0,
        0,
        _FILE_MODE,
        offset,
    )
    return header + name
