"""A region's own volet, its parameter and its letter: text files alone, from contract to amount."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import page
import pytest

from caqes_docs.interfaces.cli.main import run
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import canonical, pdf_text

REGION = Path(__file__).with_name("volet_coordination")
DOSSIER = "990780082"
MESURE = """  coordination:
    objectif_principal: {{numerateur: {recues}, denominateur: 1 000}}
    actions: {{FER-C1A: {{taux: 60 %}}, FER-C1B: {{taux: 50 %}}}}
    economies: {{depense_constatee: 450 000}}

# CSS"""
ETAPES = """
  avis_notification: {rendu_le: 2020-07-24, sens: favorable}
  notification: {date: 2020-07-29, recue_le: 2020-07-31}
  avis_decision: {rendu_le: 2020-08-19, sens: favorable}
  information:
"""
"""A measure is notified before it is decided: fifteen days, up to 15 August."""
DECISION = """
    socle:
      nature: aucune
    coordination: {{nature: {nature}, montant: "{montant}"}}
"""

FORMES = pytest.mark.parametrize(
    "formats", ["docx", pytest.param("docx,pdf", marks=pytest.mark.long)]
)
"""`make test` prints in PDF the letter alone, which is the act that the region adds."""


@pytest.fixture
def region(espace: Path) -> Path:
    """The sample project, with what a region writes: no Python."""
    shutil.copytree(REGION / "clauses", espace / "clauses", dirs_exist_ok=True)
    shutil.copytree(REGION / "templates", espace / "templates", dirs_exist_ok=True)
    _edit(
        espace / f"contracts_data/dossiers/{DOSSIER}.yaml",
        "\n  # Proposition du contrat",
        f"\n{(REGION / 'volet.yaml').read_text(encoding='utf-8')}\n  # Proposition du contrat",
    )
    (espace / f"contracts_data/evaluations/{DOSSIER}-2018.yaml").unlink()
    _evaluate(espace, "812", "interessement", "6 840,00")
    return espace


def _edit(chemin: Path, repere: str, remplacement: str) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert texte.count(repere) == 1, repere
    chemin.write_text(texte.replace(repere, remplacement), encoding="utf-8")


def _evaluate(espace: Path, recues: str, nature: str, montant: str) -> None:
    """Write the evaluation of the volet: how many letters came in time, and the decision."""
    source = Path(__file__).resolve().parents[2] / "contracts_data/evaluations"
    chemin = espace / f"contracts_data/evaluations/{DOSSIER}-2019.yaml"
    shutil.copy(source / chemin.name, chemin)
    _edit(chemin, "\n# CSS", MESURE.format(recues=recues))
    texte = chemin.read_text(encoding="utf-8").replace("2020-07-29", "2020-08-20")
    chemin.write_text(texte.replace("2020-07-31", "2020-08-24"), encoding="utf-8")
    _edit(chemin, "\n  information:\n", ETAPES)
    _edit(
        chemin,
        "\n    socle:\n      nature: aucune\n",
        DECISION.format(nature=nature, montant=montant),
    )


def _run(espace: Path, *arguments: str) -> int:
    return int(run([*arguments, "--projet", str(espace)]))


def _evaluated(espace: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `caqes evaluer` proposes for the volet."""
    capsys.readouterr()
    assert _run(espace, "evaluer", DOSSIER, "--annee", "2019", "--format", "json") == 0
    bilan = json.loads(capsys.readouterr().out)
    (ligne,) = [x for x in bilan["propositions"] if "coordination" in x["volet"]]
    return {**ligne, "total": bilan["totaux"][0]["montant"]}


def _texts(espace: Path, *arguments: str, formats: str = "docx,pdf") -> dict[str, str]:
    """The words of the acts made, by the beginning of their names; Word and PDF say the same."""
    sortie = espace / "o"
    options = ["--formats", formats, "--sortie", str(sortie)]
    assert _run(espace, "generer", DOSSIER, *arguments, *options) == 0
    textes = {}
    for word in sortie.glob("*.docx"):
        texte = docx_text(word.read_bytes())
        if "pdf" in formats:
            pdf = word.with_suffix(".pdf").read_bytes()
            assert canonical(pdf_text(pdf)) == canonical(texte)
            profil = page.ValidationProfile.PDF_UA_1
            assert page.validate_pdf_bytes(pdf, profile=profil).is_compliant
        textes[word.name.partition(f"_{DOSSIER}")[0]] = texte.replace("\u00a0", " ")
    return textes


class DescribeVoletRegional:
    def it_is_checked_with_the_rest(self, region: Path) -> None:
        assert _run(region, "clauses", "verifier") == 0
        assert _run(region, "verifier", DOSSIER) == 0

    @FORMES
    def it_is_an_article_of_the_contract_and_an_annex(self, region: Path, formats: str) -> None:
        contrat = _texts(region, formats=formats)["contrat"]
        assert "Article 11 : Volet additionnel relatif à la coordination avec la ville" in contrat
        assert "la lettre de liaison en 7 jours au plus" in contrat
        assert "à atteindre l’objectif COO-1" in contrat
        assert "au moins 50 % en 2018" in contrat
        assert "Article 11-2 : Intéressement et sanction" in contrat
        assert "FER-C1A – Envoyer la lettre par messagerie sécurisée" in contrat
        assert "57\u202f903 €" in contrat

    def it_opens_a_reward(self, region: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Progress: 70 % × 60 % + 30 % × 50 % = 57 %; 12 000 × 57 % = 6 840."""
        ligne = _evaluated(region, capsys)
        assert (ligne["mesure"], ligne["montant"]) == ("intéressement", "+\u00a06\u202f840\u00a0€")
        assert ligne["total"] == "+\u00a06\u202f840\u00a0€"

    def it_opens_a_sanction(self, region: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """0,1 % of 59 631 220 is 59 631,22; 43 % of it is 25 641,4246."""
        _evaluate(region, "799", "montant", "25 641,42")
        ligne = _evaluated(region, capsys)
        assert ligne["mesure"] == "sanction financière"
        assert ligne["montant"] == "−\u00a025\u202f641,42\u00a0€"

    def and_the_caps_of_the_region_hold(
        self, region: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """0,05 % of 59 631 220 is 29 815,61; 43 % of it is 12 820,7123; 57 % of 9 000 is 5 130."""
        parametres = region / "clauses/droit/parametres/coordination"
        _edit(parametres / "plafond_sanction.yaml", '"0,1 %"', '"0,05 %"')
        _edit(parametres / "plafond_interessement.yaml", '"12 000"', '"9 000"')
        capsys.readouterr()
        assert _run(region, "verifier", DOSSIER) == 2
        sortie = capsys.readouterr().out
        assert "qui s’applique (9\u202f000\u00a0€)" in sortie
        assert "qui s’applique (0,05\u00a0%)" in sortie
        dossier = region / f"contracts_data/dossiers/{DOSSIER}.yaml"
        _edit(
            dossier, "montant_maximum: 12 000\n        base", "montant_maximum: 9 000\n        base"
        )
        _edit(
            dossier,
            'taux_maximum: "0,1 %", bareme: {nom: lineaire, sur: actions',
            'taux_maximum: "0,05 %", bareme: {nom: lineaire, sur: actions',
        )
        _evaluate(region, "812", "interessement", "5 130")
        assert _evaluated(region, capsys)["montant"] == "+\u00a05\u202f130\u00a0€"
        _evaluate(region, "799", "montant", "12 820,71")
        assert _evaluated(region, capsys)["montant"] == "−\u00a012\u202f820,71\u00a0€"

    @FORMES
    def it_stands_in_the_documents_and_in_the_letter_of_the_region(
        self, region: Path, formats: str
    ) -> None:
        types = ("grille_evaluation", "note_calcul", "notification", "lettre_coordination")
        demande = [mot for type_ in types for mot in ("--type", type_)]
        textes = _texts(region, *demande, "--annee", "2019", formats=formats)
        assert len(textes) == len(types)
        assert all("+ 6\u202f840 €" in texte for texte in textes.values())
        assert "Coordination" in textes["grille_2019"]
        assert "désormais de 2 jours" in textes["lettre_coordination_2019"]

    def and_its_letter_says_the_same_in_word_and_pdf(self, region: Path) -> None:
        textes = _texts(region, "--type", "lettre_coordination", "--annee", "2019")
        assert "+ 6\u202f840 €" in textes["lettre_coordination_2019"]

    def but_the_letter_is_for_those_who_have_the_volet(
        self, region: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ("generer", "990780033", "--type", "lettre_coordination", "--annee", "2019")
        assert _run(region, *commande, "--sortie", str(region / "o")) != 0
        capture = capsys.readouterr()
        assert "Le contrat n’a pas le volet coordination." in capture.out + capture.err

    @pytest.mark.parametrize(
        ("perdu", "code"),
        [
            ("clauses/volet_coordination/mesures", "P-003"),
            ("clauses/droit/parametres/coordination/delai.yaml", "L-005"),
            ("clauses/droit/parametres/coordination/plafond_sanction.yaml", "L-032"),
            ("clauses/catalogues/volets/coordination.yaml", "C-038"),
        ],
    )
    def but_what_is_lost_is_told(
        self, region: Path, perdu: str, code: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = region / perdu
        shutil.rmtree(chemin) if chemin.is_dir() else chemin.unlink()
        _run(region, "clauses", "verifier")
        capture = capsys.readouterr()
        assert code in capture.out + capture.err

    def but_the_dossier_cannot_hold_an_unknown_volet(
        self, region: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (region / "clauses/catalogues/volets/coordination.yaml").unlink()
        assert _run(region, "verifier", DOSSIER) != 0
        capture = capsys.readouterr()
        assert "L-030" in capture.out + capture.err

    def it_has_its_own_contact(self, region: Path) -> None:
        _edit(
            region / "contracts_data/ars/ars-exemple.yaml",
            "\nreferents:\n",
            "\nreferents:\n  - {volet: coordination, personne: {nom: Lien, prenom: Alix}}\n",
        )
        assert "Coordination\nAlix Lien" in _texts(region, formats="docx")["contrat"].replace(
            "\t", "\n"
        )

    def it_is_asked_for_in_a_new_evaluation(self, region: Path) -> None:
        assert _run(region, "nouveau", "evaluation", DOSSIER, "--annee", "2020") == 0
        chemin = region / f"contracts_data/evaluations/{DOSSIER}-2020.yaml"
        _, _, volet = chemin.read_text(encoding="utf-8").partition("  coordination:\n")
        volet = volet.partition("    appreciation:")[0]
        assert "    objectif_principal: {numerateur: , denominateur: }\n" in volet
        assert [ligne.strip() for ligne in volet.splitlines() if "FER-C1" in ligne] == [
            "FER-C1A: {taux: }",
            "FER-C1B: {taux: }",
        ]
