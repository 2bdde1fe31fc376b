"""« Réf. » at the head of a letter: the number of the file, then that of the letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.data.depot import Depot
from caqes_docs.document.texte import document_text
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

TETES = [
    ("990780033", "notification", "Réf.\u00a0: DOS/2017/CAQES/033 – D-2020-1187\n"),
    ("990780033", "transmission_rapport", "Réf.\u00a0: DOS/2017/CAQES/033\n"),
    ("990780033", "information_controle_medical", "Réf.\u00a0: DOS/2017/CAQES/033\n"),
    ("2A9780012", "notification", ""),
]


class DescribeReference:
    @pytest.mark.parametrize(("dossier", "nom", "attendu"), TETES)
    def it_stands_under_who_follows_the_file_or_not_at_all(
        self, dossier: str, nom: str, attendu: str, projet: Projet, depot: Depot
    ) -> None:
        document = assemble_act(
            projet.types[nom],
            depot.affaires[dossier],
            projet.bibliotheque,
            projet.droit,
            Options(annee=2019),
        ).document
        texte = document_text(document)
        assert f"09 99 00 00 03\n{attendu}" in texte
        assert texte.count("Réf.") == bool(attendu)

    def and_word_and_pdf_say_the_same(
        self, projet: Projet, depot: Depot, rendre: Callable[..., bytes]
    ) -> None:
        type_document = projet.types["notification"]
        document = assemble_act(
            type_document,
            depot.affaires["990780033"],
            projet.bibliotheque,
            projet.droit,
            Options(annee=2019),
        ).document
        texte = document_text(document)
        assert normalise(docx_text(rendre(document, type_document, "docx"))) == normalise(texte)
        assert canonical(pdf_text(rendre(document, type_document, "pdf"))) == canonical(texte)
