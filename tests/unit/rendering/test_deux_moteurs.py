"""What both engines of the PDF promise alike: the same bytes everywhere, with the same letters."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import Document, Paragraphe, Texte
from caqes_docs.rendering.polices import FAMILLE, LIVREES
from caqes_docs.rendering.typst.moteur import write_pdf
from tests.unit.rendering.pdf.essais import make_pdf, open_pdf, printed_elsewhere
from tests.unit.rendering.pdf.test_writer import short_document

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
class DescribeBytes:
    """Same document, same bytes."""

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
