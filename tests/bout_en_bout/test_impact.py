"""`caqes impact`: exact on a region where one library was changed after one signature."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.application.avenants.impact import Cherche, find_impact
from caqes_docs.application.avenants.releve import build_page, build_table
from caqes_docs.application.projet import Projet
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from tests.outils.signes import sign, signable_project

USLD, SSR, CHU = "990780090", "990780074", "990780017"
"""Two contracts that are sealed, before the change; one that is not, and has three volets."""


def _replace(racine: Path, chemin: str, avant: str, apres: str) -> None:
    fichier = racine / chemin
    texte = fichier.read_text(encoding="utf-8")
    assert avant in texte
    fichier.write_text(texte.replace(avant, apres), encoding="utf-8")


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A clause reworded, a ceiling lowered and a text renamed once two contracts are signed."""
    racine = tmp_path_factory.mktemp("impact")
    avant = signable_project(racine, USLD, SSR, CHU)
    sign(avant, USLD)
    sign(avant, SSR)
    circuit = "clauses/contrat/socle/circuit.md"
    _replace(racine, circuit, "souscrit, pour", "prend, pour")
    _replace(racine, "clauses/droit/parametres/contrat/delai_recours.yaml", '"2"', '"4"')
    return Projet(racine)


def _groups(projet: Projet, cherche: Cherche) -> list[tuple[list[tuple[str, str]], list[str]]]:
    bilan = find_impact(projet, cherche)
    assert bilan.examines == 3
    assert bilan.constats == ()
    return [
        ([(e.avant.strip(), e.apres.strip()) for e in ecarts], [c.dossier for c in contrats])
        for ecarts, contrats in bilan.groupes
    ]


class DescribeImpact:
    def it_groups_the_contracts_by_what_a_rewording_changes(self, projet: Projet) -> None:
        """The two signed before it keep their words; the other will be made with today's."""
        groupes = _groups(projet, Cherche("clause", "socle.circuit"))
        assert groupes == [([("souscrit,", "prend,")], [SSR, USLD]), ([], [CHU])]

    def it_finds_the_clauses_of_a_volet_where_there_is_one(self, projet: Projet) -> None:
        assert _groups(projet, Cherche("clause", "volet_transports.objectifs")) == [([], [CHU])]

    def it_finds_a_parameter_by_what_another_value_changes(self, projet: Projet) -> None:
        """A parameter leaves no name in the words: one that only computes is printed nowhere."""
        groupes = _groups(projet, Cherche("parametre", "contrat/delai_recours"))
        assert [contrats for _, contrats in groupes] == [[SSR, USLD], [CHU]]
        assert all("quatre" in apres for _, apres in groupes[0][0])
        assert _groups(projet, Cherche("parametre", "ciblage/transports_montant")) == []

    def it_finds_a_text_by_its_citations(self, projet: Projet) -> None:
        assert _groups(projet, Cherche("texte", "css/L162-30-2")) == [([], [CHU, SSR, USLD])]

    def it_writes_a_table_and_one_page(
        self, projet: Projet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["impact", "--clause", "socle.circuit", "--formats", "txt", "--format", "json"]
        commande += ["--projet", str(projet.racine), "--sortie", str(tmp_path)]
        assert run(commande) == 0
        dit = json.loads(capsys.readouterr().out)
        assert (dit["contrats"], dit["examines"]) == (3, 3)
        assert dit["fichiers"] == [f"impact_clause_socle.circuit.{nom}" for nom in ("csv", "txt")]
        table = (tmp_path / dit["fichiers"][0]).read_text(encoding="utf-8-sig").splitlines()
        assert len(table) == 4
        assert table[1].startswith(f"{SSR};")
        assert table[1].endswith(";souscrit,;prend,")
        page = (tmp_path / dit["fichiers"][1]).read_text(encoding="utf-8")
        assert "3 contrats sur 3 impriment la clause «\u00a0socle.circuit\u00a0», dont 2" in page
        assert "«\u00a0souscrit,\u00a0» → «\u00a0prend,\u00a0»" in page

    @pytest.mark.parametrize(
        ("demande", "code"),
        [
            (["--clause", "socle.circuits"], "A-016"),
            ([], "A-017"),
            (["--clause", "a", "--texte", "b"], "A-017"),
        ],
    )
    def but_refuses_what_nobody_knows(
        self, projet: Projet, capsys: pytest.CaptureFixture[str], demande: list[str], code: str
    ) -> None:
        assert run(["impact", *demande, "--projet", str(projet.racine)]) in (6, 64)
        dit = capsys.readouterr().err
        assert code in dit
        assert "socle.circuit" in dit or code == "A-017"

    def and_the_page_names_some_contracts_of_a_large_group(self, projet: Projet) -> None:
        bilan = find_impact(projet, Cherche("clause", "socle.circuit"))
        beaucoup = replace(bilan, touches=bilan.touches[1:2] * 20)
        assert len(build_table(beaucoup).lignes) == 20
        assert "et 8 autres" in document_text(build_page(beaucoup, dt.date(2026, 11, 30)))
