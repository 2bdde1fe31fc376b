"""Tests of `assembly.contrat.exemples_volets`: what a volet would give, known when signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.exemples_volets import Exemples
from caqes_docs.assembly.contrat.vocabulaire import LigneExemple, LigneObjectif
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.redaction.langage.vues import Lieu

CIBLE = LigneObjectif("TRA-1", "Évolution", "au plus", None, None, "2 %", 2018, None, None, None)
AUTRE = LigneObjectif("TS", "Plateforme", "", None, None, "oui", 2018, None, None, None)
POINTS = {"nom": "points", "sur": "actions"}
SANCTION = {"type": "montant", "taux_maximum": "1 %", "bareme": POINTS}
PART = {"prevu": "oui", "taux_maximum": "30 %", "base_economies": "cible", "bareme": POINTS}
Lignes = Callable[..., list[LigneExemple]]


@pytest.fixture
def lignes(projet: Projet, depot: Depot) -> Lignes:
    """The examples of a volet written as in a dossier; P is 40 000 000 € in 2016."""
    modele = depot.affaires["990780017"].dossier
    entite = modele.valeur.etablissement.model_dump(mode="json", include={"finess", "statut"})
    produits = [
        {"exercice": "2016", "montant": "40 000 000"},
        {"exercice": "2017", "montant": "99 000 000"},
    ]

    def run(
        donnees: dict[str, object], nom: str = "transports", autre: LigneObjectif | None = None
    ) -> list[LigneExemple]:
        etablissement = Etablissement.model_validate(
            {**entite, "niveau_signature": "entite_juridique", _PRODUITS: produits}
        )
        exemples = Exemples(
            projet.droit,
            projet.droit.volets[nom],
            Volet.model_validate(donnees),
            dt.date(2017, 12, 19),
            dt.date(2018, 1, 1),
            etablissement,
            Lieu(modele.fichier, ("contrat", "volets", nom)),
            CIBLE,
            autre,
        )
        return list(exemples.lines())

    return run


_PRODUITS = "produits_assurance_maladie"


def amounts(lignes: list[LigneExemple]) -> list[Decimal | None]:
    """The amounts alone."""
    return [ligne.montant for ligne in lignes]


class DescribeExemples:
    """`Exemples.lines`."""

    def it_shows_30_percent_of_savings_whole_and_half(self, lignes: Lignes) -> None:
        trouvees = lignes({"interessement": PART})
        assert amounts(trouvees) == [Decimal(3000), Decimal(1500)]
        assert trouvees[0].hypothese == (
            "Cible (au plus 2\u00a0%) atteinte, 10\u202f000\u00a0€ d’économies, plan d’actions "
            "réalisé à 100\u00a0%"
        )

    def it_takes_the_products_of_the_last_year_closed_at_the_signature(
        self, lignes: Lignes
    ) -> None:
        trouvees = lignes({"donne_lieu_a_sanction": "oui", "sanction": SANCTION})
        assert amounts(trouvees) == [Decimal(400_000), Decimal(200_000)]
        assert "produits de 2016" in trouvees[0].calcul

    def it_never_goes_above_the_maximum_of_the_texts(self, lignes: Lignes) -> None:
        sanction = {**SANCTION, "taux_maximum": "2 %"}
        trouvees = lignes({"donne_lieu_a_sanction": "oui", "sanction": sanction})
        assert trouvees[0].montant == Decimal(400_000)

    def it_shows_the_middle_cell_when_there_is_a_supplementary_objective(
        self, lignes: Lignes
    ) -> None:
        (ligne,) = lignes({"donne_lieu_a_sanction": "non"}, autre=AUTRE)
        assert ligne.mesure == "Ni intéressement, ni sanction"
        assert ligne.montant is None

    def it_gives_an_msap_without_amount(self, lignes: Lignes) -> None:
        sanction = {"type": "mise_sous_accord_prealable", "duree_maximale_mois": "6"}
        (ligne,) = lignes({"donne_lieu_a_sanction": "oui", "sanction": sanction}, "pertinence")
        assert ligne.mesure == "Mise sous accord préalable, 6\u00a0mois au plus"
        assert ligne.montant is None

    def it_shows_the_maximum_alone_when_the_modulation_is_written_later(
        self, lignes: Lignes
    ) -> None:
        sanction = {**SANCTION, "bareme": {"nom": "saisie"}}
        (ligne,) = lignes({"donne_lieu_a_sanction": "oui", "sanction": sanction}, "qualite")
        assert ligne.montant == Decimal(400_000)
        assert ligne.mesure == "Sanction financière, au plus"

    def it_shows_both_sides_of_a_threshold(self, lignes: Lignes) -> None:
        bareme = {"nom": "tout_ou_rien", "sur": "objectifs", "seuil": "80 %"}
        trouvees = lignes({"interessement": {**PART, "bareme": bareme}})
        assert amounts(trouvees) == [Decimal(3000), Decimal(0)]

    @pytest.mark.parametrize(
        "donnees",
        [
            {},
            {"interessement": {"prevu": "non"}, "donne_lieu_a_sanction": "non"},
            {"interessement": {**PART, "bareme": {"nom": "lineaire"}}},
            {"donne_lieu_a_sanction": "non", "sanction": SANCTION},
        ],
        ids=["nothing", "neither", "scale without bounds", "no sanction"],
    )
    def but_what_the_contract_does_not_say_gives_no_example(
        self, lignes: Lignes, donnees: dict[str, object]
    ) -> None:
        assert lignes(donnees) == []
