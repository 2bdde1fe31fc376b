"""`rendering.docx.writer`: a draft in Word, and what a final act must not keep of it."""

from __future__ import annotations

import pytest
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import ACompleter, Paragraphe
from caqes_docs.ooxml.ns import qw
from caqes_docs.rendering.docx.charte.charte import Charte, load_charte
from caqes_docs.rendering.docx.writer import write_docx
from tests.outils.echantillons import paragraphe, sample_document
from tests.unit.rendering.docx.test_writer import (
    CHARTE,
    acte,
    attributes,
    body,
    count,
    duplicates,
    parts,
)


@pytest.fixture
def charte() -> Charte:
    return load_charte(CHARTE)


class DescribeDraft:
    """A draft, and what a final act must not keep of it."""

    def it_marks_each_gap_and_comments_it(self, charte: Charte) -> None:
        gap = ACompleter("nom du référent", "etablissement.referent", "dossier.yaml:12:3")
        written = write_docx(acte(Paragraphe((gap, gap)), brouillon=True), charte)
        root = body(written)
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            assert attributes(root, f".//w:{name}", "id") == ["0", "1"]
        assert count(root, ".//w:rPr/w:highlight") == 2
        comments = etree.fromstring(parts(written)["word/comments.xml"])
        assert attributes(comments, "w:comment", "author") == ["caqes_docs"] * 2
        assert attributes(comments, "w:comment", "date") == ["2026-01-15T00:00:00Z"] * 2
        words = "".join(str(node.text) for node in comments[0].iter(qw("t")))
        for expected in ("nom du référent", "etablissement.referent", "dossier.yaml:12:3"):
            assert expected in words

    def it_tracks_revisions_at_the_place_the_schema_wants(self, charte: Charte) -> None:
        settings_xml = parts(write_docx(sample_document(True), charte))["word/settings.xml"]
        names = [etree.QName(child).localname for child in etree.fromstring(settings_xml)]
        assert names.index("zoom") < names.index("trackRevisions") < names.index("defaultTabStop")

    def it_says_projet_on_every_page(self, charte: Charte) -> None:
        written = parts(write_docx(sample_document(True), charte))
        headers = [part for name, part in written.items() if name.startswith("word/header")]
        assert len(headers) == 3  # -- first, upright, landscape --
        for header in headers:
            assert header.count(b"PROJET") == 2  # -- the mark and the watermark --
        assert list(duplicates(written)) == []

    def but_a_final_act_keeps_none_of_it(self, charte: Charte) -> None:
        written = parts(write_docx(sample_document(), charte))
        assert "word/comments.xml" not in written
        whole = b"".join(written.values())
        for trace in (b"trackRevisions", b"PROJET", b"v:shape", b"highlight", b"comments"):
            assert trace not in whole

    def and_a_draft_without_gap_has_no_comments_part(self, charte: Charte) -> None:
        written = parts(write_docx(acte(paragraphe("Rien."), brouillon=True), charte))
        assert "word/comments.xml" not in written

    def and_a_final_act_with_a_gap_is_refused(self, charte: Charte) -> None:
        gap = Paragraphe((ACompleter("nom", "a.b"),))
        with pytest.raises(RenduError, match="donnée manquante") as caught:
            write_docx(acte(gap), charte)
        assert caught.value.code == "R-122"
