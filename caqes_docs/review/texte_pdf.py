"""The words of a PDF read back, to be compared with those of the document.

The reader follows the tags, as a screen reader does, not the geometry: artefacts (headers, footers,
watermark, header rows that repeat) are left out, and a cell cut by a page is read whole. The page
numbers that the layout adds to the contents are left out too. pypdfium2 and pikepdf are needed,
which only checks and tests ask for.
A figure reads as its text alternative, whatever is written in the drawing.
"""

from __future__ import annotations

import ctypes
import importlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from caqes_docs.core.errors import EnvironnementError
from caqes_docs.document.texte import MARQUE_NUMERO_DE_PAGE

PlacePdf: TypeAlias = tuple[int, int]
"""A page and the number of a marked content on it."""

_NOT_COMPARED = re.compile(r"[\s\u00ad\u2010\u2011\u2060\u0002\ufeff\ufffe\-•]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def pdf_text(data: bytes) -> str:
    """The words of the tagged PDF `data` in the order of its tags, one line per run of text."""
    runs = _read_runs(data)
    return "\n".join(run for place in _read_order(data) for run in _words(place, runs)) + "\n"


def _words(place: PlacePdf | str, runs: dict[PlacePdf, list[str]]) -> Sequence[str]:
    return (place,) if isinstance(place, str) else runs.get(place, ())


def canonical(text: str) -> str:
    r"""What two renderings of the same words have in common.

    White space, bullets and hyphens depend on where lines end; accents and ligatures on how the
    letters are composed.

    >>> canonical("Article\u00a01er :\n• co-\nordonner")
    'Article1er:coordonner'
    """
    letters = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFC", letters))


def _load(library: str) -> Any:
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise EnvironnementError(
            "R-204",
            f"La relecture d’un PDF demande la bibliothèque {library}, absente de ce poste.",
            remede=f"Installer les outils de contrôle\u00a0: pip install {library}.",
        ) from error


def _read_order(data: bytes) -> list[PlacePdf | str]:
    """The marked contents in the order of the tag tree, and the alternatives of figures."""
    pikepdf = _load("pikepdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.objgen: rank for rank, page in enumerate(pdf.pages)}
        return list(_places(pikepdf, pdf.Root.StructTreeRoot, pages, 0))


def _places(
    pikepdf: Any, element: Any, pages: dict[tuple[int, int], int], page: int
) -> Iterator[PlacePdf | str]:
    if element.get("/S") == "/Figure" and "/Alt" in element:
        yield str(element.Alt)
        return
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, kid
            continue
        here = pages[kid.Pg.objgen] if "/Pg" in kid else page
        if "/MCID" in kid:
            yield here, int(kid.MCID)
        elif "/S" in kid:
            yield from _places(pikepdf, kid, pages, here)


def _read_runs(data: bytes) -> dict[PlacePdf, list[str]]:
    """The words of each marked content."""
    pdfium = _load("pypdfium2")
    runs: dict[PlacePdf, list[str]] = defaultdict(list)
    pdf = pdfium.PdfDocument(data)
    try:
        for rank, page in enumerate(pdf):
            for mcid, run in _page_runs(pdfium.raw, page.raw):
                runs[rank, mcid].append(run)
    finally:
        pdf.close()
    return runs


def _page_runs(raw: Any, page: Any) -> Iterator[tuple[int, str]]:
    words = raw.FPDFText_LoadPage(page)
    try:
        for rank in range(raw.FPDFPage_CountObjects(page)):
            item = raw.FPDFPage_GetObject(page, rank)
            is_text = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT
            if is_text and MARQUE_NUMERO_DE_PAGE not in _marks(raw, item):
                yield raw.FPDFPageObj_GetMarkedContentID(item), _run(raw, item, words)
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
