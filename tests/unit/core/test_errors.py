"""Tests of `core.errors`, `core.constats` and `core.source`: what users are told, and where."""

from __future__ import annotations

import copy
import pickle

import pytest

from caqes_docs.core import errors
from caqes_docs.core.constats import Constat, Gravite, has_errors, sort_constats
from caqes_docs.core.source import Source

LIEU = Source("dossiers/990000010.yaml", 8, 14)
FAUTE = Constat("D-031", Gravite.ERREUR, LIEU, "Le numéro est faux.", "Le recopier.")


class DescribeCaqesError:
    """The family of exceptions."""

    @pytest.mark.parametrize(
        ("classe", "sortie"),
        [
            (errors.UsageError, 64),
            (errors.DroitError, 3),
            (errors.ClauseError, 4),
            (errors.RenduError, 5),
            (errors.EnvironnementError, 69),
            (errors.CaqesError, 70),
        ],
    )
    def it_survives_the_passage_from_a_worker(
        self, classe: type[errors.CaqesError], sortie: int
    ) -> None:
        erreur = classe("X-123", "Ce qui est arrivé.", remede="Que faire.", source=LIEU)
        for copie in (pickle.loads(pickle.dumps(erreur)), copy.deepcopy(erreur)):
            assert type(copie) is classe
            assert str(copie) == "Ce qui est arrivé."
            assert (copie.code, copie.message) == ("X-123", "Ce qui est arrivé.")
            assert (copie.remede, copie.source) == ("Que faire.", LIEU)
            assert copie.exit_code == sortie

    def it_keeps_its_findings_too(self) -> None:
        erreur = errors.DonneesError("D-000", "Le dossier a des erreurs.", [FAUTE])
        copie = pickle.loads(pickle.dumps(erreur))
        assert copie.constats == (FAUTE,)
        assert copie.exit_code is errors.ExitCode.DONNEES
        assert copie.remede == ""
        assert copie.source is None

    def it_has_one_exit_code_per_family(self) -> None:
        assert {code.name: code.value for code in errors.ExitCode} == {
            "OK": 0,
            "DONNEES": 2,
            "DROIT": 3,
            "CLAUSE": 4,
            "RENDU": 5,
            "RELECTURE": 6,
            "IDENTIQUE": 7,
            "USAGE": 64,
            "ENVIRONNEMENT": 69,
            "INTERNE": 70,
            "INTERROMPU": 130,
        }


class DescribeSource:
    """`Source`."""

    @pytest.mark.parametrize(
        ("source", "attendu"),
        [
            (LIEU, "dossiers/990000010.yaml:8:14"),
            (Source("a.md", 3), "a.md:3"),
            (Source("a.md"), "a.md"),
            (Source("a.md", 0, 5), "a.md"),
        ],
    )
    def it_writes_only_what_is_known(self, source: Source, attendu: str) -> None:
        assert str(source) == attendu

    def it_sorts_lines_as_numbers(self) -> None:
        assert sorted([Source("a", 10), Source("a", 9), Source("a")]) == [
            Source("a"),
            Source("a", 9),
            Source("a", 10),
        ]


class DescribeConstats:
    """`sort_constats`, `has_errors`, `as_dict`."""

    def it_sorts_by_place_and_tells_each_once(self) -> None:
        premier = Constat("D-070", Gravite.AVERTISSEMENT, Source("a.yaml", 9), "x")
        second = Constat("D-010", Gravite.ERREUR, Source("a.yaml", 10), "x")
        autre = Constat("D-001", Gravite.ERREUR, Source("b.yaml"), "x")
        assert sort_constats([autre, second, premier, second]) == [premier, second, autre]

    def it_stops_the_work_for_an_error_only(self) -> None:
        manque = Constat("D-060", Gravite.MANQUE, LIEU, "x")
        avis = Constat("D-070", Gravite.AVERTISSEMENT, LIEU, "x")
        assert not has_errors([manque, avis])
        assert has_errors([manque, FAUTE])

    def it_is_ready_for_json(self) -> None:
        assert FAUTE.as_dict() == {
            "code": "D-031",
            "gravite": "erreur",
            "fichier": "dossiers/990000010.yaml",
            "ligne": 8,
            "colonne": 14,
            "message": "Le numéro est faux.",
            "remede": "Le recopier.",
        }

    def it_names_gravities_in_french(self) -> None:
        assert [gravite.value for gravite in Gravite] == ["erreur", "à compléter", "avertissement"]
