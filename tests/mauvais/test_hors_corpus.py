"""Codes that no broken project provokes: the machine or the program is at fault."""

from __future__ import annotations

import dataclasses
import io
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from caqes_docs.application.verifier import dossiers
from caqes_docs.core import ressources
from caqes_docs.core.errors import EnvironnementError, ExitCode, RenduError
from caqes_docs.document.model import Document, Paragraphe, Texte
from caqes_docs.interfaces.cli.main import run
from caqes_docs.rendering.docx.charte.charte import load_charte
from caqes_docs.rendering.docx.charte.gabarits import split_page
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.pdf.writer import write_pdf
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import pdf_text
from tests.mauvais.cas import BASE, MAISON, Cas
from tests.outils.ciblage import build_csv, build_xlsx
from tests.outils.echantillons import sample_document


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project, which is the current folder."""
    dossier = tmp_path / "projet"
    Cas(BASE, ()).build(dossier)
    monkeypatch.chdir(dossier)
    return dossier


class DescribeEnvironnement:
    """What the machine lacks (exit code 69)."""

    def it_is_told_when_the_installation_is_incomplete(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ressources, "DOSSIERS", ("clauses", "absent"))
        with pytest.raises(EnvironnementError) as leve:
            ressources.graine()
        assert leve.value.code == "E-001"
        assert leve.value.exit_code is ExitCode.ENVIRONNEMENT
        assert leve.value.remede == "Réinstallez caqes-docs : l'installation est incomplète."

    def it_is_told_when_the_pdf_engine_is_missing(
        self, projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", "--tous", "--formats", "docx,pdf", "--moteur", "weasyprint"]
        assert run(commande) == ExitCode.ENVIRONNEMENT
        dit = capsys.readouterr().err
        assert "R-200" in dit
        assert "apt install libpango-1.0-0" in dit
        assert list(projet.glob("output/*.pdf")) == []

    def it_is_told_when_the_pdf_reader_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pypdfium2", None)
        with pytest.raises(EnvironnementError) as leve:
            pdf_text(b"%PDF-1.7")
        assert leve.value.code == "R-204"


def _write(document: Document, ecrivain: str) -> bytes:
    if ecrivain == "docx":
        return write_docx(document, load_charte(MAISON / "charte.docx"))
    return write_pdf(document, (MAISON / "style.css").read_text(encoding="utf-8"))


class DescribeClasseur:
    """A workbook, which no text of the corpus can show."""

    def it_is_told_when_rows_are_hidden(
        self, projet: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        classeur = load_workbook(io.BytesIO(build_xlsx(build_csv([{}, {}], ()))))
        classeur.worksheets[0].row_dimensions[3].hidden = True
        classeur.save(projet / "table.xlsx")
        commande = ["cibler", "table.xlsx", "--annee", "2018", "--formats", "txt"]
        assert run(commande) == ExitCode.DONNEES
        dit = capsys.readouterr().err
        assert "D-101" in dit
        assert "La feuille a 1 ligne masquée (3)." in dit
        assert list(projet.glob("output/**/*.txt")) == []


class DescribeAncienProjet:
    """A project made when the house style had another name."""

    def it_still_gives_the_same_act(self, projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["generer", "--tous", "--formats", "docx"]) == ExitCode.OK
        (acte,) = (projet / "output").glob("*.docx")
        attendu = docx_text(acte.read_bytes())
        acte.unlink()
        maison = projet / "templates" / "maison"
        (maison / "charte.docx").rename(maison / "coquille.docx")
        plan = projet / "templates" / "contrat" / "plan.yaml"
        ancien = plan.read_text(encoding="utf-8").replace("charte: maison", "coquille: maison")
        plan.write_text(ancien, encoding="utf-8")
        assert run(["generer", "--tous", "--formats", "docx"]) == ExitCode.OK
        assert docx_text(acte.read_bytes()) == attendu
        capsys.readouterr()
        assert run(["clauses", "verifier"]) == ExitCode.OK
        dit = capsys.readouterr().out
        assert "templates/contrat/plan.yaml:4:1  P-010  avertissement" in dit
        assert "templates/maison/coquille.docx  P-010  avertissement" in dit
        assert "Le renommer charte.docx." in dit


class DescribeProgramme:
    """What the program got wrong, or what the checks stop before."""

    def it_refuses_a_page_number_without_its_total(self) -> None:
        with pytest.raises(RenduError) as leve:
            split_page("Page {page}")
        assert leve.value.code == "R-123"

    @pytest.mark.parametrize(("ecrivain", "code"), [("docx", "R-120"), ("pdf", "R-205")])
    def it_refuses_a_character_that_no_file_admits(self, ecrivain: str, code: str) -> None:
        document = sample_document(brouillon=False)
        clause = Paragraphe((Texte("sonnerie\x07"),))
        fautif = dataclasses.replace(document, corps=(*document.corps, clause))
        with pytest.raises(RenduError) as leve:
            _write(fautif, ecrivain)
        assert leve.value.code == code

    def it_refuses_an_anchor_used_twice(self) -> None:
        document = sample_document(brouillon=False)
        double = dataclasses.replace(document, corps=(*document.corps, *document.corps))
        with pytest.raises(RenduError) as leve:
            _write(double, "docx")
        assert leve.value.code == "R-121"

    def it_owns_its_bugs_in_french(
        self, projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def explose(*_arguments: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(dossiers, "verify_library", explose)
        monkeypatch.setattr("tempfile.tempdir", str(projet))
        assert run(["verifier"]) == ExitCode.INTERNE
        premiere, seconde = capsys.readouterr().err.splitlines()
        assert premiere.startswith("X-000  Erreur interne du logiciel.")
        trace = Path(seconde.partition("«\u00a0")[2].partition("\u00a0»")[0])
        assert "ZeroDivisionError" in trace.read_text(encoding="utf-8")

    def it_says_that_it_was_interrupted(
        self, projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def coupe(*_arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(dossiers, "check_affaire", coupe)
        assert run(["verifier"]) == ExitCode.INTERROMPU
        assert capsys.readouterr().err.strip() == "Interrompu."
