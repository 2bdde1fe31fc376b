"""`rendering.docx.writer`: a draft in Word, and what a final act must not keep of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import ACompleter, Paragraphe
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

    def it_marks_each_gap_and_comments_it_once(self, charte: Charte) -> None:
        gap = ACompleter("nom du référent", "etablissement.referent", "dossier.yaml:12:3")
        other = ACompleter("mandat", "etablissement.mandat", "dossier.yaml:13:3")
        said = ("Il manque : nom.", "Demandé par : article 3.", "Qui le sait : la direction.")
        draft = replace(
            acte(Paragraphe((gap, gap, other)), brouillon=True), consignes={gap.chemin: said}
        )
        written = write_docx(draft, charte)
        root = body(written)
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            assert attributes(root, f".//w:{name}", "id") == ["0", "1"]
        assert count(root, ".//w:rPr/w:highlight") == 3
        comments = etree.fromstring(parts(written)["word/comments.xml"])
        assert (
            attributes(comments, "w:comment", "author") == ["Agence régionale de santé Exemple"] * 2
        )
        assert attributes(comments, "w:comment", "initials") == ["ARS"] * 2
        assert attributes(comments, "w:comment", "date") == ["2026-01-15T00:00:00Z"] * 2
        lines = [["".join(map(str, p.itertext())) for p in comment] for comment in comments]
        assert lines == [list(said), ["Il manque\u00a0: mandat."]]

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
