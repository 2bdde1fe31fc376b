"""Tests of `law.simulation.hypotheses`: what a simulated amount rests on, once each."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.law.simulation.grandeurs import closed_year, iter_grandeurs
from caqes_docs.law.simulation.hypotheses import Hypothese, SorteHypothese, hypotheses
from caqes_docs.law.simulation.simulation import HYPOTHESE, Scenario, ValeurSimulee, simulate
from tests.outils.affaires import Atelier

CONTRAT = """
indicateurs:
  NAT-10-1-1: {cibles: {2019: "80 %"}, coefficient: 60 %}
  REG-01: {cibles: {2019: "oui"}, coefficient: 40 %}
socle:
  niveau: {indicateurs: {part: 100 %, mesure: poids}}
  declenchement: {seuil: 70 %}
  sanction:
    type: reduction_liste_en_sus
    taux_maximum: 10 %
    bareme: {nom: lineaire, de: 0 %, a: 100 %}
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {id: TP, libelle: "Évolution", indicateur: TRA-1, cibles: {2019: "2 %"}}
    objectifs_complementaires:
      - {id: TC1, libelle: "Formation", cibles: {2019: "oui"}, poids: 60 %}
      - {id: TC2, libelle: "Charte", cibles: {2019: "oui"}, poids: 40 %}
    sanction: {type: montant, taux_maximum: "0,5 %", bareme: {nom: lineaire, de: 0 %, a: 100 %}}
    interessement:
      prevu: oui
      base_economies: cible
      depenses_cibles: {2019: 102 000}
      taux_maximum: 20 %
      bareme: {nom: saisie}
  pertinence:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {id: PP, libelle: "Pertinence", cibles: {2019: "oui"}}
    sanction: {type: mise_sous_accord_prealable, duree_maximale_mois: 4, bareme: {nom: saisie}}
    interessement: {prevu: non}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
indicateurs:
  NAT-10-1-1: {numerateur: 70, denominateur: 100}
  REG-01: {elements: [oui, oui, oui]}
volets:
  transports:
    objectif_principal: {montant_n: 103 000, montant_n_1: 100 000, perimetre: "Ville"}
    complementaires: {TC1: {valeur: oui}, TC2: {valeur: non}}
  pertinence:
    objectif_principal: {valeur: non}
    modulation: 50 %
    motif_modulation: "À demi."
"""
PRESCRIPTIONS = "Taux de prescriptions de sortie informatisées, consultations externes comprises"
PROGRAMME = "Programme d’actions qualité\u00a0: actualisé, présenté et diffusé"
SUSPENSION = "Sanctions suspendues sur les résultats de l’année (oui ou non)"
PLAFOND = (
    "Volets additionnels\u00a0: plafond de la sanction financière, en part des produits reçus des "
    "régimes obligatoires au titre du dernier exercice clos"
)
PRODUITS = "Produits reçus des régimes obligatoires d’assurance maladie (exercice {})"
DONNEE, DROIT, SUPPOSEE = SorteHypothese.DONNEE, SorteHypothese.DROIT, SorteHypothese.HYPOTHESE


@pytest.fixture
def affaire(projet: Projet, depot: Depot, tmp_path: Path) -> Affaire:
    """A made-up contract and its evaluation."""
    return Atelier(projet.droit, depot, tmp_path).load(CONTRAT, EVALUATION)[0]


def held(
    affaire: Affaire, projet: Projet, nom: str, valeurs: tuple[Decimal | str, ...], *supposees: str
) -> list[Hypothese]:
    """What is held while `nom` (volet:name) varies; `supposees` are volet:name=value."""
    scenario = Scenario(
        affaire,
        2019,
        _find(affaire, projet, nom),
        valeurs,
        tuple(_suppose(affaire, projet, texte) for texte in supposees),
    )
    return list(hypotheses(simulate(scenario, projet.droit)))


def _find(affaire: Affaire, projet: Projet, nom: str):  # type: ignore[no-untyped-def]
    volet, _, cle = nom.partition(":")
    if cle == "exercice_clos":
        return closed_year(volet)
    grandeurs = iter_grandeurs(affaire, projet.droit, volet, 2019)
    return next(g for g in grandeurs if cle in g.noms)


def _suppose(affaire: Affaire, projet: Projet, texte: str) -> ValeurSimulee:
    nom, _, valeur = texte.partition("=")
    ecrit = Decimal(valeur) if valeur[0].isdigit() else valeur
    return ValeurSimulee(_find(affaire, projet, nom), ecrit)


def told(trouvees: list[Hypothese]) -> list[tuple[str, str, SorteHypothese]]:
    """Words, value and kind, with plain spaces; the file stands in its own test."""
    espaces = str.maketrans("\u00a0\u202f", "  ")
    return [(h.libelle.translate(espaces), h.valeur.translate(espaces), h.sorte) for h in trouvees]


def plain(texte: str) -> str:
    return texte.replace("\u00a0", " ")


class DescribeSorte:
    def it_is_written_in_json_as_documented(self) -> None:
        page = Path(__file__).resolve().parents[4] / "docs/arbre_de_calcul.md"
        mots = ", ".join(f"`{sorte.value}`" for sorte in list(SorteHypothese)[:-1])
        assert f"`sorte` : {mots} ou `{SorteHypothese.DROIT.value}`)" in page.read_text("utf-8")


class DescribeHypotheses:
    def it_lists_what_a_sanction_rests_on_and_where_it_stands(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        trouvees = held(affaire, projet, "transports:principal", (Decimal("0.03"),))
        assert told(trouvees) == [
            ("Cible : Évolution", "2 %", DONNEE),
            (SUSPENSION, "non", DROIT),
            ("Maximum fixé au contrat", "0,5 %", DONNEE),
            (plain(PLAFOND), "1 %", DROIT),
            (PRODUITS.format(2019), "40 000 000 €", DONNEE),
            ("Cible : Formation", "oui", DONNEE),
            ("Poids : TC1", "60 %", DONNEE),
            ("Résultat : Formation", "oui", DONNEE),
            ("Cible : Charte", "oui", DONNEE),
            ("Poids : TC2", "40 %", DONNEE),
            ("Résultat : Charte", "non", DONNEE),
            ("Niveau où la part est nulle", "0 %", DONNEE),
            ("Niveau où la part est entière", "100 %", DONNEE),
        ]
        lieux = {h.libelle: h.origine for h in trouvees}
        assert lieux["Maximum fixé au contrat"].startswith("dossier.yaml:")
        assert lieux["Résultat\u00a0: Charte"].startswith("evaluation.yaml:11:")
        assert lieux[SUSPENSION] == "clauses/droit/parametres/sanctions/suspendues.yaml:1:5"

    def it_leaves_out_the_result_that_varies_but_not_its_target(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        libelles = [x[0] for x in told(held(affaire, projet, "transports:TC1", ("non", "oui")))]
        assert "Résultat : Formation" not in libelles
        assert {"Cible : Formation", "Poids : TC1", "Résultat : Évolution"} <= set(libelles)
        assert len(libelles) == len(set(libelles))

    def it_leaves_out_a_target_that_varies_but_not_the_result(
        self, affaire: Affaire, projet: Projet
    ) -> None:
        valeurs = (Decimal("0.01"), Decimal("0.02"))
        libelles = [x[0] for x in told(held(affaire, projet, "transports:cible", valeurs))]
        assert "Cible : Évolution" not in libelles
        assert "Résultat : Évolution" in libelles

    def it_shows_where_a_worked_out_result_starts(self, affaire: Affaire, projet: Projet) -> None:
        trouvees = held(affaire, projet, "socle:REG-01", ("non",))
        (prescriptions,) = (h for h in trouvees if h.libelle == f"Résultat\u00a0: {PRESCRIPTIONS}")
        assert prescriptions.valeur == "70\u00a0%"
        assert prescriptions.origine == "evaluation.yaml:6:28"

    def it_lists_what_a_rate_cut_rests_on(self, affaire: Affaire, projet: Projet) -> None:
        assert told(held(affaire, projet, "socle:REG-01", ("non", "oui"))) == [
            (f"Cible : {PRESCRIPTIONS}", "80 %", DONNEE),
            ("Coefficient : NAT-10-1-1", "60 %", DONNEE),
            (f"Résultat : {PRESCRIPTIONS}", "70 %", DONNEE),
            (plain(f"Cible : {PROGRAMME}"), "oui", DONNEE),
            ("Coefficient : REG-01", "40 %", DONNEE),
            ("Seuil de déclenchement fixé au contrat", "70 %", DONNEE),
            (SUSPENSION, "non", DROIT),
            ("Maximum fixé au contrat", "10 %", DONNEE),
            (
                "Volet obligatoire : plafond de la diminution de la part prise en charge au titre "
                "de la liste en sus",
                "30 %",
                DROIT,
            ),
            ("Niveau où la part est nulle", "0 %", DONNEE),
            ("Niveau où la part est entière", "100 %", DONNEE),
        ]

    def it_lists_what_a_length_of_time_rests_on(self, affaire: Affaire, projet: Projet) -> None:
        assert told(held(affaire, projet, "pertinence:principal", ("non",))) == [
            ("Cible : Pertinence", "oui", DONNEE),
            (SUSPENSION, "non", DROIT),
            ("Durée maximale, en mois", "4", DONNEE),
            ("Modulation proposée", "50 %", DONNEE),
        ]

    def it_lists_each_once_over_all_the_values(self, affaire: Affaire, projet: Projet) -> None:
        deux = held(affaire, projet, "transports:principal", (Decimal("0.03"), Decimal("0.04")))
        assert deux == held(affaire, projet, "transports:principal", (Decimal("0.03"),))

    def it_adds_what_other_values_rest_on(self, affaire: Affaire, projet: Projet) -> None:
        valeurs = (Decimal("0.03"), Decimal("0.02"))
        libelles = [x[0] for x in told(held(affaire, projet, "transports:principal", valeurs))]
        assert libelles[-4:] == [
            "Intéressement : part maximale des économies constatées",
            "Dépense cible de 2019, fixée au contrat",
            "Dépense de l’année précédente, d’où suit la dépense constatée",
            "Modulation proposée",
        ]


class DescribeSuppositions:
    def it_says_what_is_supposed_and_not_written(self, affaire: Affaire, projet: Projet) -> None:
        trouvees = held(
            affaire,
            projet,
            "transports:principal",
            (Decimal("0.03"),),
            "transports:TC2=oui",
            "transports:niveau=0.25",
        )
        assert ("Niveau de réalisation supposé", "25 %", SUPPOSEE) in told(trouvees)
        assert {h.origine for h in trouvees if h.sorte is SUPPOSEE} == {HYPOTHESE}

    def it_says_what_has_no_effect_here(self, affaire: Affaire, projet: Projet) -> None:
        trouvees = held(
            affaire,
            projet,
            "transports:principal",
            (Decimal("0.03"),),
            "transports:modulation=0.5",
            "transports:TC2=oui",
        )
        assert told(trouvees)[-1] == (
            "Modulation proposée (sans effet ici)",
            "50 %",
            SUPPOSEE,
        )
        assert trouvees[-1].origine == HYPOTHESE
        assert ("Résultat : Charte", "oui", SUPPOSEE) in told(trouvees)

    def it_says_first_what_is_supposed_elsewhere(self, affaire: Affaire, projet: Projet) -> None:
        trouvees = held(
            affaire,
            projet,
            "transports:principal",
            (Decimal("0.03"),),
            ":exercice_clos=2018",
            "socle:niveau=0.9",
        )
        assert told(trouvees)[:2] == [
            ("Dernier exercice clos", "2018", SUPPOSEE),
            ("Niveau de réalisation (volet socle)", "90 %", SUPPOSEE),
        ]
        assert (PRODUITS.format(2018), "38 217 465,75 €", DONNEE) in told(trouvees)

    def it_is_named_in_french_for_machines(self) -> None:
        assert [sorte.value for sorte in SorteHypothese] == ["hypothese", "donnee", "droit"]
