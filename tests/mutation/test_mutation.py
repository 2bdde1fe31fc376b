"""The tool itself: which changes it makes, and how it tells the killed from the survivors."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.chargeur import PAQUET, Importateur, dotted
from tests.mutation.mutants import Mutant, iter_mutants
from tests.mutation.rapport import Registre, render_report
from tests.mutation.seance import DELAI, SURVIT, TUE, Bassin, Couverture, Greffon, Mesure

SOURCE = '''\
"""A docstring is left alone."""
import enum

TAUX = 3


class Sens(enum.Enum):
    """So is that of a class."""

    MAX = "max"


def cap(a: int, b: int = 2, *, strict: bool = True) -> int:
    """And that of a function."""
    if strict and not a:
        raise ValueError(f"message {a}")
    notes.append("un message, pour lire")
    return min(a, b + TAUX) if a <= b else parameter("socle/plafond")
'''
ATTENDUS = {
    "TAUX": ["constante · 3 → 4"],
    "Sens": ["clé · 'max' → 'maxx'"],
    "defauts": ["constante · 2 → 3", "constante · True → False"],
    "corps": [
        "condition · strict and (not a) → True",
        "condition · strict and (not a) → False",
        "et/ou · strict and (not a) → strict or not a",
        "négation · not a → a",
        "retrait · notes.append('un message, pour lire') → pass",
        "retour · return min(a, b + TAUX) if a <= b else parameter('socle/plafond') → return None",
        "condition · a <= b → True",
        "condition · a <= b → False",
        "comparaison · a <= b → a < b",
        "comparaison · a <= b → a > b",
        "nom · min → max",
        "calcul · b + TAUX → b - TAUX",
        "clé · 'socle/plafond' → 'socle/plafondx'",
    ],
}


def mutants() -> list[Mutant]:
    """Those of `SOURCE`."""
    return list(iter_mutants("essai.py", SOURCE))


class DescribeMutants:
    """`iter_mutants`."""

    def it_makes_these_changes_and_no_other(self) -> None:
        faits = [f"{m.operateur} · {m.avant} → {m.apres}" for m in mutants()]
        assert sorted(faits) == sorted(nom for noms in ATTENDUS.values() for nom in noms)

    def it_names_each_once_whatever_the_lines(self) -> None:
        noms = [mutant.nom for mutant in mutants()]
        assert len(set(noms)) == len(noms)
        plus_bas = [
            m.nom for m in iter_mutants("essai.py", SOURCE.replace("TAUX = 3", "\n\nTAUX = 3"))
        ]
        assert plus_bas == noms

    def it_changes_one_place_of_the_tree(self) -> None:
        avant = ast.parse(SOURCE)
        for mutant in mutants():
            apres = mutant.build_tree(avant)
            assert ast.dump(apres) != ast.dump(avant), mutant.nom
            compile(apres, "essai.py", "exec")
        assert ast.dump(avant) == ast.dump(ast.parse(SOURCE))

    def it_says_which_need_the_module_afresh(self) -> None:
        froids = {m.avant for m in mutants() if m.ligne == 0}
        assert froids == {"3", "'max'", "2", "True"}

    def it_judges_afresh_what_a_function_remembers(self) -> None:
        texte = "@functools.cache\ndef lu(a):\n    return a + 1\n"
        assert {m.ligne for m in iter_mutants("x.py", texte)} == {0}

    def it_finds_mutants_in_every_module_with_code(self) -> None:
        for chemin in PAQUET.rglob("*.py"):
            texte = chemin.read_text(encoding="utf-8")
            if "return" in texte:
                assert any(iter_mutants(chemin.name, texte)), chemin


class DescribeVerdict:
    """A mutant judged as the campaign does, in a fork."""

    @pytest.mark.parametrize(
        ("operateur", "apres", "verdict"),
        [
            ("calcul", "b - TAUX", TUE),
            ("comparaison", "a < b", SURVIT),  # a = b = 0: both branches give 0
        ],
    )
    def it_kills_the_known_and_spares_the_equivalent(
        self, operateur: str, apres: str, verdict: int
    ) -> None:
        texte = "def cap(a, b):\n    return a + (b if a <= b else a)\n"
        if operateur == "calcul":
            texte = "TAUX = 3\ndef cap(a, b):\n    return b + TAUX\n"
        (mutant,) = (
            m for m in iter_mutants("x.py", texte) if (m.operateur, m.apres) == (operateur, apres)
        )
        espace: dict[str, object] = {}
        exec(compile(mutant.build_tree(ast.parse(texte)), "x.py", "exec"), espace)

        def judge() -> int:
            resultat = espace["cap"](0, 0)  # type: ignore[operator]
            return SURVIT if resultat == (3 if operateur == "calcul" else 0) else TUE

        assert dict(Bassin(1).run({"m": (judge, 5)})) == {"m": verdict}

    def it_stops_what_never_ends(self) -> None:
        def turn() -> int:
            while True:
                pass

        assert dict(Bassin(1).run({"m": (turn, 1)})) == {"m": DELAI}

    def it_counts_a_crash_as_killed(self) -> None:
        def crash() -> int:
            raise KeyError("mutant")

        assert dict(Bassin(2).run({"a": (crash, 5), "b": (lambda: SURVIT, 5)})) == {
            "a": TUE,
            "b": SURVIT,
        }

    def it_gives_the_mutant_even_to_the_doctests_of_its_module(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mutant = next(m for m in mutants() if m.ligne == 0)
        lecteur, importateur = object(), Importateur(replace(mutant, module="calcul/noeud.py"))
        monkeypatch.setattr("sys.meta_path", [lecteur, importateur])  # as pytest leaves them
        Greffon(lambda seance: None).pytest_collection()
        assert sys.meta_path == [importateur, lecteur]


class DescribeCouverture:
    """Which tests judge a mutant."""

    def it_asks_the_quickest_of_those_that_run_its_line(self) -> None:
        (mutant,) = (m for m in mutants() if m.operateur == "calcul")
        ligne = frozenset({("essai.py", mutant.ligne)})
        couverture = Couverture(
            {
                "lent": Mesure(2.0, ligne),
                "ailleurs": Mesure(0.1, frozenset({("essai.py", 1)})),
                "vif": Mesure(0.2, ligne),
                "trop-long": Mesure(99.0, ligne),
            }
        )
        assert couverture.find_tests(mutant) == ["vif", "lent"]
        assert not couverture.is_cold(mutant)

    def but_all_those_of_the_module_for_what_runs_on_import(self) -> None:
        mutant = next(m for m in mutants() if m.ligne == 0)
        couverture = Couverture(
            {
                "un": Mesure(0.3, frozenset({("essai.py", 15)})),
                "autre": Mesure(0.1, frozenset({("autre.py", 15)})),
            }
        )
        assert couverture.find_tests(mutant) == ["un"]
        assert couverture.is_cold(mutant)
        propre = "tests/unit/law/test_essai.py::DescribeEssai::it_names"
        couverture.tests[propre] = Mesure(0.2, frozenset())
        assert couverture.find_tests(mutant) == [propre, "un"]

    def and_those_of_the_file_that_tests_the_module(self) -> None:
        mutant = next(m for m in mutants() if m.ligne > 0)
        ligne = frozenset({("essai.py", mutant.ligne)})
        propre = "tests/unit/law/test_essai.py::DescribeEssai::it_is_named"
        couverture = Couverture(
            {propre: Mesure(0.1, frozenset()), "tests/autre.py::it_reads": Mesure(0.1, frozenset())}
        )
        assert couverture.find_tests(mutant) == []
        couverture.chauffe = ligne
        assert couverture.find_tests(mutant) == [propre]

    def it_names_modules_as_python_does(self) -> None:
        assert dotted("caqes_1/socle.py") == "caqes_docs.law.caqes_1.socle"


class DescribeRapport:
    """Fails on a survivor without reason, and on a reason without survivor."""

    @pytest.mark.parametrize(
        ("survivants", "expliques", "juste"),
        [
            ([], [], True),
            ([0], [], False),
            ([0], [0], True),
            ([], [0], False),
            ([0], [0, 1], False),
        ],
    )
    def it_is_right_only_when_both_agree(
        self, survivants: list[int], expliques: list[int], juste: bool, tmp_path: Path
    ) -> None:
        tous = mutants()
        registre = Registre(tmp_path, "empreinte")
        for rang, mutant in enumerate(tous):
            registre.note(mutant.nom, rang not in survivants)
        raisons = {tous[rang].nom: "raison" for rang in expliques}
        texte, resultat = render_report(tous, registre, raisons, entier=True)
        assert resultat is juste
        assert f"{len(tous) - len(survivants)} mutants tués sur {len(tous)}" in texte

    def it_remembers_what_was_judged_in_the_same_state(self, tmp_path: Path) -> None:
        Registre(tmp_path, "a").note("m", True)
        assert Registre(tmp_path, "a").is_known("m")
        assert not Registre(tmp_path, "b").is_known("m")
        assert not Registre(tmp_path, "a", neuf=True).is_known("m")

    def it_is_not_complete_while_a_mutant_waits(self, tmp_path: Path) -> None:
        registre = Registre(tmp_path, "empreinte")
        assert render_report(mutants(), registre, {}, entier=True)[1] is False
