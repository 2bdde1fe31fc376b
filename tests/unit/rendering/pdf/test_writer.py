"""Tests of `rendering.pdf.writer` and `rendering.pdf.finition`: the file as a whole."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import socket
import sys
import zlib

import pytest

from caqes_docs.core.errors import EnvironnementError, ExitCode, RenduError
from caqes_docs.document.empreinte import digest
from caqes_docs.document.model import Document, Paragraphe, Piece, Texte
from caqes_docs.rendering.pdf import writer
from caqes_docs.rendering.pdf.pieces import NOM_DU_JSON, has_ambiguous_end
from caqes_docs.rendering.pdf.writer import write_pdf
from caqes_docs.rendering.pdf.xmp import read_empreinte
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import ETABLISSEMENT, sample_document
from tests.unit.rendering.pdf.essais import (
    FEUILLE,
    failures,
    make_pdf,
    open_pdf,
    sample_pdf,
)

DOSSIER = Piece("dossier.yaml", "nom: « É »\n".encode(), "application/yaml", "Dossier d'origine")


def short_document(**changes: object) -> Document:
    """The first blocks and the signatures of the sample, with a piece."""
    document = sample_document(brouillon=True)
    corps = (*document.corps[2:11], *document.corps[-2:])
    short = dataclasses.replace(document, corps=corps, pieces=(DOSSIER,))
    return dataclasses.replace(short, **changes)  # type: ignore[arg-type]


class DescribeConformity:
    """PDF/A-3a and PDF/UA-1 at once."""

    @pytest.mark.parametrize("brouillon", [True, False], ids=["brouillon", "définitif"])
    def it_satisfies_both_standards(self, brouillon: bool) -> None:
        assert failures(sample_pdf(brouillon)) == []

    def it_satisfies_them_without_cover_nor_body(self) -> None:
        vide = short_document(couverture=(), corps=(), pieces=())
        assert failures(make_pdf(vide)) == []

    def it_never_ends_a_stream_with_an_ambiguous_byte(self) -> None:
        cr = next(data for n in range(99_999) if zlib.compress(data := b"%d" % n).endswith(b"\r"))
        data = make_pdf(short_document(pieces=(dataclasses.replace(DOSSIER, contenu=cr),)))
        assert not has_ambiguous_end(data)
        assert failures(data) == []
        pdf = open_pdf(data)
        assert pdf.attachments["dossier.yaml"].get_file().read_bytes() == cr

    def it_writes_again_a_file_whose_own_tables_end_so(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = iter([True, False])
        monkeypatch.setattr(writer, "has_ambiguous_end", lambda data: next(answers))
        assert failures(make_pdf(short_document())) == []


class DescribeBytes:
    """Same document, same bytes."""

    def it_gives_the_same_bytes_twice(self) -> None:
        assert make_pdf(short_document()) == make_pdf(short_document())

    def it_carries_no_date_but_the_one_given(self) -> None:
        pdf = open_pdf(sample_pdf(False))
        info = pdf.docinfo
        assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20260115000000Z"


class DescribeProperties:
    """What a viewer says of the file."""

    def it_has_title_language_and_outline(self) -> None:
        pdf = open_pdf(sample_pdf(False))
        assert str(pdf.Root.Lang) == "fr-FR"
        assert str(pdf.docinfo["/Title"]).startswith("Contrat d'amélioration")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[:2] == ["Sommaire", "Chapitre\u00a01\u00a0: Dispositions générales"]

    def it_stamps_the_digest_of_the_document(self) -> None:
        assert read_empreinte(sample_pdf(False)) == digest(sample_document())

    def but_a_stranger_has_none(self) -> None:
        assert read_empreinte(b"%PDF-1.7 ...") is None


class DescribeAttachments:
    """The data travel with the act."""

    def it_carries_the_pieces_and_the_document_as_json(self) -> None:
        document = short_document()
        pdf = open_pdf(make_pdf(document))
        assert sorted(pdf.attachments) == [NOM_DU_JSON, "dossier.yaml"]
        piece = pdf.attachments["dossier.yaml"]
        assert piece.get_file().read_bytes() == DOSSIER.contenu
        assert piece.get_file().mime_type == "application/yaml"
        data = pdf.attachments[NOM_DU_JSON].get_file().read_bytes()
        assert ETABLISSEMENT in json.dumps(json.loads(data), ensure_ascii=False)
        assert hashlib.sha256(data).hexdigest() == digest(document)

    def it_says_how_each_relates_to_the_act(self) -> None:
        pdf = open_pdf(make_pdf(short_document()))
        relations = {str(item.UF): str(item.AFRelationship) for item in pdf.Root.AF}
        assert relations == {NOM_DU_JSON: "/Data", "dossier.yaml": "/Source"}


class DescribeSignatureFields:
    """One empty field per signatory."""

    def it_names_them_as_the_document_does(self) -> None:
        pdf = open_pdf(sample_pdf(False))
        form = pdf.Root.AcroForm
        assert [str(field.T) for field in form.Fields] == [
            "Signature_ars",
            "Signature_cpam",
            "Signature_etablissement",
        ]
        assert "/NeedAppearances" not in form

    def it_leaves_them_empty_visible_and_described(self) -> None:
        pdf = open_pdf(sample_pdf(False))
        for field in pdf.Root.AcroForm.Fields:
            left, bottom, right, top = (float(side) for side in field.Rect)
            assert field.FT == "/Sig"
            assert "/V" not in field
            assert right - left > 100
            assert top - bottom > 50
            assert str(field.TU).startswith("Signature\u00a0: L")

    def but_a_letter_without_signature_has_no_form(self) -> None:
        letter = short_document(corps=sample_document().corps[2:5])
        pdf = open_pdf(make_pdf(letter))
        assert "/AcroForm" not in pdf.Root


class DescribeClosedWorld:
    """Nothing comes from outside."""

    @pytest.mark.parametrize(
        "feuille",
        [
            "@import url(http://example.org/a.css);",
            "body { background: url(file:///etc/hostname) }",
            "p { background: url(https://example.org/a.png) }",
            "p::before { content: url(file:///etc/hostname) }",
        ],
    )
    def it_refuses_a_style_sheet_that_fetches(
        self, feuille: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a socket was opened")

        monkeypatch.setattr(socket, "create_connection", refuse)
        with pytest.raises(RenduError) as found:
            write_pdf(short_document(), FEUILLE + feuille if "@" not in feuille else feuille)
        assert found.value.code == "R-202"

    def it_leaves_addresses_of_the_data_alone(self) -> None:
        hostile = '<img src="http://example.org/a.png"><style>@import "x"</style>'
        bandeaux = dataclasses.replace(sample_document().bandeaux, pied_gauche=hostile)
        assert failures(make_pdf(short_document(bandeaux=bandeaux))) == []


class DescribeGlyphs:
    """Every letter is drawn, and can be copied."""

    def it_embeds_the_signs_of_french_typography(self) -> None:
        words = "300\u202f000\u00a0€ — « œuvre » – n°\u00a01 ≤ 2 ½ Ω m² peut\u2011être"
        document = short_document(corps=(Paragraphe((Texte(words),)),), pieces=())
        data = make_pdf(document)
        assert failures(data) == []
        assert canonical(words) in canonical(pdf_text(data))


class DescribeMissingLibraries:
    """A desk without Pango."""

    def it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        with pytest.raises(EnvironnementError) as found:
            write_pdf(short_document(), FEUILLE)
        assert found.value.exit_code is ExitCode.ENVIRONNEMENT
        assert "Pango" in found.value.message
        assert "libpango" in found.value.remede

    def it_refuses_to_write_bytes_that_would_change(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from weasyprint.text import ffi

        monkeypatch.setattr(ffi, "harfbuzz_subset", None)
        with pytest.raises(EnvironnementError, match="harfbuzz-subset") as found:
            make_pdf(short_document())
        assert found.value.code == "R-201"
