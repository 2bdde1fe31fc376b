"""The logo: once in the headers of the Word file, printed in the PDF too."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from PIL import Image

from caqes_docs.core.errors import RenduError
from caqes_docs.rendering.docx.charte.charte import check_charte, load_charte
from caqes_docs.rendering.docx.charte.images import load_logos
from caqes_docs.rendering.pdf.feuille import iter_addresses
from caqes_docs.rendering.pdf.writer import write_pdf
from tests.outils.echantillons import sample_document
from tests.unit.rendering.pdf.essais import FEUILLE, failures, named, open_pdf

CHARTE = Path(__file__).parents[4] / "templates" / "maison" / "charte.docx"
MOTS = "République française – ARS"


def _image(forme: str = "PNG", mode: str = "RGBA") -> bytes:
    output = io.BytesIO()
    Image.new(mode, (40, 16), "#000091" if mode != "CMYK" else 0).save(output, forme)
    return output.getvalue()


def _charte(path: Path, image: bytes, mots: str = MOTS) -> Path:
    """The house charte with a logo on its first page, on the right, and a smaller one after."""
    file = docx.Document(str(CHARTE))
    section = file.sections[-1]
    for header, height in ((section.first_page_header, 1.6), (section.header, 0.8)):
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        picture = paragraph.add_run().add_picture(io.BytesIO(_image()), height=Cm(height))
        if mots:
            picture._inline.docPr.set("descr", mots)
    file.save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, image if "/media/" in name else content)
    return path


class DescribeLogo:
    """`write_pdf` with the logos of a charte."""

    @pytest.mark.parametrize(
        ("forme", "mode", "brouillon"),
        [("PNG", "RGBA", True), ("JPEG", "L", False), ("GIF", "P", False)],
    )
    def it_is_printed_and_archivable(
        self, tmp_path: Path, forme: str, mode: str, brouillon: bool
    ) -> None:
        logos = load_logos(_charte(tmp_path / "c.docx", _image(forme, mode)))
        assert [round(logo.hauteur, 2) for logo in logos] == [0.8, 1.6]
        document = sample_document(brouillon)
        data = write_pdf(document, FEUILLE, logos)
        assert failures(data) == []
        assert forme != "GIF" or write_pdf(document, FEUILLE, logos) == data
        pdf = open_pdf(data)
        figure = named(pdf, "Figure")[0]
        assert str(figure.Alt) == MOTS
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert (round(right - left), round(top - bottom)) == (113, 45)  # 4 × 1.6 cm, in points
        assert left > 297

    def it_says_whose_it_is_when_nobody_wrote_it(self, tmp_path: Path) -> None:
        logos = load_logos(_charte(tmp_path / "c.docx", _image(), ""))
        document = sample_document(brouillon=True)
        pdf = open_pdf(write_pdf(document, FEUILLE, logos))
        figure, *_ = named(pdf, "Figure")
        auteur = document.metadonnees.auteur
        assert str(figure.Alt) == (f"Logo\u00a0: {auteur}" if auteur else "Logo")

    @pytest.mark.parametrize(
        ("image", "pourquoi"),
        ids=["tiff", "cmjn", "coupée"],
        argvalues=[
            (_image("TIFF", "RGB"), "est au format TIFF"),
            (_image("JPEG", "CMYK"), "a des couleurs CMYK"),
            (_image()[:60], "n’est ni un PNG"),
        ],
    )
    def but_what_cannot_be_shown_is_told_and_word_goes_on(
        self, tmp_path: Path, image: bytes, pourquoi: str
    ) -> None:
        charte = _charte(tmp_path / "c.docx", image)
        with pytest.raises(RenduError) as refus:
            load_logos(charte)
        assert refus.value.code == "R-210"
        assert pourquoi in refus.value.message
        assert {constat.code for constat in check_charte(charte)} == {"R-210"}
        assert load_charte(charte).gabarits


class DescribeAdresses:
    """What a style sheet would fetch."""

    @pytest.mark.parametrize(
        ("feuille", "adresse"),
        [
            ("@page { @top-left { content: url(logo.png) } }", "logo.png"),
            ('p::before { content: url("a b.png") }', "a b.png"),
            ("@media print { p { background: red url( 'x.png' ) } }", "x.png"),
            ('@import "charte.css";', "charte.css"),
            ("@font-face { src: url(a.woff) }", "a.woff"),
        ],
    )
    def they_are_found_wherever_they_hide(self, feuille: str, adresse: str) -> None:
        assert [trouvee for trouvee, _, _ in iter_addresses(f"/* url(z) */\n{feuille}")] == [
            adresse
        ]

    def they_are_told_short(self) -> None:
        feuille = f"\np {{ background: url(data:image/png;base64,{'A' * 4000}) }}"
        ((adresse, ligne, colonne),) = iter_addresses(feuille)
        assert (len(adresse), ligne, colonne) == (61, 2, 17)

    def and_the_house_sheet_has_none(self) -> None:
        assert list(iter_addresses(FEUILLE)) == []
