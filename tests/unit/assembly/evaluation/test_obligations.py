"""General obligations, as the frame asks for them and the grid prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.evaluation.obligations import answers_admitted, resolve_obligations
from caqes_docs.data.depot import Depot
from caqes_docs.redaction.langage.vues import Lieu
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
REPONSES = """
obligations_generales:
  S0-3-E01: {tenue: oui, preuve: "Compte rendu"}
  S0-5-4: {tenue: en partie, commentaire: "Un audit sur deux."}
"""


class DescribeObligations:
    """`obligations_generales` of an evaluation."""

    def it_prints_each_obligation_once_one_is_answered(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        _, charge = Atelier(projet.droit, depot, tmp_path).load("", EVALUATION + REPONSES)
        lignes = resolve_obligations(charge.valeur, projet.droit, Lieu(charge.fichier, ()))
        assert [ligne.code for ligne in lignes] == list(projet.droit.obligations_evaluees)
        dites = {ligne.code: (ligne.tenue, ligne.preuve, ligne.commentaire) for ligne in lignes}
        assert dites["S0-3-E01"] == ("oui", "Compte rendu", None)
        assert dites["S0-5-4"] == ("en partie", None, "Un audit sur deux.")
        assert dites["S0-3-E02"] == ("non renseignée", None, None)

    def but_none_while_nothing_is_answered(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        _, charge = Atelier(projet.droit, depot, tmp_path).load("", EVALUATION)
        assert resolve_obligations(charge.valeur, projet.droit, Lieu(charge.fichier, ())) == ()

    @pytest.mark.parametrize(
        ("niveau", "reponses"),
        [
            ("null", "oui, non, en partie"),
            ("{obligations_generales: {part: 10 %, mesure: nombre}}", "oui, non"),
            (
                "{obligations_generales: {part: 10 %, mesure: nombre, en_partie: 40 %}}",
                "oui, non, en partie",
            ),
        ],
    )
    def it_asks_for_the_answers_that_the_contract_admits(
        self, projet: Projet, depot: Depot, tmp_path: Path, niveau: str, reponses: str
    ) -> None:
        contrat = f"socle: {{niveau: {niveau}}}\n"
        affaire, _ = Atelier(projet.droit, depot, tmp_path).load(contrat, EVALUATION)
        assert answers_admitted(affaire.dossier.valeur.contrat) == reponses

    def it_is_the_twelve_of_article_3_and_what_follows_them(self, projet: Projet) -> None:
        codes = list(projet.droit.obligations_evaluees)
        assert codes[:12] == [f"S0-3-E{rang:02}" for rang in range(1, 13)]
        assert codes[12:] == ["S0-5-4", "S0-10-6-1"]
