"""How many pages the acts take, on the sample region, so that none grows again."""

from __future__ import annotations

import importlib
from io import BytesIO

import pikepdf
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.data.depot import Depot
from caqes_docs.document import model as doc

SOCLE_SEUL, TROIS_VOLETS, ANNEE = 15, 30, 12
"""A contract without volet, one that has three, and a year sent to an establishment."""
ENVOI = ("decision_definitive", "detail_calcul", "rapport_evaluation")


def pages(projet: Projet, depot: Depot, dossier: str, type_: str, annee: int | None = None) -> int:
    """The pages of an act in PDF."""
    acte = assemble_act(
        projet.types[type_],
        depot.affaires[dossier],
        projet.bibliotheque,
        projet.droit,
        Options(annee=annee),
    )
    with pikepdf.open(BytesIO(render(acte.document, projet.types[type_], "pdf"))) as pdf:
        return len(pdf.pages)


@pytest.mark.long
class DescribeBudgets:
    """Pages of PDF."""

    @pytest.mark.parametrize("dossier", ["990780058", "990780082", "990780108", "990780165"])
    def it_keeps_a_contract_without_volet_short(
        self, dossier: str, projet: Projet, depot: Depot
    ) -> None:
        assert pages(projet, depot, dossier, "contrat") <= SOCLE_SEUL

    def it_keeps_a_contract_of_three_volets_short(self, projet: Projet, depot: Depot) -> None:
        assert pages(projet, depot, "990780017", "contrat") <= TROIS_VOLETS

    @pytest.mark.parametrize("dossier", ["2A9780012", "990780017"])
    def it_sends_a_year_in_few_pages(self, dossier: str, projet: Projet, depot: Depot) -> None:
        assert sum(pages(projet, depot, dossier, type_, 2019) for type_ in ENVOI) <= ANNEE


class DescribeSommaire:
    """The contents of a contract."""

    def it_holds_two_levels_on_one_page(self, projet: Projet, depot: Depot) -> None:
        acte = assemble_act(
            projet.types["contrat"],
            depot.affaires["990780017"],
            projet.bibliotheque,
            projet.droit,
            Options(),
        )
        sommaire = next(b for b in acte.document.corps if isinstance(b, doc.Sommaire))
        assert {entree.niveau for entree in sommaire.entrees} == {1, 2}
        assert len(sommaire.entrees) <= 40


@pytest.mark.long
class DescribeParties:
    """The parties of a contract, that follow its contents."""

    def it_keeps_a_party_on_one_page(self, projet: Projet, depot: Depot) -> None:
        """Its representative never opens a page, away from its name."""
        type_ = projet.types["contrat"]
        acte = assemble_act(
            type_, depot.affaires["990780082"], projet.bibliotheque, projet.droit, Options()
        )
        pdfium = importlib.import_module("pypdfium2")
        pdf = pdfium.PdfDocument(render(acte.document, type_, "pdf"))
        textes = [page.get_textpage().get_text_range() for page in pdf]
        for nom, representant in (
            ("SIREN", "Claire Davignon, directrice"),
            ("56 chemin du Registre", "Brigitte Lanfranc, directrice"),
        ):
            (page,) = (texte for texte in textes if nom in texte)
            assert representant in " ".join(page.split())
