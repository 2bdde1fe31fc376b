"""Tests of the caps: of the texts, of a region, of the contract, to the very bound."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Gravite, sort_constats
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Depot
from caqes_docs.law.caqes_1.plafonds import check_maximum_amount, check_maximum_rate
from caqes_docs.law.controles.stipulations.volets import check_volets
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.modeles import Parametre, Unite
from caqes_docs.law.jugement import AnneeJugee
from tests.outils.affaires import Atelier

ICI = Source("dossier.yaml", 3, 5)
CONTRAT = """
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    sanction: {{type: montant, taux_maximum: "{taux}", bareme: {{nom: saisie}}}}
    interessement: {{prevu: oui, montant_maximum: "{montant}", bareme: {{nom: saisie}}}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {{sanction_proposee: non, appreciation: "Tenu."}}
  pertinence:
    objectif_principal: {{valeur: {atteint}}}
    modulation: 100 %
    motif_modulation: "Plan achevé."
"""


class DescribeMaximum:
    """`check_maximum_rate`, `check_maximum_amount`."""

    @pytest.mark.parametrize("taux", ["0", "0.004", "0.005"])
    def it_takes_a_rate_up_to_the_cap(self, taux: str) -> None:
        assert check_maximum_rate(Decimal(taux), Decimal("0.005"), ICI) == []

    def but_not_above(self) -> None:
        (constat,) = check_maximum_rate(Decimal("0.0050001"), Decimal("0.005"), ICI)
        assert (constat.code, constat.source) == ("V-022", ICI)
        assert "0,5\u00a0%" in constat.message

    def and_not_below_zero(self) -> None:
        (constat,) = check_maximum_rate(Decimal("-0.001"), Decimal("0.005"), ICI)
        assert constat.message == "Le maximum fixé est négatif."

    @pytest.mark.parametrize("montant", ["0", "8999.99", "9000"])
    def it_takes_an_amount_up_to_the_cap(self, montant: str) -> None:
        assert check_maximum_amount(Decimal(montant), Decimal(9000), ICI) == []
        assert check_maximum_amount(Decimal(montant), None, ICI) == []

    def but_not_an_amount_above_or_below_zero(self) -> None:
        (dessus,) = check_maximum_amount(Decimal("9000.01"), Decimal(9000), ICI)
        assert "9\u202f000\u00a0€" in dessus.message
        for plafond in (None, Decimal(9000)):
            (dessous,) = check_maximum_amount(Decimal("-0.01"), plafond, ICI)
            assert dessous.message == "Le maximum fixé est négatif."


def parameter(droit: Droit, modele: str, nom: str, valeur: str) -> Parametre:
    """A regional parameter, made after one of the texts."""
    base = droit.parametres[modele]
    valeurs = tuple(v.model_copy(update={"valeur": valeur}) for v in base.valeurs)
    return base.model_copy(update={"id": nom, "valeurs": valeurs})


@pytest.fixture
def regional(projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
    """Where the pertinence has the caps of a region: 0,5 % of the products, 9 000 €."""
    droit = projet.droit
    euros = parameter(droit, "volets/plafond_sanction", "region/euros", "9 000").model_copy(
        update={"unite": Unite.EURO}
    )
    taux = parameter(droit, "volets/plafond_sanction", "region/taux", "0,5 %")
    decrit = droit.volets["pertinence"].model_copy(
        update={"plafond_sanction": "region/taux", "plafond_interessement": "region/euros"}
    )
    droit = replace(
        droit,
        parametres={**droit.parametres, "region/euros": euros, "region/taux": taux},
        volets={**droit.volets, "pertinence": decrit},
        sources={**droit.sources, "paramètre:region/euros": ICI, "paramètre:region/taux": ICI},
    )
    return Atelier(droit, depot, tmp_path)


def evaluated(atelier: Atelier, taux: str, montant: str, atteint: str) -> AnneeJugee:
    """The year 2019 of a contract with those maxima; P is 40 000 000."""
    return atelier.judge(
        CONTRAT.format(taux=taux, montant=montant), EVALUATION.format(atteint=atteint)
    )


class DescribePlafondsDeLaRegion:
    @pytest.mark.parametrize(
        ("montant", "attendu", "codes"),
        [("8 000", "8000.00", []), ("9 000", "9000.00", []), ("12 000", "9000.00", ["V-022"])],
    )
    def it_caps_the_reward(
        self, montant: str, attendu: str, codes: list[str], regional: Atelier
    ) -> None:
        jugee = evaluated(regional, "0,5 %", montant, "oui")
        assert jugee.resultat.par_volet["pertinence"].montant.valeur == Decimal(attendu)
        assert [constat.code for constat in jugee.constats] == codes

    @pytest.mark.parametrize(
        ("taux", "attendu", "codes"),
        [
            ("0,2 %", "-80000.00", []),
            ("0,5 %", "-200000.00", []),
            ("0,8 %", "-200000.00", ["V-022"]),
        ],
    )
    def it_caps_the_sanction(
        self, taux: str, attendu: str, codes: list[str], regional: Atelier
    ) -> None:
        jugee = evaluated(regional, taux, "8 000", "non")
        assert jugee.resultat.par_volet["pertinence"].montant.valeur == Decimal(attendu)
        assert [constat.code for constat in jugee.constats] == codes

    def it_never_loosens_the_cap_of_the_texts(self, regional: Atelier) -> None:
        large = parameter(regional.droit, "volets/plafond_sanction", "region/taux", "3 %")
        droit = replace(
            regional.droit, parametres={**regional.droit.parametres, "region/taux": large}
        )
        jugee = evaluated(replace(regional, droit=droit), "2 %", "8 000", "non")
        assert jugee.resultat.par_volet["pertinence"].montant.valeur == Decimal("-400000.00")
        assert [constat.code for constat in jugee.constats] == ["V-022"]

    def it_caps_a_share_of_savings(self, regional: Atelier) -> None:
        contrat = CONTRAT.format(taux="0,5 %", montant="8 000").replace(
            'montant_maximum: "8 000"',
            "taux_maximum: 30 %, base_economies: cible, depenses_cibles: {2019: 100 000}",
        )
        economies = "{depense_constatee: CONSTATEE}"
        texte = EVALUATION.format(atteint="oui") + f"    economies: {economies}\n"
        for constatee, attendu in (("80 000", "6000.00"), ("60 000", "9000.00")):
            jugee = regional.judge(contrat, texte.replace("CONSTATEE", constatee))
            assert jugee.resultat.par_volet["pertinence"].montant.valeur == Decimal(attendu)
            assert jugee.constats == ()

    @pytest.mark.parametrize(
        ("montant", "attendu"), [("200 000", []), ("200 000,01", ["V-061", "V-063"])]
    )
    def it_caps_the_decision(self, montant: str, attendu: list[str], regional: Atelier) -> None:
        texte = EVALUATION.format(atteint="non") + (
            f"decision: {{volets: {{pertinence: {{nature: montant, montant: '{montant}'}}}}}}\n"
        )
        contrat = CONTRAT.format(taux="0,8 %", montant="8 000")
        jugee = regional.judge(contrat, texte)
        trouves = [constat.code for constat in jugee.constats if constat.code != "V-022"]
        assert sorted(trouves) == attendu

    @pytest.mark.parametrize(
        ("taux", "montant", "combien"),
        [("0,5 %", "9 000", 0), ("0,51 %", "9 000", 1), ("0,5 %", "9 000,01", 1)],
    )
    def it_is_told_from_the_contract_on(
        self, taux: str, montant: str, combien: int, regional: Atelier
    ) -> None:
        contrat = CONTRAT.format(taux=taux, montant=montant).replace(
            "montant_maximum",
            "base_economies: cible, depenses_cibles: {2018: 1, 2019: 1, 2020: 1}, montant_maximum",
        )
        affaire, _ = regional.load(contrat, EVALUATION.format(atteint="oui"))
        signature = affaire.dossier.valeur.contrat.signature.date_retenue
        assert signature is not None
        constats = sort_constats(check_volets(affaire, regional.droit, effect_date(signature)))
        dits = [c.code for c in constats if c.gravite is Gravite.ERREUR]
        assert [code for code in dits if code != "V-161"] == ["V-022"] * combien


class DescribePlafondDuSocle:
    @pytest.mark.parametrize(
        ("sanction", "codes"),
        [
            ("{type: montant, taux_maximum: 1 %}", []),
            ("{type: montant, taux_maximum: '1,01 %'}", ["V-022"]),
            ("{type: reduction_liste_en_sus, taux_maximum: 30 %}", []),
            ("{type: reduction_liste_en_sus, taux_maximum: '30,5 %'}", ["V-022"]),
        ],
    )
    def it_is_that_of_the_texts(
        self, sanction: str, codes: list[str], projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        atelier = Atelier(projet.droit, depot, tmp_path)
        affaire, _ = atelier.load(
            f"socle: {{sanction: {sanction}}}\n", 'dossier: "990000010"\nannee: 2019\n'
        )
        signature = affaire.dossier.valeur.contrat.signature.date_retenue
        assert signature is not None
        constats = sort_constats(check_volets(affaire, atelier.droit, effect_date(signature)))
        assert [c.code for c in constats if c.gravite is Gravite.ERREUR] == codes
