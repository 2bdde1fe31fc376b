"""The formulas of a workbook say what the engine says, on random trees and on half cents."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from caqes_docs.application.evaluer import BilanEvaluation, evaluate_years, render_classeur
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.evaluation.classeur.formules import (
    RegistreEtapes,
    write_formula,
    write_leaf,
)
from caqes_docs.law.calcul.noeud import (
    FEUILLES,
    Nature,
    Noeud,
    Operation,
    ValeurNoeud,
    compute,
    entree,
)
from tests.outils.arbres import COMPARAISONS, FONDEMENT, demi_centimes, is_safe, montants
from tests.outils.partage import examples
from tests.outils.tableur import CaseError, Tableur


class Atelier:
    """Makes the workbook of any tree: a year whose total it is."""

    def __init__(self, projet: Projet) -> None:
        self._projet = projet
        self._modele = evaluate_years(projet, ("2A9780012",), 2019)

    def total(self, racine: Noeud) -> ValeurNoeud | float | str:
        """What the workbook says that `racine` is worth."""
        affaire, resultat = self._modele.evaluations[0]
        resultat = dataclasses.replace(resultat, volets=(), total=racine)
        bilan = BilanEvaluation((), (), (), evaluations=((affaire, resultat),))
        return Tableur(render_classeur(bilan, self._projet)).case("Synthèse", "G2")


@pytest.fixture(scope="module")
def atelier(projet: Projet) -> Atelier:
    """Workbooks of made-up trees."""
    return Atelier(projet)


def check_same(calcule: object, noeud: Noeud) -> None:
    """The workbook and the engine agree to the cent, or neither knows."""
    if noeud.valeur is None:
        assert calcule == "non évaluable"
    else:
        assert isinstance(calcule, float)
        assert Decimal(repr(calcule)) == noeud.nombre


def reponse(valeur: bool | None, rang: int) -> Noeud:
    return entree(f"Réponse {rang}", valeur, Nature.OUI_NON, f"e.yaml:{rang}:1", motif="?")


def either(condition: Noeud) -> Noeud:
    """One euro if so, two if not."""
    un, deux = (entree(f"Somme {n}", Decimal(n), Nature.EURO, f"e.yaml:9:{n}") for n in (1, 2))
    return compute(Operation.SI, "Choix", Nature.EURO, (condition, un, deux), FONDEMENT)


class DescribeFormules:
    @settings(max_examples=examples(150), deadline=None)
    @given(montants())
    def it_comes_to_the_same_cents_as_the_engine(self, atelier: Atelier, racine: Noeud) -> None:
        assume(is_safe(racine))
        check_same(atelier.total(racine), racine)

    @settings(max_examples=examples(150), deadline=None)
    @given(demi_centimes())
    def it_rounds_half_a_cent_away_from_zero(self, atelier: Atelier, racine: Noeud) -> None:
        assert racine.operandes[0].nombre % Decimal("0.01") != 0
        assert is_safe(racine)
        check_same(atelier.total(racine), racine)

    @given(
        st.sampled_from((Operation.ET, Operation.OU)),
        st.lists(st.sampled_from((True, False, None)), min_size=1, max_size=4),
    )
    @settings(max_examples=examples(60), deadline=None)
    def it_knows_three_answers(
        self, atelier: Atelier, operation: Operation, reponses: list[bool | None]
    ) -> None:
        operandes = [reponse(valeur, rang) for rang, valeur in enumerate(reponses, 1)]
        condition = compute(operation, "Réponse", Nature.OUI_NON, operandes, FONDEMENT)
        un, deux = (entree(f"Somme {n}", Decimal(n), Nature.EURO, f"e.yaml:9:{n}") for n in (1, 2))
        choix = compute(Operation.SI, "Choix", Nature.EURO, (condition, un, deux), FONDEMENT)
        check_same(atelier.total(choix), choix)

    @pytest.mark.parametrize("operation", COMPARAISONS)
    @pytest.mark.parametrize("seuil", ["0.3", "0.29999", "0.30001"])
    def it_compares_what_binary_figures_blur(
        self, atelier: Atelier, operation: Operation, seuil: str
    ) -> None:
        termes = [entree("Un", Decimal(t), Nature.TAUX, f"e.yaml:{t}") for t in ("0.1", "0.2")]
        somme = compute(Operation.SOMME, "Somme", Nature.TAUX, termes, FONDEMENT)
        borne = entree("Seuil", Decimal(seuil), Nature.TAUX, "e.yaml:3:1")
        for paire in ((somme, borne), (borne, somme)):
            reponse = compute(operation, "Réponse", Nature.OUI_NON, paire, FONDEMENT)
            check_same(atelier.total(either(reponse)), either(reponse))

    @pytest.mark.parametrize(("un", "deux"), [("oui", "oui"), ("oui", "Oui"), ("oui", "non")])
    def it_compares_words_letter_by_letter(self, atelier: Atelier, un: str, deux: str) -> None:
        paire = [entree("Mot", mot, Nature.TEXTE, f"e.yaml:{mot}") for mot in (un, deux)]
        reponse = compute(Operation.EGAL, "Réponse", Nature.OUI_NON, paire, FONDEMENT)
        check_same(atelier.total(either(reponse)), either(reponse))

    @pytest.mark.parametrize("montant", ["28.9999", "-28.9999", "29", "-0.005", "0.0099", "0"])
    def it_cuts_towards_zero(self, atelier: Atelier, montant: str) -> None:
        somme = entree("Somme", Decimal(montant), Nature.EURO, "e.yaml:1:1")
        coupe = compute(Operation.TRONQUE, "Coupé", Nature.EURO, (somme,), FONDEMENT)
        check_same(atelier.total(coupe), coupe)

    @pytest.mark.parametrize(
        "operation",
        [Operation.ENTIER_INFERIEUR, Operation.ENTIER_SUPERIEUR, Operation.ENTIER_PROCHE],
    )
    @pytest.mark.parametrize("tiers", [0, 1, 3, 4, 6, 8, 9])
    def it_makes_whole_months(self, atelier: Atelier, operation: Operation, tiers: int) -> None:
        part = compute(
            Operation.QUOTIENT,
            "Part",
            Nature.TAUX,
            [
                entree(nom, Decimal(n), Nature.NOMBRE, f"e.yaml:{nom}")
                for nom, n in (("Un", tiers), ("Deux", 9))
            ],
            FONDEMENT,
        )
        max_ = entree("Maximum", Decimal("4.5"), Nature.NOMBRE, "e.yaml:3:1")
        mois = compute(Operation.PRODUIT, "Durée", Nature.NOMBRE, (part, max_), FONDEMENT)
        entier = compute(operation, "Mois entiers", Nature.NOMBRE, (mois,), FONDEMENT)
        check_same(atelier.total(entier), entier)

    def it_does_not_divide_by_nothing(self, atelier: Atelier) -> None:
        un = entree("Un", Decimal("0.3"), Nature.TAUX, "e.yaml:1:1")
        trois = [entree(f"T{n}", Decimal("0.1"), Nature.TAUX, f"e.yaml:2:{n}") for n in range(3)]
        somme = compute(Operation.SOMME, "Somme", Nature.TAUX, trois, FONDEMENT)
        rien = compute(Operation.DIFFERENCE, "Rien", Nature.TAUX, (somme, un), FONDEMENT)
        quotient = compute(Operation.QUOTIENT, "Quotient", Nature.TAUX, (un, rien), FONDEMENT)
        assert quotient.valeur is None
        check_same(atelier.total(quotient), quotient)

    def it_adds_more_terms_than_a_call_takes(self, atelier: Atelier) -> None:
        termes = [
            entree(f"Terme {n}", Decimal(n), Nature.EURO, f"e.yaml:{n}:1") for n in range(1, 301)
        ]
        for operation in (Operation.SOMME, Operation.MAXIMUM, Operation.MINIMUM):
            noeud = compute(operation, "Résultat", Nature.EURO, termes, FONDEMENT)
            check_same(atelier.total(noeud), noeud)

    @pytest.mark.parametrize("operation", [o for o in Operation if o not in FEUILLES])
    def it_writes_every_operation(self, operation: Operation) -> None:
        cases = ("D2", "D3", "D4") if operation is Operation.SI else ("D2", "D3")
        operandes = tuple(entree(case, None, Nature.EURO, "") for case in cases)
        noeud = Noeud(operation, "Étape", Nature.EURO, None, operandes)
        assert "D2" in write_formula(noeud, cases)

    def but_has_no_formula_for_a_leaf(self) -> None:
        with pytest.raises(ValueError, match="Donnée"):
            write_formula(entree("Donnée", None, Nature.EURO, ""), ())

    @pytest.mark.parametrize("nature", list(Nature))
    def it_reads_a_datum_of_its_kind_alone(self, nature: Nature) -> None:
        formule = write_leaf(nature, "C2")
        assert formule.count("NA()") == (2 if nature is Nature.TEXTE else 1)

    def it_gives_one_row_to_what_is_said_twice(self) -> None:
        jumeaux = [entree("Produits", Decimal(1), Nature.EURO, "e.yaml:1:1") for _ in range(2)]
        oui = entree("Produits", True, Nature.OUI_NON, "e.yaml:1:1")
        somme = compute(Operation.SOMME, "Somme", Nature.EURO, jumeaux, FONDEMENT)
        registre = RegistreEtapes()
        lignes, rang = registre.add(somme)
        assert [(ligne.rang, ligne.operandes) for ligne in lignes] == [(1, ()), (2, (1, 1))]
        assert (registre.add(somme), rang) == (([], 2), 2)
        assert registre.add(oui)[1] == 3


class DescribeTableur:
    """The spreadsheet of the tests is one: it knows errors, and does not take them for nothing."""

    def it_hands_on_what_is_not_known(self, projet: Projet, atelier: Atelier) -> None:
        inconnu = entree("Inconnu", None, Nature.EURO, "e.yaml:1:1", motif="?")
        assert atelier.total(inconnu) == "non évaluable"

    def it_refuses_a_word_for_a_number(self, projet: Projet) -> None:
        bilan = evaluate_years(projet, ("2A9780012",), 2019)
        tableur = Tableur(render_classeur(bilan, projet))
        tableur.type_in("Synthèse", "G2", '="oui"+1')
        with pytest.raises(CaseError, match="VALUE"):
            tableur.case("Synthèse", "G2")
