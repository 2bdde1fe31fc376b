"""Letters and decisions at their limits: before a signature, without data, hostile, by rate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.volets import Refus, TypeSanction
from caqes_docs.document.model import Document
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import canonical, pdf_text

REFUSE, EN_SUS, VALSERRE = "990780157", "2A9780012", "990780025"
HOSTILE = "*a* | #b <i> &amp; {{ 7 * 7 }} ]]> \" ' </w:t> $x$ [l](u) ~~s~~"


def with_contract(affaire: Affaire, **changes: Any) -> Affaire:
    """The same dossier, its contract changed."""
    dossier = affaire.dossier.valeur
    contrat = dossier.contrat.model_copy(update=changes)
    charge = replace(affaire.dossier, valeur=dossier.model_copy(update={"contrat": contrat}))
    return replace(affaire, dossier=charge)


def with_refusal(affaire: Affaire, **changes: Any) -> Affaire:
    """The same dossier, its only refusal changed."""
    (refus,) = affaire.dossier.valeur.contrat.refus
    return with_contract(affaire, refus=(refus.model_copy(update=changes),))


def act(projet: Projet, affaire: Affaire, type_: str, *, definitif: bool = False) -> Document:
    """The act of one type for this dossier."""
    options = Options(definitif=definitif)
    return assemble_act(
        projet.types[type_], affaire, projet.bibliotheque, projet.droit, options
    ).document


def words(document: Document) -> str:
    """The words of the act, its no-break spaces as spaces."""
    return document_text(document).replace("\u00a0", " ").replace("\u202f", " ")


class DescribeProposition:
    def it_is_written_before_any_signature(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[VALSERRE]
        signature = affaire.dossier.valeur.contrat.signature
        vide = signature.model_copy(update={"date": None})
        texte = words(act(projet, with_contract(affaire, signature=vide), "lettre_proposition"))
        assert "lui donne effet le 1er janvier suivant." in texte
        assert "à la date de signature prévue" not in texte
        assert "Vous disposez de 15 jours" in texte

    def it_leaves_the_liste_en_sus_out_where_there_is_none(
        self, projet: Projet, depot: Depot
    ) -> None:
        sans = words(act(projet, depot.affaires[REFUSE], "lettre_proposition"))
        assert "ne concerne pas votre établissement" in sans
        assert "30 %" not in sans
        avec = words(act(projet, depot.affaires[EN_SUS], "lettre_proposition"))
        assert "une diminution de 30 %" in avec

    @pytest.mark.parametrize(("duree", "ecrit"), [(1, "pour 1 an."), (2, "pour 2 ans.")])
    def it_writes_the_duration_of_a_volet(
        self, duree: int, ecrit: str, projet: Projet, depot: Depot
    ) -> None:
        affaire = depot.affaires[VALSERRE]
        volets = {
            nom: volet.model_copy(update={"duree": duree})
            for nom, volet in affaire.dossier.valeur.contrat.volets.items()
        }
        assert ecrit in words(
            act(projet, with_contract(affaire, volets=volets), "lettre_proposition")
        )


class DescribeDecisionApresUnRefus:
    def it_names_its_author_and_both_judges(self, projet: Projet, depot: Depot) -> None:
        texte = words(act(projet, depot.affaires[REFUSE], "decision_refus"))
        assert "Le directeur général de l’agence régionale de santé Exemple-Méditerranée," in texte
        assert "devant le tribunal administratif de Portclair, pour la sanction" in texte
        assert "devant le tribunal des affaires de sécurité sociale, pour les modalités" in texte

    def it_recovers_the_sum(self, projet: Projet, depot: Depot) -> None:
        texte = words(act(projet, depot.affaires[REFUSE], "decision_refus"))
        assert "La somme de 78 432,51 € (Transports) est recouvrée" in texte
        assert ".yaml" not in texte

    def it_lowers_a_rate_and_recovers_nothing(self, projet: Projet, depot: Depot) -> None:
        (refus,) = depot.affaires[REFUSE].dossier.valeur.contrat.refus
        propre: Refus = refus.model_copy(
            update={"volet": "socle", "sanction": TypeSanction.REDUCTION, "exercice": None}
        )
        affaire = with_contract(depot.affaires[EN_SUS], refus=(propre,))
        document = act(projet, affaire, "decision_refus", definitif=True)
        texte = words(document)
        assert "30 % de la part prise en charge" in texte
        assert "ne donne lieu au recouvrement d’aucune somme" in texte
        assert "€" not in texte

    def it_says_that_no_motive_was_given(self, projet: Projet, depot: Depot) -> None:
        affaire = with_refusal(depot.affaires[REFUSE], motifs=None)
        texte = words(act(projet, affaire, "decision_refus"))
        assert "Considérant que l’établissement n’a donné aucun motif ;" in texte

    def it_leaves_hostile_words_untouched(self, projet: Projet, depot: Depot) -> None:
        affaire = with_refusal(depot.affaires[REFUSE], motifs=HOSTILE, numero=HOSTILE)
        document = act(projet, affaire, "decision_refus")
        assert document_text(document).count(HOSTILE) == 2
        type_document = projet.types["decision_refus"]
        assert docx_text(render(document, type_document, "docx")).count(HOSTILE) == 2
        pdf = canonical(pdf_text(render(document, type_document, "pdf")))
        assert pdf == canonical(document_text(document))

    def but_what_is_missing_stays_to_be_completed(self, projet: Projet, depot: Depot) -> None:
        affaire = with_refusal(depot.affaires[REFUSE], numero=None, exercice=None)
        texte = words(act(projet, affaire, "decision_refus"))
        assert "[à compléter : refus de signer, numéro de la décision]" in texte
        assert "montant de la sanction]" in texte
        assert "78 432,51" not in texte

    def and_the_definitive_act_is_refused_with_every_fault(
        self, projet: Projet, depot: Depot
    ) -> None:
        affaire = with_refusal(depot.affaires[REFUSE], numero=None, exercice=None)
        with pytest.raises(CaqesError) as faute:
            act(projet, affaire, "decision_refus", definitif=True)
        assert faute.value.code == "D-060"
        dits = " ".join(constat.message for constat in faute.value.constats)
        for manque in ("numéro de la décision", "dernier exercice clos", "montant de la sanction"):
            assert manque in dits


class DescribeActeFaux:
    """What the evaluation has wrong stops the act to be signed, and is told beside a draft."""

    @pytest.mark.parametrize(
        ("avant", "apres", "code"),
        [
            ("      montant: 50 000\n", "      montant: 60 000\n", "V-061"),
            (
                "      montant: 50 000\n",
                '      montant: 9 000 000\n      motif: "ferme"\n',
                "V-063",
            ),
            ("      taux: 10 %\n", "      taux: 90 %\n", "V-063"),
            (
                "      nature: montant\n      montant: 50 000\n",
                "      nature: aucune\n      montant: 50 000\n",
                "V-062",
            ),
            ("  date: 2020-10-28\n", "  date: 2020-09-10\n", "V-068"),
            ("      date_effet: 2020-12-01\n", "      date_effet: 2020-01-01\n", "V-068"),
        ],
    )
    def it_is_not_made_to_be_signed(
        self,
        avant: str,
        apres: str,
        code: str,
        espace: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        chemin = espace / "contracts_data/evaluations/2A9780012-2019.yaml"
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count(avant) == 1
        chemin.write_text(texte.replace(avant, apres), encoding="utf-8")
        commande = ["generer", "2A9780012", "--annee", "2019", "--type", "notification"]
        commande += ["--formats", "txt", "--projet", str(espace), "--sortie", str(espace / "o")]
        assert run([*commande, "--definitif"]) == 2
        capture = capsys.readouterr()
        assert code in capture.out + capture.err
        assert list((espace / "o").glob("*.txt")) == []
        assert run(commande) == 0
        capture = capsys.readouterr()
        assert code in capture.out + capture.err

    def and_no_regional_report_adds_it_up_to_be_signed(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = espace / "contracts_data/evaluations/2A9780012-2019.yaml"
        texte = chemin.read_text(encoding="utf-8")
        faux = texte.replace("      montant: 50 000\n", "      montant: 9 000 000\n")
        chemin.write_text(faux, encoding="utf-8")
        commande = ["consolider", "--annee", "2019", "--definitif", "--formats", "txt"]
        commande += ["--projet", str(espace), "--sortie", str(espace / "o")]
        assert run(commande) == 2
        capture = capsys.readouterr()
        assert "V-063" in capture.out + capture.err
        assert not (espace / "o").exists()
