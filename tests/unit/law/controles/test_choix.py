"""Tests of `law.controles.stipulations.choix`: what nothing reads; what is too much."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Gravite
from caqes_docs.law.controles.dossier import check_affaire
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
VOLET = "volets: {{{nom}: {{signature: {{date: 2017-12-19}}, duree: 2, {reste}}}}}"


def told(atelier: Atelier, contrat: str, code: str) -> list[str]:
    affaire, _ = atelier.load(contrat, EVALUATION)
    constats = check_affaire(affaire, atelier.droit)
    return [c.message.replace("\u00a0", " ") for c in constats if c.code == code]


class DescribeChoixOisifs:
    """V-076: a choice that another choice sets aside."""

    @pytest.mark.parametrize(
        ("choix", "cles"),
        [
            ("sanction: {type: montant, taux_maximum: 1 %}", []),
            ("sanction: {type: montant, duree_maximale_mois: 3, actes: IRM}", ["duree", "actes"]),
            ("sanction: {type: reduction_liste_en_sus, taux_maximum: 5 %, actes: IRM}", ["actes"]),
            ("sanction: {type: montant, arrondi_mois: proche, unite: part}", ["unite", "arrondi"]),
            ("sanction: {type: reduction_liste_en_sus, unite: part}", []),
            ("sanction: {taux_maximum: 1 %, duree_maximale_mois: 3}", []),
            ("sanction: {bareme: {nom: lineaire, de: 0 %, a: 100 %}}", []),
            ("sanction: {bareme: {nom: lineaire, de: 0 %, a: 100 %, seuil: 0 %}}", ["seuil"]),
            ("sanction: {bareme: {nom: tout_ou_rien, seuil: 50 %, de: 0 %, a: 1 %}}", ["de", "a"]),
            (
                "sanction: {bareme: {nom: points, paliers: [{a_partir_de: 0 %, part: 1 %}]}}",
                ["pal"],
            ),
            ("interessement: {prevu: oui, montant_maximum: 1, bareme: {nom: points}}", []),
            (
                "interessement: {prevu: non, montant_maximum: 1, emploi: Postes}",
                ["montant", "emploi"],
            ),
            ("interessement: {montant_maximum: 1, bareme: {nom: saisie, seuil: 1 %}}", ["seuil"]),
            (
                "interessement: {base_economies: cible, evolutions_tendancielles: {2018: 1 %}}",
                ["evolutions"],
            ),
            (
                "interessement: {base_economies: tendanciel, depenses_cibles: {2018: 1}}",
                ["depenses"],
            ),
            ("interessement: {base_economies: cible, depenses_cibles: {2018: 1}}", []),
        ],
    )
    def it_is_told(self, choix: str, cles: list[str], atelier: Atelier) -> None:
        messages = told(atelier, f"socle: {{{choix}}}", "V-076")
        assert len(messages) == len(cles)
        for message, cle in zip(messages, cles, strict=True):
            assert message.startswith(f"« {cle}")
            assert " ne compte pas : " in message

    @pytest.mark.parametrize(("donne", "combien"), [("non", 1), ("oui", 0), ("null", 0)])
    def it_is_told_of_the_sanction_of_a_volet_without_one(
        self, donne: str, combien: int, atelier: Atelier
    ) -> None:
        reste = f"donne_lieu_a_sanction: {donne}, sanction: {{type: montant, taux_maximum: 1 %}}"
        contrat = VOLET.format(nom="qualite", reste=reste)
        attendu = ["« sanction » ne compte pas : le volet ne donne pas lieu à sanction."]
        assert told(atelier, contrat, "V-076") == attendu * combien


class DescribePartDesEconomies:
    """V-075: 30 % of the savings found is the limit of every volet (K4)."""

    @pytest.mark.parametrize(("taux", "combien"), [("30 %", 0), ("31 %", 1), ("null", 0)])
    @pytest.mark.parametrize("nom", ["transports", "pertinence", "qualite"])
    def it_is_refused_above_the_share_of_the_texts(
        self, taux: str, combien: int, nom: str, atelier: Atelier
    ) -> None:
        reste = f"interessement: {{prevu: oui, taux_maximum: {taux}}}"
        assert len(set(told(atelier, VOLET.format(nom=nom, reste=reste), "V-075"))) == combien

    def it_says_how_much_and_where_it_is_written(self, atelier: Atelier) -> None:
        reste = "interessement: {prevu: oui, taux_maximum: 31 %}"
        trouves = told(atelier, VOLET.format(nom="qualite", reste=reste), "V-075")
        assert list(dict.fromkeys(trouves)) == [
            "L’intéressement, 31 % des économies, dépasse la limite des textes, 30 % des économies "
            "constatées (article D. 162-16, III, 1°)."
        ]


class DescribeRisques:
    @pytest.mark.parametrize(("nombre", "combien"), [("3", 0), ("4", 1), ("null", 0)])
    def it_is_at_most_those_of_the_texts(self, nombre: str, combien: int, atelier: Atelier) -> None:
        contrat = VOLET.format(nom="qualite", reste=f"nombre_risques: {nombre}")
        assert len(told(atelier, contrat, "V-077")) == combien
        autre = VOLET.format(nom="pertinence", reste=f"nombre_risques: {nombre}")
        assert told(atelier, autre, "V-077") == []


class DescribeSites:
    """D-075: a target of a site is that of a site of the establishment."""

    @pytest.mark.parametrize(
        "pose",
        [
            "indicateurs: {NAT-10-1-1: {site: SITE}}",
            VOLET.format(nom="qualite", reste="objectif_principal: {id: A, site: SITE}"),
            VOLET.format(nom="transports", reste="objectif_supplementaire: {id: A, site: SITE}"),
            VOLET.format(nom="qualite", reste="objectifs_complementaires: [{id: A, site: SITE}]"),
        ],
    )
    def it_is_told_when_it_is_unknown(self, pose: str, atelier: Atelier) -> None:
        assert told(atelier, pose.replace("SITE", "Site d’essai"), "D-075") == []
        assert told(atelier, pose.replace("SITE", "Site d’ailleurs"), "D-075") == [
            "« Site d’ailleurs » n’est pas un site de l’établissement."
        ]

    def it_is_told_with_those_that_there_are(self, atelier: Atelier) -> None:
        affaire, _ = atelier.load("indicateurs: {NAT-10-1-1: {site: Zzz}}", EVALUATION)
        (constat,) = (c for c in check_affaire(affaire, atelier.droit) if c.code == "D-075")
        assert constat.remede == "Sites\u00a0: Site d’essai."


class DescribeHopitauxDesArmees:
    """V-048: the socle alone in 2018; the texts say nothing of the years that follow."""

    @pytest.mark.parametrize(
        ("statut", "signature", "combien"),
        [("armees", "2017-12-19", 1), ("armees", "2018-12-19", 0), ("public", "2017-12-19", 0)],
    )
    def it_is_told_of_a_volet(
        self, statut: str, signature: str, combien: int, atelier: Atelier
    ) -> None:
        contrat = VOLET.format(nom="qualite", reste="nombre_risques: 1")
        affaire, _ = atelier.load(
            contrat.replace("2017-12-19", signature),
            EVALUATION,
            statut=statut,
        )
        constats = check_affaire(affaire, atelier.droit)
        assert [c.code for c in constats if c.code == "V-048"] == ["V-048"] * combien
        assert all(c.gravite is Gravite.AVERTISSEMENT for c in constats if c.code == "V-048")
