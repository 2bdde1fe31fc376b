"""Tests of the library: where wordings lie, which one wins, under which name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.memoire import verify_library
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import Clause
from caqes_docs.document.walk import iter_document
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.redaction.bibliotheque.numerotation import clauses_by_anchor, find_clause
from caqes_docs.redaction.bibliotheque.plan import iter_clauses
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, load_bibliotheque

ANCRES = Path(__file__).with_name("ancres_envoyees.txt")
"""Every bookmark of the acts of the sample region, made before ids lost their numbers."""
CHAPITRES = {"_cl_chapitre_1", "_cl_chapitre_2", "_cl_chapitre_3"}


def write(racine: Path, chemin: str, identifiant: str, cles: str = "") -> None:
    """A wording at `chemin`, in force from 2018."""
    fichier = racine / chemin
    fichier.parent.mkdir(parents=True, exist_ok=True)
    du = "" if "en_vigueur" in cles else "en_vigueur: {du: 2018-01-01}\n"
    fichier.write_text(
        f"---\nid: {identifiant}\nstatut: redaction_propre\n{du}verifie_le: 2026-01-01\n{cles}---\n"
        f"Texte de {racine.name}.\n",
        encoding="utf-8",
    )


def load(*racines: Path) -> Bibliotheque:
    """The libraries laid over one another."""
    return load_bibliotheque([Racine(racine.name, racine, racine.name) for racine in racines])


def told(bibliotheque: Bibliotheque) -> list[tuple[str, str]]:
    """The findings: code, file."""
    return [(constat.code, constat.source.fichier) for constat in bibliotheque.constats]


@pytest.fixture
def nationale(tmp_path: Path) -> Path:
    """A library of one clause, which had another id."""
    racine = tmp_path / "nationale"
    write(racine, "contrat/conditions/duree.md", "contrat.duree", "ancien_id: contrat.article_2\n")
    return racine


class DescribeFichiers:
    """One file per wording."""

    @pytest.mark.parametrize(
        "chemin",
        [
            "contrat/duree.md",
            "contrat/conditions/duree.md",
            "contrat/volets/commun/duree.md",
            "contrat/duree/2018-01-01.md",
            "contrat/conditions/duree.2018-01-01.md",
        ],
    )
    def it_reads_a_wording_where_it_lies(self, tmp_path: Path, chemin: str) -> None:
        write(tmp_path, chemin, "contrat.duree")
        bibliotheque = load(tmp_path)
        assert [*bibliotheque.clauses] == ["contrat.duree"]
        assert bibliotheque.constats == ()

    def it_chooses_between_wordings_by_their_dates(self, tmp_path: Path) -> None:
        write(tmp_path, "a/visas.2022-01-01.md", "a.visas", "en_vigueur: {du: 2022-01-01}\n")
        write(tmp_path, "a/visas.md", "a.visas", "en_vigueur: {du: 2018-01-01, au: 2021-12-31}\n")
        bibliotheque = load(tmp_path)
        assert bibliotheque.constats == ()
        choisies = [
            bibliotheque.wording("a.visas", dt.date(annee, 1, 1)).fichier.nom.rpartition("/")[2]
            for annee in (2018, 2022)
        ]
        assert choisies == ["visas.md", "visas.2022-01-01.md"]

    @pytest.mark.parametrize(
        ("chemin", "code"),
        [
            ("contrat/conditions/durees.md", "C-011"),
            ("contrat/durees/2018-01-01.md", "C-011"),
            ("contrat/conditions/duree.2019-01-01.md", "C-012"),
            ("contrat/conditions/duree.2018.md", "C-012"),
        ],
    )
    def but_it_tells_a_name_that_says_something_else(
        self, tmp_path: Path, chemin: str, code: str
    ) -> None:
        write(tmp_path, chemin, "contrat.duree")
        assert told(load(tmp_path)) == [(code, f"{tmp_path.name}/{chemin}")]

    def and_it_leaves_the_law_aside(self, tmp_path: Path) -> None:
        write(tmp_path, "droit/textes/lisez_moi.md", "x.y")
        write(tmp_path, "catalogues/lisez_moi.md", "x.y")
        assert load(tmp_path).clauses == {}


class DescribeAnciensIdentifiants:
    """A clause that changed its id."""

    def it_is_found_under_both(self, nationale: Path) -> None:
        bibliotheque = load(nationale)
        jour = dt.date(2018, 1, 1)
        assert bibliotheque.wording("contrat.article_2", jour).entete.id == "contrat.duree"
        assert bibliotheque.wording("contrat.duree", jour).entete.ancien_id == (
            "contrat.article_2",
        )
        assert bibliotheque.constats == ()

    def it_is_replaced_under_its_old_id(self, nationale: Path, tmp_path: Path) -> None:
        region = tmp_path / "region"
        write(region, "contrat/article_2/2018-01-01.md", "contrat.article_2")
        bibliotheque = load(nationale, region)
        redaction = bibliotheque.wording("contrat.duree", dt.date(2018, 1, 1))
        assert (redaction.corps, redaction.entete.id) == ("Texte de region.\n", "contrat.duree")
        assert bibliotheque.remplacees == ("contrat.duree",)
        assert told(bibliotheque) == [("C-065", "region/contrat/article_2/2018-01-01.md")]

    def it_keeps_its_old_id_when_a_region_rewrites_it(
        self, nationale: Path, tmp_path: Path
    ) -> None:
        region = tmp_path / "region"
        write(region, "contrat/duree.md", "contrat.duree")
        assert load(nationale, region).present("contrat.article_2") == "contrat.duree"

    @pytest.mark.parametrize(
        ("identifiant", "cles"),
        [
            ("contrat.article_2", ""),
            ("contrat.autre", "ancien_id: [contrat.article_2]\n"),
        ],
    )
    def but_an_old_id_leads_to_one_clause(
        self, nationale: Path, identifiant: str, cles: str
    ) -> None:
        nom = identifiant.partition(".")[2]
        write(nationale, f"contrat/{nom}.md", identifiant, cles)
        assert [code for code, _ in told(load(nationale))] == ["C-066"]


class DescribeAncresEnvoyees:
    """The bookmarks of Word files made before ids changed."""

    @pytest.mark.parametrize("ancre", ANCRES.read_text(encoding="utf-8").split())
    def it_finds_the_clause_of_each(self, projet: Projet, ancre: str) -> None:
        clauses = clauses_by_anchor(projet.bibliotheque, projet.droit.volets)
        trouvee = find_clause(ancre, clauses)
        assert (trouvee is None) == (ancre in CHAPITRES)
        assert trouvee is None or trouvee in projet.bibliotheque.clauses

    @pytest.mark.parametrize(
        ("ancre", "clause"),
        [
            ("_cl_contrat_article_2", "contrat.duree"),
            ("_cl_socle_article_10", "socle.obligations"),
            ("_cl_socle_article_10_6", "socle.evaluation"),
            ("_cl_annexes_objectifs_3", "annexes.objectifs"),
            ("_cl_evaluation_grille_tableau_ann", "grille_evaluation.tableau"),
            ("_cl_contrat_partie_etablissement_adr_2", "contrat.partie_etablissement_adresse"),
            ("_cl_volet_transports_duree", "volets.duree"),
            ("_cl_volet_qualite_exemple_2", "volets.exemple"),
            ("_cl_inconnue", None),
        ],
    )
    def it_knows_sections_and_annexes(self, projet: Projet, ancre: str, clause: str | None) -> None:
        clauses = clauses_by_anchor(projet.bibliotheque, projet.droit.volets)
        assert find_clause(ancre, clauses) == clause


class DescribeClausesCommunes:
    """A clause that every volet prints."""

    def it_has_a_place_in_each_volet(
        self, depot: Depot, assembler: Callable[..., Assemblage]
    ) -> None:
        document = assembler("990780017").document
        clauses = [bloc for bloc in iter_document(document) if isinstance(bloc, Clause)]
        durees = [clause.ancre for clause in clauses if clause.identite.id == "volets.duree"]
        volets = depot.affaires["990780017"].dossier.valeur.contrat.volets
        assert sorted(durees) == sorted(f"_cl_volet_{volet}_duree" for volet in volets)

    def it_is_worded_otherwise_for_one_volet(self, espace: Path) -> None:
        commune = espace / "clauses/contrat/volets/commun/duree.md"
        propre = espace / "clauses/contrat/volets/transports/duree.md"
        texte = commune.read_text(encoding="utf-8").replace(
            "volets.duree", "volet_transports.duree"
        )
        propre.write_text(texte, encoding="utf-8")
        plan = Projet(espace).types["contrat"].plan
        noms = {
            c.volet: c.nom for c in iter_clauses(plan) if c.place.endswith(".duree") and c.volet
        }
        assert noms["transports"] == "volet_transports.duree"
        assert {noms[volet] for volet in noms if volet != "transports"} == {"volets.duree"}

    def it_is_found_under_the_ids_of_its_volets(self, projet: Projet) -> None:
        present = projet.bibliotheque.present
        assert present("volet_qualite.exemple") == "volets.exemple"
        assert present("volet_qualite.sanction") == "volet_qualite.sanction"
        assert present("volet_qualite.inconnue") == "volet_qualite.inconnue"


class DescribeBibliothequeNationale:
    def it_can_be_read_aloud(self, projet: Projet) -> None:
        """C-067 only warns, for the sake of older libraries; this one has no such line."""
        assert [c for c in verify_library(projet) if c.code == "C-067"] == []
