"""What public bug reports of this trade show on the page: one contract and one grid hold it all."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.document.texte import document_text
from caqes_docs.review.texte_docx import docx_text
from tests.unit.rendering.pdf.essais import failures, open_pdf

CONTRAT = "990780058"
EVALUE = "2A9780012"
NOM = "Hôpital de Pāpara ʻUturoa – Tāne’ātāla"
MONTANT = "un coût de 1 958 000 euros, "
JUSTE_SOUS_65 = "NAT-10-1-7: {numerateur: 19 499, denominateur: 30 000}"
HAUT = "Réunion de suivi de l’équipe, compte rendu diffusé. "


def replaced(chemin: Path, motif: str, par: str) -> None:
    """Change the one place of a file that `motif` finds."""
    texte, nombre = re.subn(motif, lambda _: par, chemin.read_text("utf-8"), count=1)
    assert nombre == 1, motif
    chemin.write_text(texte, "utf-8")


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, projet: Projet) -> Path:
    """The dossiers and evaluations of the sample region, with what people type."""
    racine = tmp_path_factory.mktemp("pages")
    for sorte in ("dossiers", "evaluations", "ars", "organismes"):
        lieu = racine / "contracts_data" / sorte
        lieu.mkdir(parents=True)
        for chemin in (projet.racine / "contracts_data" / sorte).glob("*.yaml"):
            (lieu / chemin.name).write_bytes(chemin.read_bytes())
    dossier = racine / f"contracts_data/dossiers/{CONTRAT}.yaml"
    replaced(dossier, r'raison_sociale: ".*"', f'raison_sociale: "{NOM}"')
    replaced(dossier, r'ressources: ".*"', f'ressources: "{MONTANT * 9}"')
    replaced(dossier, r'pilote: ".*"', f'pilote: "{HAUT * 75}"')
    evaluation = racine / f"contracts_data/evaluations/{EVALUE}-2019.yaml"
    replaced(
        evaluation, r"NAT-10-1-7: \{.*\}", "NAT-10-1-7: {numerateur: 19 499, denominateur: 30 000}"
    )
    return racine


@pytest.fixture(scope="module")
def contrat(region: Path, projet: Projet) -> Assemblage:
    """The contract, as these data make it."""
    return assembled(region, projet, CONTRAT, "contrat", Options())


@pytest.fixture(scope="module")
def pdf(contrat: Assemblage, projet: Projet) -> bytes:
    """Its PDF, made once."""
    return render(contrat.document, projet.types["contrat"], "pdf")


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    """The words of each page, a line break where a line ends."""
    document = importlib.import_module("pypdfium2").PdfDocument(pdf)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def assembled(
    region: Path, projet: Projet, dossier: str, type_: str, options: Options
) -> Assemblage:
    affaire = Projet(region).depot((dossier,)).affaires[dossier]
    return assemble_act(projet.types[type_], affaire, projet.bibliotheque, projet.droit, options)


class DescribePages:
    """What is typed, once it is printed."""

    def it_draws_the_letters_of_polynesia(self, pages: list[str]) -> None:
        """https://github.com/Kozea/WeasyPrint/issues/842."""
        assert any(NOM in " ".join(page.split()) for page in pages)

    def it_never_cuts_an_amount_at_the_end_of_a_line(
        self, pages: list[str], contrat: Assemblage, projet: Projet
    ) -> None:
        """https://github.com/adamwdraper/Numeral-js/issues/695."""
        texte = "\n".join(pages)
        entiers = re.findall(r"1[ \u202f\u00a0]958[ \u202f\u00a0]000[ \u202f\u00a0]euros", texte)
        assert len(entiers) == 9
        word = docx_text(render(contrat.document, projet.types["contrat"], "docx"))
        assert word.count("1\u202f958\u202f000\u00a0euros") == 9

    def it_repeats_the_heads_of_a_table_over_a_row_taller_than_the_page(
        self, pages: list[str]
    ) -> None:
        """https://github.com/Kozea/WeasyPrint/issues/2462."""
        suites = [page for page in pages if page.count("Réunion de suivi") > 1]
        assert len(suites) > 1
        assert [
            page for page in suites if not re.search(r"Action\s+Indicateurs\s+Pilote", page)
        ] == []

    def it_reads_a_link_aloud_by_its_words(self, pdf: bytes) -> None:
        """https://github.com/veraPDF/veraPDF-library/issues/1497."""
        liens = [
            str(note.get("/Contents", ""))
            for page in open_pdf(pdf).pages
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
        ]
        assert len(liens) > 10
        assert [lien for lien in liens if not lien.strip() or lien.startswith("_")] == []
        assert failures(pdf) == []


class DescribeSeuil:
    """A result whose rounding would reach the target that it misses."""

    @pytest.mark.parametrize("type_", ["grille_evaluation", "rapport_evaluation"])
    def it_is_printed_with_the_digits_that_tell(
        self, type_: str, region: Path, projet: Projet
    ) -> None:
        """https://github.com/SocialGouv/egapro/issues/3936."""
        acte = assembled(region, projet, EVALUE, type_, Options(annee=2019))
        texte = document_text(acte.document).replace("\u00a0", " ")
        lignes = [ligne for ligne in texte.splitlines() if "64,997 %" in ligne]
        assert lignes != []
        assert [ligne for ligne in lignes if "non atteint" not in ligne] == []
