"""The words of contracts and reports, readable in the repository; `--accept` rewrites them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.etats import open_states
from caqes_docs.application.projet import Projet
from caqes_docs.application.region.consolider import DemandeRegionale, gather
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.region.sujet import describe_region
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import Document
from caqes_docs.rendering.texte import write_texte

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"


class DescribeTextesDeReference:
    """What the CHU, the HAD and the psychiatric hospital read."""

    @pytest.mark.parametrize("dossier", ["990780017", "990780058", "990780082", "990780108"])
    def it_reads_as_accepted(
        self, dossier: str, assembler: Callable[..., Assemblage], request: pytest.FixtureRequest
    ) -> None:
        compare(assembler(dossier).document, f"contrat_{dossier}", request)

    @pytest.mark.parametrize(
        ("type_", "dossier"),
        [
            ("diagnostic_socle", "990780017"),
            ("releve_rencontres", "990780017"),
            ("information_regulation", "990780017"),
            ("demande_instance", "990780017"),
            ("invitation_reunion", "990780017"),
            ("information_cpam", "990780116"),
        ],
    )
    def it_prepares_as_accepted(
        self,
        type_: str,
        dossier: str,
        assembler: Callable[..., Assemblage],
        request: pytest.FixtureRequest,
    ) -> None:
        compare(assembler(dossier, None, type_).document, f"{type_}_{dossier}", request)

    @pytest.mark.parametrize(
        ("type_", "dossier", "annee"),
        [
            ("rapport_evaluation", "990780017", 2019),
            ("rapport_evaluation", "2B9780010", 2019),
            ("rapport_evaluation", "990780082", 2018),
            ("grille_evaluation", "2A9780012", 2019),
            ("note_calcul", "2A9780012", 2019),
            ("note_calcul", "990780033", 2019),
            ("fiche_donnees", "990780017", 2019),
            ("autoevaluation", "990780017", 2019),
            ("autoevaluation", "990780082", 2019),
        ],
    )
    def it_reports_as_accepted(
        self,
        type_: str,
        dossier: str,
        annee: int,
        projet: Projet,
        depot: Depot,
        request: pytest.FixtureRequest,
    ) -> None:
        acte = assemble_act(
            projet.types[type_],
            depot.affaires[dossier],
            projet.bibliotheque,
            projet.droit,
            Options(annee=annee),
        )
        compare(acte.document, f"{type_}_{dossier}_{annee}", request)

    @pytest.mark.parametrize("type_", ["rapport_regional", "etat_des_lieux", "synthese_iraps"])
    def it_reports_on_the_region_as_accepted(
        self, type_: str, projet: Projet, request: pytest.FixtureRequest
    ) -> None:
        campagne, _ = gather(projet, DemandeRegionale(2019, Path("output")))
        type_document = projet.types[type_]
        sujet = describe_region(type_document, campagne, projet.droit)
        region = assemble(type_document, sujet, projet.bibliotheque, projet.droit, definitif=False)
        compare(region.document, f"{type_}_2019", request)


class DescribeAvenants:
    """What an avenant that adds a volet, one that ends one, one that renames the parties say."""

    @pytest.mark.parametrize(
        ("dossier", "numero"), [("990780074", 1), ("990780124", 3), ("990780017", 3)]
    )
    def it_amends_as_accepted(
        self,
        dossier: str,
        numero: int,
        projet: Projet,
        depot: Depot,
        request: pytest.FixtureRequest,
    ) -> None:
        affaire = depot.affaires[dossier]
        etats, charge = open_states(projet, affaire, numero), affaire.avenants[numero]
        acte = build_avenant(projet, projet.types["avenant"], etats, charge, Options())
        compare(acte.assemblage.document, f"avenant_{numero}_{dossier}", request)

    @pytest.mark.parametrize(
        ("type_", "dossier", "numero"),
        [
            ("lettre_proposition", "990780074", 1),
            ("lettre_proposition", "990780124", 3),
            ("demande_avis_proposition", "990780082", 2),
            ("seconde_proposition", "990780082", 2),
            ("decision_refus", "990780082", 2),
            ("information_caisse_refus", "990780082", 2),
        ],
    )
    def it_is_proposed_as_accepted(
        self,
        type_: str,
        dossier: str,
        numero: int,
        projet: Projet,
        depot: Depot,
        request: pytest.FixtureRequest,
    ) -> None:
        acte = assemble_act(
            projet.types[type_],
            depot.affaires[dossier],
            projet.bibliotheque,
            projet.droit,
            Options(avenant=numero),
        )
        compare(acte.document, f"{type_}_avenant_{numero}_{dossier}", request)


def compare(document: Document, nom: str, request: pytest.FixtureRequest) -> None:
    """Compare the words of a document with those that were accepted, or accept them."""
    texte, golden = write_texte(document), GOLDENS / f"{nom}.txt"
    if request.config.getoption("--accept"):
        golden.write_text(texte, encoding="utf-8")
    assert texte == golden.read_text(encoding="utf-8")
