"""Tests of `data.depot`: dossiers, agencies and funds, loaded and linked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caqes_docs.data.depot import Depot, load_depot, load_named
from tests.architecture.depot import RACINE
from tests.mauvais.cas import BASE, Cas, iter_corpus

DOSSIER = "dossiers/990000010.yaml"


@pytest.fixture
def donnees(tmp_path: Path) -> Path:
    """A `contracts_data/` of one agency, one fund and one dossier, to be broken."""
    return Path(shutil.copytree(BASE / "contracts_data", tmp_path / "contracts_data"))


def _load(donnees: Path) -> Depot:
    return load_depot(donnees, "contracts_data")


def _faults(depot: Depot) -> list[str]:
    return [f"{constat.code} {constat.source}" for constat in depot.constats]


def _change(chemin: Path, avant: str, apres: str) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert avant in texte
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")


class DescribeLoadDepot:
    """`load_depot`."""

    def it_links_a_dossier_to_its_parties(self, donnees: Path) -> None:
        depot = _load(donnees)
        assert depot.constats == ()
        affaire = depot.affaires["990000010"]
        assert affaire.finess == "990000010"
        assert affaire.ars.valeur.nom == "Agence régionale de santé Exemple"
        assert affaire.organisme.valeur.sorte == "CPAM"

    def it_names_files_as_the_user_sees_them(self, donnees: Path) -> None:
        affaire = _load(donnees).affaires["990000010"]
        assert affaire.dossier.fichier.nom == f"contracts_data/{DOSSIER}"
        assert affaire.ars.fichier.nom == "contracts_data/ars/ars-exemple.yaml"

    def it_reads_only_the_dossiers_asked_for(self, donnees: Path) -> None:
        (donnees / "dossiers" / "990000028.yaml").write_text("rien", encoding="utf-8")
        assert list(load_depot(donnees, "d", ["990000010"]).affaires) == ["990000010"]

    def it_is_empty_where_there_is_nothing(self, tmp_path: Path) -> None:
        depot = _load(tmp_path)
        assert (dict(depot.affaires), depot.constats) == ({}, ())

    @pytest.mark.parametrize(
        ("cle", "ligne"), [("ars: ars-exemple", "33:8"), ("organisme: cpam-99", "34:14")]
    )
    def it_wants_a_record_of_each_party(self, donnees: Path, cle: str, ligne: str) -> None:
        _change(donnees / DOSSIER, cle, f"{cle}x")
        depot = _load(donnees)
        assert _faults(depot) == [f"D-040 contracts_data/{DOSSIER}:{ligne}"]
        assert depot.constats[0].remede.startswith("Vouliez-vous dire")
        assert dict(depot.affaires) == {}

    def and_sends_to_the_record_when_it_is_faulty(self, donnees: Path) -> None:
        (donnees / "ars" / "ars-exemple.yaml").write_text("id: [", encoding="utf-8")
        depot = _load(donnees)
        assert [faute[:5] for faute in _faults(depot)] == ["D-004", "D-040"]
        assert depot.constats[1].remede == "Corriger d’abord les erreurs de cette fiche."

    def it_wants_the_name_of_a_file_to_be_its_id(self, donnees: Path) -> None:
        (donnees / "organismes" / "cpam-99.yaml").rename(donnees / "organismes" / "cpam-98.yaml")
        assert _faults(_load(donnees)) == ["D-042 contracts_data/organismes/cpam-98.yaml:1:5"]

    def it_wants_the_name_of_a_dossier_to_be_its_finess(self, donnees: Path) -> None:
        (donnees / DOSSIER).rename(donnees / "dossiers" / "990000028.yaml")
        assert _faults(_load(donnees)) == ["D-042 contracts_data/dossiers/990000028.yaml:3:11"]

    def it_wants_a_contract_number_once(self, donnees: Path) -> None:
        copie = donnees / "dossiers" / "990000028.yaml"
        shutil.copy(donnees / DOSSIER, copie)
        _change(copie, 'finess: "990000010"', 'finess: "990000028"')
        depot = _load(donnees)
        assert _faults(depot) == [
            "D-041 contracts_data/dossiers/990000010.yaml:31:14",
            "D-041 contracts_data/dossiers/990000028.yaml:31:14",
        ]
        assert f"contracts_data/{DOSSIER}:31:14" in depot.constats[1].message

    def it_reads_two_extensions_of_one_name(self, donnees: Path) -> None:
        copie = donnees / "dossiers" / "990000010.yml"
        shutil.copy(donnees / DOSSIER, copie)
        assert "D-041" in {constat.code for constat in _load(donnees).constats}


class DescribeSelect:
    """`Depot.select`."""

    @pytest.mark.parametrize(
        "nom",
        ["990000010", "990000010.yaml", "contracts_data/dossiers/990000010.yaml"]
        + ["CAQES-2018-990000010"],
    )
    def it_takes_a_file_a_finess_or_a_contract_number(self, donnees: Path, nom: str) -> None:
        assert [affaire.finess for affaire in _load(donnees).select([nom])] == ["990000010"]

    def it_takes_all_for_no_name(self, donnees: Path) -> None:
        assert len(_load(donnees).select([])) == 1

    def but_raises_for_an_unknown_name(self, donnees: Path) -> None:
        with pytest.raises(KeyError, match="inconnu"):
            _load(donnees).select(["inconnu"])


def _answer(depot: Depot, noms: list[str]) -> object:
    """What a command reads of a depot for the dossiers it names."""
    try:
        affaires = depot.select(noms)
    except KeyError as error:
        return error.args, depot.constats, dict(depot.affaires)
    return affaires, sorted(map(str, depot.constats_of(affaires)))


def _agree(donnees: Path, *demandes: list[str]) -> bool:
    entier = _load(donnees)
    return all(
        _answer(load_named(donnees, "contracts_data", noms), noms) == _answer(entier, noms)
        for noms in demandes
    )


DOSSIERS_FAUTIFS = [cas for cas in iter_corpus() if "D-000" < cas.code < "D-052"][::2]
TEMOINS = RACINE / "contracts_data"
REGION = ("990780017", "990780025", "990780033")
AUTRE = "dossiers/990780025.yaml"
FINESS = 'finess: "990780025"'


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """Three dossiers of the sample region, to be broken."""
    region = Path(shutil.copytree(TEMOINS, tmp_path / "region"))
    for chemin in (*region.glob("dossiers/*.yaml"), *region.glob("evaluations/*.yaml")):
        if chemin.name[:9] not in REGION:
            chemin.unlink()
    return region


class DescribeLoadNamed:
    """`load_named`: fewer files, the same answers."""

    @pytest.mark.parametrize("nom", ["990780017", "990780017.yaml", "CAQES-2018-990780017"])
    def it_reads_one_dossier_and_its_years(self, nom: str) -> None:
        depot = load_named(TEMOINS, "contracts_data", [nom])
        assert list(depot.affaires) == ["990780017"]
        assert list(depot.affaires["990780017"].evaluations) == [2018, 2019]
        assert _agree(TEMOINS, [nom])

    @pytest.mark.parametrize("nom", ["VALSERRE", "hopital prive", "micocouliers", "castellu d'ex"])
    def it_takes_a_part_of_the_name_of_one_establishment(self, nom: str) -> None:
        depot = load_named(TEMOINS, "contracts_data", [nom])
        assert len(depot.affaires) == 20
        assert len(depot.named(nom)) == 1
        assert _agree(TEMOINS, [nom])

    @pytest.mark.parametrize("nom", ["Centre hospitalier", "val", "", "990"])
    def it_takes_no_word_that_several_have(self, nom: str) -> None:
        assert load_named(TEMOINS, "contracts_data", [nom]).named(nom) == []

    def it_reads_all_for_a_name_that_leads_nowhere(self) -> None:
        assert len(load_named(TEMOINS, "contracts_data", ["2a9780012"]).affaires) == 20

    def it_reads_all_for_no_name(self) -> None:
        assert len(load_named(TEMOINS, "contracts_data", []).affaires) == 20

    @pytest.mark.parametrize("cas", DOSSIERS_FAUTIFS)
    def it_answers_as_if_all_were_read(self, cas: Cas, tmp_path: Path) -> None:
        cas.build(tmp_path / "p")
        donnees = tmp_path / "p" / "contracts_data"
        noms = [chemin.stem for chemin in (donnees / "dossiers").glob("*")]
        demandes = ([], ["inconnu"], ["CAQES-2018-990000010"], noms, *([nom] for nom in noms))
        assert _agree(donnees, *demandes)

    @pytest.mark.parametrize(
        "ecrit", ["990780017", "99 078 00\u202f17", '"99078\\x30017"', "\n    9907\n    80017"]
    )
    def it_sees_a_twin_however_its_finess_is_written(self, region: Path, ecrit: str) -> None:
        _change(region / AUTRE, FINESS, f"finess: {ecrit}")
        depot = load_named(region, "contracts_data", ["990780017"])
        assert "990780025" in depot.affaires
        assert _agree(region, ["990780017"], ["990780025"], ["CAQES-2018-990780017"])

    def it_sees_a_twin_contract(self, region: Path) -> None:
        _change(region / AUTRE, "CAQES-2018-990780025", "CAQES-2018-990780017")
        assert _agree(region, ["990780025"])
        depot = load_named(region, "contracts_data", ["990780025"])
        assert "D-041" in {c.code for c in depot.constats_of(depot.select(["990780025"]))}

    def it_finds_a_year_in_a_file_of_another_name(self, region: Path) -> None:
        annees = region / "evaluations"
        (annees / "990780017-2019.yaml").rename(annees / "retard.yaml")
        depot = load_named(region, "contracts_data", ["990780017"])
        assert list(depot.affaires["990780017"].evaluations) == [2018, 2019]
        assert _agree(region, ["990780017"])

    def it_tells_a_second_evaluation_of_a_year(self, region: Path) -> None:
        annees = region / "evaluations"
        shutil.copy(annees / "990780017-2019.yaml", annees / "000.yaml")
        for depot in (_load(region), load_named(region, "contracts_data", ["990780017"])):
            fautes = depot.constats_of(depot.select(["990780017"]))
            assert [(c.code, Path(c.source.fichier).name) for c in fautes] == [
                ("D-042", "000.yaml"),
                ("D-041", "000.yaml"),
                ("D-041", "990780017-2019.yaml"),
            ]
            (affaire,) = depot.select(["990780017"])
            assert len(depot.errors_of(affaire, 2019)) == len(fautes)
            assert depot.errors_of(affaire, 2018) == depot.errors_of(affaire) == ()

    def it_keeps_a_year_that_does_not_read_from_the_contract(self, region: Path) -> None:
        (region / "evaluations" / "990780017-2019.yaml").write_text("annee: [", encoding="utf-8")
        depot = _load(region)
        (affaire,) = depot.select(["990780017"])
        assert depot.errors_of(affaire) == depot.errors_of(affaire, 2018) == ()
        assert depot.errors_of(affaire, 2019) != ()

    @pytest.mark.parametrize("dossier", ["dossiers", "evaluations", "ars"])
    def it_tells_a_folder_that_is_a_file(self, region: Path, dossier: str) -> None:
        shutil.rmtree(region / dossier)
        (region / dossier).write_text("rien", encoding="utf-8")
        assert _agree(region, ["990780017"])


class DescribeAvenants:
    """The avenants of a dossier."""

    AVENANT = 'dossier: "990000010"\nnumero: {}\ncas: objectifs\n'

    def _write(self, donnees: Path, nom: str, numero: int) -> None:
        (donnees / "avenants").mkdir(exist_ok=True)
        texte = self.AVENANT.format(numero)
        (donnees / "avenants" / f"{nom}.yaml").write_text(texte, encoding="utf-8")

    def it_reads_them_by_number(self, donnees: Path) -> None:
        for numero in (2, 1):
            self._write(donnees, f"990000010-{numero}", numero)
        depot = load_depot(donnees, "contracts_data", ["990000010"])
        assert depot.constats == ()
        assert list(depot.affaires["990000010"].avenants) == [1, 2]

    def but_two_files_of_one_number_are_faults(self, donnees: Path) -> None:
        self._write(donnees, "990000010-1", 1)
        self._write(donnees, "990000010-2", 1)
        assert _faults(_load(donnees)) == [
            "D-042 contracts_data/avenants/990000010-2.yaml:1:10",
            "D-041 contracts_data/avenants/990000010-1.yaml:2:9",
            "D-041 contracts_data/avenants/990000010-2.yaml:2:9",
        ]

    def and_their_errors_count_for_a_year_not_for_the_contract_as_signed(
        self, donnees: Path
    ) -> None:
        (donnees / "avenants").mkdir()
        (donnees / "avenants" / "990000010-1.yaml").write_text("numero: un", encoding="utf-8")
        depot = _load(donnees)
        affaire = depot.affaires["990000010"]
        assert depot.errors_of(affaire) == ()
        assert depot.errors_of(affaire, 2019) == depot.errors_of(affaire, amende=True) != ()
