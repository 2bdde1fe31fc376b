"""Tests of `law.controles.coherence`: what is said twice, what is dated too early."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Gravite
from caqes_docs.law.controles.coherence import is_modulation_read
from tests.outils.affaires import Atelier

CONTRAT = """
socle:
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {id: T1, libelle: "Évolution", indicateur: TRA-1, cibles: {2019: "2 %"}}
    sanction: {type: montant, taux_maximum: "0,5 %", bareme: {nom: saisie}}
    interessement:
      prevu: oui
      base_economies: cible
      depenses_cibles: {2019: 102 000}
      taux_maximum: 20 %
      bareme: {nom: saisie}
"""
SOCLE = 'sanction_proposee: non, appreciation: "Obligations tenues."'
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: {exercice}
volets:
  socle: {{{socle}}}
  transports:
    objectif_principal: {{montant_n: {mesuree}, montant_n_1: 100 000, perimetre: "Ville"}}
    economies: {{depense_constatee: {constatee}}}
    modulation: 100 %
    motif_modulation: "Plan achevé."
    {transports}
{dates}
"""


LINEAIRE = "{nom: lineaire, de: 0 %, a: 100 %}"


def findings(atelier: Atelier, lineaires: int = 0, **champs: str) -> list[tuple[str, Gravite, str]]:
    """Code, gravity and message of what is out of order, under the code of its rule."""
    valeurs = {
        "exercice": "2019",
        "socle": SOCLE,
        "mesuree": "101 000",
        "constatee": "101 000",
        "transports": "",
        "dates": "",
    } | champs
    tete, volets = CONTRAT.split("volets:")
    volets = volets.replace("{nom: saisie}", LINEAIRE, lineaires)
    tete = tete.replace("{nom: saisie}", LINEAIRE, lineaires - 2) if lineaires > 2 else tete
    contrat = f"{tete}volets:{volets}"
    jugee = atelier.judge(contrat, EVALUATION.format(**valeurs))
    codes = ("V-069", "V-070", "V-071", "V-072", "V-073", "V-074")
    espaces = str.maketrans("\u00a0\u202f", "  ")
    return [
        (constat.code, constat.gravite, constat.message.translate(espaces))
        for constat in jugee.constats
        if constat.code in codes
    ]


class DescribeExercice:
    @pytest.mark.parametrize("dates", ["", "date: 2020-06-01", "decision: {date: 2020-12-31}"])
    def it_takes_the_last_closed_year(self, dates: str, atelier: Atelier) -> None:
        assert findings(atelier, dates=dates) == []

    @pytest.mark.parametrize(
        ("exercice", "dates", "jour"),
        [
            ("2020", "date: 2020-06-01", "1er juin 2020"),
            ("2021", "date: 2020-06-01", "1er juin 2020"),
            ("2020", "date: 2021-06-01\ndecision: {date: 2020-12-31}", "31 décembre 2020"),
        ],
    )
    def but_not_a_year_that_is_not_closed(
        self, exercice: str, dates: str, jour: str, atelier: Atelier
    ) -> None:
        (constat,) = findings(atelier, exercice=exercice, dates=dates)
        assert constat == (
            "V-069",
            Gravite.ERREUR,
            f"L’exercice {exercice} n’est pas clos le {jour}.",
        )

    def and_an_older_year_is_told(self, atelier: Atelier) -> None:
        (constat,) = findings(atelier, exercice="2018", dates="decision: {date: 2020-01-02}")
        assert constat[:2] == ("V-069", Gravite.AVERTISSEMENT)
        assert constat[2].startswith("L’exercice 2018 n’est pas le dernier clos le 2 janvier 2020")

    def it_says_nothing_of_a_day_that_is_not_known(self, atelier: Atelier) -> None:
        assert findings(atelier, exercice="2018") == []

    def it_says_which_year_to_give(self, atelier: Atelier) -> None:
        donnees = EVALUATION.format(
            exercice="2021",
            socle=SOCLE,
            mesuree="1",
            constatee="1",
            transports="",
            dates="date: 2020-06-01",
        )
        (clos,) = (c for c in atelier.judge(CONTRAT, donnees).constats if c.code == "V-069")
        assert clos.remede == "Donner le dernier exercice clos (2019), ou corriger la date."
        assert clos.source is not None
        assert clos.source.ligne == 4


class DescribeYear:
    @pytest.mark.parametrize(
        ("dates", "gravite", "propos"),
        [
            ("date: 2019-12-31", Gravite.AVERTISSEMENT, "serait évaluée le 31 décembre 2019"),
            ("decision: {date: 2019-12-31}", Gravite.ERREUR, "serait décidée le 31 décembre 2019"),
        ],
    )
    def it_is_over_before_it_is_judged(
        self, dates: str, gravite: Gravite, propos: str, atelier: Atelier
    ) -> None:
        (constat,) = findings(atelier, exercice="2018", dates=dates)
        assert constat == ("V-070", gravite, f"L’année 2019 {propos}, avant d’être finie.")

    @pytest.mark.parametrize("dates", ["date: 2020-01-01", "decision: {date: 2020-01-01}"])
    def but_may_be_judged_from_the_next_day_on(self, dates: str, atelier: Atelier) -> None:
        assert findings(atelier, dates=dates) == []


class DescribeSpending:
    def it_tells_two_amounts_for_one_spending(self, atelier: Atelier) -> None:
        (constat,) = findings(atelier, constatee="10 000")
        assert constat[:2] == ("V-071", Gravite.ERREUR)
        assert "(10 000 €)" in constat[2]
        assert "(101 000 €)" in constat[2]


class DescribeProposal:
    def it_is_told_when_a_sanction_is_proposed_that_results_do_not_open(
        self, atelier: Atelier
    ) -> None:
        (constat,) = findings(atelier, transports="sanction_proposee: oui")
        assert constat[:2] == ("V-072", Gravite.AVERTISSEMENT)
        assert constat[2].startswith("Les évaluateurs proposent une sanction pour le volet transp")
        assert "(intéressement)" in constat[2]

    def it_is_told_when_the_results_open_a_sanction_that_is_not_proposed(
        self, atelier: Atelier
    ) -> None:
        (constat,) = findings(
            atelier,
            transports="sanction_proposee: non",
            mesuree="103 000",
            constatee="103 000",
        )
        assert constat[0] == "V-072"
        assert "ne proposent pas de sanction pour le volet transports" in constat[2]
        assert "(sanction financière)" in constat[2]

    @pytest.mark.parametrize(
        ("mesuree", "propose"), [("101 000", "non"), ("103 000", "oui"), ("103 000", "")]
    )
    def but_not_when_they_agree(self, mesuree: str, propose: str, atelier: Atelier) -> None:
        ligne = f"sanction_proposee: {propose}" if propose else ""
        assert findings(atelier, mesuree=mesuree, constatee=mesuree, transports=ligne) == []


class DescribeModulation:
    """V-074: a modulation that no scale reads."""

    def it_is_told_where_both_scales_work_the_part_out(self, atelier: Atelier) -> None:
        (constat,) = findings(atelier, lineaires=2)
        assert constat == (
            "V-074",
            Gravite.AVERTISSEMENT,
            "La modulation saisie pour le volet transports n’est pas lue : le barème du contrat "
            "(lineaire) la calcule.",
        )

    def but_not_where_one_of_them_reads_it(self, atelier: Atelier) -> None:
        assert findings(atelier, lineaires=1) == []

    def it_is_told_of_the_socle_too(self, atelier: Atelier) -> None:
        saisie = f'{SOCLE}, modulation: 40 %, motif_modulation: "Effort"'
        assert findings(atelier, socle=saisie) == []
        du_socle, _ = findings(atelier, socle=saisie, lineaires=3)
        assert du_socle[2].startswith("La modulation saisie pour le volet socle n’est pas lue")


class DescribeModulationLue:
    def it_is_read_while_the_contract_has_no_scale(self, atelier: Atelier) -> None:
        affaire, _ = atelier.load("", 'dossier: "990000010"\nannee: 2019\n')
        contrat = affaire.dossier.valeur.contrat
        assert contrat.socle is None
        assert is_modulation_read(contrat, "socle")
        assert is_modulation_read(contrat, "transports")

    @pytest.mark.parametrize(("bareme", "lue"), [("saisie", True), ("points", False)])
    def it_is_read_by_the_scale_that_leaves_it_to_the_evaluators(
        self, bareme: str, lue: bool, atelier: Atelier
    ) -> None:
        contrat = f"socle: {{sanction: {{type: montant, bareme: {{nom: {bareme}}}}}}}"
        affaire, _ = atelier.load(contrat, 'dossier: "990000010"\nannee: 2019\n')
        assert is_modulation_read(affaire.dossier.valeur.contrat, "socle") is lue
