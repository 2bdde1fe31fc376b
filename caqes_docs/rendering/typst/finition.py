"""The last touch to what typst wrote: fields to sign, row headers, attached files, metadata.

typst tags the pages itself. pikepdf is loaded here, for a PDF alone.
"""

from __future__ import annotations

import functools
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from caqes_docs.document import model as doc
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.revision.marques import is_comparison
from caqes_docs.document.statut import words_status
from caqes_docs.document.texte import MARQUE_NUMERO_DE_PAGE
from caqes_docs.document.walk import iter_document, plain
from caqes_docs.rendering.pdf.pieces import attached_files, has_ambiguous_end, pack, relationship
from caqes_docs.rendering.pdf.xmp import build_xmp
from caqes_docs.rendering.tableaux import ends_tied, field_words

ADRESSE_CHAMP: Final = "https://champ-de-signature.invalid/"
"""A link to it is a box to sign, which becomes a field."""
_PRINT_AND_LOCKED = 4 + 128
_ENTRIES = ("/MarkInfo", "/AF", "/Names")
_LINE = "/TextDecorationType"


def finish(data: bytes, document: doc.Document, producteur: str) -> bytes:
    """The file as it is given out."""
    import pikepdf

    donnees = canonical_json(document)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        finisher = _Finition(pikepdf, pdf)
        finisher.make_fields(document)
        finisher.finish_tables(document)
        finisher.mark_page_numbers()
        if is_comparison(document):
            finisher.tell_changes()
        finisher.attach(attached_files(document, donnees), document.metadonnees)
        empreinte = hashlib.sha256(donnees).hexdigest()
        finisher.write_metadata(document, empreinte, producteur)
        return finisher.save()


class _Finition:
    """The changes to one file."""

    def __init__(self, pikepdf: Any, pdf: Any) -> None:
        self._pikepdf = pikepdf
        self._pdf = pdf
        self._name = pikepdf.Name

    # Signatures

    def make_fields(self, document: doc.Document) -> None:
        """Turn the boxes to sign into empty signature fields, tagged and named, in their order."""
        signataires = {
            signataire.champ: signataire
            for bloc in iter_document(document)
            if isinstance(bloc, doc.BlocSignature)
            for signataire in bloc.signataires
        }
        boxes = dict(self._boxes())
        asked = [champ for champ in signataires if champ in boxes]
        if not asked:
            return
        owners = self._owners()
        blank = self._pdf.make_stream(
            b"", Type=self._name.XObject, Subtype=self._name.Form, BBox=[0, 0, 1, 1]
        )
        for champ in asked:
            self._make_field(boxes[champ], champ, field_words(signataires[champ]), blank)
            self._make_form(owners[int(boxes[champ].StructParent)])
        fields = self._pikepdf.Array([boxes[champ] for champ in asked])
        self._pdf.Root.AcroForm = self._pdf.make_indirect(
            self._pikepdf.Dictionary(Fields=fields, SigFlags=1)
        )

    def _boxes(self) -> Iterator[tuple[str, Any]]:
        for page in self._pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                address = str(annotation.get("/A", {}).get("/URI", ""))
                if address.startswith(ADRESSE_CHAMP):
                    yield address.removeprefix(ADRESSE_CHAMP), annotation

    def _owners(self) -> dict[int, Any]:
        """What the tree of parents says, by number."""
        found: dict[int, Any] = {}
        nodes = [self._pdf.Root.StructTreeRoot.ParentTree]
        while nodes:
            node = nodes.pop()
            nodes.extend(node.get("/Kids", ()))
            numbers = list(node.get("/Nums", ()))
            found.update(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        return found

    def _make_field(self, annotation: Any, champ: str, title: str, blank: Any) -> None:
        for key in ("/A", "/Border", "/Contents"):
            if key in annotation:
                del annotation[key]
        name, text = self._name, self._pikepdf.String
        annotation.Subtype, annotation.FT = name.Widget, name.Sig
        annotation.T, annotation.TU = text(champ), text(title)
        annotation.F = _PRINT_AND_LOCKED
        annotation.AP = self._pikepdf.Dictionary(N=blank)

    def _make_form(self, element: Any) -> None:
        """A signature tool recognises its field in /K itself, not in a list of one."""
        element.S = self._name.Form
        element.K = next(kid for kid in _kids(element) if _type(kid) == "/OBJR")
        if "/A" in element:
            del element["/A"]

    # Tags

    @functools.cached_property
    def _places(self) -> list[Any]:
        """The tables and the lines of the contents, found in one walk."""
        return list(_find(self._pdf.Root.StructTreeRoot, "/Table", "/TOCI"))

    def finish_tables(self, document: doc.Document) -> None:
        """What typst does not know of tables: their captions, the first cells of their rows."""
        tables = [bloc for bloc in iter_document(document) if isinstance(bloc, doc.Tableau)]
        if not tables:
            return
        found = [place for place in self._places if str(place.S) == "/Table"]
        for table, element in zip(tables, found, strict=True):
            if plain(table.legende).strip():  # typst tags no caption without a word
                self._adopt_caption(element)
            rows = (*table.entete, *table.lignes)
            tags = list(_find(element, "/TR"))
            if ends_tied(table):
                self._part_rows(*tags[-2:])
            for row, tag in zip(rows, tags, strict=True):
                for cell, kid in zip(row, _kids(tag), strict=True):
                    if cell.entete and kid.S == "/TD":
                        self._make_header(kid)

    def _adopt_caption(self, table: Any) -> None:
        """The paragraph before the table becomes its caption."""
        parent = table.P
        siblings = _kids(parent)
        rank = next(n for n, kid in enumerate(siblings) if _is_same(kid, table))
        caption = siblings.pop(rank - 1)
        caption.S, caption.P = self._name.Caption, table
        parent.K = self._pikepdf.Array(siblings)
        table.K = self._pikepdf.Array([caption, *_kids(table)])

    def _make_header(self, cell: Any) -> None:
        cell.S = self._name.TH
        for attributes in _of_table(cell):
            attributes.Scope = self._name.Row

    def _part_rows(self, tied: Any, last: Any) -> None:
        """The row that typst ties to the last one as a header is none: both have the same ones."""
        headers: dict[str, list[Any]] = {}
        for cell in _kids(tied):
            cell.S = self._name.TD
            for attributes in _of_table(cell):
                del attributes.Scope
                headers[str(cell.ID)] = list(attributes.Headers)
        for attributes in (found for cell in _kids(last) for found in _of_table(cell)):
            names = (headers.get(str(name), [name]) for name in attributes.Headers)
            attributes.Headers = self._pikepdf.Array(chain.from_iterable(names))

    def tell_changes(self) -> None:
        """What is inserted or removed, told to those who do not see the lines."""
        root = self._pdf.Root.StructTreeRoot
        for span in _find(root, "/Span"):
            line = next((a.TextDecorationType for a in span.get("/A", ()) if _LINE in a), None)
            if line is not None:
                kind = self._name.Ins if line == "/Underline" else self._name.Del
                span.S, root.RoleMap[str(kind)] = kind, self._name.Span

    def mark_page_numbers(self) -> None:
        """The page numbers of the contents, which are no word of the document."""
        pages: dict[tuple[int, int], tuple[Any, list[int]]] = {}
        for entry in (place for place in self._places if str(place.S) == "/TOCI"):
            for link in _find(entry, "/Link"):
                numbers = [kid for kid in _kids(link) if isinstance(kid, int)]
                pages.setdefault(link.Pg.objgen, (link.Pg, []))[1].append(numbers[-1])
        for page, numbers in pages.values():
            stream = page.Contents
            names = "|".join(map(str, numbers)).encode()
            marked = re.sub(
                rb"/\w+(<</MCID (?:%s)>>BDC)" % names,
                b"/" + MARQUE_NUMERO_DE_PAGE.encode() + rb"\1",
                stream.read_bytes(),
            )
            self._fill(stream, marked)

    # Files and properties

    def attach(self, pieces: tuple[doc.Piece, ...], metadonnees: doc.Metadonnees) -> None:
        """Put the files in the PDF, dated like the act."""
        moment = f"D:{metadonnees.date:%Y%m%d}000000Z"
        names = self._pikepdf.Array()
        for piece in pieces:
            stream = self._pdf.make_stream(b"")
            self._fill(stream, piece.contenu)
            stream.Type = self._name.EmbeddedFile
            stream.Subtype = self._name("/" + piece.type_mime)
            stream.Params = self._pikepdf.Dictionary(
                Size=len(piece.contenu), CreationDate=moment, ModDate=moment
            )
            filespec = self._pikepdf.Dictionary(
                Type=self._name.Filespec,
                F=piece.nom,
                UF=piece.nom,
                Desc=piece.description,
                AFRelationship=self._name("/" + relationship(piece)),
                EF=self._pikepdf.Dictionary(F=stream, UF=stream),
            )
            names.extend([self._pikepdf.String(piece.nom), self._pdf.make_indirect(filespec)])
        root = self._pdf.Root
        if "/Names" not in root:
            root.Names = self._pikepdf.Dictionary()
        root.Names.EmbeddedFiles = self._pikepdf.Dictionary(Names=names)
        root.AF = self._pikepdf.Array(list(names)[1::2])

    def write_metadata(self, document: doc.Document, empreinte: str, producteur: str) -> None:
        """The claims of the file and the digest of what it says; its properties say no more."""
        words = words_status(document)
        packet = build_xmp(document.metadonnees, empreinte, words, producteur)
        self._pdf.Root.Metadata = self._pdf.make_stream(
            packet, Type=self._name.Metadata, Subtype=self._name.XML
        )
        del self._pdf.Root.MarkInfo.Suspects  # said false by typst, which some readers complain of
        info = self._pdf.docinfo
        if "/Creator" in info:
            del info["/Creator"]
        info["/Producer"] = producteur

    def _fill(self, stream: Any, plain: bytes) -> None:
        packed, filters = pack(plain)
        stream.write(packed, filter=self._pikepdf.Array(map(self._name, filters)))

    def save(self) -> bytes:
        """The bytes; a stream may end with a carriage return, pages or tables of the file alike.

        Such a page takes one more end of line. Such tables end otherwise once an entry of the
        catalogue is an object of its own, which moves all the others.
        """
        modes, root = self._pikepdf.ObjectStreamMode, self._pdf.Root
        data = self._write(modes.generate)
        if has_ambiguous_end(data):
            self._lengthen_pages()
        for entry in _ENTRIES:
            if not has_ambiguous_end(data):
                return data
            root[entry] = self._pdf.make_indirect(root[entry])
            data = self._write(modes.generate)
        return data if not has_ambiguous_end(data) else self._save_in_the_open()

    def _lengthen_pages(self) -> None:
        """The last byte is that of a sum of what is packed."""
        for page in self._pdf.pages:
            plain = page.Contents.read_bytes()
            if zlib.adler32(plain) % 256 == ord("\r"):
                page.Contents.write(plain + b"\n")

    def _save_in_the_open(self) -> bytes:
        for item in self._pdf.objects:
            if isinstance(item, self._pikepdf.Stream) and item.read_raw_bytes().endswith(b"\r"):
                self._fill(item, item.read_bytes())
        return self._write(self._pikepdf.ObjectStreamMode.disable)

    def _write(self, mode: Any) -> bytes:
        output = io.BytesIO()
        self._pdf.save(
            output,
            deterministic_id=True,
            compress_streams=mode == self._pikepdf.ObjectStreamMode.generate,
            object_stream_mode=mode,
            stream_decode_level=self._pikepdf.StreamDecodeLevel.none,
        )
        return output.getvalue()


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def _of_table(cell: Any) -> list[Any]:
    return [attributes for attributes in cell.get("/A", ()) if attributes.get("/O") == "/Table"]


def _is_same(kid: Any, element: Any) -> bool:
    return not isinstance(kid, int) and bool(kid.objgen == element.objgen)


def _type(item: Any) -> str:
    return "" if isinstance(item, int) else str(item.get("/Type", ""))


def _find(element: Any, *kinds: str) -> Iterator[Any]:
    """The elements of those kinds below `element`, in reading order; none inside another."""
    for kid in _kids(element):
        if isinstance(kid, int) or (kind := kid.get("/S")) is None:
            continue
        if kind in kinds:
            yield kid
        else:
            yield from _find(kid, *kinds)
