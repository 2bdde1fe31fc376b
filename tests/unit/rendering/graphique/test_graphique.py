"""Charts: the same decisions for every writer, and the same words."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from caqes_docs.document.empreinte import digest
from caqes_docs.document.model import Graphique, Serie
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.docx.charte.charte import load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.graphique.disposition import LARGEUR, label_places, lay_out
from caqes_docs.rendering.graphique.echelle import build_scale, category_names, value_text
from caqes_docs.rendering.html.graphique import write_svg
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import paragraphe
from tests.outils.partage import examples
from tests.outils.strategies import charts
from tests.unit.rendering.graphique.essais import ALTERNATIVE, BARRES, COURBE, acte, decimals
from tests.unit.rendering.pdf.essais import failures, make_pdf, named, open_pdf

CHARTE = load_charte(Path(__file__).parents[4] / "templates/maison/charte.docx")
ACTE = acte(paragraphe("Avant."), BARRES, COURBE, paragraphe("Après."))


def one(*valeurs: str, unite: str = "nombre") -> Graphique:
    names = tuple(f"N{rank}" for rank in range(len(valeurs)))
    series = (Serie("S", decimals(*valeurs)),)
    return replace(BARRES, categories=names, series=series, unite=unite)  # type: ignore[arg-type]


class DescribeGraphique:
    def it_refuses_more_categories_than_can_be_read(self) -> None:
        with pytest.raises(ValueError, match="13"):
            one(*["1"] * 13)

    def and_a_series_that_has_not_one_value_per_category(self) -> None:
        with pytest.raises(ValueError, match="Courte"):
            replace(BARRES, series=(Serie("Courte", decimals("1")),))

    def and_a_value_that_is_no_number(self) -> None:
        with pytest.raises(ValueError, match="no number"):
            one("NaN")

    def it_changes_the_digest_with_one_value_but_not_with_its_zeros(self) -> None:
        assert digest(acte(one("0.5"))) == digest(acte(one("0.50")))
        assert digest(acte(one("0.5"))) != digest(acte(one("0.51")))


class DescribeBuildScale:
    @pytest.mark.parametrize(
        ("valeurs", "bas", "haut", "pas"),
        [
            (("0.72", "1"), "0", "1", "0.2"),
            (("120000", "125000"), "0", "125000", "25000"),
            (("-3", "8"), "-5", "10", "5"),
            (("0", ""), "0", "1", "1"),
            (("0.001",), "0", "0.001", "0.0002"),
        ],
    )
    def it_is_round_and_holds_zero(
        self, valeurs: tuple[str, ...], bas: str, haut: str, pas: str
    ) -> None:
        echelle = build_scale(one(*valeurs))
        assert (echelle.bas, echelle.haut) == (Decimal(bas), Decimal(haut))
        assert echelle.pas == Decimal(pas)

    def it_never_cuts_a_cent(self) -> None:
        assert build_scale(one("0.01", unite="euro")).pas == Decimal("0.01")

    @given(graphique=charts())
    def it_holds_every_value_and_zero(self, graphique: Graphique) -> None:
        echelle = build_scale(graphique)
        valeurs = [v for serie in graphique.series for v in serie.valeurs if v is not None]
        assert all(echelle.bas <= valeur <= echelle.haut for valeur in (*valeurs, Decimal(0)))
        assert Decimal(0) in echelle.graduations
        assert 2 <= len(echelle.graduations) <= 8


class DescribeLayOut:
    @settings(deadline=None)
    @given(graphique=charts())
    def it_keeps_its_parts_apart(self, graphique: Graphique) -> None:
        place = lay_out(graphique)
        centres = [place.centre(rank) for rank in range(len(place.noms))]
        assert place.gauche < place.droite <= LARGEUR
        assert centres == sorted(set(centres))
        assert place.haut < place.bas < place.hauteur

    def it_slants_names_that_do_not_fit(self) -> None:
        assert not lay_out(BARRES).penche
        names = tuple(f"Indicateur-{rank}-sans-espace" for rank in range(12))
        assert lay_out(replace(one(*["1"] * 12), categories=names)).penche


class DescribeLabelPlaces:
    def it_writes_a_result_inside_its_bar_under_a_near_target(self) -> None:
        results, targets = label_places(BARRES, build_scale(BARRES))
        assert results == ("dedans", "dehors", "")
        assert targets == ("dessus", "dessus", "dessus")

    def it_labels_the_ends_of_a_curve(self) -> None:
        assert label_places(COURBE, build_scale(COURBE))[0] == ("dessus", "", "droite")

    def it_names_the_series_without_value_below_the_axis(self) -> None:
        series = (Serie("2023", decimals("1", "", "")), Serie("2024", decimals("1", "2", "")))
        names = category_names(replace(BARRES, series=series))
        assert names == ("NAT-1", "NAT-2 (2023\u00a0: n.\u00a0é.)", "NAT-3")

    def it_writes_numbers_in_french(self) -> None:
        assert value_text(Decimal("0.935"), "taux") == "93,5\u00a0%"
        assert value_text(Decimal("1234.5"), "nombre") == "1\u202f234,5"
        assert value_text(None, "euro") == "n.\u00a0é."


class DescribeText:
    def it_prints_the_title_and_the_alternative(self) -> None:
        lines = document_text(ACTE).splitlines()
        assert lines[:3] == ["Avant.", "Résultats et cibles", ALTERNATIVE]


class DescribeWord:
    def it_says_what_the_document_says(self) -> None:
        assert normalise(docx_text(write_docx(ACTE, CHARTE))) == normalise(document_text(ACTE))

    def it_holds_a_part_per_chart_that_is_declared_and_related(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write_docx(ACTE, CHARTE))) as package:
            charts = [name for name in package.namelist() if "charts/" in name]
            types = package.read("[Content_Types].xml").decode()
            relations = package.read("word/_rels/document.xml.rels").decode()
        assert charts == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
        assert all(f'PartName="/{name}"' in types for name in charts)
        assert re.findall(r'Target="(charts/[^"]*)"', relations) == [c[5:] for c in charts]

    def it_gives_each_drawing_its_own_number_and_its_alternative(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write_docx(ACTE, CHARTE))) as package:
            body = package.read("word/document.xml").decode()
        found = re.findall(r'<wp:docPr id="(\d+)" name="[^"]*" descr="([^"]*)"', body)
        assert [descr for _, descr in found] == [BARRES.alternative, COURBE.alternative]
        assert len({number for number, _ in found}) == 2

    def it_holds_exact_values_and_the_words_of_the_pdf(self) -> None:
        with zipfile.ZipFile(io.BytesIO(write_docx(ACTE, CHARTE))) as package:
            chart = package.read("word/charts/chart1.xml").decode()
        assert "<c:v>0.935</c:v>" in chart
        assert "<a:t>93,5\u00a0%</a:t>" in chart
        assert "n.\u00a0é." in chart

    def it_always_gives_the_same_bytes(self) -> None:
        assert write_docx(ACTE, CHARTE) == write_docx(ACTE, CHARTE)


class DescribeSvg:
    def it_holds_the_same_labels(self) -> None:
        svg = write_svg(BARRES)
        assert f"<title>{ALTERNATIVE}</title>" in svg
        for words in ("93,5\u00a0%", "n.\u00a0é.", "NAT-3", "Cible"):
            assert f">{words}</text>" in svg


class DescribePdf:
    def it_passes_both_standards_and_says_what_the_document_says(self) -> None:
        data = make_pdf(ACTE)
        assert failures(data) == []
        assert canonical(pdf_text(data)) == canonical(document_text(ACTE))

    def it_has_one_figure_per_chart_with_its_alternative_and_its_place(self) -> None:
        with open_pdf(make_pdf(ACTE)) as pdf:
            figures = named(pdf, "Figure")
            assert [str(one.Alt) for one in figures] == [BARRES.alternative, COURBE.alternative]
            left, bottom, right, top = (float(side) for side in figures[0].A.BBox)
            assert 0 < left < right < 595
            assert 0 < bottom < top < 842

    @settings(max_examples=examples(8), deadline=None)
    @given(graphique=charts())
    def it_draws_any_chart(self, graphique: Graphique) -> None:
        document = acte(graphique)
        assert canonical(pdf_text(make_pdf(document))) == canonical(document_text(document))
