"""What is asked of the evaluators: nothing for a measure that the results do not open."""

from __future__ import annotations

from tests.outils.affaires import Atelier

CONTRAT = """\
choix: {annee_sans_cible: non_evaluee}
volets:
  transports:
    signature: {date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: oui
    objectif_principal: {id: T1, cibles: {2019: "oui"}}
    objectif_supplementaire: {id: T2, cibles: {2019: "oui"}}
    sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
    interessement:
      prevu: oui
      taux_maximum: 30 %
      base_economies: tendanciel
      bareme: {nom: saisie}
"""
EVALUATION = """\
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {{sanction_proposee: non, appreciation: "Tenu."}}
  transports:
    objectif_principal: {principal}
    objectif_supplementaire: {autre}
"""


def told(atelier: Atelier, principal: str, autre: str) -> set[str]:
    """The codes about the volet transports in the file of the evaluation."""
    jugee = atelier.judge(CONTRAT, EVALUATION.format(principal=principal, autre=autre))
    return {c.code for c in jugee.constats if c.source.fichier.startswith("evaluation")}


class DescribeMesureNonOuverte:
    """Results that open a reward, a sanction, neither, or do not tell."""

    def it_asks_for_no_modulation_of_an_objective_without_data(self, atelier: Atelier) -> None:
        indisponible = '{indisponible: "Données non transmises"}'
        assert told(atelier, indisponible, indisponible) == set()

    def but_a_result_that_is_forgotten_is_asked_for(self, atelier: Atelier) -> None:
        assert told(atelier, "{valeur: oui}", "null") == {"V-005"}

    def and_that_of_the_principal_objective_too(self, atelier: Atelier) -> None:
        assert told(atelier, "null", "{valeur: oui}") == {"V-005"}

    def it_asks_for_the_modulation_of_what_is_opened(self, atelier: Atelier) -> None:
        assert "V-024" in told(atelier, "{valeur: non}", "{valeur: non}")
        assert "V-024" in told(atelier, "{valeur: oui}", "{valeur: oui}")

    def but_of_nothing_when_neither_is(self, atelier: Atelier) -> None:
        assert told(atelier, "{valeur: non}", "{valeur: oui}") == set()
