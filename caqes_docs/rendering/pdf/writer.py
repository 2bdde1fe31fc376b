"""The document as PDF/A-3a and PDF/UA-1, in one file: archived, accessible, ready to sign.

The same document gives the same bytes. Nothing is read from the network nor from the disk while
the pages are made: all that goes in comes from the document and the style sheet.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import gc
import hashlib
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from caqes_docs.core.errors import EnvironnementError, RenduError
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.model import Document, Metadonnees, Piece
from caqes_docs.document.revision.marques import is_comparison
from caqes_docs.rendering.charte import USUELLE, CharteGraphique
from caqes_docs.rendering.glyphes import check_glyphs
from caqes_docs.rendering.graphique.couleurs import recolour
from caqes_docs.rendering.html.suivi import FEUILLE_SUIVI
from caqes_docs.rendering.html.writer import write_html
from caqes_docs.rendering.logos import Logo, logo_url
from caqes_docs.rendering.pdf.feuille import SANS_ADRESSE, iter_addresses
from caqes_docs.rendering.pdf.filigrane import FEUILLE_FILIGRANE, URL_FILIGRANE, build_filigrane
from caqes_docs.rendering.pdf.finition import Finition
from caqes_docs.rendering.pdf.habillage import build_sheet
from caqes_docs.rendering.pdf.page import make_page
from caqes_docs.rendering.pdf.pieces import attached_files, has_ambiguous_end, relationship
from caqes_docs.rendering.pdf.polices import POLICES, no_font_of_the_machine

_VARIANT = "pdf/a-3a"
_VERSION = "1.7"
_ATTEMPTS = 5
_LOGOS = """
.logo { margin: 0 0 0.4cm }
.logo img + img { margin-left: 0.4cm }
.courant img {
  display: block; max-height: 0.9cm; max-width: 100%;
  object-fit: contain; object-position: left;
}
"""
"""Before the sheet of the house style, which may say otherwise."""


def write_pdf(
    document: Document,
    feuille: str,
    logos: Sequence[Logo] = (),
    charte: CharteGraphique = USUELLE,
) -> bytes:
    """The PDF of `document`, laid out from HTML and CSS by WeasyPrint, dressed and under `logos`.

    Raises:
        EnvironnementError: the libraries of the engine are not on this machine.
        RenduError: the style sheet asks for something outside of the document.
    """
    for adresse, _ligne, _colonne in iter_addresses(feuille):
        raise _refusal(adresse)
    weasyprint = load_weasyprint()
    with _quietly():
        html = recolour(write_html(document, "", logos), charte)
        check_glyphs(set(html), document)
        sheets = [_LOGOS, feuille] if logos else [feuille]
        if is_comparison(document):
            sheets.insert(0, FEUILLE_SUIVI)
        if dit := build_sheet(charte):
            sheets.append(dit)
        fetcher = _ClosedFetcher(document.bandeaux.projet, logos)
        rendering = _lay_out(document, make_page(weasyprint, html, fetcher), sheets)
        return _write(weasyprint, rendering, document)


def _lay_out(document: Document, page: Any, sheets: list[str]) -> Any:
    if document.bandeaux.projet:
        sheets.append(FEUILLE_FILIGRANE)
    styles = [_compile_css(sheet) for sheet in sheets]
    return page.render(stylesheets=styles, pdf_variant=_VARIANT, font_config=POLICES.configuration)


def _write(weasyprint: Any, rendering: Any, document: Document) -> bytes:
    """The file; written again, a few bytes longer, in the rare case where an end is ambiguous."""
    donnees = canonical_json(document)
    pieces = attached_files(document, donnees)
    finition = Finition(document, hashlib.sha256(donnees).hexdigest(), pieces)
    data = bytes(
        rendering.write_pdf(
            attachments=_attachments(weasyprint, document.metadonnees, pieces),
            pdf_variant=_VARIANT,
            pdf_version=_VERSION,
            finisher=finition,
        )
    )
    for _ in range(_ATTEMPTS):
        if not has_ambiguous_end(data):
            break
        data = finition.write_again(_VERSION)
    return data


def load_weasyprint() -> Any:
    """The WeasyPrint module, imported only when a PDF is asked for.

    Raises:
        EnvironnementError: WeasyPrint, Pango or the subsetting library is missing.
    """
    try:
        # Without Pango it prints how to install it, in English, where the answer is to be; and it
        # warns of a machine without fonts.
        with (
            warnings.catch_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            no_font_of_the_machine(),
        ):
            warnings.simplefilter("ignore")
            import weasyprint
            from weasyprint.text import ffi
    except (ImportError, OSError) as error:
        raise EnvironnementError(
            "R-200",
            "Le PDF ne peut pas être produit sur ce poste\u00a0: WeasyPrint et la bibliothèque"
            " Pango sont à installer.",
            remede="Sans rien installer\u00a0: «\u00a0--formats docx\u00a0», puis, dans Word,"
            " Fichier, Exporter, PDF. Sinon, sous Debian\u00a0: apt install libpango-1.0-0"
            " libpangoft2-1.0-0 libharfbuzz-subset0\u00a0; sous Windows\u00a0: MSYS2, paquet"
            " mingw-w64-ucrt-x86_64-pango.",
        ) from error
    if ffi.harfbuzz_subset is None:
        raise EnvironnementError(
            "R-201",
            "Le PDF ne serait pas reproductible à l’octet près\u00a0: la bibliothèque"
            " harfbuzz-subset est à installer.",
            remede="Sous Debian\u00a0: apt install libharfbuzz-subset0\u00a0; sous Windows\u00a0:"
            " MSYS2, paquet mingw-w64-ucrt-x86_64-harfbuzz.",
        )
    return weasyprint


class _ClosedFetcher:
    """Answers the watermark and the logos, and refuses everything else, aloud."""

    _fail_on_errors = True

    def __init__(self, mot: str, logos: Sequence[Logo]) -> None:
        self._answers = {logo_url(rang): (logo.contenu, "image") for rang, logo in enumerate(logos)}
        if mot:
            self._answers[URL_FILIGRANE] = (build_filigrane(mot), "image/svg+xml")

    def __call__(self, url: str) -> Any:
        if url not in self._answers:
            raise PermissionError(url)
        from weasyprint.urls import URLFetcherResponse

        content, kind = self._answers[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


@functools.lru_cache(maxsize=8)
def _compile_css(feuille: str) -> Any:
    """A compiled style sheet, once per process for the same content."""
    return load_weasyprint().CSS(string=feuille, url_fetcher=_ClosedFetcher("", ()))


def _refusal(adresse: str) -> RenduError:
    return RenduError(
        "R-202",
        f"La feuille de style demande un fichier extérieur, ce qui est refusé\u00a0: {adresse}",
        remede=SANS_ADRESSE,
    )


def _attachments(weasyprint: Any, metadonnees: Metadonnees, pieces: tuple[Piece, ...]) -> list[Any]:
    moment = dt.datetime.combine(metadonnees.date, dt.time(), dt.UTC)
    return [
        weasyprint.Attachment(
            string=piece.contenu,
            name=piece.nom,
            description=piece.description,
            relationship=relationship(piece),
            created=moment,
            modified=moment,
        )
        for piece in pieces
    ]


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """No garbage collection while a document is made, which spares a quarter of the time.

    Nor a word about the colour profile that WeasyPrint opens and does not close.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", r".*\.icc", ResourceWarning)
            yield
    finally:
        # -- what the page leaves behind, so that a batch does not grow with its length; nothing was
        #    collected meanwhile: the youngest generation holds it all --
        gc.collect(0)
        if was_enabled:
            gc.enable()
