"""What a contract says of its levels before it is signed: parts, weights, years without target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import Depot
from caqes_docs.law.controles.niveau.contrat import check_levels, check_opening, check_years
from tests.outils.affaires import Atelier

Trouves = Callable[[str], list[Constat]]
Codes = Callable[[str], list[str]]
EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
SANCTION = "sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: points}}"
PLAN = 'plan_actions: {ajouter: [{id: A, article: "10-1", libelle: "Action"}]}\n'
ENSEMBLE = "declenchement: {ponderation: Dans l’ensemble}"
CHOIX = "choix: {annee_sans_cible: non_evaluee}\n"


@pytest.fixture
def trouves(projet: Projet, depot: Depot, tmp_path: Path) -> Trouves:
    """What a made-up contract raises, at `verifier`."""

    def run(contrat: str) -> list[Constat]:
        affaire, _ = Atelier(projet.droit, depot, tmp_path).load(contrat, EVALUATION)
        dossier = affaire.dossier
        niveaux = check_levels(dossier, projet.droit)
        return [*niveaux, *check_opening(dossier), *check_years(dossier)]

    return run


@pytest.fixture
def codes(trouves: Trouves) -> Codes:
    """The codes alone, in their order."""
    return lambda contrat: [constat.code for constat in trouves(contrat)]


def socle(niveau: str) -> str:
    """A socle whose scale rests on `niveau`."""
    return f"{PLAN}socle: {{niveau: {niveau}, {ENSEMBLE}, {SANCTION}}}\n"


class DescribeParts:
    """V-145 and V-146."""

    @pytest.mark.parametrize(
        "niveau",
        [
            "{indicateurs: {part: 100 %, mesure: poids}}",
            "{actions: {part: 40 %, mesure: nombre}, indicateurs: {part: 60 %, mesure: nombre}}",
            "{actions: {part: 100 %, mesure: poids, poids: {A: 10 %}}}",
            "{obligations_generales: {part: 100 %, mesure: nombre, en_partie: 0 %}}",
        ],
    )
    def it_accepts_what_adds_up(self, codes: Codes, niveau: str) -> None:
        assert codes(CHOIX + socle(niveau)) == []

    @pytest.mark.parametrize(
        ("niveau", "messages"),
        [
            (
                "{indicateurs: {part: 99 %, mesure: poids}}",
                ["Les parts du niveau de réalisation ne font pas 100 %."],
            ),
            (
                "{indicateurs: {part: 100 %}}",
                ["Indicateurs : rien ne dit comment ils se comptent."],
            ),
            (
                "{indicateurs: {part: 100 %, mesure: poids, en_partie: 50 %}}",
                ["« en_partie » ne vaut que pour les obligations générales."],
            ),
            (
                "{indicateurs: {part: 100 %, mesure: poids, poids: {A: 10 %}}}",
                ["Ces poids ne comptent pas : un indicateur pèse son coefficient."],
            ),
            (
                "{indicateurs: {part: 100 %, mesure: poids}, actions: {mesure: nombre}}",
                ["Plan d’actions : sans « part », le reste ne compte pas."],
            ),
            (
                "{actions: {part: 100 %, mesure: nombre, poids: {A: 10 %}}}",
                ["Ces poids ne comptent pas : chacun vaut un."],
            ),
            (
                "{actions: {part: 100 %, mesure: poids}}",
                ["Plan d’actions : sans poids, A."],
            ),
            (
                "{actions: {part: 100 %, mesure: poids, poids: {A: 0 %}}}",
                ["Plan d’actions : tous les poids sont nuls."],
            ),
            (
                "{actions: {part: 100 %, mesure: poids, poids: {A: 1 %, B: 1 %}}}",
                ["Plan d’actions : « B » n’y est pas."],
            ),
            (
                "{actions: {part: 100 %, mesure: poids, poids: {B: 0 %}}}",
                [
                    "Plan d’actions : « B » n’y est pas.",
                    "Plan d’actions : sans poids, A.",
                    "Plan d’actions : tous les poids sont nuls.",
                ],
            ),
        ],
    )
    def but_nothing_that_does_not_count(
        self, trouves: Trouves, niveau: str, messages: list[str]
    ) -> None:
        constats = trouves(CHOIX + socle(niveau))
        assert [c.code for c in constats] == ["V-146"] * len(messages)
        assert [c.message.replace("\u00a0", " ") for c in constats] == messages

    def it_accepts_that_some_weigh_nothing(self, codes: Codes) -> None:
        contrat = socle("{actions: {part: 100 %, mesure: poids, poids: {A: 10 %, B: 0 %}}}")
        deux = PLAN.replace("]}", ', {id: B, article: "10-2", libelle: "Autre"}]}')
        assert codes(CHOIX + contrat.replace(PLAN, deux)) == []

    def it_wants_a_plan_to_weigh(self, trouves: Trouves) -> None:
        niveau = "{actions: {part: 100 %, mesure: nombre}}"
        (constat,) = trouves(CHOIX + socle(niveau).replace(PLAN, ""))
        assert constat.message == "Plan d’actions\u00a0: il n’y a rien à compter."

    def but_says_nothing_of_a_typical_plan_that_is_unknown(self, codes: Codes) -> None:
        contrat = socle("{actions: {part: 100 %, mesure: poids, poids: {B: 10 %}}}")
        inconnu = "plan_actions: {types: [plan-inconnu]}\n"
        assert codes(CHOIX + contrat.replace(PLAN, inconnu)) == []

    @pytest.mark.parametrize(
        ("niveau", "attendu"),
        [
            ("null", ["V-145"]),
            ("{}", ["V-145"]),
            ("{actions: {}}", ["V-145"]),
            ("{indicateurs: {part: 0 %}}", ["V-145", "V-146"]),
        ],
    )
    def it_assumes_no_part(self, codes: Codes, niveau: str, attendu: list[str]) -> None:
        assert codes(CHOIX + socle(niveau)) == attendu

    @pytest.mark.parametrize(
        ("mesure", "pose", "attendu"),
        [
            ("poids", "{cibles: {2018: 60 %}}", ["V-027"]),
            ("poids", "{cibles: {2018: 60 %}, coefficient: 0 %}", []),
            ("poids", "{sans_objet: Aucun lit}", []),
            ("nombre", "{cibles: {2018: 60 %}}", []),
        ],
    )
    def it_weighs_coefficients_that_are_written(
        self, codes: Codes, mesure: str, pose: str, attendu: list[str]
    ) -> None:
        niveau = f"{{indicateurs: {{part: 100 %, mesure: {mesure}}}}}"
        assert codes(f"{CHOIX}indicateurs: {{NAT-10-1-7: {pose}}}\n{socle(niveau)}") == attendu

    def but_asks_for_none_when_nothing_rests_on_the_level(self, codes: Codes) -> None:
        sanction = SANCTION.replace("points", "saisie")
        assert codes(f"socle: {{{ENSEMBLE}, {sanction}}}\n") == []


class DescribeOuverture:
    """V-280: before the signature, whatever the scale rests on."""

    @pytest.mark.parametrize(
        ("declenchement", "attendu"),
        [
            ("", ["V-280"]),
            ("declenchement: {}, ", ["V-280"]),
            ("declenchement: {ponderation: Dans l’ensemble}, ", []),
            ("declenchement: {seuil: 0 %}, niveau: {actions: {part: 100 %, mesure: nombre}}, ", []),
        ],
    )
    def it_asks_when_a_sanction_opens(
        self, codes: Codes, declenchement: str, attendu: list[str]
    ) -> None:
        sanction = SANCTION.replace("points", "saisie")
        assert codes(f"{PLAN}socle: {{{declenchement}{sanction}}}\n") == attendu

    @pytest.mark.parametrize("socle", ["{}", "{interessement: {prevu: non}}"])
    def but_not_where_no_sanction_is_chosen(self, codes: Codes, socle: str) -> None:
        assert codes(f"socle: {socle}\n") == []


class DescribeAnnees:
    """V-147: a year without target, before the signature."""

    def it_is_asked_of_a_socle_that_weighs_targets(self, codes: Codes) -> None:
        assert codes(socle("{indicateurs: {part: 100 %, mesure: poids}}")) == ["V-147"]

    def and_told_where_it_lies_first(self, trouves: Trouves) -> None:
        volet = """\
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 2
    objectifs_complementaires: [{id: C, libelle: "Référent", cibles: {2018: oui}, poids: 1 %}]
    sanction: {type: montant, bareme: {nom: points}}
"""
        (constat,) = trouves(volet)
        assert str(constat.source).endswith("dossier.yaml:21:7")
        (constat,) = trouves(volet + socle("{indicateurs: {part: 100 %, mesure: poids}}"))
        assert str(constat.source).endswith("dossier.yaml:26:10")

    @pytest.mark.parametrize("cle", ["sanction", "interessement"])
    def but_the_socle_is_judged_as_a_whole(self, trouves: Trouves, cle: str) -> None:
        niveau = "niveau: {actions: {part: 100 %, mesure: nombre}}"
        bareme = "{prevu: oui, bareme: {nom: points, sur: actions}}"
        if cle == "sanction":
            bareme = bareme.replace("prevu: oui", "type: montant")
        (constat,) = trouves(f"{PLAN}socle: {{{niveau}, {ENSEMBLE}, {cle}: {bareme}}}\n")
        assert constat.code == "V-152"
        assert "les seuls «\u00a0actions\u00a0»" in constat.message

    def but_not_of_one_that_weighs_none(self, codes: Codes) -> None:
        assert codes(socle("{actions: {part: 100 %, mesure: nombre}}")) == []

    @pytest.mark.parametrize(
        ("cibles", "bareme", "attendu"),
        [
            ("{2018: oui, 2019: oui}", "{nom: points, sur: objectifs}", []),
            ("{2018: oui}", "{nom: points, sur: objectifs}", ["V-147"]),
            ("{2019: oui}", "{nom: points}", ["V-147"]),
            ("{}", "{nom: points}", []),
            ("{2018: oui}", "{nom: saisie}", []),
            ("{2018: oui}", "{nom: points, sur: actions}", []),
            (
                "{2018: oui}",
                "{nom: points, parts: [{sur: risques, part: 50 %}, {sur: objectifs, part: 50 %}]}",
                ["V-147"],
            ),
        ],
    )
    def it_is_asked_of_a_volet_that_weighs_them(
        self, codes: Codes, cibles: str, bareme: str, attendu: list[str]
    ) -> None:
        contrat = f"""
volets:
  transports:
    signature: {{lieu: "Exempleville", date: 2017-12-20}}
    duree: 2
    objectifs_complementaires: [{{id: C, libelle: "Référent", cibles: {cibles}, poids: 100 %}}]
    sanction: {{type: montant, bareme: {bareme}}}
    interessement: {{prevu: non}}
"""
        assert codes(contrat) == attendu


class DescribeAnneeSansCible:
    """V-147 and V-148, once a year is evaluated."""

    @pytest.mark.parametrize(
        ("bareme", "attendu"),
        [
            ("{nom: saisie}", [("V-148", Gravite.AVERTISSEMENT)]),
            ("{nom: points}", [("V-147", Gravite.ERREUR), ("V-148", Gravite.ERREUR)]),
        ],
    )
    def it_blocks_only_what_rests_on_it(
        self,
        bareme: str,
        attendu: list[tuple[str, Gravite]],
        projet: Projet,
        depot: Depot,
        tmp_path: Path,
    ) -> None:
        contrat = f"""
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    objectifs_complementaires: [{{id: C, libelle: "C", cibles: {{2018: "oui"}}, poids: 100 %}}]
    sanction: {{type: montant, taux_maximum: 1 %, bareme: {bareme}}}
    interessement: {{prevu: non}}
"""
        annee = EVALUATION + (
            "exercice_clos: 2019\nvolets:\n"
            "  socle: {sanction_proposee: non, appreciation: Tenu}\n"
            "  pertinence:\n    objectif_principal: {valeur: non}\n"
            "    complementaires: {C: {valeur: oui}}\n"
            + ("    modulation: 50 %\n    motif_modulation: Oui\n" if "saisie" in bareme else "")
        )
        jugee = Atelier(projet.droit, depot, tmp_path).judge(contrat, annee)
        vus = [c for c in jugee.constats if c.code in ("V-147", "V-148")]
        assert sorted((c.code, c.gravite) for c in vus) == attendu
        assert {str(c.source) for c in vus} == {"dossier.yaml:22:7"}

    @pytest.mark.parametrize(
        ("choix", "bareme", "part", "attendu"),
        [
            ("poids_repartis", "points", "100 %", [("V-148", Gravite.AVERTISSEMENT)]),
            ("poids_repartis", "points", "60 %", [("V-148", Gravite.AVERTISSEMENT)]),
            ("non_evaluee", "points", "100 %", [("V-148", Gravite.ERREUR)]),
            ("null", "points", "60 %", [("V-147", Gravite.ERREUR), ("V-148", Gravite.ERREUR)]),
            ("null", "saisie", "100 %", [("V-148", Gravite.AVERTISSEMENT)]),
            ("null", "points", "0 %", [("V-148", Gravite.AVERTISSEMENT)]),
        ],
    )
    def and_on_the_socle_the_indicators_alone(
        self,
        choix: str,
        bareme: str,
        part: str,
        attendu: list[tuple[str, Gravite]],
        projet: Projet,
        depot: Depot,
        tmp_path: Path,
    ) -> None:
        # The progress of the action is not known: it is another fault.
        niveau = {
            "100 %": "{indicateurs: {part: 100 %, mesure: poids}}",
            "60 %": "{indicateurs: {part: 60 %, mesure: poids}, "
            "actions: {part: 40 %, mesure: nombre}}",
            "0 %": "{actions: {part: 100 %, mesure: nombre}}",
        }[part]
        contrat = (
            f"choix: {{annee_sans_cible: {choix}}}\nindicateurs:\n"
            "  NAT-10-1-7: {cibles: {2018: 65 %}, coefficient: 60 %}\n"
            "  NAT-10-1-8: {cibles: {2018: 40 %, 2019: 40 %}, coefficient: 40 %}\n"
        )
        annee = EVALUATION + (
            "exercice_clos: 2019\nindicateurs:\n"
            "  NAT-10-1-8: {numerateur: 41, denominateur: 100}\n"
            "volets: {socle: {sanction_proposee: oui, appreciation: A, modulation: 50 %, "
            "motif_modulation: B}}\n"
        )
        jugee = Atelier(projet.droit, depot, tmp_path).judge(
            contrat + socle(niveau).replace("points", bareme), annee
        )
        vus = [c for c in jugee.constats if c.code in ("V-147", "V-148")]
        assert sorted((c.code, c.gravite) for c in vus) == attendu
        assert {str(c.source) for c in vus} == {"dossier.yaml:21:5"}
