"""What both engines of the PDF promise alike: the same bytes everywhere, with the same letters."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from caqes_docs.core.errors import RenduError
from caqes_docs.document.empreinte import digest
from caqes_docs.document.model import Document, Paragraphe, Texte
from caqes_docs.rendering.pdf.pieces import NOM_DU_JSON
from caqes_docs.rendering.pdf.xmp import read_empreinte
from caqes_docs.rendering.polices import FAMILLE, LIVREES
from caqes_docs.rendering.typst.moteur import write_pdf
from tests.outils.echantillons import ETABLISSEMENT, sample_document
from tests.unit.rendering.pdf.essais import (
    failures,
    make_pdf,
    named,
    open_pdf,
    printed_elsewhere,
    sample_pdf,
)
from tests.unit.rendering.pdf.test_writer import DOSSIER, short_document

Moteur = Callable[[Document], bytes]
MOTEURS = pytest.mark.parametrize("moteur", [make_pdf, write_pdf], ids=["weasyprint", "typst"])
PROGRAMME = """
import hashlib
from tests.unit.rendering.test_deux_moteurs import french
from {module} import {nom}
print(hashlib.sha256({nom}(french())).hexdigest())
"""
POLICES_DU_POSTE = """<?xml version="1.0"?>
<fontconfig>
  <dir>{dossier}</dir>
  <cachedir>{dossier}</cachedir>
</fontconfig>
"""


def french() -> Document:
    """An act with the signs of our typography, one of which only other fonts draw."""
    words = "300\u202f000\u00a0€ — « œuvre » – n°\u00a01 ≤ 2 ½ Ω m² peut\u2011être"
    document = short_document()
    corps = (Paragraphe((Texte(words),)), *document.corps)
    return short_document(corps=corps)


def _other_fonts(dossier: Path) -> Path:
    """Settings of a machine whose « Liberation Sans » has the letters of another font."""
    with TTFont(LIVREES / "LiberationSerif-Regular.ttf") as font:
        for name in font["name"].names:
            if name.nameID in (1, 4, 16):
                name.string = FAMILLE
        font.save(dossier / "autre.ttf")
    reglages = dossier / "fonts.conf"
    reglages.write_text(POLICES_DU_POSTE.format(dossier=dossier), encoding="utf-8")
    return reglages


@MOTEURS
class DescribeConformity:
    """PDF/A-3a and PDF/UA-1 at once."""

    @pytest.mark.parametrize("brouillon", [True, False], ids=["brouillon", "définitif"])
    def it_satisfies_both_standards(self, moteur: Moteur, brouillon: bool) -> None:
        assert failures(sample_pdf(brouillon, moteur)) == []

    def it_satisfies_them_without_cover_nor_body(self, moteur: Moteur) -> None:
        assert failures(moteur(short_document(couverture=(), corps=(), pieces=()))) == []


@MOTEURS
class DescribeProperties:
    """What a viewer says of the file."""

    def it_has_title_language_and_outline(self, moteur: Moteur) -> None:
        pdf = open_pdf(sample_pdf(False, moteur))
        assert str(pdf.Root.Lang) == "fr-FR"
        assert str(pdf.docinfo["/Title"]).startswith("Contrat d'amélioration")
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles[:2] == ["Sommaire", "Chapitre\u00a01\u00a0: Dispositions générales"]

    def it_carries_the_digest_of_the_document_and_no_date_but_the_one_given(
        self, moteur: Moteur
    ) -> None:
        assert read_empreinte(sample_pdf(False, moteur)) == digest(sample_document())
        with open_pdf(sample_pdf(False, moteur)) as pdf:
            dates = {str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate")}
        assert dates == {"D:20260115000000Z"}


def but_a_stranger_has_no_digest() -> None:
    assert read_empreinte(b"%PDF-1.7 ...") is None


@MOTEURS
class DescribeAttachments:
    """The data travel with the act."""

    def it_carries_the_pieces_and_the_document_as_json(self, moteur: Moteur) -> None:
        document = short_document()
        pdf = open_pdf(moteur(document))
        assert sorted(pdf.attachments) == [NOM_DU_JSON, "dossier.yaml"]
        piece = pdf.attachments["dossier.yaml"].get_file()
        assert piece.read_bytes() == DOSSIER.contenu
        assert piece.mime_type == "application/yaml"
        data = pdf.attachments[NOM_DU_JSON].get_file().read_bytes()
        assert ETABLISSEMENT in json.dumps(json.loads(data), ensure_ascii=False)
        assert hashlib.sha256(data).hexdigest() == digest(document)
        relations = {str(item.UF): str(item.AFRelationship) for item in pdf.Root.AF}
        assert relations == {NOM_DU_JSON: "/Data", "dossier.yaml": "/Source"}


@MOTEURS
class DescribeSignatureFields:
    """One empty field per signatory, in the order of signature."""

    def it_leaves_them_empty_visible_and_described(self, moteur: Moteur) -> None:
        pdf = open_pdf(sample_pdf(False, moteur))
        form = pdf.Root.AcroForm
        assert [str(field.T) for field in form.Fields] == [
            "Signature_ars",
            "Signature_cpam",
            "Signature_etablissement",
        ]
        assert "/NeedAppearances" not in form
        assert len(named(pdf, "Form")) == 3
        for field in form.Fields:
            left, bottom, right, top = (float(side) for side in field.Rect)
            assert field.FT == "/Sig"
            assert "/V" not in field
            assert right - left > 100
            assert top - bottom > 50
            assert str(field.TU).startswith("Signature\u00a0: L")

    def but_a_letter_without_signature_has_no_form(self, moteur: Moteur) -> None:
        letter = short_document(corps=sample_document().corps[2:5])
        assert "/AcroForm" not in open_pdf(moteur(letter)).Root


@MOTEURS
class DescribeBytes:
    """Same document, same bytes."""

    def it_gives_the_same_bytes_twice(self, moteur: Moteur) -> None:
        assert moteur(short_document()) == moteur(short_document())

    @pytest.mark.parametrize(
        "ailleurs",
        [
            {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"},
            {"TZ": "America/Los_Angeles", "LC_ALL": "C"},
            {"FONTCONFIG_FILE": os.devnull, "HOME": os.devnull, "XDG_DATA_HOME": os.devnull},
            {},
        ],
        ids=["autre fuseau", "autre langue", "aucune police", "autres polices"],
    )
    def it_gives_the_same_bytes_on_another_machine(
        self, moteur: Moteur, ailleurs: dict[str, str], tmp_path: Path
    ) -> None:
        ailleurs = ailleurs or {"FONTCONFIG_FILE": str(_other_fonts(tmp_path))}
        programme = PROGRAMME.format(module=moteur.__module__, nom=moteur.__name__)
        found = printed_elsewhere(programme, **ailleurs)
        assert found == hashlib.sha256(moteur(french())).hexdigest()

    def it_draws_with_the_fonts_of_the_package_alone(self, moteur: Moteur) -> None:
        with open_pdf(moteur(french())) as pdf:
            fonts = [font for one in pdf.pages for font in one.obj.Resources.Font.values()]
        assert fonts
        assert all("LiberationSans" in str(font.BaseFont).replace("-", "") for font in fonts)


@MOTEURS
class DescribeGlyphs:
    """A letter that no font of ours draws."""

    def it_is_refused_before_any_page(self, moteur: Moteur) -> None:
        document = short_document(corps=(Paragraphe((Texte("a\U0001f642"),)),))
        with pytest.raises(RenduError, match=r"U\+1F642") as found:
            moteur(document)
        assert found.value.code == "R-206"
