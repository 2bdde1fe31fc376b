"""Letters and decisions: what they say, everywhere the same; `--accept`."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.assembler import Assemblage
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Depot
from caqes_docs.document.texte import document_text
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"
MIXTE, ETOILE, REIN = "2A9780012", "990780033", "990780066"
VALSERRE, REFUSE = "990780025", "990780157"
COURRIERS = (
    ("demande_avis", MIXTE),
    ("lettre_intention", MIXTE),
    ("notification", MIXTE),
    ("decision_liste_en_sus", MIXTE),
    ("decision_msap", ETOILE),
    ("information_caisse", MIXTE),
    ("lettre_proposition", VALSERRE),
    ("demande_avis_proposition", REFUSE),
    ("seconde_proposition", REFUSE),
    ("convocation_audition_proposition", REFUSE),
    ("compte_rendu_audition_proposition", REFUSE),
    ("decision_refus", REFUSE),
)
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def act(
    projet: Projet, depot: Depot, type_: str, dossier: str, *, definitif: bool = False
) -> Assemblage:
    """The act of one type, for the year 2019 of a sample."""
    options = Options(annee=2019, definitif=definitif)
    return assemble_act(
        projet.types[type_], depot.affaires[dossier], projet.bibliotheque, projet.droit, options
    )


def words(projet: Projet, depot: Depot, type_: str, dossier: str) -> str:
    """The words of the act, its no-break spaces as spaces."""
    texte = document_text(act(projet, depot, type_, dossier).document)
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("type_", "dossier"), COURRIERS, ids=[nom for nom, _ in COURRIERS])
class DescribeCourriers:
    def it_says_the_same_in_word_pdf_and_model(
        self, type_: str, dossier: str, projet: Projet, depot: Depot
    ) -> None:
        document = act(projet, depot, type_, dossier).document
        word = render(document, projet.types[type_], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))
        assert word == render(document, projet.types[type_], "docx")
        pdf = render(document, projet.types[type_], "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            assert page.validate_pdf_bytes(pdf, profile=profil).failures == []

    def it_reads_as_accepted(
        self,
        type_: str,
        dossier: str,
        projet: Projet,
        depot: Depot,
        request: pytest.FixtureRequest,
    ) -> None:
        texte = write_texte(act(projet, depot, type_, dossier).document)
        golden = GOLDENS / f"{type_}_{dossier}.txt"
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")

    def it_can_be_signed(self, type_: str, dossier: str, projet: Projet, depot: Depot) -> None:
        document = act(projet, depot, type_, dossier, definitif=True).document
        assert not document.brouillon
        assert "à vérifier" not in document_text(document)


class DescribeContenu:
    def it_keeps_what_is_not_in_euros_out_of_the_total(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "information_caisse", MIXTE)
        assert "TOTAL\t—\t− 20 000 €" in texte
        assert "liste en sus : Volet obligatoire, 10 % à compter du 1er décembre 2020." in texte

    def it_decides_nothing_in_the_letter_of_intention(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "lettre_intention", MIXTE)
        assert "Aucune n’est décidée à ce jour." in texte
        assert "dans un délai de 15 jours à compter de la réception" in texte
        assert "maximum 200 000 €, part retenue 25 %" in texte

    def it_dates_the_end_of_a_prior_approval(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "decision_msap", ETOILE)
        assert "16 novembre 2020\t15 février 2021 (3 mois)" in texte
        assert "150 demandes au plus" in texte
        assert "en cas d’urgence" in texte

    def it_gives_the_form_and_the_delay_of_the_appeal(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "notification", MIXTE)
        assert "dans un délai de 2 mois à compter de la réception" in texte
        assert "par lettre recommandée" in texte or "par tout moyen propre à prouver" in texte

    def it_tells_a_decision_that_differs_from_the_proposal(
        self, projet: Projet, depot: Depot
    ) -> None:
        """The proposal was 133 845,84 €: half of it is decided, with a motive."""
        texte = words(projet, depot, "information_caisse", REIN)
        assert "− 66 922,92 €" in texte
        assert "133 845,84" not in texte

    @pytest.mark.parametrize("type_", ["decision_msap", "decision_liste_en_sus"])
    def but_a_measure_that_was_not_taken_has_no_decision(
        self, type_: str, projet: Projet, depot: Depot
    ) -> None:
        with pytest.raises(DonneesError) as faute:
            act(projet, depot, type_, "990780017")
        assert faute.value.code == "D-099"
