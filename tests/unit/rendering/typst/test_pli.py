"""Tests of the fold to typst on any document: tracked changes, charts and logos with the rest."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given, settings

from caqes_docs.document import model as doc
from caqes_docs.document.revision.appliquer import mark
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.marques import COMPARAISON
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.docx.charte.images import load_logos
from caqes_docs.rendering.typst.moteur import write_pdf
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.echantillons import cellule, paragraphe, sample_document
from tests.outils.partage import examples
from tests.outils.revisions import edited
from tests.outils.strategies import documents
from tests.unit.rendering.graphique.test_graphique import ACTE
from tests.unit.rendering.pdf.essais import failures, named, open_pdf
from tests.unit.rendering.pdf.test_logo import MOTS, _charte, _image


def check(document: doc.Document) -> None:
    """The PDF says what the document says, and both validators accept it."""
    data = write_pdf(document)
    assert canonical(pdf_text(data)) == canonical(document_text(document))
    assert failures(data) == []


class DescribePli:
    """`Pli`, whatever the document."""

    @settings(max_examples=examples(20), deadline=None)
    @given(documents())
    def it_prints_any_document(self, document: doc.Document) -> None:
        check(document)

    @pytest.mark.parametrize("graine", [1, 2])
    def it_prints_two_states_of_an_act(self, graine: int) -> None:
        avant = sample_document(True)
        apres = edited(avant, random.Random(graine), 20)
        marked = mark(avant, compare(avant, apres))
        metadonnees = dataclasses.replace(marked.metadonnees, type=COMPARAISON)
        check(dataclasses.replace(marked, metadonnees=metadonnees))

    def it_draws_charts_as_figures_with_their_alternative(self) -> None:
        check(ACTE)
        said = [bloc.alternative for bloc in ACTE.corps if isinstance(bloc, doc.Graphique)]
        with open_pdf(write_pdf(ACTE)) as pdf:
            assert [str(figure.Alt) for figure in named(pdf, "Figure")] == said

    def it_prints_the_logos_of_the_charte(self, tmp_path: Path) -> None:
        logos = load_logos(_charte(tmp_path / "c.docx", _image()))
        data = write_pdf(sample_document(), logos=logos)
        assert failures(data) == []
        with open_pdf(data) as pdf:
            assert str(named(pdf, "Figure")[0].Alt) == MOTS

    @pytest.mark.parametrize("vide", [doc.SautLigne(), doc.AEcrire("titre", pointilles=0)])
    def it_takes_no_other_block_for_a_caption_without_a_word(self, vide: doc.Inline) -> None:
        ligne = (cellule("un"), cellule("deux"))
        tableau = doc.Tableau((doc.Colonne(1), doc.Colonne(1)), (), (ligne,), (vide,))
        document = dataclasses.replace(
            sample_document(), corps=(doc.Liste((doc.Element((tableau, paragraphe("après"))),)),)
        )
        check(document)
        with open_pdf(write_pdf(document)) as pdf:
            assert named(pdf, "Caption") == []
            assert len(named(pdf, "Table")) == 1
