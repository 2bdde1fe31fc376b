"""Tests of the plan element of an avenant: what its subject brings, numbered by the plan."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from caqes_docs.application.projet import Projet
from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.document.model import Paragraphe, Section, Texte, Titre
from caqes_docs.redaction.bibliotheque.numerotation import Modifications, Numeroteur
from caqes_docs.redaction.bibliotheque.places import Place
from caqes_docs.redaction.bibliotheque.plan import (
    Annexe,
    Plan,
    PosteArticle,
    PosteModifications,
    clauses_of,
)


def brought(nom: str, numero: str = "") -> Section:
    """A division that the subject of an avenant brings."""
    titre = Titre(1, numero, (Texte(f"Modification de {nom}"),))
    return Section(f"_av_{nom}", titre, (Paragraphe((Texte("Texte."),)),))


APPORTS = Modifications((brought("a"), brought("b")), (brought("annexe", f"Annexe{NBSP}2"),))


@pytest.fixture
def plan(projet: Projet) -> Plan:
    """A plan with an article before the modifications and one after, and an annex of its own."""
    return projet.types["contrat"].plan.model_copy(
        update={
            "corps": (
                PosteArticle(article="contrat.objet"),
                PosteModifications.model_validate({"modifications": "oui"}),
                PosteArticle(article="contrat.duree"),
            ),
            "annexes": (
                PosteModifications.model_validate({"modifications": "oui"}),
                Annexe.model_validate({"clause": "annexes.grille", "numerotee": "non"}),
            ),
        }
    )


def number(projet: Projet, plan: Plan, apports: Modifications = APPORTS) -> tuple[Place, ...]:
    """The places of `plan`."""
    jour = dt.date(2019, 1, 1)
    numeroteur = Numeroteur(
        projet.bibliotheque, jour, lambda _redaction, _volet: True, modifications=apports
    )
    return numeroteur.number(plan)


class DescribePosteModifications:
    def it_numbers_what_is_brought_among_the_articles(self, projet: Projet, plan: Plan) -> None:
        numeros = [place.numero.replace(NBSP, " ") for place in number(projet, plan)]
        assert numeros[:4] == ["Article 1er", "Article 2", "Article 3", "Article 4"]

    def it_keeps_the_number_that_an_annex_has_in_the_contract(
        self, projet: Projet, plan: Plan
    ) -> None:
        jointe, propre = number(projet, plan)[4:]
        assert (jointe.numero, jointe.apport) == (f"Annexe{NBSP}2", APPORTS.annexes[0])
        assert (propre.numero, propre.id) == ("", "annexes.grille")

    def it_holds_no_clause_of_the_library(self, plan: Plan) -> None:
        noms = [nom for nom, _ in clauses_of(plan)]
        assert noms[-3:] == ["contrat.objet", "contrat.duree", "annexes.grille"]

    def it_brings_nothing_to_an_act_that_amends_nothing(self, projet: Projet, plan: Plan) -> None:
        noms = [place.id for place in number(projet, plan, Modifications())]
        assert noms == ["contrat.objet", "contrat.duree", "annexes.grille"]

    def but_a_plan_may_switch_it_off(self, projet: Projet, plan: Plan) -> None:
        eteint = (PosteModifications.model_validate({"modifications": "non"}),)
        sans = plan.model_copy(update={"corps": eteint, "annexes": eteint})
        assert number(projet, sans) == ()

    def and_a_key_misspelt_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            PosteModifications.model_validate({"modification": "oui"})
