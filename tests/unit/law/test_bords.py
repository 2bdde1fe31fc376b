"""The very bounds of the law: the last day, the exact cap, the first value that is too much."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.comparaison import Operateur
from caqes_docs.core.constats import Constat
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.law.calcul import noeud as calcul
from caqes_docs.law.calcul.explication import signed_amount
from caqes_docs.law.ciblage.criteres_regionaux import check_criteres
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.droit.dates import measure_end
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.jugement import AnneeJugee
from tests.outils.affaires import Atelier

FONDEMENT = calcul.Fondement("R-SOC-3", "contrat type, art. 10-6", Certitude.TEXTE)
SOCLE = """
socle:
  declenchement: {{ponderation: "Appréciation d’ensemble."}}
  sanction: {{type: montant, taux_maximum: "{socle}", bareme: {{nom: saisie}}}}
"""
QUALITE = """
volets:
  qualite:
    signature: {{date: 2017-12-20}}
    duree: {duree}
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: Q1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    sanction: {{type: montant, taux_maximum: "{volet}", bareme: {{nom: saisie}}}}
    interessement: {{prevu: non}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {sanction_proposee: oui, modulation: 100 %, motif_modulation: "Rien n’est fait."}
  qualite:
    objectif_principal: {valeur: non}
    modulation: 100 %
    motif_modulation: "Rien n’est fait."
"""


def run(atelier: Atelier, socle: str, volet: str, duree: int = 5) -> AnneeJugee:
    """Two sanctions at their maxima."""
    contrat = SOCLE.format(socle=socle) + QUALITE.format(volet=volet, duree=duree)
    return atelier.judge(contrat, EVALUATION)


def codes(constats: object) -> list[str]:
    """The codes of findings, in order."""
    assert isinstance(constats, list | tuple)
    return [constat.code for constat in constats if isinstance(constat, Constat)]


class DescribeDureeDUnVolet:
    def it_is_evaluated_until_its_last_year(self, atelier: Atelier) -> None:
        assert "qualite" in run(atelier, "0,5 %", "0,5 %", duree=2).resultat.par_volet

    def but_not_after(self, atelier: Atelier) -> None:
        jugee = run(atelier, "0,5 %", "0,5 %", duree=1)
        assert "qualite" not in jugee.resultat.par_volet
        assert "V-051" in codes(jugee.constats)

    def and_not_without_a_signature(self, atelier: Atelier) -> None:
        contrat = SOCLE.format(socle="0,5 %") + QUALITE.format(volet="0,5 %", duree=5)
        contrat = contrat.replace("    signature: {date: 2017-12-20}\n", "")
        jugee = atelier.judge(contrat, EVALUATION)
        assert "qualite" not in jugee.resultat.par_volet
        assert "V-051" in codes(jugee.constats)


class DescribeCalcul:
    def it_replays_from_the_leaves_not_from_what_is_written(self) -> None:
        un = calcul.entree("Un", Decimal(1), calcul.Nature.NOMBRE, "a.yaml:1:1")
        somme = calcul.compute(
            calcul.Operation.SOMME, "Deux", calcul.Nature.NOMBRE, (un, un), FONDEMENT
        )
        assert calcul.replay(replace(somme, valeur=Decimal(9))) == Decimal(2)

    def it_refuses_words_where_a_number_is_due(self) -> None:
        mot = calcul.entree("Mot", "B", calcul.Nature.TEXTE, "a.yaml:1:1")
        with pytest.raises(TypeError, match="Mot"):
            _ = mot.nombre
        with pytest.raises(TypeError, match="un nombre est attendu"):
            calcul.apply(calcul.Operation.SOMME, ["B"])

    def it_gives_a_motive_to_what_is_unknown_only(self) -> None:
        connu = calcul.entree("A", Decimal(1), calcul.Nature.NOMBRE, "a.yaml:1:1", motif="manque")
        inconnu: calcul.Noeud = calcul.entree(
            "A", None, calcul.Nature.NOMBRE, "a.yaml:1:1", motif="manque"
        )
        assert (connu.motif, inconnu.motif) == ("", "manque")


class DescribeMots:
    def it_names_each_certainty(self) -> None:
        assert [c.libelle for c in Certitude] == ["texte", "instruction", "secondaire", "déduction"]

    @pytest.mark.parametrize(
        ("montant", "attendu"),
        [
            ("0", "0\u00a0€"),
            ("0.004", "0\u00a0€"),
            ("-0.004", "0\u00a0€"),
            ("0.01", "+\u00a00,01\u00a0€"),
            ("1", "+\u00a01\u00a0€"),
            ("-0.005", "−\u00a00,01\u00a0€"),
        ],
    )
    def it_signs_an_amount_to_the_cent(self, montant: str, attendu: str) -> None:
        assert signed_amount(Decimal(montant)) == attendu


class DescribeDates:
    def it_ends_a_measure_a_day_before(self) -> None:
        assert measure_end(dt.date(2019, 12, 15), 12) == dt.date(2020, 12, 14)
        assert measure_end(dt.date(2019, 12, 1), 1) == dt.date(2019, 12, 31)
        assert measure_end(dt.date(2019, 11, 30), 3) == dt.date(2020, 2, 29)


class DescribeDossier:
    """What `check_affaire` takes and refuses at the bound."""

    def _codes(self, affaire: Affaire, projet: Projet, cle: str, valeur: object) -> list[str]:
        dossier = affaire.dossier.valeur
        etablissement = dossier.etablissement.model_copy(update={cle: valeur})
        charge = replace(
            affaire.dossier, valeur=dossier.model_copy(update={"etablissement": etablissement})
        )
        return codes(check_affaire(replace(affaire, dossier=charge), projet.droit))

    @pytest.mark.parametrize(("montant", "refuse"), [("0", False), ("-0.01", True)])
    def it_takes_products_of_zero(
        self, montant: str, refuse: bool, projet: Projet, depot: Depot
    ) -> None:
        affaire = depot.affaires["990780017"]
        (premier, *_) = affaire.dossier.valeur.etablissement.produits_assurance_maladie
        produits = (premier.model_copy(update={"montant": Decimal(montant)}),)
        trouves = self._codes(affaire, projet, "produits_assurance_maladie", produits)
        assert ("D-065" in trouves) is refuse

    @pytest.mark.parametrize(("jours", "refuse"), [(0, False), (1, True)])
    def it_takes_an_avis_of_the_day_of_the_signature(
        self, jours: int, refuse: bool, projet: Projet, depot: Depot
    ) -> None:
        affaire = depot.affaires["990780017"]
        avis = affaire.dossier.valeur.etablissement.avis_medical
        signature = affaire.dossier.valeur.contrat.signature.date_retenue
        assert avis is not None
        assert signature is not None
        jour = signature + dt.timedelta(jours)
        propre = avis.model_copy(update={"date": jour})
        assert ("D-073" in self._codes(affaire, projet, "avis_medical", propre)) is refuse


class DescribeCriteresRegionaux:
    def it_refuses_two_criteria_of_one_name_and_a_column_of_the_table(self, depot: Depot) -> None:
        ars = depot.ars["ars-exemple"]
        criteres = ars.valeur.criteres_pertinence
        assert list(check_criteres(criteres, ars.fichier)) == []
        double = (criteres[0], criteres[0])
        messages = [c.message for c in check_criteres(double, ars.fichier)]
        assert len(messages) == 2
        assert all("est déjà donné à un autre critère" in message for message in messages)
        for colonne in ("icalin2", "Majuscule"):
            pris = (criteres[0].model_copy(update={"colonne": colonne}),)
            (constat,) = check_criteres(pris, ars.fichier)
            assert "ne peut pas être celle d’un critère régional" in constat.message

    def it_refuses_to_compare_a_number_with_a_list(self, depot: Depot) -> None:
        ars = depot.ars["ars-exemple"]
        liste = ars.valeur.criteres_pertinence[0].model_copy(update={"operateur": Operateur.PARMI})
        (constat,) = check_criteres((liste,), ars.fichier)
        assert constat.code == "D-097"
        assert constat.message == "Un nombre ne se compare pas à une liste."
        chemin = ("criteres_pertinence", 0, "operateur")
        assert constat.source == ars.fichier.source(chemin)
