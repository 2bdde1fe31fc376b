"""Tests of `law.droit.chargement`: libraries laid one over the other, and what is wrong in them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from caqes_docs.law.droit.chargement import Racine, load_droit
from caqes_docs.law.droit.droit import Droit
from tests.mauvais.cas import BASE

PLAFOND = "droit/parametres/socle/plafond.yaml"
INDICATEURS = "catalogues/indicateurs/nationaux.yaml"


@pytest.fixture
def nationale(tmp_path: Path) -> Path:
    """A library to be broken."""
    return Path(shutil.copytree(BASE / "clauses", tmp_path / "clauses"))


def _load(*dossiers: Path) -> Droit:
    return load_droit([Racine(dossier.name, dossier, dossier.name) for dossier in dossiers])


def _faults(droit: Droit) -> list[str]:
    return [f"{constat.code} {constat.source}" for constat in droit.constats]


def _copy(nationale: Path, nom: str, avant: str, apres: str) -> Path:
    """A regional library that holds one file of the national one, changed."""
    region = nationale.parent / "region"
    cible = region / nom
    cible.parent.mkdir(parents=True, exist_ok=True)
    texte = (nationale / nom).read_text(encoding="utf-8")
    assert avant in texte
    cible.write_text(texte.replace(avant, apres), encoding="utf-8")
    return region


def _change(nationale: Path, nom: str, avant: str, apres: str) -> None:
    shutil.copy(_copy(nationale, nom, avant, apres) / nom, nationale / nom)


class DescribeLoadDroit:
    """`load_droit` on one library."""

    def it_reads_every_register(self, nationale: Path) -> None:
        droit = _load(nationale)
        assert _faults(droit) == []
        assert list(droit.textes) == ["css/L162-30-2"]
        assert list(droit.termes) == ["juge"]
        assert list(droit.regimes) == ["caqes_1", "caqes_2"]
        assert "socle/plafond" in droit.parametres
        assert list(droit.volets) == ["transports"]
        assert list(droit.plans_types) == ["mco"]
        assert list(droit.obligations) == ["S0-1"]

    def it_remembers_where_each_thing_stands(self, nationale: Path) -> None:
        sources = _load(nationale).sources
        assert str(sources["paramètre:socle/plafond"]) == f"clauses/{PLAFOND}:1:5"
        assert str(sources["indicateur:NAT-1"]) == f"clauses/{INDICATEURS}:5:9"
        assert str(sources["plan:mco"]).startswith("clauses/catalogues/plans_actions/mco.yaml")

    def it_is_empty_without_files(self, tmp_path: Path) -> None:
        droit = _load(tmp_path)
        assert (dict(droit.textes), droit.constats) == ({}, ())

    def it_goes_on_after_a_file_that_does_not_read(self, nationale: Path) -> None:
        (nationale / "droit" / "termes.yaml").write_text("termes: [", encoding="utf-8")
        droit = _load(nationale)
        assert [faute[:5] for faute in _faults(droit)] == ["D-004"]
        assert list(droit.textes) == ["css/L162-30-2"]
        assert dict(droit.termes) == {}


class DescribeFindings:
    """What is wrong in a library."""

    @pytest.mark.parametrize(
        ("au", "mot"), [("2019-06-30", "se chevauchent"), ("2018-06-30", "laissent un trou")]
    )
    def it_finds_overlaps_and_gaps(self, nationale: Path, au: str, mot: str) -> None:
        _change(nationale, "droit/termes.yaml", "au: 2018-12-31", f"au: {au}")
        droit = _load(nationale)
        assert _faults(droit) == ["L-010 clauses/droit/termes.yaml:10:13"]
        assert mot in droit.constats[0].message

    def it_finds_a_value_that_does_not_read(self, nationale: Path) -> None:
        _change(nationale, PLAFOND, '"1 %"', '"un pour cent"')
        assert _faults(_load(nationale)) == [f"L-011 clauses/{PLAFOND}:7:13"]

    def it_finds_a_file_under_another_name(self, nationale: Path) -> None:
        (nationale / PLAFOND).rename(nationale / "droit/parametres/socle/plancher.yaml")
        droit = _load(nationale)
        assert _faults(droit) == ["L-013 clauses/droit/parametres/socle/plancher.yaml:1:5"]

    def it_finds_an_id_given_twice(self, nationale: Path) -> None:
        shutil.copy(nationale / INDICATEURS, (nationale / INDICATEURS).with_name("autres.yaml"))
        droit = _load(nationale)
        assert _faults(droit) == [f"L-009 clauses/{INDICATEURS}:5:9"]
        assert droit.constats[0].message == (
            "«\u00a0NAT-1\u00a0» (indicateur) a déjà une définition en "
            "clauses/catalogues/indicateurs/autres.yaml:5:9."
        )

    def it_finds_a_period_that_ends_before_it_begins(self, nationale: Path) -> None:
        _change(nationale, PLAFOND, "au: 2021-12-31", "au: 2017-12-31")
        assert _faults(_load(nationale)) == [f"L-010 clauses/{PLAFOND}:5:5"]


class DescribeOverlay:
    """A regional library laid over the national one."""

    def it_replaces_a_parameter_without_a_word(self, nationale: Path) -> None:
        region = _copy(nationale, PLAFOND, '"1 %"', '"0,5 %"')
        droit = _load(nationale, region)
        assert _faults(droit) == []
        assert str(droit.parameter("socle/plafond", dt.date(2018, 1, 1)).valeur) == "0.005"
        assert str(droit.sources["paramètre:socle/plafond"]) == f"region/{PLAFOND}:1:5"

    def it_adds_what_it_alone_has(self, nationale: Path) -> None:
        region = _copy(nationale, "droit/textes/css.yaml", "css/L162-30-2", "css/L162-30-4")
        assert list(_load(nationale, region).textes) == ["css/L162-30-2", "css/L162-30-4"]

    def it_replaces_an_indicator_by_its_code(self, nationale: Path) -> None:
        region = _copy(nationale, INDICATEURS, "progression", "croissance")
        (region / INDICATEURS).rename((region / INDICATEURS).with_name("region.yaml"))
        droit = _load(nationale, region)
        assert _faults(droit) == []
        assert droit.indicators(dt.date(2018, 1, 1))["NAT-1"].libelle == (
            "Taux de croissance de la liste en sus"
        )

    def but_the_order_of_libraries_decides(self, nationale: Path) -> None:
        region = _copy(nationale, PLAFOND, '"1 %"', '"0,5 %"')
        droit = _load(region, nationale)
        assert str(droit.parameter("socle/plafond", dt.date(2018, 1, 1)).valeur) == "0.01"
