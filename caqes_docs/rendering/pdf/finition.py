"""The last touch before the file is written: metadata, signature fields, attached files, tags.

WeasyPrint calls `Finition` when every object of the PDF exists. Objects are `pydyf` dictionaries,
references are bytes such as `b"12 0 R"`.
"""

from __future__ import annotations

import functools
import io
import re
from typing import Any

from caqes_docs.document.model import Document, Piece
from caqes_docs.document.statut import words_status
from caqes_docs.rendering.glyphes import missing_glyphs
from caqes_docs.rendering.pdf.arbre import resolve
from caqes_docs.rendering.pdf.balisage import finish_tags
from caqes_docs.rendering.pdf.pieces import pack
from caqes_docs.rendering.pdf.xmp import build_xmp

_PRINT_AND_LOCKED = 4 + 128
_SIGNATURES_EXIST = 1
_CHECKBOX_ONLY = ("V", "AS", "MK", "Border", "Opt", "DA", "Ff")


class Finition:
    """A finisher for one document."""

    def __init__(self, document: Document, empreinte: str, pieces: tuple[Piece, ...]) -> None:
        self._document = document
        self._empreinte = empreinte
        self._pieces = pieces
        self._pdf: Any = None
        self._count = 0

    def __call__(self, rendering: Any, pdf: Any) -> None:
        """Finish `pdf`, which WeasyPrint made from `rendering`."""
        _check_glyphs(rendering, self._document)
        finish_tags(rendering, pdf)
        _name_links(rendering)
        self._write_metadata(pdf)
        _declare_media_types(pdf, self._pieces)
        if "AcroForm" in pdf.catalog:
            _make_signature_fields(pdf)
        _compress(pdf)
        _freeze(pdf)
        self._pdf, self._count = pdf, len(pdf.objects)

    def write_again(self, version: str) -> bytes:
        """The same file with an empty object more, which moves its own tables a little."""
        import pydyf

        del self._pdf.objects[self._count :]
        self._pdf.add_object(pydyf.Dictionary())
        self._count += 1
        self._pdf.current_position = 0
        output = io.BytesIO()
        self._pdf.write(output, version, identifier=True, compress=True)
        return output.getvalue()

    def _write_metadata(self, pdf: Any) -> None:
        from weasyprint import VERSION

        stream = resolve(pdf, pdf.catalog["Metadata"])
        producteur = f"WeasyPrint {VERSION}"
        redactions = words_status(self._document)
        metadonnees = self._document.metadonnees
        stream.stream = [build_xmp(metadonnees, self._empreinte, redactions, producteur)]
        stream.compress = False


def _check_glyphs(rendering: Any, document: Document) -> None:
    """What the fonts of this machine do not draw."""
    missing = {code for font in rendering.fonts.values() for code in font.missing}
    if missing:
        raise missing_glyphs(missing, document)


def _name_links(rendering: Any) -> None:
    """What a screen reader says of a link: its words, and not the anchor that it leads to."""
    import pydyf

    for page in rendering.pages:
        for kind, _target, _rectangle, box in page.links:
            words = re.sub("[ \n\t]+", " ", "".join(box.element.itertext())).strip()
            if kind == "internal" and words:
                box.link_annotation["Contents"] = pydyf.String(words)


def _declare_media_types(pdf: Any, pieces: tuple[Piece, ...]) -> None:
    """The media types of the document, not those guessed from the settings of the machine."""
    streams = (item for item in pdf.objects if _type(item) == "/EmbeddedFile")
    for stream, piece in zip(streams, pieces, strict=True):
        stream.extra["Subtype"] = "/" + piece.type_mime.replace("/", "#2f")


def _make_signature_fields(pdf: Any) -> None:
    """Turn the checkboxes of WeasyPrint, already tagged and named, into empty signature fields."""
    import pydyf

    form = pdf.catalog["AcroForm"]
    blank = pydyf.Stream(
        [b""], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array((0, 0, 1, 1))}
    )
    pdf.add_object(blank)
    for reference in form["Fields"]:
        field = resolve(pdf, reference)
        for key in _CHECKBOX_ONLY:
            field.pop(key, None)
        left, top, right, bottom = field["Rect"]
        field["Rect"] = pydyf.Array((left, min(top, bottom), right, max(top, bottom)))
        field["FT"] = "/Sig"
        field["F"] = _PRINT_AND_LOCKED
        field["AP"] = pydyf.Dictionary({"N": blank.reference})
    for key in ("NeedAppearances", "DR"):
        form.pop(key, None)
    form["SigFlags"] = _SIGNATURES_EXIST


def _type(item: Any) -> object:
    extra = getattr(item, "extra", None)
    return extra.get("Type") if extra else None


def _compress(pdf: Any) -> None:
    """Compress once (pydyf does it twice), and never into an ambiguous end."""
    import pydyf

    for item in pdf.objects:
        if not getattr(item, "compress", False):
            continue
        parts = item.stream
        plain = b"\n".join([part if type(part) is bytes else _bytes(part) for part in parts])
        packed, filters = pack(plain)
        item.stream = [packed]
        item.extra["Filter"] = pydyf.Array(filters)
        item.compress = False


def _bytes(part: Any) -> bytes:
    return part.encode("ascii") if isinstance(part, str) else bytes(part.data)


def _freeze(pdf: Any) -> None:
    """Turn dictionaries into bytes once: pydyf does it twice, for the identifier and the file."""
    import pydyf

    for rank, item in enumerate(pdf.objects):
        if isinstance(item, pydyf.Dictionary | pydyf.Array):
            pdf.objects[rank] = _frozen_class(pydyf.Object)(item)


@functools.cache
def _frozen_class(base: Any) -> Any:
    class Frozen(base):  # type: ignore[misc]
        """An object that will not change any more."""

        def __init__(self, item: Any) -> None:
            super().__init__()
            self.number = item.number
            self._data = item.data

        @property
        def data(self) -> Any:
            return self._data

    return Frozen
