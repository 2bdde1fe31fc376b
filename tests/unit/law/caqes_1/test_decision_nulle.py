"""A measure that the scale brings down to zero: to decide that there is none is not to differ."""

from __future__ import annotations

import pytest

from tests.outils.affaires import Atelier

MONTANT = "{type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}"
REDUCTION = "{type: reduction_liste_en_sus, taux_maximum: 20 %, bareme: {nom: saisie}}"
MSAP = (
    "{type: mise_sous_accord_prealable, duree_maximale_mois: 6, actes: Scanner, "
    "bareme: {nom: saisie}}"
)


def codes(atelier: Atelier, volet: str, sanction: str, modulation: str, decision: str) -> list[str]:
    """What is told of a decision on a volet whose sanction is open."""
    contrat = f"""
socle:
  sanction: {sanction if volet == "socle" else MONTANT}
volets:
  pertinence:
    signature: {{date: 2017-12-20}}
    duree: 5
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: P1, libelle: "Objectif", cibles: {{2019: "oui"}}}}
    sanction: {MONTANT if volet == "socle" else sanction}
    interessement: {{prevu: non}}
"""
    saisie = f'modulation: {modulation}, motif_modulation: "Motif."'
    socle = 'sanction_proposee: non, appreciation: "Tenu."'
    pertinence = f"objectif_principal: {{valeur: non}}, {saisie}"
    if volet == "socle":
        socle = f'sanction_proposee: oui, appreciation: "Rien.", {saisie}'
        pertinence = "objectif_principal: {valeur: oui}"
    texte = f"""
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {{{socle}}}
  pertinence: {{{pertinence}}}
decision:
  volets:
    {volet}: {{nature: aucune{decision}}}
"""
    constats = [c.code for c in atelier.judge(contrat, texte).constats]
    return [code for code in constats if code != "V-293"]  # the year is short


class DescribeDecisionSansMesure:
    @pytest.mark.parametrize(
        ("volet", "sanction"),
        [
            ("pertinence", MONTANT),
            ("pertinence", MSAP),
            ("socle", MONTANT),
            ("socle", REDUCTION),
        ],
    )
    def it_needs_no_motive_when_the_scale_leaves_nothing(
        self, volet: str, sanction: str, atelier: Atelier
    ) -> None:
        assert codes(atelier, volet, sanction, "0 %", "") == []
        assert codes(atelier, volet, sanction, "50 %", "") == ["V-061"]
        assert codes(atelier, volet, sanction, "50 %", ', motif: "Clémence."') == []
