"""The files of any document: made whole in every format, then written."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from caqes_docs.application.memoire.empreintes import data_digest
from caqes_docs.application.memoire.objets import remembered
from caqes_docs.application.memoire.souvenirs import CHARTES
from caqes_docs.application.sorties import append_whole, write_whole
from caqes_docs.application.verifier.charte import load_habillage
from caqes_docs.core.errors import EnvironnementError
from caqes_docs.document.empreinte import Manifeste, manifest
from caqes_docs.document.model import Document
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.rendering.charte import Habillage
from caqes_docs.rendering.logos import Logo
from caqes_docs.rendering.texte import write_texte

if TYPE_CHECKING:
    from caqes_docs.rendering.docx.charte.lecture import Charte

T = TypeVar("T")
FORMATS = ("docx", "pdf", "txt", "json")
MOTEURS = ("typst", "weasyprint")
"""What makes a PDF, the usual one first; « pdf-weasyprint » is a PDF made by WeasyPrint."""


def extension_of(nom_format: str) -> str:
    """What the name of a file in this format ends with.

    >>> extension_of("pdf-weasyprint")
    'pdf'
    """
    return nom_format.partition("-")[0]


@dataclass(frozen=True)
class Production:
    """What was written of one document."""

    fichiers: tuple[str, ...]
    empreintes: tuple[str, ...]
    """The SHA-256 of each file."""
    empreinte: str
    """The digest of the document that they all show."""
    manques: tuple[EnvironnementError, ...]
    """Why some formats are not there: the machine lacks what they need."""
    preuves: Mapping[str, object] | None = None
    """What proves an avenant against the contract that it amends."""


class Sortie(NamedTuple):
    """Where the files of a document go, what they are called, in which formats."""

    dossier: Path
    base: str
    formats: Sequence[str]


@dataclass(frozen=True)
class Rendus:
    """The files of one document, made, and not written yet."""

    fichiers: tuple[tuple[str, bytes], ...]
    """By name of extension."""
    empreinte: str
    manques: tuple[EnvironnementError, ...]

    def write(self, dossier: Path, base: str) -> Production:
        """Write the files as `base` with the extension of each.

        Raises:
            RenduError: R-001 a file cannot be written.
        """
        for extension, contenu in self.fichiers:
            write_whole(dossier / f"{base}.{extension}", contenu)
        noms = tuple(f"{base}.{extension}" for extension, _ in self.fichiers)
        sommes = tuple(hashlib.sha256(contenu).hexdigest() for _, contenu in self.fichiers)
        return Production(noms, sommes, self.empreinte, self.manques)


def make_files(document: Document, type_document: TypeDocument, formats: Sequence[str]) -> Rendus:
    """The files of `document`; a format that the machine cannot make does not stop the others.

    Raises:
        RenduError: the house style is unusable.
    """
    manifeste = manifest(document)
    rendus: list[tuple[str, bytes]] = []
    manques: list[EnvironnementError] = []
    for nom_format in formats:
        try:
            contenu = render(document, type_document, nom_format, manifeste)
        except EnvironnementError as error:
            manques.append(error)
        else:
            rendus.append((extension_of(nom_format), contenu))
    return Rendus(tuple(rendus), manifeste.empreinte, tuple(manques))


def produce(
    document: Document,
    type_document: TypeDocument,
    sortie: Path,
    base: str,
    formats: Sequence[str],
) -> Production:
    """Write `document` as `base` with the extension of each format, once all are made.

    No Word is left beside a PDF that was refused.

    Raises:
        RenduError: the house style is unusable; R-001 a file cannot be written.
    """
    return make_files(document, type_document, formats).write(sortie, base)


REGISTRE = "registre.jsonl"
"""The record of production of a folder: one line for each act made or refused, none taken away."""


@dataclass(frozen=True)
class Trace:
    """Who makes the acts, and when: for the record alone, no act holds it."""

    qui: str = ""
    quand: dt.datetime | None = None


def record(sortie: Path, faits: Sequence[Mapping[str, object]]) -> None:
    """Add lines at the end of the record of production of a folder.

    Raises:
        RenduError: R-001 nothing can be added to it.
    """
    lignes = (json.dumps(fait, ensure_ascii=False, sort_keys=True) + "\n" for fait in faits)
    append_whole(sortie / REGISTRE, "".join(lignes).encode())


def render(
    document: Document,
    type_document: TypeDocument,
    nom_format: str,
    manifeste: Manifeste | None = None,
) -> bytes:
    """The bytes of `document` in one format of `FORMATS`; its writer is loaded for it alone.

    After « pdf », a hyphen and one of `MOTEURS` ask for another engine than the usual one.

    `manifeste` spares its computation to who has it already.

    Raises:
        EnvironnementError: the machine lacks what the format needs.
        RenduError: the house style is unusable.
    """
    if nom_format == "docx":
        from caqes_docs.rendering.docx.writer import write_docx

        return write_docx(document, _read_word(type_document.charte), manifeste=manifeste)
    if nom_format.startswith("pdf"):
        return _render_pdf(document, type_document, nom_format.partition("-")[2] or MOTEURS[0])
    if nom_format == "json":
        from caqes_docs.rendering.json import write_json

        return write_json(document)
    return write_texte(document).encode()


def render_body(document: Document, type_document: TypeDocument) -> bytes:
    """The main part of the Word file of `document`, for who reads its words alone."""
    from caqes_docs.rendering.docx.writer import write_body

    return write_body(document, _read_word(type_document.charte))


def _read_word(mot: Path) -> Charte:
    """What a Word file takes from the charte `mot`, and from what lies beside it."""
    from caqes_docs.rendering.docx.charte.lecture import Charte

    def read() -> Charte:
        from caqes_docs.rendering.docx.charte.charte import load_charte

        return load_charte(mot, load_habillage(mot))

    return _remembered_charte(mot, Charte, read)


@dataclass(frozen=True)
class ChartePdf:
    """What a PDF takes from the charte."""

    habillage: Habillage
    logos: tuple[Logo, ...]


def _read_pdf(mot: Path) -> ChartePdf:
    from caqes_docs.rendering.docx.charte.images import load_logos

    habillage = load_habillage(mot)
    return ChartePdf(habillage, tuple(load_logos(mot, habillage)))


def _remembered_charte(mot: Path, classe: type[T], read: Callable[[], T]) -> T:
    quoi = [mot.name, classe.__name__]
    digest = functools.partial(data_digest, mot.parent, quoi)
    return remembered(digest(), digest, classe, read, CHARTES)[0]


def _render_pdf(document: Document, type_document: TypeDocument, moteur: str) -> bytes:
    mot = type_document.charte
    lue = _remembered_charte(mot, ChartePdf, functools.partial(_read_pdf, mot))
    if moteur == "typst":
        from caqes_docs.rendering.typst.moteur import write_pdf as compose

        return compose(document, lue.habillage.charte, lue.logos)
    from caqes_docs.rendering.pdf.writer import write_pdf

    feuille = type_document.feuille.read_text(encoding="utf-8-sig")
    return write_pdf(document, feuille, lue.logos, lue.habillage.charte)
