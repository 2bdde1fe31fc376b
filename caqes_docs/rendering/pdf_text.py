"""The words of a PDF read back, to be compared with those of the document.

The reader trusts the tags, not the geometry: artefacts (headers, footers, watermark, header rows
that repeat) are left out, as a screen reader leaves them out, and so are the page numbers that the
layout adds to the contents. pypdfium2 is needed, which only checks and tests ask for.
"""

from __future__ import annotations

import ctypes
import importlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from caqes_docs.core.errors import EnvironnementError
from caqes_docs.rendering.pdf_balisage import ETIQUETTE_NUMERO_DE_PAGE

_LEFT_OUT = frozenset({"Artifact", ETIQUETTE_NUMERO_DE_PAGE})
_NOT_COMPARED = re.compile(r"[\s\u00ad\u200b\u2010\u2011\u2060\u0002\ufeff\ufffe\-•]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def pdf_text(data: bytes) -> str:
    """The words of the PDF `data` in the order of its pages, one line per run of text."""
    pdfium = _load_pdfium()
    pdf = pdfium.PdfDocument(data)
    try:
        return "\n".join(run for page in pdf for run in _page_runs(pdfium.raw, page)) + "\n"
    finally:
        pdf.close()


def canonical(text: str) -> str:
    r"""What two renderings of the same words have in common.

    White space, bullets and hyphens depend on where lines end; accents and ligatures on how the
    letters are composed.

    >>> canonical("Article\u00a01er :\n• co-\nordonner")
    'Article1er:coordonner'
    """
    letters = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFC", letters))


def _load_pdfium() -> Any:
    try:
        return importlib.import_module("pypdfium2")
    except ImportError as error:
        raise EnvironnementError(
            "R-204",
            "La relecture d’un PDF demande la bibliothèque pypdfium2, absente de ce poste.",
            remede="Installer les outils de contrôle\u00a0: pip install pypdfium2.",
        ) from error


def _page_runs(raw: Any, page: Any) -> Iterator[str]:
    words = raw.FPDFText_LoadPage(page.raw)
    try:
        for rank in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, rank)
            is_text = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
            if is_text and _LEFT_OUT.isdisjoint(_marks(raw, item)):
                yield _run(raw, item, words)
    finally:
        raw.FPDFText_ClosePage(words)


def _marks(raw: Any, item: Any) -> Iterator[str]:
    """The names of the marks that hold `item`, outermost first."""
    for rank in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, rank)
        size = ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(mark, None, 0, size)
        buffer = (ctypes.c_ushort * (size.value // 2))()
        raw.FPDFPageObjMark_GetName(mark, buffer, size.value, size)
        yield _decode(buffer)


def _run(raw: Any, item: Any, words: Any) -> str:
    size = raw.FPDFTextObj_GetText(item, words, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFTextObj_GetText(item, words, buffer, size)
    return _decode(buffer)


def _decode(buffer: Any) -> str:
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
