"""Tests of `rendering.pdf.writer` and `rendering.pdf.finition`: the file as a whole."""

from __future__ import annotations

import dataclasses
import socket
import sys
import zlib

import pytest

from caqes_docs.core.errors import EnvironnementError, ExitCode, RenduError
from caqes_docs.document.model import Document, Paragraphe, Piece, Texte
from caqes_docs.rendering.pdf import writer
from caqes_docs.rendering.pdf.pieces import has_ambiguous_end
from caqes_docs.rendering.pdf.writer import write_pdf
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import sample_document
from tests.unit.rendering.pdf.essais import (
    FEUILLE,
    failures,
    make_pdf,
    open_pdf,
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
