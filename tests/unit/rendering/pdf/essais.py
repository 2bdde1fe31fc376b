"""What the tests of the PDF share: the house style sheet, PDFs made once, the tag tree in brief."""

from __future__ import annotations

import functools
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page
import pikepdf

from caqes_docs.document.model import Document
from caqes_docs.rendering.pdf.writer import write_pdf
from tests.outils.echantillons import sample_document

RACINE = Path(__file__).parents[4]
FEUILLE = (RACINE / "templates/maison/style.css").read_text(encoding="utf-8")
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def make_pdf(document: Document) -> bytes:
    """The PDF of `document` in the house style, by WeasyPrint."""
    return write_pdf(document, FEUILLE)


def sample_pdf(brouillon: bool, moteur: Callable[[Document], bytes] = make_pdf) -> bytes:
    """The PDF of the shared sample, made once per session."""
    return _made(brouillon, moteur)


@functools.cache
def _made(brouillon: bool, moteur: Callable[[Document], bytes]) -> bytes:
    return moteur(sample_document(brouillon))


def printed_elsewhere(program: str, **environment: str) -> str:
    """What a program prints in a process of its own, of another country or machine."""
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment | {"PYTHONPATH": str(RACINE), "PYTHONHASHSEED": "7"},
        cwd=RACINE,
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


def failures(data: bytes) -> list[str]:
    """What the validator holds against the PDF, for both standards."""
    return [
        f"{profil}: {failure.rule_id} {failure.message}"
        for profil in PROFILS
        for failure in page.validate_pdf_bytes(data, profile=profil).failures
    ]


def open_pdf(data: bytes) -> pikepdf.Pdf:
    """The PDF as objects."""
    return pikepdf.open(io.BytesIO(data))


def tag_tree(pdf: pikepdf.Pdf) -> Any:
    """The structure element of the whole document."""
    return pdf.Root.StructTreeRoot.K[0]


def kids(element: Any) -> list[Any]:
    """The children of a structure element, whatever their kind."""
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def iter_tags(element: Any) -> Iterator[Any]:
    """`element` and all the structure elements below, in reading order."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from iter_tags(kid)


def named(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    """The structure elements of type `kind`."""
    return [element for element in iter_tags(tag_tree(pdf)) if str(element.S) == f"/{kind}"]
