"""What travels in a PDF of either engine, and how a stream is packed."""

from __future__ import annotations

import base64
import zlib
from typing import Final

from caqes_docs.document.model import Document, Piece

NOM_DU_JSON: Final = "document.json"


def attached_files(document: Document, donnees: bytes) -> tuple[Piece, ...]:
    """The files that travel in the PDF, sorted by name as PDF wants them.

    The SHA-256 of `document.json` is the digest of the act, which the metadata carry: whoever
    receives the file can check that its data were not touched.
    """
    piece = Piece(
        NOM_DU_JSON, donnees, "application/json", "Acte sous forme de données structurées"
    )
    return tuple(sorted((*document.pieces, piece), key=lambda piece: piece.nom))


def relationship(piece: Piece) -> str:
    """How a file stands to the act: its data, or what it was made from."""
    return "Data" if piece.nom == NOM_DU_JSON else "Source"


def has_ambiguous_end(data: bytes) -> bool:
    """Whether a stream of the file ends with a carriage return.

    Followed by the line feed that precedes `endstream`, it reads as one end of line more: the
    length of the stream is then wrong for PDF/A.
    """
    return b"\r\nendstream" in data


def pack(plain: bytes) -> tuple[bytes, list[str]]:
    """The stream compressed, never into an ambiguous end, and its filters."""
    packed = zlib.compress(plain)
    if packed.endswith(b"\r"):
        return base64.a85encode(packed) + b"~>", ["/ASCII85Decode", "/FlateDecode"]
    return packed, ["/FlateDecode"]
