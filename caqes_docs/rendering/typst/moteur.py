"""The document as PDF/A-3a and PDF/UA-1, laid out by typst: no library of the system is needed.

The same document gives the same bytes on every machine: the fonts are those of the package, the
dates those of the document, and nothing is read from the network nor from the disk.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any

from caqes_docs.core.errors import EnvironnementError, RenduError
from caqes_docs.document.model import Document
from caqes_docs.rendering.charte import USUELLE, CharteGraphique
from caqes_docs.rendering.glyphes import check_glyphs, check_signs
from caqes_docs.rendering.logos import Logo
from caqes_docs.rendering.polices import LIVREES
from caqes_docs.rendering.typst.cadre import write_source
from caqes_docs.rendering.typst.finition import finish

_STANDARDS = ["a-3a", "ua-1"]


def write_pdf(
    document: Document, charte: CharteGraphique = USUELLE, logos: Sequence[Logo] = ()
) -> bytes:
    """The PDF of `document`, dressed by `charte`, under `logos`.

    Raises:
        EnvironnementError: R-225 typst or pikepdf is not on this machine.
        RenduError: R-205, R-206 a sign that cannot be printed; R-226 typst refuses the document.
    """
    source = write_source(document, charte, logos)
    check_signs(source)
    check_glyphs(set(source), document)
    module, compiler = _load()
    moment = dt.datetime.combine(document.metadonnees.date, dt.time(), dt.UTC)
    try:
        data = compiler.compile(
            input=source.encode(), format="pdf", pdf_standards=_STANDARDS, timestamp=moment
        )
    except module.TypstError as error:
        raise RenduError(
            "R-226",
            f"Le moteur typst refuse l’acte\u00a0: {error.message}",
            remede="Produire le PDF par l’autre moteur, «\u00a0--moteur weasyprint\u00a0», et"
            " signaler l’acte aux auteurs du logiciel.",
        ) from error
    return finish(data, document, engine_name())


def engine_name() -> str:
    """The engine and its version.

    Raises:
        EnvironnementError: R-225 it is not on this machine.
    """
    module, _ = _load()
    return f"typst {module.__version__}"


@functools.cache
def _load() -> tuple[Any, Any]:
    """The module, and a compiler that has opened the fonts; imported only for a PDF."""
    try:
        import pikepdf  # noqa: F401 -- what finishes the file
        import typst
    except ImportError as error:
        raise EnvironnementError(
            "R-225",
            "Le PDF ne peut pas être produit sur ce poste\u00a0: le module typst est à installer.",
            remede="pip install typst pikepdf\u00a0; ou «\u00a0--moteur weasyprint\u00a0».",
        ) from error
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(LIVREES)]
    )
    return typst, typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
