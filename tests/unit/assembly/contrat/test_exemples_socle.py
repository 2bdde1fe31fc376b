"""What a contract prints of the sanction of the socle, before anything is evaluated (IV.a)."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.exemples_socle import socle_examples
from caqes_docs.data.depot import Depot
from caqes_docs.redaction.langage.vues import Lieu
from tests.outils.affaires import Atelier

SEUIL = "declenchement: {seuil: 70 %}"
LINEAIRE = "bareme: {nom: lineaire, de: 40 %, a: 100 %}"


def lines(
    socle: str, projet: Projet, depot: Depot, dossier: Path, signature: str = "2019-12-20"
) -> list[tuple[str, ...]]:
    """Hypothesis, measure, calculation, amount."""
    atelier = Atelier(projet.droit, depot, dossier)
    evaluation = 'dossier: "990000010"\nannee: 2020\n'
    affaire, _ = atelier.load(f"socle: {{{socle}}}", evaluation, signature=signature)
    charge = affaire.dossier
    lieu = Lieu(charge.fichier, ("contrat", "socle"))
    exemples = socle_examples(projet.droit, charge.valeur, lieu)
    return [
        tuple(
            mot.replace("\u00a0", " ").replace("\u202f", " ")
            for mot in (e.hypothese, e.mesure, e.calcul, str(e.montant))
        )
        for e in exemples
    ]


class DescribeExemplesDuSocle:
    def it_applies_the_scale_to_the_products(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        socle = f"{SEUIL}, sanction: {{type: montant, taux_maximum: '0,5 %', {LINEAIRE}}}"
        produits = "0,5 % × 38 217 465,75 € (produits de 2018)"
        assert lines(socle, projet, depot, tmp_path) == [
            ("Obligations du volet réalisées à 70 % ou plus", "Aucune sanction", "—", "None"),
            (
                "Sanction ouverte, obligations du volet réalisées à 0 %",
                "Sanction financière",
                f"{produits} × 100 %",
                "191087.32",
            ),
            (
                "Sanction ouverte, obligations du volet réalisées à 50 %",
                "Sanction financière",
                f"{produits} × environ 83,33 %",
                "159239.44",
            ),
        ]

    def it_never_shows_a_level_that_opens_nothing(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        bas = "declenchement: {seuil: 30 %}"
        socle = f"{bas}, sanction: {{type: reduction_liste_en_sus, taux_maximum: 20 %, {LINEAIRE}}}"
        assert [ligne[:3] for ligne in lines(socle, projet, depot, tmp_path)] == [
            ("Obligations du volet réalisées à 30 % ou plus", "Aucune sanction", "—"),
            (
                "Sanction ouverte, obligations du volet réalisées à 0 %",
                "Diminution de la prise en charge de 20 %",
                "20 % × 100 %",
            ),
            (
                "Sanction ouverte, obligations du volet réalisées à 15 %",
                "Diminution de la prise en charge de 20 %",
                "20 % × 100 %",
            ),
        ]

    @pytest.mark.parametrize(
        ("type_", "mesure", "montant"),
        [
            ("montant", "Sanction financière, au plus", "382174.65"),
            ("reduction_liste_en_sus", "Diminution de la prise en charge, 1 % au plus", "None"),
        ],
    )
    def it_gives_the_maximum_where_the_part_is_judged(
        self, type_: str, mesure: str, montant: str, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        socle = f"sanction: {{type: {type_}, taux_maximum: 1 %, bareme: {{nom: saisie}}}}"
        (ligne,) = lines(socle, projet, depot, tmp_path)
        assert ligne[0] == "Sanction ouverte, modulation proposée et motivée à l’évaluation"
        assert (ligne[1], ligne[3]) == (mesure, montant)

    @pytest.mark.parametrize(
        "socle",
        [
            SEUIL,
            "sanction: {type: montant, taux_maximum: 1 %}",
            f"sanction: {{type: montant, {LINEAIRE}}}",
            "sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: lineaire}}",
        ],
    )
    def but_nothing_of_what_the_contract_does_not_say(
        self, socle: str, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        assert lines(socle, projet, depot, tmp_path) == []

    def it_is_reckoned_by_hand_where_no_products_are_known(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        socle = f"sanction: {{type: montant, taux_maximum: 1 %, {LINEAIRE}}}"
        (rien, _) = lines(socle, projet, depot, tmp_path, signature="2017-12-20")
        assert rien[2:] == ("1 % × produits du dernier exercice clos × 100 %", "None")
