"""What the contract and the evaluation say, and nobody could read or count: told at once."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Gravite
from caqes_docs.law.controles.dossier import check_affaire
from tests.outils.affaires import Atelier, plain

EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
"""
VOLET = """
volets:
  transports:
    signature: {date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: non
    interessement: {prevu: non}
"""
PRINCIPAL = "objectif_principal: {id: T1, indicateur: TRA-1, cibles: {2018: PRINCIPAL}}"
SUPPLEMENTAIRE = "objectif_supplementaire: {id: S1, libelle: Plateforme, cibles: {2019: AUTRE}}"
COMPLEMENTAIRE = (
    "objectifs_complementaires: [{id: C1}, {id: C2, libelle: Charte, cibles: {2018: AUTRE}}]"
)


class DescribeCiblesDUnVolet:
    """D-053: a target is written in the unit of its indicator; without one, by yes or no."""

    @pytest.mark.parametrize(
        ("objectif", "message"),
        [
            (PRINCIPAL.replace("PRINCIPAL", '"2 %"'), ""),
            (PRINCIPAL.replace("PRINCIPAL", "null"), ""),
            (
                PRINCIPAL.replace("PRINCIPAL", '"0,02"'),
                "« 0,02 » n’est pas une valeur de l’objectif T1.",
            ),
            (SUPPLEMENTAIRE.replace("AUTRE", "oui"), ""),
            (
                SUPPLEMENTAIRE.replace("AUTRE", '"en cours"'),
                "« en cours » n’est pas une valeur de l’objectif S1.",
            ),
            (COMPLEMENTAIRE.replace("AUTRE", "non"), ""),
            (
                COMPLEMENTAIRE.replace("AUTRE", '"5 %"'),
                "« 5 % » n’est pas une valeur de l’objectif C2.",
            ),
        ],
    )
    def it_is_told_when_it_does_not_read(
        self, objectif: str, message: str, atelier: Atelier
    ) -> None:
        affaire, _ = atelier.load(f"{VOLET}    {objectif}\n", EVALUATION)
        fautes = [c for c in check_affaire(affaire, atelier.droit) if c.code == "D-053"]
        assert [plain(c.message) for c in fautes] == [message] * bool(message)
        assert all(c.source.ligne > 20 and c.gravite is Gravite.ERREUR for c in fautes)


class DescribeMesureSansObjet:
    """V-074: an indicator that the contract leaves out, and that somebody measured."""

    CONTRAT = (
        "indicateurs: {NAT-10-1-7: {sans_objet: Aucune pose}, NAT-10-1-8: {cibles: {2019: 40 %}}}"
    )

    @pytest.mark.parametrize(
        ("mesures", "codes"),
        [
            ("{NAT-10-1-8: {valeur: 41 %}}", []),
            ("{NAT-10-1-7: {valeur: 41 %}}", ["NAT-10-1-7"]),
            ("{NAT-10-1-7: {valeur: }}", []),
        ],
    )
    def it_is_told(self, mesures: str, codes: list[str], atelier: Atelier) -> None:
        texte = f"{EVALUATION}indicateurs: {mesures}\n"
        constats = atelier.judge(self.CONTRAT, texte).constats
        trouves = [c for c in constats if c.code == "V-074"]
        assert [c.message.split()[0] for c in trouves] == codes
        assert all(c.gravite is Gravite.AVERTISSEMENT for c in trouves)


class DescribePartDesEconomies:
    """V-022: what bounds the share of savings, whatever the volet (K4)."""

    @pytest.mark.parametrize(
        ("volet", "taux", "codes"),
        [
            ("transports", "taux_maximum: 31 %, ", ["V-075"]),
            ("transports", "taux_maximum: 30 %, ", []),
            ("pertinence", "", ["V-022"]),
            ("pertinence", "taux_maximum: 31 %, ", ["V-075"]),
        ],
    )
    def it_is_told_in_its_words(
        self, volet: str, taux: str, codes: list[str], atelier: Atelier
    ) -> None:
        base = "base_economies: cible, depenses_cibles: {2019: 10}"
        interessement = f"{{prevu: oui, {taux}{base}, bareme: {{nom: saisie}}}}"
        contrat = VOLET.replace("transports", volet).replace("{prevu: non}", interessement)
        contrat += "    objectif_principal: {id: P1, libelle: Essai, cibles: {2019: oui}}\n"
        evaluation = EVALUATION + (
            f"volets: {{{volet}: {{objectif_principal: {{valeur: oui}}, modulation: 50 %, "
            "motif_modulation: Effort, "
            "economies: {depense_constatee: 5}}}\n"
        )
        constats = atelier.judge(contrat, evaluation).constats
        assert [c.code for c in constats if c.code in ("V-022", "V-075")] == codes
