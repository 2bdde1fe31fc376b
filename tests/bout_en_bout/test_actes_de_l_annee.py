"""The acts of both procedures, those of an evaluated year read closely (D. 162-15, D. 162-16)."""

from __future__ import annotations

from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import ClauseError, DonneesError
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import Document
from caqes_docs.document.texte import document_text
from caqes_docs.redaction.bibliotheque.types import find_type
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"
MIXTE, ETOILE, REIN, CHU = "2A9780012", "990780033", "990780066", "990780017"
PIERREFONTAINE, VALSERRE, REFUSE = "990780116", "990780025", "990780157"
SALINETTES = "990780181"
ACTES = (
    ("lettre_proposition", VALSERRE),
    ("demande_avis_proposition", REFUSE),
    ("seconde_proposition", REFUSE),
    ("convocation_audition_proposition", REFUSE),
    ("compte_rendu_audition_proposition", REFUSE),
    ("convocation_audition_seconde_proposition", REFUSE),
    ("compte_rendu_audition_seconde_proposition", REFUSE),
    ("decision_refus", REFUSE),
    ("information_caisse_refus", REFUSE),
    ("convocation_audition_rapport", MIXTE),
    ("compte_rendu_audition_rapport", MIXTE),
    ("transmission_rapport", MIXTE),
    ("demande_avis_notification", MIXTE),
    ("notification", MIXTE),
    ("notification", ETOILE),
    ("convocation_audition_notification", MIXTE),
    ("compte_rendu_audition_notification", MIXTE),
    ("demande_avis_decision", MIXTE),
    ("decision_definitive", MIXTE),
    ("decision_definitive", ETOILE),
    ("decision_definitive", CHU),
    ("information_caisse", MIXTE),
    ("information_controle_medical", ETOILE),
    ("renonciation", PIERREFONTAINE),
    ("information_semestrielle", CHU),
)
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


def act(
    projet: Projet, depot: Depot, type_: str, dossier: str, *, definitif: bool = False
) -> Document:
    """The act of one type, for the year 2019 of a sample."""
    options = Options(annee=2019, definitif=definitif)
    return assemble_act(
        projet.types[type_], depot.affaires[dossier], projet.bibliotheque, projet.droit, options
    ).document


def words(projet: Projet, depot: Depot, type_: str, dossier: str) -> str:
    """The words of the act, its no-break spaces as spaces."""
    texte = document_text(act(projet, depot, type_, dossier))
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("type_", "dossier"), ACTES)
class DescribeActesDeLAnnee:
    def it_says_the_same_in_word_pdf_and_model(
        self, type_: str, dossier: str, projet: Projet, depot: Depot
    ) -> None:
        document = act(projet, depot, type_, dossier)
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
        texte = write_texte(act(projet, depot, type_, dossier))
        golden = GOLDENS / f"{type_}_{dossier}.txt"
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")

    def it_can_be_signed(
        self, type_: str, dossier: str, projet_valide: Projet, depot: Depot
    ) -> None:
        document = act(projet_valide, depot, type_, dossier, definitif=True)
        assert not document.brouillon
        assert "à vérifier" not in document_text(document)


class DescribeDelais:
    def it_gives_a_month_on_the_report_and_decides_nothing(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "transmission_rapport", MIXTE)
        assert "rien n’est décidé à ce jour." in texte
        assert (
            "À compter de la réception du rapport d’évaluation, vous disposez d’un délai" in texte
        )
        assert "d’un délai d’un mois pour demander une audition" in texte
        assert "rapport d’évaluation ; grille d’évaluation ; détail du calcul." in texte
        assert "maximum 200 000 € (1 % × 20 000 000 € de produits reçus), part proposée" in texte

    def it_gives_fifteen_days_on_the_notification_and_no_appeal(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "notification", MIXTE)
        assert "vous disposez d’un délai de quinze jours pour présenter" in texte
        assert "Ce n’est pas encore la décision définitive" in texte
        assert "contestée" not in texte
        assert "tribunal" not in texte

    def but_a_month_when_a_prior_approval_is_envisaged(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "notification", ETOILE)
        assert "prévoit un délai d’un mois" in texte
        assert "pour l’ensemble des mesures" in texte
        assert "aussi celle que prévoit l’article D. 162-10" in texte


class DescribeDecisionDefinitive:
    def it_sees_each_step_in_order(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "decision_definitive", MIXTE)
        etapes = (
            "Vu le code de la sécurité sociale",
            "Vu le contrat CAQES-2018-2A9780012",
            "Vu l’évaluation de ce contrat",
            "Vu le rapport d’évaluation",
            "sur les mesures à notifier",
            "Vu la notification n°",
            "sur la décision définitive, rendu le",
            "Considérant ce qui suit",
            "Décide :",
            "Voies et délais de recours",
        )
        places = [texte.index(etape) for etape in etapes]
        assert places == sorted(places)

    def it_quotes_nobody_but_the_establishment(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "decision_definitive", MIXTE)
        motifs = texte[texte.index("Considérant ce qui suit") : texte.index("Décide :")]
        assert motifs.count("«") == motifs.count("cette observation")
        assert "Considérant que" not in texte

    def it_gives_what_is_not_in_euros_a_start_and_an_end(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "decision_definitive", MIXTE)
        assert "TOTAL\t—\t− 20 000 €" in texte
        assert "est réduite de 10 %, en " in texte
        assert "Cette réduction s’applique du " in texte
        msap = words(projet, depot, "decision_definitive", ETOILE)
        assert "(trois mois)" in msap
        assert "150 demandes au plus" in msap
        assert "L’accord n’est pas requis en cas d’urgence attestée par le médecin" in msap
        assert "Aucune somme n’est due ni versée" in msap

    def it_gives_the_form_the_delay_and_the_judges_of_the_appeal(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "decision_definitive", MIXTE)
        assert "dans un délai de deux mois à compter de sa réception" in texte
        assert "administratif de Portclair (4 place de la Justice, 99000 Portclair)" in texte
        assert "par lettre recommandée" in texte or "par tout moyen propre à prouver" in texte

    def it_tells_a_decision_that_differs_from_the_proposal(
        self, projet: Projet, depot: Depot
    ) -> None:
        """The proposal was 133 845,84 €: half of it is decided, with a motive."""
        texte = words(projet, depot, "decision_definitive", REIN)
        assert "La sanction financière de 66 922,92 €" in texte
        assert "133 845,84" not in texte
        assert "la sanction est réduite de moitié" in texte

    def it_gives_the_scale_that_leads_from_the_level_to_the_part(
        self, projet: Projet, depot: Depot
    ) -> None:
        """A level of 50 % and a part of 100 % are not understood without the scale between them."""
        texte = words(projet, depot, "decision_definitive", SALINETTES)
        assert "(inférieur à 80 % : 100 % ; 80 % et plus : 0 %)" in texte
        assert "La part retenue s’élève à 40 %, calculée sur le maximum avant arrondi." in texte
        assert "La part retenue s’élève à 100 %." in texte
        assert "en est proposé" not in texte

    def it_keeps_nothing_of_a_part_that_the_decision_does_not_follow(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "decision_definitive", REIN)
        assert "La part proposée à l’évaluation s’élève à 60 %" in texte
        assert "part retenue" not in texte
        assert "Les sanctions décidées la respectent." in texte

    def it_says_that_a_hearing_asked_too_late_was_not_held(
        self, projet: Projet, depot: Depot
    ) -> None:
        texte = words(projet, depot, "decision_definitive", "990780124")
        assert "Vu la demande d’audition de l’établissement sur cette notification" in texte
        assert "demandée le 12 novembre 2020 sur cette notification n’a pas été tenue." in texte
        assert "à compléter" not in texte

    def it_is_told_to_the_organism_and_to_the_medical_service(
        self, projet: Projet, depot: Depot
    ) -> None:
        caisse = words(projet, depot, "information_caisse", MIXTE)
        assert "TOTAL\t—\t− 20 000 €" in caisse
        medical = words(projet, depot, "information_controle_medical", ETOILE)
        assert "elle subordonne à l’accord préalable de votre service la prise en charge" in medical

    def it_quotes_what_the_organisme_local_observed(self, projet: Projet, depot: Depot) -> None:
        texte = words(projet, depot, "decision_definitive", REIN)
        assert "a joint cette observation : « La caisse relève l’arrivée de onze patients" in texte

    def it_renounces_volet_by_volet(self, projet: Projet, depot: Depot) -> None:
        lettre = words(projet, depot, "renonciation", PIERREFONTAINE)
        assert "de ne pas prononcer de sanction pour le volet relatif à la qualité" in lettre
        assert "sécurité des soins. L’accueil, depuis 2019, de patients dépendants" in lettre
        decision = words(projet, depot, "decision_definitive", PIERREFONTAINE)
        assert "par laquelle il a été renoncé à une sanction pour le volet relatif" in decision

    def but_a_step_that_was_not_taken_has_no_act(self, projet: Projet, depot: Depot) -> None:
        with pytest.raises(DonneesError) as faute:
            act(projet, depot, "renonciation", MIXTE)
        assert faute.value.code == "D-099"


@pytest.mark.parametrize(
    ("ancien", "nouveau"),
    [
        ("lettre_intention", "transmission_rapport."),
        ("demande_avis", "demande_avis_notification"),
        ("decision_msap", "decision_definitive."),
        ("decision_liste_en_sus", "decision_definitive."),
    ],
)
class DescribeAnciensTypes:
    def it_says_what_has_taken_its_place(self, ancien: str, nouveau: str, projet: Projet) -> None:
        with pytest.raises(ClauseError) as faute:
            find_type(projet.types, ancien)
        assert faute.value.code == "P-001"
        assert nouveau in faute.value.remede
