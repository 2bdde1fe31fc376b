"""What an evaluation says beside the contract: measures of the socle, precisions of a decision."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Constat
from caqes_docs.law.calcul.explication import steps
from caqes_docs.law.calcul.fondements import AIDE, ECONOMIES, POIDS
from tests.outils.affaires import Atelier

CONTRAT = """
plan_actions:
  types: [chu]
  retirer: [{action: CHUP-02, motif: "Aucun lit de ce type."}]
  ajouter: [{id: SRC-01, article: "10-1", libelle: "Action ajoutée"}]
"""
MSAP = (
    "{type: mise_sous_accord_prealable, duree_maximale_mois: 6, actes: Scanner, "
    "bareme: {nom: saisie}}"
)
MONTANT = "{type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}"


def of_socle(atelier: Atelier, socle: str, actions: str, contrat: str = "") -> list[Constat]:
    """The measures that the contract has not."""
    texte = (
        'dossier: "990000010"\nannee: 2019\n'
        f"actions: {{{actions}}}\nvolets:\n"
        f'  socle: {{sanction_proposee: non, appreciation: "Tenu."{socle}}}\n'
    )
    return [c for c in atelier.judge(contrat, texte).constats if c.code == "V-034"]


class DescribeSocle:
    @pytest.mark.parametrize(
        ("socle", "message"),
        [
            ("", ""),
            (", nombre_risques: 2", "Le volet socle n’a pas de risques."),
            (", complementaires: {ABC: {valeur: oui}}", "L’objectif ABC n’est pas au contrat"),
            (", actions: {ZZZ: {taux: 3 %}}", "L’action ZZZ n’est pas au contrat"),
            (", objectif_principal: {valeur: oui}", "n’a pas d’objectif principal au contrat"),
        ],
    )
    def it_has_neither_objectives_nor_risks(
        self, socle: str, message: str, atelier: Atelier
    ) -> None:
        constats = of_socle(atelier, socle, "")
        assert len(constats) == bool(message)
        assert all(message in constat.message for constat in constats)

    @pytest.mark.parametrize(
        ("action", "inconnue"),
        [("CHUP-01", False), ("SRC-01", False), ("CHUP-02", True), ("CHUP-1", True)],
    )
    def it_follows_the_actions_of_its_plan(
        self, action: str, inconnue: bool, atelier: Atelier
    ) -> None:
        nom = next(iter(atelier.droit.plans_types))
        premiere, seconde = (a.id for a in atelier.droit.plans_types[nom].actions[:2])
        contrat = CONTRAT.replace("chu", nom).replace("CHUP-02", seconde)
        vue = action.replace("CHUP-01", premiere).replace("CHUP-02", seconde)
        constats = of_socle(atelier, "", f"{vue}: {{taux: 5 %}}", contrat)
        assert [c.message for c in constats] == [
            f"L’action {vue} n’est pas au plan du contrat."
        ] * inconnue

    def it_follows_a_contract_that_takes_every_typical_plan(self, atelier: Atelier) -> None:
        noms = ", ".join(atelier.droit.plans_types)
        (constat,) = of_socle(atelier, "", "ABC: {taux: 5 %}", f"plan_actions: {{types: [{noms}]}}")
        assert constat.message == "L’action ABC n’est pas au plan du contrat."

    def but_says_nothing_while_its_plan_is_unknown(self, atelier: Atelier) -> None:
        assert of_socle(atelier, "", "ABC: {taux: 5 %}", "plan_actions: {types: [inconnu]}") == []
        (constat,) = of_socle(atelier, "", "ABC: {taux: 5 %}")
        assert constat.remede.replace("\u00a0", " ") == "Actions du plan : aucune."


def of_decision(atelier: Atelier, sanction: str, decision: str) -> list[str]:
    """What is told of a decision on a volet whose sanction is open in full."""
    contrat = f"""
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 5
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    sanction: {sanction}
    interessement: {{prevu: non}}
"""
    texte = f"""
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {{sanction_proposee: non, appreciation: "Tenu."}}
  pertinence: {{objectif_principal: {{valeur: non}}, modulation: 100 %, motif_modulation: "M."}}
decision:
  volets:
    pertinence: {{{decision}}}
"""
    return [c.code for c in atelier.judge(contrat, texte).constats]


class DescribePrecisions:
    """V-062: a sum has neither date of effect, nor acts, nor volume."""

    @pytest.mark.parametrize(
        ("precision", "codes"),
        [
            ("", []),
            (", date_effet: 2021-01-01", ["V-062"]),
            (", actes: Scanner", ["V-062"]),
            (", volume: Cent", ["V-062"]),
        ],
    )
    def it_is_told_of_a_sum(self, precision: str, codes: list[str], atelier: Atelier) -> None:
        decision = f"nature: montant, montant: 400 000{precision}"
        assert of_decision(atelier, MONTANT, decision) == codes

    @pytest.mark.parametrize(
        ("precision", "codes"),
        [
            (", actes: Scanner, volume: Cent, date_effet: 2021-01-01", []),
            ("", []),
            (", actes: IRM", ["V-061"]),
            (', actes: IRM, motif: "Restreint."', []),
        ],
    )
    def but_a_measure_may_say_them_and_motivates_other_acts(
        self, precision: str, codes: list[str], atelier: Atelier
    ) -> None:
        decision = f"nature: mise_sous_accord_prealable, duree_mois: 6{precision}"
        assert of_decision(atelier, MSAP, decision) == codes


class DescribeFondementsDUnVolet:
    def it_rests_on_the_annex_of_its_own(self, atelier: Atelier) -> None:
        contrat = """
volets:
  pertinence:
    signature: {date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: non
    objectif_principal: {id: P1, libelle: "Objectif", cibles: {2019: "oui"}}
    objectifs_complementaires: [{id: C1, cibles: {2019: "oui"}, poids: 40 %}]
    interessement: {prevu: oui, montant_maximum: 1 000, bareme: {nom: points}}
"""
        texte = """
dossier: "990000010"
annee: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu."}
  pertinence:
    objectif_principal: {valeur: oui}
    complementaires: {C1: {valeur: oui}}
"""
        volet = atelier.evaluate(contrat, texte).par_volet["pertinence"]
        fondements = {etape.noeud.fondement for etape in steps(volet.montant)}
        cles = {fondement.cle for fondement in fondements if fondement}
        assert {ECONOMIES.cle, AIDE.cle}.isdisjoint(cles)
        assert POIDS.cle in cles
        sources = {fondement.source for fondement in fondements if fondement}
        assert "instruction, annexe 5, § 3, et IV.a" in sources

    @pytest.mark.parametrize(
        ("nom", "source"),
        [
            ("pertinence", "instruction, annexe 5, § 3, et IV.b.i"),
            (
                "qualite",
                "intéressement convenu au contrat\u00a0; loi de financement pour 2018, art. 57",
            ),
        ],
    )
    def it_says_what_opens_its_reward(self, nom: str, source: str, atelier: Atelier) -> None:
        contrat = f"""
volets:
  {nom}:
    signature: {{date: 2017-12-20}}
    duree: 5
    donne_lieu_a_sanction: non
    nombre_risques: 1
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    interessement: {{prevu: oui, montant_maximum: 1 000, bareme: {{nom: saisie}}}}
"""
        texte = f"""
dossier: "990000010"
annee: 2019
volets:
  socle: {{sanction_proposee: non, appreciation: "Tenu."}}
  {nom}: {{objectif_principal: {{valeur: oui}}, modulation: 50 %, motif_modulation: "M."}}
"""
        volet = atelier.evaluate(contrat, texte).par_volet[nom]
        fondement = volet.maximum.fondement
        assert fondement is not None
        assert (fondement.source, fondement.references) == (source, ("instruction/2017-234",))

    def it_says_that_an_unknown_condition_decides_nothing(self, atelier: Atelier) -> None:
        contrat = """
volets:
  pertinence:
    signature: {date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: non
    objectif_principal: {id: P1, libelle: "Objectif", cibles: {2019: "oui"}}
    interessement: {prevu: oui, montant_maximum: 1 000, bareme: {nom: saisie}}
"""
        texte = """
dossier: "990000010"
annee: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu."}
  pertinence:
    objectif_principal: {indisponible: "Recueil interrompu"}
    modulation: 100 %
    motif_modulation: "M."
"""
        volet = atelier.evaluate(contrat, texte).par_volet["pertinence"]
        formules = [etape.formule for etape in steps(volet.montant)]
        assert not any("parce que" in formule for formule in formules)
        assert formules[-1].endswith(", qui n’est pas évaluable")


class DescribePoidsNuls:
    """V-027: weights that are all nil weigh nothing."""

    @pytest.mark.parametrize(
        ("poids", "codes"), [("0 %", ["V-027"]), ("1 %", []), ("null", ["V-027"])]
    )
    @pytest.mark.parametrize("sur", ["objectifs", "actions"])
    def it_is_told(self, poids: str, codes: list[str], sur: str, atelier: Atelier) -> None:
        bareme = f"{{nom: lineaire, de: 0 %, a: 100 %, sur: {sur}}}"
        contrat = f"""
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 5
    donne_lieu_a_sanction: non
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    objectifs_complementaires: [{{id: C1, cibles: {{2019: "oui"}}, poids: {poids}}}]
    actions: [{{id: A1, libelle: "Action", poids: {poids}}}]
    interessement: {{prevu: oui, montant_maximum: 1 000, bareme: {bareme}}}
"""
        texte = """
dossier: "990000010"
annee: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu."}
  pertinence:
    objectif_principal: {valeur: oui}
    complementaires: {C1: {valeur: oui}}
    actions: {A1: {taux: 50 %}}
"""
        assert [c.code for c in atelier.judge(contrat, texte).constats] == codes

    @pytest.mark.parametrize(
        ("bareme", "poids"),
        [
            ("{nom: saisie, sur: actions}", "0 %"),
            ("{nom: lineaire, de: 0 %, a: 100 %, sur: actions}", "40 %"),
        ],
    )
    def but_not_when_one_weighs_or_when_no_level_is_asked_for(
        self, bareme: str, poids: str, atelier: Atelier
    ) -> None:
        contrat = f"""
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 5
    donne_lieu_a_sanction: non
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    actions: [{{id: A1, libelle: "Une", poids: {poids}}}, {{id: A2, libelle: "Deux", poids: 0 %}}]
    interessement: {{prevu: oui, montant_maximum: 1 000, bareme: {bareme}}}
"""
        texte = """
dossier: "990000010"
annee: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu."}
  pertinence:
    objectif_principal: {valeur: oui}
    actions: {A1: {taux: 50 %}, A2: {taux: 10 %}}
    modulation: 50 %
    motif_modulation: "M."
"""
        constats = atelier.judge(contrat, texte).constats
        assert "V-027" not in [constat.code for constat in constats]
