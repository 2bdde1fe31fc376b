"""A campaign begins with files that ask for what the contracts ask for, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from caqes_docs.application.commencer.evaluation import draft
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import ExitCode
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.jugement import judge

DONNEES = {"V-005", "V-020", "V-024", "V-036", "V-037", "V-038", "V-040", "V-150", "V-289"}
"""What a year lacks while nothing is filled in."""
MANQUES = DONNEES | {"V-148"}
"""And what its contract has no target for."""
ANNEES = [
    (nom, annee)
    for annee in (2018, 2019)
    for nom in (
        *("2A9780012", "2B9780010", "990780017", "990780025", "990780033", "990780041"),
        *("990780066", "990780082", "990780116", "990780124", "990780181", "990780199"),
    )
]


def read(chemin: Path) -> Charge[Evaluation]:
    charge, constats = load_record(chemin, chemin.name, Evaluation)
    assert (charge is not None, list(constats)) == (True, [])
    assert charge is not None
    return charge


Redacteur: TypeAlias = Callable[[str, int], tuple[Affaire, Charge[Evaluation]]]


@pytest.fixture
def redige(projet: Projet, depot: Depot, tmp_path: Path) -> Redacteur:
    """The draft of one year of one contract, as it reads."""

    def write(nom: str, annee: int) -> tuple[Affaire, Charge[Evaluation]]:
        affaire = state_of_year(depot.affaires[nom], annee)
        chemin = tmp_path / f"{nom}-{annee}.yaml"
        chemin.write_text(draft(affaire, projet.droit, annee), encoding="utf-8")
        return affaire, read(chemin)

    return write


class DescribeBrouillon:
    @pytest.mark.parametrize(("nom", "annee"), ANNEES)
    def it_asks_for_all_that_was_told_of_that_year(
        self, nom: str, annee: int, redige: Redacteur
    ) -> None:
        affaire, brouillon = redige(nom, annee)
        dite, demandee = affaire.evaluations[annee].valeur, brouillon.valeur
        assert (demandee.dossier, demandee.annee) == (dite.dossier, annee)
        assert set(dite.indicateurs) <= set(demandee.indicateurs)
        assert set(dite.actions) <= set(demandee.actions)
        assert set(dite.volets) == set(demandee.volets)
        for volet, vu in dite.volets.items():
            demande = demandee.volets[volet]
            assert set(vu.complementaires) == set(demande.complementaires)
            assert set(vu.actions) <= set(demande.actions)
            for cle in ("objectif_principal", "objectif_supplementaire"):
                assert (getattr(vu, cle) is None) == (getattr(demande, cle) is None)

    @pytest.mark.parametrize(("nom", "annee"), ANNEES)
    def it_holds_no_answer_and_nothing_that_the_contract_does_not_hold(
        self, nom: str, annee: int, redige: Redacteur, projet: Projet
    ) -> None:
        affaire, brouillon = redige(nom, annee)
        constats = {constat.code for constat in judge(affaire, brouillon, projet.droit).constats}
        assert constats <= MANQUES
        mesures = [*brouillon.valeur.indicateurs.values()]
        mesures += [m for v in brouillon.valeur.volets.values() for m in v.complementaires.values()]
        assert {m.model_dump_json() for m in mesures} == {type(mesures[0])().model_dump_json()}

    def it_prints_what_a_pharmacist_reads(self, projet: Projet, depot: Depot) -> None:
        lignes = draft(depot.affaires["990780025"], projet.droit, 2019).splitlines()
        assert lignes[0] == ("# Centre hospitalier de Valserre\u00a0: évaluation de l’année 2019.")
        rang = lignes.index("  NAT-10-1-2: {numerateur: , denominateur: }")
        assert lignes[rang - 1].startswith("  # Taux d’équipement en logiciels")
        assert lignes[rang - 1].endswith("Cible\u00a0: au moins 75\u00a0%.")


class DescribeCommande:
    def it_begins_the_evaluations_of_every_contract_in_force(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        dossier = espace / "contracts_data" / "evaluations"
        avant = {chemin.name: chemin.read_bytes() for chemin in dossier.iterdir()}
        assert run(["nouveau", "evaluation", "--annee", "2019", "--projet", str(espace)]) == 0
        nouveaux = {chemin.name for chemin in dossier.iterdir()} - set(avant)
        assert sorted(nouveaux) == [
            f"{nom}-2019.yaml"
            for nom in (
                *("990780058", "990780074", "990780090", "990780108"),
                *("990780157", "990780165", "990780173", "990780207"),
            )
        ]
        assert all((dossier / nom).read_bytes() == octets for nom, octets in avant.items())
        dit = capsys.readouterr()
        assert "Laissés de côté (déjà évalués en 2019)\u00a0: 2A9780012, 2B9780010" in dit.err
        assert "8 évaluations à remplir" in dit.err
        assert (espace / "contracts_data/.schemas/evaluation.schema.json").is_file()

    def but_it_overwrites_nothing_that_is_named(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["nouveau", "evaluation", "990780017", "--annee", "2019"]
        assert run([*commande, "--projet", str(espace)]) == ExitCode.USAGE
        assert "U-012" in capsys.readouterr().err

    def it_writes_nothing_when_one_of_those_named_cannot_be(self, espace: Path) -> None:
        dossier = espace / "contracts_data" / "evaluations"
        avant = sorted(dossier.iterdir())
        commande = ["nouveau", "evaluation", "990780058", "990780017", "--annee", "2019"]
        assert run([*commande, "--projet", str(espace)]) == ExitCode.USAGE
        assert sorted(dossier.iterdir()) == avant


class DescribeProjetDExemple:
    def it_is_the_whole_sample_region(self, projet: Projet, tmp_path: Path) -> None:
        assert run(["nouveau", "projet", str(tmp_path / "p"), "--exemple"]) == 0
        copie, source = (r / "contracts_data" for r in (tmp_path / "p", projet.racine))
        fichiers = {c.relative_to(source) for c in source.rglob("*") if c.is_file()}
        assert fichiers <= {c.relative_to(copie) for c in copie.rglob("*") if c.is_file()}

    def but_an_empty_project_only_has_the_folders(self, tmp_path: Path) -> None:
        assert run(["nouveau", "projet", str(tmp_path / "p")]) == 0
        dossiers = tmp_path / "p" / "contracts_data"
        assert sorted(chemin.name for chemin in dossiers.iterdir()) == [
            *(".schemas", "ars", "avenants", "ciblage", "dossiers", "evaluations", "organismes"),
        ]
