"""The charte laid over Word and over the style sheet: the same look, and nothing when unsaid."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from caqes_docs.application.verifier.charte import load_habillage, read_charte
from caqes_docs.core.errors import RenduError
from caqes_docs.ooxml.ns import qw
from caqes_docs.rendering.charte import NU, CharteGraphique, Habillage
from caqes_docs.rendering.docx.charte.charte import load_charte
from caqes_docs.rendering.docx.charte.habillage import dress
from caqes_docs.rendering.docx.charte.images import load_logos
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.pdf.habillage import build_sheet
from caqes_docs.rendering.pdf.writer import write_pdf
from tests.outils.echantillons import sample_document
from tests.unit.rendering.pdf.essais import FEUILLE, failures, named, open_pdf

WORD = Path(__file__).parents[3] / "templates" / "maison" / "charte.docx"
MOTS = "République française"


def _png(largeur: int = 60) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (largeur, 30), "#000091").save(output, "PNG")
    return output.getvalue()


FORTE = Habillage(
    CharteGraphique.model_validate(
        {
            "couleurs": {
                **{"principale": "7A0019", "texte": "202020", "filets": "C08A8A"},
                **{"fond_entete": "F6E1E4", "fond_encart": "EEF6EE", "projet": "005C2E"},
            },
            "polices": {"texte": "Liberation Serif", "titres": "Liberation Sans"},
            "tailles": {"corps": "11 pt", "titre_1": "18 pt", "tableau": "9 pt"},
            "marges": {"gauche": "3 cm", "haut": "3 cm"},
            "tableaux": {"filets": "horizontaux"},
            "logo": {"fichier": "l.png", "hauteur": "2 cm", "alternative": MOTS, "place": "droite"},
            "coordonnees": ["Agence – « 1 rue de l’Exemple »", 'Courriel : "a" & b <x@y.fr>'],
        }
    ),
    _png(),
)


def _dressed() -> docx.document.Document:
    return docx.Document(io.BytesIO(dress(WORD.read_bytes(), FORTE)))


class DescribeWord:
    """`dress`, on the Word file of the house."""

    def it_changes_nothing_that_is_not_said(self) -> None:
        octets = WORD.read_bytes()
        assert dress(octets, NU) is octets
        assert build_sheet(NU.charte) == ""

    @pytest.mark.parametrize(
        ("style", "chemin", "attribut", "valeur"),
        [
            ("heading 1", "w:rPr/w:color", "val", "7A0019"),
            ("heading 1", "w:pPr/w:pBdr/w:bottom", "color", "7A0019"),
            ("heading 1", "w:rPr/w:sz", "val", "36"),
            ("heading 1", "w:rPr/w:rFonts", "ascii", "Arial"),
            ("Caqes Cellule", "w:rPr/w:sz", "val", "18"),
            ("Caqes Tableau", "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd", "fill", "F6E1E4"),
            ("Caqes Tableau", "w:tblPr/w:tblBorders/w:insideV", "val", "nil"),
            ("Caqes Tableau", "w:tblPr/w:tblBorders/w:insideH", "color", "C08A8A"),
            ("Caqes Encart", "w:tcPr/w:shd", "fill", "EEF6EE"),
        ],
    )
    def it_dresses_the_styles(self, style: str, chemin: str, attribut: str, valeur: str) -> None:
        (element,) = (s for s in _dressed().styles.element.style_lst if s.name_val == style)
        (trouve,) = element.xpath(chemin)
        assert trouve.get(qw(attribut)) == valeur

    def it_dresses_what_every_style_stands_on(self) -> None:
        (lettres,) = _dressed().styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        assert lettres.color.get(qw("val")) == "202020"
        assert lettres.rFonts.get(qw("ascii")) == "Times New Roman"
        assert lettres.sz.get(qw("val")) == "22"

    def it_sets_the_page_its_logo_and_its_address(self) -> None:
        section = _dressed().sections[-1]
        marges = section.left_margin, section.right_margin
        assert [round(marge.cm, 2) for marge in marges if marge is not None] == [3.0, 2.0]
        dites = [paragraphe.text for paragraphe in section.first_page_footer.paragraphs]
        assert dites == list(FORTE.charte.coordonnees)
        (logo,) = load_logos(WORD, FORTE)
        assert (logo.alternative, logo.alignement, round(logo.hauteur, 2)) == (MOTS, "right", 2.0)

    def it_writes_an_act_that_holds_the_address_and_the_image(self) -> None:
        octets = write_docx(sample_document(), load_charte(WORD, FORTE))
        assert octets == write_docx(sample_document(), load_charte(WORD, FORTE))
        pied = docx.Document(io.BytesIO(octets)).sections[0].first_page_footer
        assert pied.paragraphs[1].text == FORTE.charte.coordonnees[1]
        assert write_docx(sample_document(), load_charte(WORD)) != octets


class DescribePdf:
    """The same charte in the PDF."""

    def it_stays_archivable_and_accessible_with_its_logo(self) -> None:
        data = write_pdf(sample_document(), FEUILLE, load_logos(WORD, FORTE), FORTE.charte)
        assert failures(data) == []
        pdf = open_pdf(data)
        assert str(named(pdf, "Figure")[0].Alt) == MOTS
        polices = {str(p.BaseFont) for page in pdf.pages for p in page.Resources.Font.values()}
        assert any("Serif" in police for police in polices)

    def it_says_in_css_what_word_says_in_styles(self) -> None:
        feuille = build_sheet(FORTE.charte)
        assert "h2" in feuille
        assert "#7A0019" in feuille
        assert "@page paysage { margin-left: 3.00cm }" in feuille
        assert "@page  { margin-top: 2.65cm }" in feuille
        assert "margin-right" not in feuille
        assert "font-size: 11pt" in feuille


class DescribeFichier:
    """`charte.yaml` on disk."""

    def _write(self, dossier: Path, image: bytes | None, hauteur: str = "2 cm") -> Path:
        if image is not None:
            (dossier / "logo.png").write_bytes(image)
        texte = f"logo:\n  fichier: logo.png\n  hauteur: {hauteur}\n  alternative: {MOTS}\n"
        (dossier / "charte.yaml").write_text(texte, encoding="utf-8")
        return dossier / "charte.docx"

    def it_brings_its_image(self, tmp_path: Path) -> None:
        assert load_habillage(self._write(tmp_path, _png())).image == _png()

    def it_may_be_absent_or_all_in_comments(self, tmp_path: Path) -> None:
        assert load_habillage(tmp_path / "charte.docx") == NU
        (tmp_path / "charte.yaml").write_text("# rien\n", encoding="utf-8")
        assert load_habillage(tmp_path / "charte.docx") == NU

    @pytest.mark.parametrize("image", [None, b"%PDF-1.4", _png()[:50]])
    def but_an_image_that_cannot_be_shown_stops_every_format(
        self, tmp_path: Path, image: bytes | None
    ) -> None:
        with pytest.raises(RenduError) as refus:
            load_habillage(self._write(tmp_path, image))
        assert refus.value.code == "R-213"

    @pytest.mark.parametrize(
        ("largeur", "hauteur", "codes"),
        [(60, "2 cm", []), (60, "7 cm", ["R-216"]), (600, "2 cm", ["R-216"])],
    )
    def it_must_fit_at_the_head_of_the_page(
        self, tmp_path: Path, largeur: int, hauteur: str, codes: list[str]
    ) -> None:
        word = self._write(tmp_path, _png(largeur), hauteur)
        lue = read_charte(word.with_name("charte.yaml"), "charte.yaml")
        assert [constat.code for constat in lue.constats] == codes
