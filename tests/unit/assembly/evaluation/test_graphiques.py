"""Charts of evaluated years: what is drawn, what is not, and what the alternatives say."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from caqes_docs.assembly.evaluation.evolution import Precedente, build_evolution
from caqes_docs.assembly.evaluation.graphiques import (
    amount_charts,
    count_charts,
    progress_charts,
    result_key,
    share_charts,
    split,
    target_charts,
)
from caqes_docs.assembly.evaluation.vocabulaire import LigneResultat
from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.law.calcul.noeud import Nature, Noeud, entree
from caqes_docs.law.resultats import Atteinte, ResultatObjectif

RIEN: Mapping[str, ResultatObjectif] = {}


def known(valeur: Decimal | bool | str, nature: Nature) -> Noeud:
    """A datum of a file."""
    return entree("valeur", valeur, nature, "fichier.yaml:1:1")


def result(
    code: str,
    observe: str | None,
    cible: str | None = "0.5",
    statut: Atteinte = Atteinte.ATTEINT,
    nature: Nature = Nature.TAUX,
) -> ResultatObjectif:
    """A result as the law gives it."""
    verdict = known(statut is Atteinte.ATTEINT, Nature.OUI_NON)
    vu, vise = rate(observe, nature), rate(cible, nature)
    return ResultatObjectif(code, f"Libellé {code}", statut, vu, vise, verdict)


def rate(texte: str | None, nature: Nature) -> Noeud:
    """A number, or one that is not known."""
    valeur = None if texte is None else Decimal(texte)
    return entree("valeur", valeur, nature, "fichier.yaml:1:1", motif="absent")


class DescribeSplit:
    @pytest.mark.parametrize(
        ("nombre", "tailles"), [(0, []), (12, [12]), (13, [7, 6]), (30, [10] * 3)]
    )
    def it_makes_charts_of_about_the_same_size(self, nombre: int, tailles: list[int]) -> None:
        elements = list(range(nombre))
        morceaux = [elements[morceau] for morceau in split(elements)]
        assert [len(morceau) for morceau in morceaux] == tailles
        assert [x for morceau in morceaux for x in morceau] == elements


class DescribeTargetCharts:
    def it_keeps_rates_and_leaves_the_rest_to_tables(self) -> None:
        resultats = [
            result("A", "0.25"),
            result("B", "3", nature=Nature.NOMBRE),
            result("C", "0.9", statut=Atteinte.SANS_OBJET),
            result("D", None, None, Atteinte.NON_EVALUABLE),
        ]
        (graphique,) = target_charts("Titre", resultats, 2019, RIEN, None)
        assert graphique.categories == ("A",)
        assert [serie.nom for serie in graphique.series] == ["2019", "Cible 2019"]
        assert [serie.repere for serie in graphique.series] == [False, True]

    def it_says_every_value_and_which_targets_are_reached(self) -> None:
        resultats = [
            result("A", "0.583666"),
            result("B", "0.1", statut=Atteinte.NON_ATTEINT),
            result("C", None, statut=Atteinte.NON_EVALUABLE),
        ]
        (graphique,) = target_charts("Titre", resultats, 2019, RIEN, None)
        assert graphique.alternative == (
            "Valeurs observées en 2019 et cibles\u00a0: A, 58,37\u00a0%, cible 50\u00a0%\u00a0; "
            "B, 10\u00a0%, cible 50\u00a0%\u00a0; C, non évaluable, cible 50\u00a0%. "
            "Cibles atteintes\u00a0: A. Cibles non atteintes\u00a0: B. "
            "Résultats non évaluables\u00a0: C."
        )
        assert graphique.series[0].valeurs == (Decimal("0.5837"), Decimal("0.1000"), None)

    def it_shows_the_year_before_where_it_is_known(self) -> None:
        resultats = [result("A", "0.6"), result("B", "0.7")]
        avant = {result_key(resultats[0]): result("A", "0.4")}
        (graphique,) = target_charts("Titre", resultats, 2019, avant, 2018)
        assert graphique.series[0].nom == "2018"
        assert graphique.series[0].valeurs == (Decimal("0.4000"), None)
        assert graphique.alternative.endswith(
            "Valeurs observées en 2018\u00a0: A, 40\u00a0%\u00a0; B, pas de valeur."
        )

    def it_draws_nothing_without_any_rate(self) -> None:
        assert target_charts("Titre", [], 2019, RIEN, None) == ()

    def it_makes_several_charts_beyond_twelve(self) -> None:
        resultats = [result(f"I{rang}", "0.5") for rang in range(25)]
        graphiques = target_charts("Titre", resultats, 2019, RIEN, None)
        assert [len(g.categories) for g in graphiques] == [9, 8, 8]
        assert graphiques[2].titre == "Titre (3 sur 3)"


class DescribeOtherCharts:
    def it_does_not_draw_an_unknown_progress(self) -> None:
        (graphique,) = progress_charts("Plan", [("A", Decimal("0.5")), ("B", None)])
        assert graphique.categories == ("A",)
        assert progress_charts("Plan", [("B", None)]) == ()

    def it_shows_an_unknown_amount_as_such(self) -> None:
        montants = [("1", "Un", Decimal("-20000")), ("2", "Deux", None)]
        (graphique,) = amount_charts("Titre", "Total", montants)
        assert graphique.series[0].valeurs == (Decimal("-20000.00"), None)
        assert "Deux, non évaluable" in graphique.alternative

    def it_counts_with_marks_for_the_reference(self) -> None:
        (graphique,) = count_charts(
            "T", "Axe", ["A"], {"Atteintes": [2], "Suivies": [3]}, "Suivies"
        )
        assert [serie.repere for serie in graphique.series] == [False, True]
        assert (
            graphique.alternative
            == "Nombres représentés\u00a0: A (atteintes\u00a0: 2\u00a0; suivies\u00a0: 3)."
        )

    def it_has_no_share_without_results(self) -> None:
        vide = Decompte(2, 0, 0, 2, 0, 0)
        (graphique,) = share_charts("T", [("A", None, vide)])
        assert graphique.alternative.endswith("A, aucun résultat évaluable.")


class DescribeEvolution:
    def it_counts_what_was_won_and_lost(self) -> None:
        maintenant = [
            result("A", "0.6"),
            result("B", "0.2", statut=Atteinte.NON_ATTEINT),
            result("C", "0.6", statut=Atteinte.SANS_OBJET),
            result("D", "0.7"),
        ]
        avant = [
            result("A", "0.4", statut=Atteinte.NON_ATTEINT),
            result("B", "0.6"),
            result("C", "0.6"),
        ]
        triplets = [("Article 10-1", r, line(r)) for r in maintenant]
        precedente = Precedente(2018, {result_key(r): r for r in avant})
        evolution = build_evolution(triplets, precedente, 2019)
        assert evolution is not None
        assert (evolution.nouveaux, evolution.perdus) == (1, 1)
        assert [ligne.code for ligne in evolution.groupes[0].lignes] == ["A", "B"]
        (graphique,) = evolution.graphiques
        assert [serie.valeurs for serie in graphique.series] == [
            (Decimal(1),),
            (Decimal(1),),
            (Decimal(2),),
        ]

    def but_there_is_none_without_a_year_before(self) -> None:
        resultat = result("A", "0.6")
        triplets = [("Article 10-1", resultat, line(resultat))]
        assert build_evolution(triplets, Precedente(None, {}), 2019) is None


def line(resultat: ResultatObjectif) -> LigneResultat:
    """The line of a result, of which only the names are read."""
    return LigneResultat(
        resultat.code,
        resultat.libelle,
        "10-1",
        "60 %",
        "50 %",
        "atteint",
        "",
        None,
        None,
        None,
        (),
        (),
        None,
    )
