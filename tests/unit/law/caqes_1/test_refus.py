"""Tests of `law.caqes_1.refus`: a refusal that contradicts the dossier, or itself (V-047)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.jugement import judge_refusals
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
REFUS = "volet: transports, sanction: montant, exercice: 2018"
TRANSPORTS = "volets: {transports: {signature: {date: 2019-12-20}, duree: 2}}"


def told(atelier: Atelier, contrat: str, **etablissement: str) -> list[str]:
    """What is contradictory in the refusals of a contract signed on 20 December 2017."""
    affaire, _ = atelier.load(contrat, EVALUATION, **etablissement)
    constats = judge_refusals(affaire, atelier.droit).constats
    return [c.message.replace("\u00a0", " ") for c in constats if c.code == "V-047"]


class DescribeRefus:
    @pytest.mark.parametrize(
        ("refus", "message"),
        [
            (f"{REFUS}, constate_le: 2019-12-11", ""),
            (f"{REFUS}, constate_le: 2019-12-11, decide_le: 2019-12-11", ""),
            (REFUS, ""),
            ("volet: transport, sanction: montant", "Le volet refusé « transport » n’existe pas."),
            (
                f"{REFUS}, constate_le: 2019-12-11, decide_le: 2019-12-10",
                "Le refus serait sanctionné avant d’être constaté.",
            ),
            (
                f"{REFUS}, motifs_le: 2019-12-12, decide_le: 2019-12-11",
                "La décision répond à des motifs que l’établissement ne fait valoir qu’après elle.",
            ),
            (
                f"{REFUS}, constate_le: 2018-12-31",
                "L’exercice 2018 n’était pas clos le jour où le refus est constaté.",
            ),
            (
                "volet: socle, sanction: montant, exercice: 2018, constate_le: 2019-01-02",
                "Le volet socle est à la fois signé et refusé.",
            ),
        ],
    )
    def it_is_told_when_it_contradicts_the_dossier(
        self, refus: str, message: str, atelier: Atelier
    ) -> None:
        assert told(atelier, f"refus: [{{{refus}}}]") == [message] * bool(message)

    def it_is_told_of_a_volet_that_is_signed(self, atelier: Atelier) -> None:
        contrat = f"refus: [{{{REFUS}}}]\n{TRANSPORTS}"
        assert told(atelier, contrat) == ["Le volet transports est à la fois signé et refusé."]
        sans = TRANSPORTS.replace("signature: {date: 2019-12-20}, ", "")
        assert told(atelier, f"refus: [{{{REFUS}}}]\n{sans}") == []

    def it_carries_the_procedure_of_a_volet_proposed_apart(self, atelier: Atelier) -> None:
        procedure = "procedure: {premiere_proposition: {date: 2018-10-22}}"
        apart = TRANSPORTS.replace("signature: {date: 2019-12-20}", procedure)
        assert told(atelier, f"refus: [{{{REFUS}}}]\n{apart}") == [
            "Le volet transports a été proposé à part, et son refus ne porte pas cette procédure : "
            "la décision citerait les propositions du contrat."
        ]
        assert told(atelier, f"refus: [{{{REFUS}, {procedure}}}]\n{apart}") == []

    def it_is_told_once_when_it_is_written_twice(self, atelier: Atelier) -> None:
        contrat = f"refus: [{{{REFUS}}}, {{{REFUS}}}]"
        assert told(atelier, contrat) == ["Le refus du volet transports est écrit deux fois."]

    @pytest.mark.parametrize(("liste", "fautes"), [("oui", 1), ("non", 2), ("null", 2)])
    def it_is_not_sanctioned_on_a_list_that_is_not_used(
        self, liste: str, fautes: int, atelier: Atelier
    ) -> None:
        contrat = "refus: [{volet: socle, sanction: reduction_liste_en_sus}]"
        constats = told(atelier, contrat, liste_en_sus=liste)
        assert len(constats) == fautes  # the socle of the made-up contract is signed
        assert any("n’est pas opposable" in mot for mot in constats) is (fautes == 2)

    def it_is_told_where_the_law_has_no_answer_at_its_date(self, atelier: Atelier) -> None:
        contrat = (
            "procedure: {seconde_proposition: {date: 2027-01-02, recue_le: 2027-01-03}}\n"
            f"refus: [{{{REFUS}, constate_le: 2027-02-01}}]"
        )
        affaire, _ = atelier.load(contrat, EVALUATION, signature="null")
        constats = judge_refusals(affaire, atelier.droit).constats
        assert [(c.code, c.source.ligne) for c in constats] == [
            ("V-069", 20),
            ("L-006", 19),
            ("L-006", 20),
        ]
        assert "procedure/seconde_proposition" in constats[1].message
        assert "refus/taux" in constats[2].message

    @pytest.mark.parametrize(
        ("constate_le", "combien"), [("2019-12-11", 0), ("2020-01-02", 1), ("2021-01-02", 1)]
    )
    def it_warns_of_a_year_that_is_not_the_last_closed_one(
        self, constate_le: str, combien: int, atelier: Atelier
    ) -> None:
        contrat = f"refus: [{{{REFUS}, constate_le: {constate_le}}}]"
        affaire, _ = atelier.load(contrat, EVALUATION)
        constats = judge_refusals(affaire, atelier.droit).constats
        vieux = [c.message for c in constats if c.code == "V-069"]
        assert len(vieux) == combien
        assert all("L’exercice 2018 n’est pas le dernier clos" in message for message in vieux)

    @pytest.mark.parametrize(
        ("dates", "message"),
        [
            ("date_effet: 2020-01-01, date_fin: 2020-12-31", ""),
            ("date_effet: 2020-01-01, date_fin: 2020-01-01", ""),
            (
                "date_effet: 2020-01-02, date_fin: 2020-01-01",
                "La diminution finirait avant de commencer.",
            ),
            ("date_effet: 2019-12-30", "La diminution prendrait effet avant sa décision."),
            ("date_effet: 2019-12-31", ""),
        ],
    )
    def it_is_a_reduction_that_begins_and_ends(
        self, dates: str, message: str, atelier: Atelier
    ) -> None:
        refus = f"volet: socle, sanction: reduction_liste_en_sus, decide_le: 2019-12-31, {dates}"
        constats = [c for c in told(atelier, f"refus: [{{{refus}}}]") if "signé" not in c]
        assert constats == [message] * bool(message)

    @pytest.mark.parametrize(("unite", "combien"), [("null", 1), ("points", 0), ("part", 0)])
    def it_says_what_it_counts(self, unite: str, combien: int, atelier: Atelier) -> None:
        contrat = f"refus: [{{volet: socle, sanction: reduction_liste_en_sus, unite: {unite}}}]"
        affaire, _ = atelier.load(contrat, EVALUATION)
        constats = judge_refusals(affaire, atelier.droit).constats
        assert [c.code for c in constats].count("V-137") == combien

    def but_an_amount_has_no_bounds(self, atelier: Atelier) -> None:
        (constat,) = told(atelier, f"refus: [{{{REFUS}, date_fin: 2020-12-31}}]")
        assert "la sanction n’est pas une diminution" in constat
        (constat,) = told(atelier, f"refus: [{{{REFUS}, unite: part}}]")
        assert "une unité" in constat

    @pytest.mark.parametrize(
        ("choix", "autre", "montants", "codes"),
        [
            ("unique", "exercice: 2018", [("transports", "qualite")], []),
            ("par_volet", "exercice: 2018", [("transports",), ("qualite",)], []),
            ("null", "exercice: 2018", [], ["V-045"]),
            ("unique", "exercice: 2019", [("transports", "qualite")], ["V-047"]),
            ("par_volet", "exercice: 2019", [("transports",), ("qualite",)], []),
            (
                "unique",
                "exercice: 2018, procedure: {avis: {sens: favorable}}",
                [("transports",), ("qualite",)],
                [],
            ),
        ],
    )
    def it_is_sanctioned_once_or_volet_by_volet(
        self,
        choix: str,
        autre: str,
        montants: list[tuple[str, ...]],
        codes: list[str],
        atelier: Atelier,
    ) -> None:
        jour = "constate_le: 2020-01-02, sanction: montant"
        contrat = (
            f"choix: {{sanction_refus_de_plusieurs_volets: {choix}}}\n"
            f"refus: [{{volet: transports, exercice: 2018, {jour}}}, "
            f"{{volet: qualite, {autre}, {jour}}}]"
        )
        affaire, _ = atelier.load(contrat, EVALUATION)
        juges = judge_refusals(affaire, atelier.droit)
        assert [resultat.volets for resultat in juges.resultats] == montants
        hors = ("V-069", "V-106")  # neither the year nor the procedure is tried here
        assert [c.code for c in juges.constats if c.code not in hors] == codes

    def it_rests_on_the_texts_of_the_refusal(self, atelier: Atelier) -> None:
        affaire, _ = atelier.load(f"refus: [{{{REFUS}, constate_le: 2019-12-11}}]", EVALUATION)
        (resultat,) = judge_refusals(affaire, atelier.droit).resultats
        assert resultat.montant is not None
        assert resultat.montant.valeur == Decimal("382174.66")
        assert resultat.montant.fondement is not None
        assert resultat.montant.fondement.references == ("instruction/2017-234", "css/L162-30-2")

    def it_is_worked_out_under_the_law_of_its_day(self, atelier: Atelier) -> None:
        """Not of the day of the contract: in 2022 the refusal has another law."""
        contrat = f"refus: [{{{REFUS}, constate_le: 2022-01-03}}]"
        affaire, _ = atelier.load(contrat, EVALUATION)
        juges = judge_refusals(affaire, atelier.droit)
        assert juges.resultats == ()
        assert "L-006" in [c.code for c in juges.constats]


class DescribeProduits:
    def it_tells_two_amounts_for_one_year(self, atelier: Atelier) -> None:
        deux = '2"}\n    - {exercice: 2018, montant: "3'
        affaire, _ = atelier.load("", EVALUATION, p_2019=deux)
        (constat,) = (c for c in check_affaire(affaire, atelier.droit) if c.code == "D-065")
        assert constat.message == "Les produits de 2018 sont donnés deux fois."
