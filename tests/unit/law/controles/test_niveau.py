"""What a contract says of its levels before it is signed: parts, weights, years without target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.controles.niveau.contrat import check_levels, check_years
from tests.outils.affaires import Atelier

Codes = Callable[[str], list[str]]
EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
SANCTION = "sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: points}}"
PLAN = 'plan_actions: {ajouter: [{id: A, article: "10-1", libelle: "Action"}]}\n'
CHOIX = "choix: {annee_sans_cible: non_evaluee}\n"


@pytest.fixture
def codes(projet: Projet, depot: Depot, tmp_path: Path) -> Codes:
    """The codes that a made-up contract raises, at `verifier`."""

    def run(contrat: str) -> list[str]:
        affaire, _ = Atelier(projet.droit, depot, tmp_path).load(contrat, EVALUATION)
        constats = (*check_levels(affaire.dossier, projet.droit), *check_years(affaire.dossier))
        return sorted({constat.code for constat in constats})

    return run


def socle(niveau: str) -> str:
    """A socle whose scale rests on `niveau`."""
    return f"{PLAN}socle: {{niveau: {niveau}, {SANCTION}}}\n"


class DescribeParts:
    """V-145 and V-146."""

    @pytest.mark.parametrize(
        "niveau",
        [
            "{indicateurs: {part: 100 %, mesure: poids}}",
            "{actions: {part: 40 %, mesure: nombre}, indicateurs: {part: 60 %, mesure: nombre}}",
            "{actions: {part: 100 %, mesure: poids, poids: {A: 10 %}}}",
            "{obligations_generales: {part: 100 %, mesure: nombre, en_partie: 0 %}}",
        ],
    )
    def it_accepts_what_adds_up(self, codes: Codes, niveau: str) -> None:
        assert codes(CHOIX + socle(niveau)) == []

    @pytest.mark.parametrize(
        "niveau",
        [
            "{indicateurs: {part: 99 %, mesure: poids}}",
            "{indicateurs: {part: 100 %}}",
            "{indicateurs: {part: 100 %, mesure: poids, en_partie: 50 %}}",
            "{indicateurs: {part: 100 %, mesure: poids, poids: {A: 10 %}}}",
            "{indicateurs: {part: 100 %, mesure: poids}, actions: {mesure: nombre}}",
            "{actions: {part: 100 %, mesure: nombre, poids: {A: 10 %}}}",
            "{actions: {part: 100 %, mesure: poids}}",
            "{actions: {part: 100 %, mesure: poids, poids: {A: 0 %}}}",
            "{actions: {part: 100 %, mesure: poids, poids: {A: 1 %, B: 1 %}}}",
        ],
    )
    def but_nothing_that_does_not_count(self, codes: Codes, niveau: str) -> None:
        assert codes(CHOIX + socle(niveau)) == ["V-146"]

    def it_wants_a_plan_to_weigh(self, codes: Codes) -> None:
        sans_plan = socle("{actions: {part: 100 %, mesure: nombre}}").replace(PLAN, "")
        assert codes(CHOIX + sans_plan) == ["V-146"]

    @pytest.mark.parametrize("niveau", ["null", "{}", "{indicateurs: {part: 0 %}}"])
    def it_assumes_no_part(self, codes: Codes, niveau: str) -> None:
        assert "V-145" in codes(CHOIX + socle(niveau))

    def but_asks_for_none_when_nothing_rests_on_the_level(self, codes: Codes) -> None:
        assert codes(f"socle: {{{SANCTION.replace('points', 'saisie')}}}\n") == []


class DescribeAnnees:
    """V-147: a year without target, before the signature."""

    def it_is_asked_of_a_socle_that_weighs_targets(self, codes: Codes) -> None:
        assert codes(socle("{indicateurs: {part: 100 %, mesure: poids}}")) == ["V-147"]

    def but_not_of_one_that_weighs_none(self, codes: Codes) -> None:
        assert codes(socle("{actions: {part: 100 %, mesure: nombre}}")) == []

    @pytest.mark.parametrize(
        ("cibles", "bareme", "attendu"),
        [
            ("{2018: oui, 2019: oui}", "{nom: points, sur: objectifs}", []),
            ("{2018: oui}", "{nom: points, sur: objectifs}", ["V-147"]),
            ("{2019: oui}", "{nom: points}", ["V-147"]),
            ("{}", "{nom: points}", []),
            ("{2018: oui}", "{nom: saisie}", []),
            ("{2018: oui}", "{nom: points, sur: actions}", []),
        ],
    )
    def it_is_asked_of_a_volet_that_weighs_them(
        self, codes: Codes, cibles: str, bareme: str, attendu: list[str]
    ) -> None:
        contrat = f"""
volets:
  transports:
    signature: {{lieu: "Exempleville", date: 2017-12-20}}
    duree: 2
    objectifs_complementaires: [{{id: C, libelle: "Référent", cibles: {cibles}, poids: 100 %}}]
    sanction: {{type: montant, bareme: {bareme}}}
    interessement: {{prevu: non}}
"""
        assert codes(contrat) == attendu
