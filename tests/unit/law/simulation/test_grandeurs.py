"""Tests of `law.simulation.grandeurs`: what may vary: names, units and bounds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Affaire
from caqes_docs.law.calcul.noeud import Nature
from caqes_docs.law.simulation.grandeurs import Genre, Grandeur, closed_year, iter_grandeurs
from tests.outils.affaires import Atelier

ZERO, UN = Decimal(0), Decimal(1)
CONTRAT = """
indicateurs:
  NAT-10-1-1: {cibles: {2019: "80 %"}}
  NAT-10-1-2: {sans_objet: "Aucun lit."}
  REG-01: {cibles: {2019: "oui"}}
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    objectif_principal: {id: TP, indicateur: TRA-1, cibles: {2019: "2 %"}}
    objectif_supplementaire: {id: TS, libelle: "Plateforme", cibles: {2019: "oui"}}
    objectifs_complementaires:
      - {id: TC1, libelle: "Formation", cibles: {2019: "oui"}}
      - {id: TC2, indicateur: TRA-2, cibles: {2019: "20 %"}}
    actions:
      - {id: T1, libelle: "Action"}
  qualite:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    nombre_risques: 2
    objectif_principal: {id: QP, indicateur: QUA-1, cibles: {2019: "B"}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
"""


@pytest.fixture
def affaire(atelier: Atelier) -> Affaire:
    """A made-up contract."""
    return atelier.load(CONTRAT, EVALUATION)[0]


def unsigned(affaire: Affaire) -> Affaire:
    """The same contract before its signature."""
    dossier = affaire.dossier.valeur
    signature = dossier.contrat.signature.model_copy(update={"date": None})
    contrat = dossier.contrat.model_copy(update={"signature": signature})
    valeur = dossier.model_copy(update={"contrat": contrat})
    charge = type(affaire.dossier)(valeur, affaire.dossier.fichier)
    return Affaire(charge, affaire.ars, affaire.organisme, affaire.evaluations)


def listed(affaire: Affaire, projet: Projet, volet: str) -> dict[str, Grandeur]:
    """The quantities of a volet, by name; the names are all different."""
    toutes = list(iter_grandeurs(affaire, projet.droit, volet, 2019))
    assert len({nom for g in toutes for nom in g.noms}) == sum(len(g.noms) for g in toutes)
    return {g.nom: g for g in toutes}


class DescribeVolet:
    def it_gives_everything_that_may_vary_in_order(self, affaire: Affaire, projet: Projet) -> None:
        assert [g.noms for g in iter_grandeurs(affaire, projet.droit, "transports", 2019)] == [
            ("principal", "TP", "TRA-1"),
            ("cible_principal", "cible"),
            ("supplementaire", "TS"),
            ("cible_supplementaire",),
            ("TC1",),
            ("cible_TC1",),
            ("TC2", "TRA-2"),
            ("cible_TC2",),
            ("T1",),
            ("depense_constatee",),
            ("depense_precedente",),
            ("niveau",),
            ("modulation",),
        ]

    def it_measures_a_growth_from_minus_a_hundred_per_cent(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        libelle = (
            "Taux d’évolution des dépenses de transports prescrits par l’établissement et "
            "remboursés sur l’enveloppe des soins de ville"
        )
        grandeurs = listed(affaire, projet, "transports")
        assert grandeurs["principal"] == Grandeur(
            ("principal", "TP", "TRA-1"),
            libelle,
            Genre.TAUX,
            ("volets", "transports", "objectif_principal", "valeur"),
            "transports",
            Decimal(-1),
            None,
            mesure=True,
            bloc=True,
        )
        assert grandeurs["cible_principal"] == Grandeur(
            ("cible_principal", "cible"),
            f"Cible\u00a0: {libelle}",
            Genre.TAUX,
            ("contrat", "volets", "transports", "objectif_principal", "cibles", "2019"),
            "transports",
            Decimal(-1),
            None,
            contrat=True,
        )

    def it_takes_an_obligation_without_indicator_as_a_yes_or_no(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        grandeurs = listed(affaire, projet, "transports")
        assert grandeurs["supplementaire"] == Grandeur(
            ("supplementaire", "TS"),
            "Plateforme",
            Genre.OUI_NON,
            ("volets", "transports", "objectif_supplementaire", "valeur"),
            "transports",
            mesure=True,
            bloc=True,
        )
        assert grandeurs["TC1"].chemin == (
            "volets",
            "transports",
            "complementaires",
            "TC1",
            "valeur",
        )
        assert grandeurs["cible_TC1"].chemin == (
            "contrat",
            "volets",
            "transports",
            "objectifs_complementaires",
            0,
            "cibles",
            "2019",
        )

    def it_keeps_a_share_within_the_whole(self, affaire: Affaire, projet: Projet) -> None:
        part = listed(affaire, projet, "transports")["TC2"]
        assert (part.genre, part.minimum, part.maximum) == (Genre.TAUX, ZERO, UN)

    def it_has_rates_and_spending_with_their_bounds(self, affaire: Affaire, projet: Projet) -> None:
        grandeurs = listed(affaire, projet, "transports")
        racine = ("volets", "transports")
        assert grandeurs["T1"] == Grandeur(
            ("T1",),
            "Avancement\u00a0: T1",
            Genre.TAUX,
            (*racine, "actions", "T1", "taux"),
            "transports",
            ZERO,
            UN,
            bloc=True,
        )
        assert grandeurs["niveau"] == Grandeur(
            ("niveau",), "Niveau de réalisation", Genre.TAUX, (), "transports", ZERO, UN
        )
        assert grandeurs["modulation"] == Grandeur(
            ("modulation",),
            "Modulation proposée",
            Genre.TAUX,
            (*racine, "modulation"),
            "transports",
            ZERO,
            UN,
            exige=(*racine, "motif_modulation"),
        )
        chemin = (*racine, "economies", "depense_constatee")
        assert grandeurs["depense_constatee"] == Grandeur(
            ("depense_constatee",), "Dépense constatée", Genre.EURO, chemin, "transports", ZERO
        )

    @pytest.mark.parametrize(
        ("base", "attendues"),
        [
            (
                "cible",
                [("depense_cible", ("depenses_cibles", "2019"), Genre.EURO, ZERO)],
            ),
            (
                "tendanciel",
                [
                    (
                        "depense_de_reference",
                        ("depense_de_reference", "montant"),
                        Genre.EURO,
                        ZERO,
                    ),
                    (
                        "evolution_tendancielle",
                        ("evolutions_tendancielles", "2019"),
                        Genre.TAUX,
                        Decimal(-1),
                    ),
                ],
            ),
        ],
    )
    def it_varies_the_base_of_the_savings_as_a_contract_negotiates_it(
        self, base: str, attendues: list[Any], atelier: Atelier, projet: Projet
    ) -> None:
        pose = f"    interessement: {{prevu: oui, base_economies: {base}}}\n    actions:"
        contrat = CONTRAT.replace("    actions:", pose, 1)
        grandeurs = listed(atelier.load(contrat, EVALUATION)[0], projet, "transports")
        bloc = ("contrat", "volets", "transports", "interessement")
        vues = [
            (nom, grandeur.chemin, grandeur.genre, grandeur.minimum)
            for nom, grandeur in grandeurs.items()
            if grandeur.chemin[:4] == bloc
        ]
        assert vues == [(nom, (*bloc, *fin), genre, bas) for nom, fin, genre, bas in attendues]
        assert all(grandeurs[nom].contrat for nom, *_ in vues)

    def it_counts_risks_up_to_those_of_the_contract(self, affaire: Affaire, projet: Projet) -> None:
        grandeurs = listed(affaire, projet, "qualite")
        assert grandeurs["nombre_risques"] == Grandeur(
            ("nombre_risques",),
            "Risques en défaut",
            Genre.ENTIER,
            ("volets", "qualite", "nombre_risques"),
            "qualite",
            ZERO,
            Decimal(2),
        )
        classe = grandeurs["principal"]
        assert (classe.genre, classe.minimum, classe.maximum) == (Genre.CLASSE, None, None)
        assert "nombre_risques" not in listed(affaire, projet, "transports")

    def it_knows_no_indicator_before_the_signature(self, affaire: Affaire, projet: Projet) -> None:
        principal = listed(unsigned(affaire), projet, "transports")["principal"]
        assert (principal.libelle, principal.genre) == ("TP", Genre.OUI_NON)


class DescribeSocle:
    def it_gives_the_indicators_held_and_the_national_ones(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        grandeurs = listed(affaire, projet, "socle")
        assert {"NAT-10-1-1", "NAT-10-1-3", "REG-01", "cible_REG-01"} <= grandeurs.keys()
        assert not {"NAT-10-1-2", "cible_NAT-10-1-2", "REG-02"} & grandeurs.keys()
        assert grandeurs["cible_REG-01"].chemin == (
            "contrat",
            "indicateurs",
            "REG-01",
            "cibles",
            "2019",
        )
        assert grandeurs["NAT-10-1-1"].chemin == ("indicateurs", "NAT-10-1-1", "valeur")
        assert {g.volet for g in grandeurs.values()} == {"socle"}

    def it_leaves_out_a_national_indicator_that_cannot_apply(
        self, affaire: Affaire, atelier: Atelier, projet: Projet
    ) -> None:
        sans_liste = atelier.load(CONTRAT, EVALUATION, liste_en_sus="non")[0]
        tous, restants = (
            {nom for nom in listed(qui, projet, "socle") if nom.startswith("NAT-10-5")}
            for qui in (affaire, sans_liste)
        )
        assert tous == {"NAT-10-5-1", "NAT-10-5-2", "NAT-10-5-3"}
        assert restants == set()

    def it_lets_evaluators_propose_with_their_words(self, affaire: Affaire, projet: Projet) -> None:
        assert listed(affaire, projet, "socle")["sanction_proposee"] == Grandeur(
            ("sanction_proposee",),
            "Sanction proposée par les évaluateurs",
            Genre.OUI_NON,
            ("volets", "socle", "sanction_proposee"),
            "socle",
            exige=("volets", "socle", "appreciation"),
        )

    def it_has_no_indicator_before_the_signature(self, affaire: Affaire, projet: Projet) -> None:
        assert list(listed(unsigned(affaire), projet, "socle")) == [
            "sanction_proposee",
            "niveau",
            "modulation",
        ]


class DescribeGenre:
    @pytest.mark.parametrize(
        ("genre", "nature", "mesure"),
        [
            (Genre.TAUX, Nature.TAUX, True),
            (Genre.EURO, Nature.EURO, True),
            (Genre.NOMBRE, Nature.NOMBRE, True),
            (Genre.ENTIER, Nature.NOMBRE, True),
            (Genre.ANNEE, Nature.NOMBRE, False),
            (Genre.OUI_NON, Nature.OUI_NON, False),
            (Genre.CLASSE, Nature.TEXTE, False),
        ],
    )
    def it_has_a_nature_and_steps_or_not(self, genre: Genre, nature: Nature, mesure: bool) -> None:
        assert genre.nature is nature
        assert genre.is_measured is mesure

    def it_is_named_in_french_for_machines(self) -> None:
        noms = ("taux", "euro", "nombre", "entier", "annee", "oui_non", "classe")
        assert tuple(genre.value for genre in Genre) == noms

    def it_has_the_closed_year_apart(self) -> None:
        assert closed_year() == Grandeur(
            ("exercice_clos",), "Dernier exercice clos", Genre.ANNEE, ("exercice_clos",)
        )
        assert closed_year("socle").volet == "socle"
