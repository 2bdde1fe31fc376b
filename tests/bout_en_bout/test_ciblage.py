"""`caqes cibler` on the sample region: words, bytes, files, and what is said."""

from __future__ import annotations

import functools
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import page
import pytest
from openpyxl import load_workbook

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.application.region.cibler import LISTE, NOTE, DemandeCiblage, decide, target
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.ciblage.decisions import Ciblage
from caqes_docs.assembly.ciblage.sujet import describe_targeting
from caqes_docs.document.model import Document
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.ciblage.decisions import Issue
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.ciblage import RACINE, TABLE

GOLDENS = RACINE / "tests/goldens"
PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
NOTES = ("990780025", "990780033", "990780058", "990780116", "990780157", "990780207")
DOCUMENTS = ("", *NOTES)
"""The regional list, then notes that cover every outcome."""
COURTS = ("", "990780025")
PDF = [pytest.param(f, marks=() if f in COURTS else pytest.mark.long) for f in DOCUMENTS]


@pytest.fixture(scope="module")
def campagne(projet: Projet) -> Ciblage:
    """The targeting of the sample region."""
    return decide(projet, DemandeCiblage(TABLE, 2018, Path("output")))


@pytest.fixture(scope="module")
def ecrire(projet: Projet, campagne: Ciblage) -> Callable[[str], tuple[Document, TypeDocument]]:
    """The document of an establishment, or the regional list for an empty FINESS."""

    @functools.cache
    def make(finess: str) -> tuple[Document, TypeDocument]:
        type_document = projet.types[NOTE if finess else LISTE]
        decision = next((d for d in campagne.decisions if d.finess == finess), None)
        sujet = describe_targeting(type_document, campagne, decision)
        acte = assemble(type_document, sujet, projet.bibliotheque, projet.droit, definitif=True)
        return acte.document, type_document

    return make


Ecrire = Callable[[str], tuple[Document, TypeDocument]]
Rendre = Callable[[Document, TypeDocument, str], bytes]


class DescribeDocuments:
    """Note and list, in the three forms."""

    @pytest.mark.parametrize("finess", DOCUMENTS)
    def it_prints_in_word_the_words_of_the_model(self, finess: str, ecrire: Ecrire) -> None:
        document, type_document = ecrire(finess)
        word = render(document, type_document, "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))

    @pytest.mark.parametrize("finess", PDF)
    def it_prints_in_a_valid_pdf_the_words_of_the_model(
        self, finess: str, ecrire: Ecrire, rendre: Rendre
    ) -> None:
        document, type_document = ecrire(finess)
        pdf = rendre(document, type_document, "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            verdict = page.validate_pdf_bytes(pdf, profile=profil)
            assert [(f.rule_id, f.message) for f in verdict.failures] == []

    @pytest.mark.parametrize("finess", COURTS)
    def it_prints_the_same_pdf_twice(self, finess: str, ecrire: Ecrire, rendre: Rendre) -> None:
        assert render(*ecrire(finess), "pdf") == rendre(*ecrire(finess), "pdf")

    @pytest.mark.parametrize("finess", ["", "990780025", "990780116"])
    def it_reads_as_accepted(
        self, finess: str, ecrire: Ecrire, request: pytest.FixtureRequest
    ) -> None:
        texte = write_texte(ecrire(finess)[0])
        golden = GOLDENS / (f"note_ciblage_{finess}.txt" if finess else "liste_ciblage_2018.txt")
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")

    def it_says_what_a_target_is_and_is_not(self, ecrire: Ecrire) -> None:
        texte = " ".join(document_text(ecrire("990780025")[0]).split())
        for mots in ("peuvent proposer", "n’est pas l’objectif", "prioriser"):
            assert mots in texte

    def it_gives_the_regional_instance_no_figure_of_an_establishment(
        self, ecrire: Ecrire, campagne: Ciblage
    ) -> None:
        """Instruction, annexe 5: the instance examines no establishment's own situation."""
        texte = document_text(ecrire("")[0])
        designes = {d.finess for d in campagne.decisions if d.pertinence.issue is Issue.CIBLE}
        assert {d.finess for d in campagne.decisions if d.finess in texte} == designes
        assert len(designes) == 9
        for interdit in (TABLE.name, "texte lu", "ICALIN.2", "9\u202f412\u202f300", "31\u00a0%"):
            assert interdit not in texte

    def it_calls_nothing_unknown_a_no(self, campagne: Ciblage) -> None:
        for decision in campagne.decisions:
            for critere in decision.criteres:
                assert critere.valeur is not None or critere.issue is not Issue.NON_CIBLE

    def it_covers_every_outcome(self, campagne: Ciblage) -> None:
        issues = {c.issue for d in campagne.decisions for c in d.criteres}
        assert issues == set(Issue)


class DescribeCommande:
    """The files, and what is said."""

    @pytest.mark.parametrize(
        "formats", [("docx", "json"), pytest.param(("docx", "pdf", "json"), marks=pytest.mark.long)]
    )
    def it_writes_the_same_bytes_twice(self, formats: tuple[str, ...], tmp_path: Path) -> None:
        for passage in ("a", "b"):
            demande = DemandeCiblage(TABLE, 2018, tmp_path / passage, formats)
            assert not target(Projet(RACINE), demande).erreurs
        premiers = {c.name: c.read_bytes() for c in (tmp_path / "a").iterdir()}
        assert premiers == {c.name: c.read_bytes() for c in (tmp_path / "b").iterdir()}
        assert len([nom for nom in premiers if nom.startswith("note_ciblage_")]) == 18 * len(
            formats
        )

    def it_does_not_depend_on_the_order_of_the_rows(
        self, projet: Projet, campagne: Ciblage, tmp_path: Path
    ) -> None:
        entete, *lignes = TABLE.read_text(encoding="utf-8").splitlines()
        inverse = tmp_path / TABLE.name
        inverse.write_text("\n".join([entete, *reversed(lignes)]), encoding="utf-8")
        autre = decide(projet, DemandeCiblage(inverse, 2018, tmp_path))

        def issues(une: Ciblage) -> dict[str, list[tuple[str, str]]]:
            return {d.finess: [(c.issue, c.raison) for c in d.criteres] for d in une.decisions}

        assert issues(autre) == issues(campagne)

    def it_answers_in_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["cibler", str(TABLE), "--annee", "2018", "--formats", "txt", "--format"]
        options = ["json", "--sortie", str(tmp_path), "--projet", str(RACINE)]
        assert run([*arguments, *options]) == 0
        dit = json.loads(capsys.readouterr().out)
        assert len(dit["etablissements"]) == 20
        critere = dit["etablissements"][0]["volets"]["transports"]["criteres"][1]
        assert critere["seuil"] == "500000"
        assert critere["operateur"] == ">"
        assert critere["origine"] == "region_2018.csv:2"
        assert critere["textes"][0].startswith("arrêté du")

    def it_writes_a_workbook_that_holds_every_decision(
        self, projet: Projet, tmp_path: Path
    ) -> None:
        target(projet, DemandeCiblage(TABLE, 2018, tmp_path, ("txt",)))
        contenu = (tmp_path / "ciblage_2018.xlsx").read_bytes()
        classeur = load_workbook(io.BytesIO(contenu))
        assert classeur.sheetnames == ["Synthèse", "Établissements", "Critères", "Seuils"]
        assert classeur["Établissements"].max_row == 21
        assert classeur["Critères"].max_row == 1 + 20 * 7
        assert classeur["Seuils"].max_row == 1 + 7

    def it_targets_nobody_on_pertinence_without_criteria(
        self, espace: Path, tmp_path: Path
    ) -> None:
        fiche = espace / "contracts_data/ars/ars-exemple.yaml"
        texte = fiche.read_text(encoding="utf-8")
        fiche.write_text(texte[: texte.index("criteres_pertinence:")], encoding="utf-8")
        table = tmp_path / "t.csv"
        lignes = TABLE.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join(x.rsplit(";", 2)[0] for x in lignes), encoding="utf-8")
        bilan = target(Projet(espace), DemandeCiblage(table, 2018, tmp_path / "s", ("txt",)))
        issues = {d.pertinence.issue for d in bilan.campagne.decisions if not d.socle_seul}
        assert issues == {Issue.INDETERMINE}
        note = (tmp_path / "s/note_ciblage_990780017_2018.txt").read_text(encoding="utf-8")
        assert "La région n’a posé aucun critère" in note

    def it_needs_no_dossier(self, espace: Path, tmp_path: Path) -> None:
        shutil.rmtree(espace / "contracts_data/dossiers")
        demande = DemandeCiblage(TABLE, 2018, tmp_path / "s", ("txt",))
        assert len(target(Projet(espace), demande).fichiers) == 20

    @pytest.mark.parametrize(("annee", "code"), [("2017", 3), ("2020", 3), ("2022", 3)])
    def it_refuses_a_year_without_thresholds(
        self, annee: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # The fictitious criteria stop in 2018: their columns are then unknown.
        table = tmp_path / "t.csv"
        lignes = TABLE.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join(x.rsplit(";", 2)[0] for x in lignes), encoding="utf-8")
        arguments = ["cibler", str(table), "--annee", annee, "--projet", str(RACINE)]
        assert run([*arguments, "--sortie", str(tmp_path / "s")]) == code
        assert "L-006" in capsys.readouterr().err
        assert not (tmp_path / "s").exists()
