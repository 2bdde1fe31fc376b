"""Tests of `caqes_1.economies` and `montants`: what savings rest on, and the words of maxima."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from caqes_docs.data.dossier.volets import Interessement, Sanction
from caqes_docs.law.calcul.fondements import AIDE, ECONOMIES, SANCTION
from caqes_docs.law.calcul.noeud import Nature, constante, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.economies import expected_spending, rests_on_savings, savings
from caqes_docs.law.caqes_1.montants import proposed_cut, sanction_maximum, unless_suspended
from tests.outils.affaires import Atelier

CONTRAT = """\
socle:
  sanction: {type: montant}
volets:
  pertinence:
    duree: 3
    sanction: {type: montant}
    interessement:
      prevu: oui
      taux_maximum: 30 %
      base_economies: BASE
      depenses_cibles:
        2019: 1 000
"""
ANNEE = """\
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  pertinence: {economies: {depense_constatee: DEPENSE}}
"""
CHEMIN = ("volets", "pertinence", "interessement")
NON = constante("Suspendue", False, Nature.OUI_NON, AIDE)


def frame(atelier: Atelier, base: str = "cible", depense: str = "900") -> Cadre:
    """The year 2019 of a contract whose reward is a share of savings."""
    texte = CONTRAT.replace("BASE", base)
    affaire, charge = atelier.load(texte, ANNEE.replace("DEPENSE", depense))
    return Cadre(affaire.dossier, charge, atelier.droit, dt.date(2018, 1, 1))


def reward(cadre: Cadre) -> Interessement:
    """That of the volet."""
    interessement = cadre.contrat.volets["pertinence"].interessement
    assert interessement is not None
    return interessement


class DescribeEconomies:
    @pytest.mark.parametrize(
        ("texte", "transports", "attendu"),
        [
            (None, True, False),
            (None, False, False),
            ({}, True, False),
            ({"prevu": "non", "taux_maximum": "30 %"}, True, False),
            ({"prevu": "oui"}, True, True),
            ({"prevu": "oui"}, False, False),
            ({"prevu": "oui", "taux_maximum": "30 %"}, False, True),
            ({"prevu": "oui", "base_economies": "cible"}, False, True),
        ],
    )
    def it_pays_a_reward_that_is_foreseen(
        self, texte: dict[str, str] | None, transports: bool, attendu: bool
    ) -> None:
        interessement = None if texte is None else Interessement.model_validate(texte)
        assert rests_on_savings(interessement, transports=transports) is attendu

    @pytest.mark.parametrize(("depense", "valeur"), [("900", "100"), ("1 001", "0")])
    def it_is_what_was_not_spent(self, depense: str, valeur: str, atelier: Atelier) -> None:
        cadre = frame(atelier, depense=depense)
        noeud = savings(cadre, CHEMIN, "pertinence", reward(cadre))
        assert noeud.valeur == Decimal(valeur)
        attendue, constatee = noeud.operandes[0].operandes
        assert attendue.libelle == "Dépense cible de 2019, fixée au contrat"
        assert attendue.origine == cadre.in_contract(*CHEMIN, "depenses_cibles", "2019")
        assert attendue.origine.startswith("dossier.yaml:")
        assert constatee.valeur == Decimal(depense.replace(" ", ""))

    def it_is_what_an_example_supposes_once_the_contract_has_its_base(
        self, atelier: Atelier
    ) -> None:
        supposees = entree("Supposées", Decimal(7), Nature.EURO, "ici", fondement=ECONOMIES)
        cadre = replace(frame(atelier), economies=supposees)
        assert savings(cadre, CHEMIN, "pertinence", reward(cadre)) is supposees
        sans = replace(frame(atelier, base="null"), economies=supposees)
        assert savings(sans, CHEMIN, "pertinence", reward(sans)).valeur is None

    @pytest.mark.parametrize(
        ("texte", "motif"),
        [
            ({}, "la base des économies n’est pas choisie"),
            ({"base_economies": "cible"}, "il manque la dépense cible de 2019"),
        ],
    )
    def it_says_what_the_contract_lacks(self, texte: dict[str, str], motif: str) -> None:
        interessement = Interessement.model_validate(texte)
        noeud = expected_spending(interessement, 2019, lambda *cles: "ici")
        assert (noeud.valeur, noeud.motif) == (None, motif)


class DescribeMontants:
    @pytest.mark.parametrize(
        ("nom", "lieu"),
        [("socle", ("socle",)), ("pertinence", ("volets", "pertinence"))],
    )
    def it_asks_for_a_maximum_where_it_is_missing(
        self, nom: str, lieu: tuple[str, ...], atelier: Atelier
    ) -> None:
        cadre = frame(atelier)
        sanction = Sanction.model_validate({"type": "montant"})
        maximum = sanction_maximum(cadre, nom, sanction, ("socle/plafond_sanction",))
        assert maximum.valeur is None
        (constat,) = cadre.constats
        assert constat.code == "V-021"
        assert constat.source == cadre.contract_source(*lieu, "sanction")
        assert constat.remede == "Donner «\u00a0taux_maximum\u00a0», au plus 1\u00a0%."

    @pytest.mark.parametrize(
        ("unite", "suite"),
        [(None, ""), ("points", ", en points"), ("part", ", en proportion")],
    )
    def it_says_what_a_cut_counts_in(self, unite: str | None, suite: str) -> None:
        taux = entree("Taux", Decimal("0.05"), Nature.TAUX, "ici")
        sanction = Sanction.model_validate({"unite": unite})
        noeud = proposed_cut(taux, sanction, NON)
        debut = "Diminution proposée de la part prise en charge"
        assert noeud.libelle.startswith(debut + suite)
        assert (noeud.libelle == debut) == (unite is None)
        assert noeud.valeur == Decimal("0.05")

    def it_rests_on_what_suspends_it(self) -> None:
        taux = entree("Taux", Decimal("0.05"), Nature.TAUX, "ici")
        assert unless_suspended("T", taux, NON).fondement == AIDE
        sans = entree("Suspendue", True, Nature.OUI_NON, "ici")
        suspendue = unless_suspended("T", taux, sans)
        assert (suspendue.valeur, suspendue.fondement) == (0, SANCTION)
