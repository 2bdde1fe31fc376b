"""Tests of `law.calcul`: values, unknown ones, and steps one can follow."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.periode import Periode
from caqes_docs.data.dossier.volets import Bareme, NomBareme, Palier
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.explication import format_value, in_force, signed, steps, worked_out
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    ValeurNoeud,
    apply,
    arrondi,
    compute,
    constante,
    entree,
    replay,
    si,
)
from caqes_docs.law.caqes_1.baremes import BaremePose, Effet, compute_part
from caqes_docs.law.droit.modeles import Certitude

RACINE = Path(__file__).resolve().parents[4]
FONDEMENT = Fondement("R-TRA-1", "instruction, annexe 4", Certitude.INSTRUCTION)
FICHIER = FichierYaml("dossier.yaml", {}, {})


def taux(valeur: str | None, libelle: str = "Niveau") -> Noeud:
    return entree(
        libelle, None if valeur is None else Decimal(valeur), Nature.TAUX, "dossier.yaml:1:1"
    )


def part(bareme: Bareme, niveau: str, effet: Effet) -> ValeurNoeud:
    pose = BaremePose(bareme, FICHIER, ())
    return compute_part(pose, taux(niveau), effet, taux("0.4")).valeur


class DescribeApply:
    def it_leaves_a_null_denominator_unknown(self) -> None:
        assert apply(Operation.QUOTIENT, [Decimal(3), Decimal(0)]) is None

    @pytest.mark.parametrize(
        ("valeurs", "attendu"),
        [
            ([True, True, True], True),
            ([True, None, False], False),
            ([True, None, True], None),
        ],
    )
    def it_needs_the_three_answers_of_a_composite(
        self, valeurs: list[bool | None], attendu: bool | None
    ) -> None:
        assert apply(Operation.ET, list(valeurs)) is attendu

    def it_compares_classes_from_the_best(self) -> None:
        assert apply(Operation.CLASSE, ["A", "B"]) is True
        assert apply(Operation.CLASSE, ["C", "B"]) is False

    @pytest.mark.parametrize(
        ("operation", "attendus"),
        [
            (Operation.AU_PLUS, (True, True, False)),
            (Operation.INFERIEUR, (True, False, False)),
            (Operation.AU_MOINS, (False, True, True)),
            (Operation.SUPERIEUR, (False, False, True)),
            (Operation.EGAL, (False, True, False)),
        ],
    )
    def it_compares_below_at_and_above(
        self, operation: Operation, attendus: tuple[bool, bool, bool]
    ) -> None:
        un = Decimal(1)
        autres = (Decimal("0.99"), un, Decimal("1.01"))
        assert tuple(apply(operation, [autre, un]) for autre in autres) == attendus

    def it_divides_to_fifty_digits(self) -> None:
        tiers = apply(Operation.QUOTIENT, [Decimal(1), Decimal(3)])
        assert tiers == Decimal("0." + "3" * 50)
        deux_tiers = apply(Operation.QUOTIENT, [Decimal(2), Decimal(3)])
        assert deux_tiers == Decimal("0." + "6" * 49 + "7")

    def it_compares_unrounded(self) -> None:
        assert apply(Operation.AU_PLUS, [Decimal("0.02200001"), Decimal("0.022")]) is False

    def but_it_does_not_compute_with_words(self) -> None:
        with pytest.raises(TypeError):
            apply(Operation.SOMME, ["A", Decimal(1)])


class DescribeMots:
    """The words of the trees in JSON, which others read: `docs/arbre_de_calcul.md`."""

    def it_writes_what_is_documented(self) -> None:
        texte = (RACINE / "docs/arbre_de_calcul.md").read_text(encoding="utf-8")
        _, _, table = texte.partition("| operation | valeur |\n")
        table = table.partition("\n\n")[0].partition("\n")[2]
        mots = [mot for ligne in table.splitlines() for mot in words(ligne.split("|")[1])]
        assert sorted(mots) == sorted(operation.value for operation in Operation)
        (ligne,) = (ligne for ligne in texte.splitlines() if ligne.startswith("| `nature` |"))
        assert words(ligne.split("|")[2]) == [nature.value for nature in Nature]


def words(cellule: str) -> list[str]:
    """The words in code in a cell."""
    return re.findall("`([a-z_]+)`", cellule)


class DescribeBaremes:
    def it_gives_all_or_nothing(self) -> None:
        bareme = Bareme(nom=NomBareme.TOUT_OU_RIEN, seuil="50 %")  # type: ignore[arg-type]
        assert part(bareme, "0.5", Effet.INTERESSEMENT) == 1
        assert part(bareme, "0.49", Effet.INTERESSEMENT) == 0
        assert part(bareme, "0.49", Effet.SANCTION) == 1

    def it_is_linear_between_two_levels(self) -> None:
        bareme = Bareme(nom=NomBareme.LINEAIRE, de="40 %", a="100 %")  # type: ignore[arg-type]
        assert part(bareme, "0.7", Effet.INTERESSEMENT) == Decimal("0.5")
        assert part(bareme, "0.1", Effet.INTERESSEMENT) == 0
        assert part(bareme, "0.1", Effet.SANCTION) == 1

    def it_reads_the_steps_of_a_sanction_as_written(self) -> None:
        paliers = (
            Palier(a_partir_de="0 %", part="100 %"),  # type: ignore[arg-type]
            Palier(a_partir_de="50 %", part="25 %"),  # type: ignore[arg-type]
        )
        bareme = Bareme(nom=NomBareme.PALIERS, paliers=paliers)
        assert part(bareme, "0.5", Effet.SANCTION) == Decimal("0.25")
        assert part(bareme, "0.49", Effet.SANCTION) == 1

    def it_takes_the_modulation_of_the_evaluation(self) -> None:
        assert part(Bareme(nom=NomBareme.SAISIE), "0.9", Effet.SANCTION) == Decimal("0.4")

    @given(st.integers(0, 100), st.integers(0, 100))
    def it_rewards_more_and_sanctions_less_as_the_level_rises(self, un: int, deux: int) -> None:
        bas, haut = sorted((Decimal(un) / 100, Decimal(deux) / 100))
        bareme = Bareme(nom=NomBareme.LINEAIRE, de="20 %", a="90 %")  # type: ignore[arg-type]
        for effet, sens in ((Effet.INTERESSEMENT, 1), (Effet.SANCTION, -1)):
            avant, apres = (part(bareme, str(niveau), effet) for niveau in (bas, haut))
            assert isinstance(avant, Decimal)
            assert isinstance(apres, Decimal)
            assert sens * avant <= sens * apres
            assert 0 <= apres <= 1


class DescribeSteps:
    def it_numbers_each_step_once_and_names_it_by_number(self) -> None:
        base = entree("Produits", Decimal(40_000_000), Nature.EURO, "dossier.yaml:3:5")
        produit = compute(
            Operation.PRODUIT, "Maximum", Nature.EURO, (taux("0.01"), base), FONDEMENT
        )
        somme = compute(Operation.SOMME, "Deux fois", Nature.EURO, (produit, produit), FONDEMENT)
        assert [(e.repere, e.formule, e.valeur) for e in steps(somme)] == [
            (1, "", "1\u00a0%"),
            (2, "", "40\u202f000\u202f000\u00a0€"),
            (3, "(1) × (2)", "400\u202f000\u00a0€"),
            (4, "(3) + (3)", "800\u202f000\u00a0€"),
        ]

    def it_goes_on_from_the_steps_told_before(self) -> None:
        base = entree("Niveau", Decimal("0.5"), Nature.TAUX, "dossier.yaml:3:5")
        avant = steps(compute(Operation.NON, "Un", Nature.TAUX, (base,), FONDEMENT))
        somme = compute(Operation.SOMME, "Deux", Nature.TAUX, (taux("0.1"), base), FONDEMENT)
        assert [(e.repere, e.formule) for e in steps(somme, avant)] == [(3, ""), (4, "(3) + (1)")]

    def it_tells_how_each_step_is_worked_out_and_since_when_it_is_law(self) -> None:
        periode = Periode(dt.date(2018, 1, 1), None)
        parametre = Noeud(
            Operation.PARAMETRE, "Plafond", Nature.TAUX, Decimal("0.01"), periode=periode
        )
        regle = constante("Rien", Decimal(0), Nature.TAUX, FONDEMENT)
        somme = compute(
            Operation.SOMME, "Somme", Nature.TAUX, (taux("0.1"), parametre, regle), FONDEMENT
        )
        assert [worked_out(etape) for etape in steps(somme)] == [
            *("donnée", "paramètre du droit", "valeur de la règle"),
            "(1) + (2) + (3)",
        ]
        assert in_force(parametre) == "en vigueur depuis le 1er\u00a0janvier\u00a02018"
        assert in_force(regle) == ""
        close = replace(parametre, periode=replace(periode, au=dt.date(2022, 12, 31)))
        assert in_force(close).endswith(
            "du 1er\u00a0janvier\u00a02018 au 31\u00a0décembre\u00a02022"
        )

    def it_tells_only_the_branch_taken(self) -> None:
        oui = entree("Atteint", True, Nature.OUI_NON, "e.yaml:1:1")
        zero = constante("Rien", Decimal(0), Nature.EURO, FONDEMENT)
        inconnu = entree("Sanction", None, Nature.EURO, "e.yaml:2:1", motif="inconnue")
        montant = si("Montant", oui, zero, inconnu, FONDEMENT)
        assert montant.valeur == 0
        assert [etape.libelle for etape in steps(montant)] == ["Atteint", "Rien", "Montant"]

    def it_says_that_the_least_of_one_amount_is_that_amount(self) -> None:
        seul = compute(Operation.MINIMUM, "Maximum", Nature.TAUX, (taux("0.3"),), FONDEMENT)
        deux = compute(Operation.MINIMUM, "Part", Nature.TAUX, (seul, taux("0.2")), FONDEMENT)
        assert [etape.formule for etape in steps(deux)] == [
            "",
            "égal à (1)",
            "",
            "le plus petit de (2) et (3)",
        ]

    def it_says_why_a_value_is_not_known(self) -> None:
        inconnu = entree("Dépense", None, Nature.EURO, "e.yaml:2:1", motif="la dépense manque")
        somme = compute(Operation.SOMME, "Total", Nature.EURO, (inconnu,), FONDEMENT)
        assert format_value(somme) == "non évaluable (la dépense manque)"
        assert signed(somme) == "non évaluable"

    def it_signs_amounts_as_the_grid_does(self) -> None:
        moins = constante("S", Decimal("-50000"), Nature.EURO, FONDEMENT)
        plus = constante("I", Decimal("36274.61"), Nature.EURO, FONDEMENT)
        assert signed(moins) == "−\u00a050\u202f000\u00a0€"
        assert signed(plus) == "+\u00a036\u202f274,61\u00a0€"

    @given(st.decimals("0", "100000000", places=4), st.decimals("0", "1", places=4))
    def it_replays_what_it_computed(self, base: Decimal, fraction: Decimal) -> None:
        montant = arrondi(
            "Montant",
            compute(
                Operation.PRODUIT,
                "Produit",
                Nature.EURO,
                (entree("Base", base, Nature.EURO, "d:1:1"), taux(str(fraction))),
                FONDEMENT,
            ),
            FONDEMENT,
        )
        assert replay(montant) == montant.valeur
        assert montant.nombre == montant.nombre.quantize(Decimal("0.01"))
