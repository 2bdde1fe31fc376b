"""Charts of evaluated years: what is drawn, what is not, and what the alternatives say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from caqes_docs.assembly.evaluation.evolution import Precedente, build_evolution, earlier
from caqes_docs.assembly.evaluation.graphiques import (
    amount_charts,
    count_charts,
    result_key,
    share_charts,
    split,
)
from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.law.calcul.noeud import Nature, Noeud, entree
from caqes_docs.law.resultats import Atteinte, ResultatObjectif


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


class DescribeOtherCharts:
    def it_shows_an_unknown_amount_as_such(self) -> None:
        montants = [("1", "Un", Decimal("-20000")), ("2", "Deux", None)]
        (graphique,) = amount_charts("Titre", "Total", montants)
        assert graphique.series[0].valeurs == (Decimal("-20000.00"), None)
        assert "Deux, non évaluable" in graphique.alternative

    def it_counts_series_by_series(self) -> None:
        (graphique,) = count_charts("T", "Axe", ["A"], {"Atteintes": [2], "Suivies": [3]})
        assert [serie.valeurs for serie in graphique.series] == [(Decimal(2),), (Decimal(3),)]
        assert (
            graphique.alternative
            == "Nombres représentés\u00a0: A (atteintes\u00a0: 2\u202f; suivies\u00a0: 3)."
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
        precedente = Precedente(2018, {result_key(r): r for r in avant})
        evolution = build_evolution(maintenant, precedente)
        assert evolution is not None
        assert (evolution.nouveaux, evolution.perdus) == (1, 1)

    def it_gives_the_earlier_value_and_what_has_changed(self) -> None:
        precedente = Precedente(
            2018,
            {
                result_key(r): r
                for r in (result("A", "0.4", statut=Atteinte.NON_ATTEINT), result("B", "0.6"))
            },
        )
        vus = [earlier(result(code, "0.6"), precedente) for code in "ABC"]
        assert vus == ["40\u00a0% (non atteint)", "60\u00a0%", None]

    def but_there_is_none_without_a_year_before(self) -> None:
        assert build_evolution([result("A", "0.6")], Precedente(None, {})) is None
