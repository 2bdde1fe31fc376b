"""The document of a simulation: same words everywhere, valid PDFs, same bytes; what is said."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.application.region.simuler import TYPE, DemandeSimulation, simulate_year
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.simulation.sujet import describe_simulation
from caqes_docs.core.errors import DonneesError
from caqes_docs.document.model import Document, Graphique
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import iter_document
from caqes_docs.interfaces.cli.main import run
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

RACINE = Path(__file__).resolve().parents[2]
GOLDENS = RACINE / "tests/goldens"
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
DEMANDES = {
    "990780017_transports": DemandeSimulation(
        "990780017", 2019, "transports", None, "0 %", "3 %", "0,25 %"
    ),
    "990780017_socle": DemandeSimulation("990780017", 2019, "socle", None, "50 %", "90 %", "10 %"),
    "2A9780012_pertinence": DemandeSimulation(
        "2A9780012", 2019, "pertinence", "niveau", "0 %", "100 %", "20 %"
    ),
    "990780017_2020": DemandeSimulation(
        "990780017",
        2020,
        "transports",
        "CHUP-T1",
        "0 %",
        "100 %",
        "50 %",
        (
            "exercice_clos=2019",
            "cible=1,5 %",
            "principal=1 %",
            "cible_supplementaire=oui",
            "supplementaire=oui",
            "CHUP-T2=100 %",
            "CHUP-T3=100 %",
            "CHUP-T4=50 %",
            "depense_de_reference=9 713 500",
            "depense_constatee=9 900 000",
        ),
    ),
    "rien_de_connu": DemandeSimulation("990780025", 2020, "transports", None, "0 %", "2 %", "1 %"),
}
COURTES = ("990780017_transports", "rien_de_connu")
PDF = [pytest.param(nom, marks=() if nom in COURTES else pytest.mark.long) for nom in DEMANDES]
Rendre = Callable[[Document, TypeDocument, str], bytes]
COMMANDE = ["simuler", "990780017", "--annee", "2019", "--volet", "transports"]
BORNES = ["--de", "0%", "--a", "3%", "--pas", "0,5%"]


@functools.cache
def make(projet: Projet, nom: str) -> Document:
    """The document of one of the requests, made once for a project."""
    bilan = simulate_year(projet, DEMANDES[nom])
    type_document = projet.types[TYPE]
    sujet = describe_simulation(type_document, bilan.simulation)
    return assemble(
        type_document, sujet, projet.bibliotheque, projet.droit, definitif=True
    ).document


class DescribeDocument:
    @pytest.mark.parametrize("nom", PDF)
    def it_says_the_same_in_word_pdf_and_model(
        self, nom: str, projet: Projet, rendre: Rendre
    ) -> None:
        document = make(projet, nom)
        word = rendre(document, projet.types[TYPE], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))
        pdf = rendre(document, projet.types[TYPE], "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            assert page.validate_pdf_bytes(pdf, profile=profil).failures == []

    @pytest.mark.parametrize("nom", ["990780017_transports", "990780017_2020"])
    def it_reads_as_accepted(
        self, nom: str, projet: Projet, request: pytest.FixtureRequest
    ) -> None:
        texte = write_texte(make(projet, nom))
        golden = GOLDENS / f"simulation_{nom}.txt"
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")

    def it_writes_the_same_bytes_twice(self, projet: Projet, rendre: Rendre) -> None:
        autre = Projet(RACINE)
        for nom_format in ("docx", "pdf", "json"):
            premier, second = (
                rendre(make(p, "990780017_transports"), p.types[TYPE], nom_format)
                for p in (projet, autre)
            )
            assert premier == second

    @pytest.mark.parametrize(
        ("fichier", "avant", "apres", "attendu"),
        [
            (
                "dossiers",
                "Plateforme unique de commande",
                "Plateforme <b>unique</b> | *de* _commande_ & {{ x }}",
                "Plateforme <b>unique</b> | *de* _commande_ & {{ x }}",
            ),
        ],
    )
    def it_survives_hostile_and_incomplete_data(
        self, fichier: str, avant: str, apres: str, attendu: str, espace: Path
    ) -> None:
        chemin = espace / f"contracts_data/{fichier}/990780017.yaml"
        texte = chemin.read_text(encoding="utf-8")
        assert avant in texte
        chemin.write_text(texte.replace(avant, apres), encoding="utf-8")
        projet = Projet(espace)
        document = make(projet, "990780017_transports")
        assert attendu in document_text(document)
        word = render(document, projet.types[TYPE], "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))

    def but_a_scale_that_is_not_whole_is_told_first(self, espace: Path) -> None:
        chemin = espace / "contracts_data/dossiers/990780017.yaml"
        texte = chemin.read_text(encoding="utf-8")
        chemin.write_text(texte.replace("          de: 40 %\n", ""), encoding="utf-8")
        with pytest.raises(DonneesError) as faute:
            make(Projet(espace), "990780017_transports")
        assert {constat.code for constat in faute.value.constats} == {"V-010"}

    def it_warns_that_nothing_is_decided(self, projet: Projet) -> None:
        texte = document_text(make(projet, "990780017_transports"))
        assert "ni une proposition, ni une décision, ni un engagement" in texte

    def it_prints_the_day_supposed_and_what_is_missing(self, projet: Projet) -> None:
        texte = document_text(make(projet, "rien_de_connu"))
        assert "L’année n’a pas encore d’évaluation" in texte
        assert "Le contrat ne fixe pas de cible pour 2020 à" in texte
        assert "Aucun montant n’est connu" in texte


class DescribeReste:
    @pytest.mark.parametrize(
        ("a", "pas", "reste"),
        [("1 %", "0,4 %", "1\u00a0%"), ("1 %", "0,5 %", ""), ("0,9 %", "0,3 %", "")],
    )
    def it_is_the_last_value_asked_for_that_the_step_misses(
        self, a: str, pas: str, reste: str, projet: Projet
    ) -> None:
        demande = DemandeSimulation("990780017", 2019, "transports", None, "0 %", a, pas)
        bilan = simulate_year(projet, demande)
        assert bilan.reste == reste
        assert bilan.as_dict()["reste"] == reste

    def it_is_nothing_for_answers(self, projet: Projet) -> None:
        demande = DemandeSimulation("990780017", 2019, "transports", "supplementaire", a="oui")
        assert simulate_year(projet, demande).reste == ""

    def it_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        bornes = ["--de", "0%", "--a", "3%", "--pas", "2%"]
        assert run([*COMMANDE, *bornes, "--projet", str(RACINE)]) == 0
        dite = "Le pas ne tombe pas sur --a\u00a0: 3\u00a0% n’est pas simulé."
        assert dite in capsys.readouterr().out


class DescribeGraphique:
    def _chart(self, projet: Projet, nom: str) -> Graphique:
        (chart,) = (b for b in iter_document(make(projet, nom)) if isinstance(b, Graphique))
        return chart

    def it_draws_twelve_values_at_most_ends_included(self, projet: Projet) -> None:
        chart = self._chart(projet, "990780017_transports")
        assert len(chart.categories) == 12
        assert (chart.categories[0], chart.categories[-1]) == ("0\u00a0%", "3\u00a0%")

    def it_draws_the_amounts_of_the_table(self, projet: Projet) -> None:
        chart = self._chart(projet, "2A9780012_pertinence")
        volet, total = (serie.valeurs for serie in chart.series)
        # 1 % of 20 000 000: a half below 40 %, a quarter below 80 %, then nothing.
        assert volet == tuple(map(Decimal, (-100000, -100000, -50000, -50000, 0, 0)))
        assert total == tuple(map(Decimal, (-70000, -70000, -20000, -20000, 30000, 30000)))

    def it_says_in_words_what_it_shows(self, projet: Projet) -> None:
        texte = self._chart(projet, "990780017_transports").alternative
        montant = "+\u00a051\u202f811,81\u00a0€"
        assert f"pour 0\u00a0%, le montant du volet est {montant}" in texte
        assert "change entre 1,5\u00a0% et 1,75\u00a0%, de +\u00a025\u202f905,90\u00a0€" in texte
        assert "12 des 13 valeurs" in texte


class DescribeCommande:
    def it_prints_a_table_and_writes_nothing(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run([*COMMANDE, *BORNES, "--projet", str(RACINE)]) == 0
        sortie = capsys.readouterr()
        assert "1,5\u00a0%\tatteint\tintéressement" in sortie.out
        assert "n’est pas une proposition" in sortie.err
        assert list(tmp_path.iterdir()) == []

    def it_answers_in_json_without_a_float(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run([*COMMANDE, *BORNES, "--format", "json", "--projet", str(RACINE)]) == 0
        flottants: list[str] = []
        dit = json.loads(capsys.readouterr().out, parse_float=flottants.append)
        assert flottants == []
        assert [Decimal(v["valeur"]) * 1000 for v in dit["valeurs"]][:3] == [0, 5, 10]
        assert Decimal(dit["valeurs"][0]["montant"]) == Decimal("51811.81")
        assert dit["hypotheses"]

    def it_writes_word_and_pdf(self, tmp_path: Path) -> None:
        options = ["--sortie", str(tmp_path / "s"), "--projet", str(RACINE)]
        assert run([*COMMANDE, *BORNES, *options]) == 0
        base = "simulation_990780017_2019_transports_principal"
        assert sorted(c.name for c in (tmp_path / "s").iterdir()) == [f"{base}.docx", f"{base}.pdf"]

    def it_refuses_a_folder_that_is_a_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "s").write_text("", encoding="utf-8")
        options = ["--sortie", str(tmp_path / "s"), "--projet", str(RACINE)]
        assert run([*COMMANDE, *BORNES, *options]) == 64
        assert "U-008" in capsys.readouterr().err

    def it_explains_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["simuler", "--help"]) == 0
        aide = " ".join(capsys.readouterr().out.split())
        for mots in ("--indicateur", "--hypothese", "NOM=VALEUR", "le directeur général"):
            assert mots in aide
        assert "commandes_simulation" not in aide
