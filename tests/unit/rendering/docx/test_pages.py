"""`rendering.docx.pages.pagination`: on which page each anchor falls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.document.model import (
    AEcrire,
    Bloc,
    BlocSignature,
    Cellule,
    Clause,
    Colonne,
    Document,
    IdentiteClause,
    Ligne,
    Paragraphe,
    SautDePage,
    Section,
    Signataire,
    Tableau,
    Texte,
    Titre,
)
from caqes_docs.ooxml.styles import Metrique
from caqes_docs.rendering.docx.charte.charte import Charte, load_charte
from caqes_docs.rendering.docx.pages.mesure import count_lines, count_text_lines
from caqes_docs.rendering.docx.pages.pagination import paginate
from tests.outils.echantillons import cellule, paragraphe, sample_document, texte

CHARTE = Path(__file__).parents[4] / "templates" / "maison" / "charte.docx"
LIBREOFFICE_7_4 = {
    "_sec_chapitre_1": 3,
    "_cl_exemple_2": 3,
    "_sec_chapitre_2": 6,
    "_cl_exemple_13": 8,
    "_sec_chapitre_3": 10,
    "_cl_exemple_25": 12,
    "_sec_annexe_1": 14,
}
"""Pages read in the PDF that LibreOffice made of the sample (16 pages); ours are 17: the
first annex holds to the line on one page there, and goes on to the next here."""
LIBREOFFICE_7_4_ANNEXES = (1, 3, 6, 8, 11, 15, 18)
"""The same for `annexes()`, whose chapters follow one another."""


@pytest.fixture
def charte() -> Charte:
    return load_charte(CHARTE)


def acte(*corps: Bloc) -> Document:
    return replace(sample_document(), couverture=(), corps=corps)


def titled(number: int, *blocs: Bloc) -> Clause:
    identity = IdentiteClause(f"a.b{number}", sample_document().metadonnees.date, "en vigueur")
    return Clause(identity, f"_cl_{number}", Titre(1, "", texte("Titre")), blocs)


def annexes() -> Document:
    """Chapters in turn upright and turned: grouped rows, blanks, repeated headers, signatures."""
    return acte(*(_annexe(number) for number in range(len(LIBREOFFICE_7_4_ANNEXES))))


def _annexe(number: int) -> Section:
    notice = tuple(paragraphe("Rédaction à vérifier.", "avertissement") for _ in range(number % 3))
    boxes = tuple(
        Signataire(
            texte("Le directeur " * (place + 1)), texte("signature"), texte("M."), f"S{place}"
        )
        for place in range(3)
    )
    return Section(
        f"_sec_{number}",
        Titre(1, f"Annexe {number}", texte("Objectifs"), sur_deux_lignes=True),
        (
            *notice,
            paragraphe("Le plan d’actions décline les engagements du contrat. " * (3 + number)),
            Tableau(
                (Colonne(2), Colonne(5), Colonne(1)),
                ((cellule("Article"), cellule("Indicateur"), cellule("Résultat obtenu")),),
                tuple(_row(number, row) for row in range(18 + 7 * number)),
                texte("Grille d’évaluation"),
            ),
            paragraphe("Les parties en sont convenues. " * 12),
            paragraphe("Date d’effet", "date_effet"),
            paragraphe("Fait à Portclair", "fait_a"),
            BlocSignature(boxes),
        ),
        orientation="paysage" if number % 3 == 1 else "portrait",
    )


def _row(number: int, row: int) -> Ligne:
    if row % 6 == 0:
        return (cellule(f"Groupe {row}", entete=True, etendue=3),)
    words = "Taux de prescription des biosimilaires à l’hôpital, NAT-10-3-2. " * (row * 7 % 5 + 1)
    blank = Cellule((Paragraphe((AEcrire("résultat"),), "cellule"),))
    return (cellule("Article L. 162-22-7"), cellule(words), blank)


class DescribePaginate:
    """The pages of a document."""

    def it_agrees_with_libreoffice_on_the_sample(self, charte: Charte) -> None:
        pagination = paginate(sample_document(), charte)
        assert pagination.total == 17
        assert {ancre: pagination.page(ancre) for ancre in LIBREOFFICE_7_4} == LIBREOFFICE_7_4

    def it_agrees_with_libreoffice_on_long_tables(self, charte: Charte) -> None:
        pagination = paginate(annexes(), charte)
        pages = tuple(pagination.page(f"_sec_{number}") for number in range(7))
        assert pages == LIBREOFFICE_7_4_ANNEXES
        assert pagination.total == 21

    def it_starts_a_page_after_a_break(self, charte: Charte) -> None:
        pagination = paginate(acte(titled(1), SautDePage(), titled(2)), charte)
        assert (pagination.page("_cl_1"), pagination.page("_cl_2")) == (1, 2)

    def it_never_leaves_a_heading_at_the_foot_of_a_page(self, charte: Charte) -> None:
        for lines in range(20, 50):
            filler = tuple(paragraphe("ligne") for _ in range(lines))
            corps = (titled(1, *filler), titled(2, paragraphe("suite")))
            tail = Clause(titled(3).identite, "_cl_3", None, (paragraphe("suite"),))
            headed = replace(corps[1], blocs=(tail,))
            pagination = paginate(acte(corps[0], headed), charte)
            assert pagination.page("_cl_2") == pagination.page("_cl_3")

    def it_counts_the_rows_of_a_long_table(self, charte: Charte) -> None:
        assert paginate(acte(_table(300)), charte).total == 6

    def it_copes_with_what_is_taller_than_a_page(self, charte: Charte) -> None:
        row = ((cellule("mot " * 9000),),)
        tall = Tableau(_table(1).colonnes, (), row)
        assert paginate(acte(tall, titled(1)), charte).total >= 2

    def it_gives_an_empty_document_one_page(self, charte: Charte) -> None:
        assert paginate(acte(), charte).total == 1


def _table(rows: int) -> Tableau:
    return Tableau((Colonne(1),), (), tuple((cellule("x"),) for _ in range(rows)))


class DescribeCountLines:
    """Lines filled word by word."""

    def it_fits_what_fits(self) -> None:
        assert count_text_lines("mot", Metrique(), 1000) == 1

    def it_counts_line_breaks(self) -> None:
        assert count_text_lines("un\ndeux\ntrois", Metrique(), 9000) == 3

    def it_never_breaks_at_a_non_breaking_space(self) -> None:
        assert count_text_lines("a b c d", Metrique(), 300) == 2
        assert count_text_lines("a b\u00a0c d", Metrique(), 300) == 3

    def it_never_breaks_inside_a_code(self) -> None:
        words = "12-34 12-34 12-34"
        assert count_text_lines(words, Metrique(), 900) == 2
        assert count_lines((Texte(words),), Metrique(), 900) == 3

    def it_cuts_a_word_wider_than_its_column(self) -> None:
        assert count_text_lines("m" * 100, Metrique(), 2000) > 5

    def it_finds_bold_words_wider(self) -> None:
        words = "établissement de santé " * 20
        normal = count_lines((Texte(words),), Metrique(), 2200)
        bold = count_lines((Texte(words),), Metrique(gras=True), 2200)
        assert bold > normal
