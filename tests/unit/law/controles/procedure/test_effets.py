"""Tests of `law.controles.procedure.effets`: data closed first, then measures with their term."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Constat, Gravite
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2019\nexercice_clos: 2019\n'
DONNEES = """
date: {date}
donnees:
  arretees_le: {arret}
  livraisons:
    - {{producteur: "CNAM", donnees: "Transports"}}
    - {{producteur: "ATIH", donnees: "PMSI", recue_le: {recue}}}
"""
DECISION = """
decision:
  date: 2020-10-05
  recue_le: {recue}
  volets: {{socle: {{nature: reduction_liste_en_sus, taux: 10 %, date_effet: {effet}}}}}
"""
DIMINUTION = """
decision:
  date: 2020-10-05
  volets: {{socle: {{nature: {nature}, date_effet: {effet}, date_fin: {fin}}}}}
"""


def told(atelier: Atelier, texte: str) -> list[Constat]:
    return [c for c in atelier.judge("", EVALUATION + texte).constats if c.code == "V-068"]


class DescribeDonnees:
    """Data are received, then closed, then the year is evaluated."""

    @pytest.mark.parametrize(
        ("recue", "arret", "date", "mots"),
        [
            ("2020-07-20", "2020-07-20", "2020-07-20", []),
            ("2020-07-21", "2020-07-20", "2020-08-31", ["La livraison de ATIH est reçue"]),
            ("2020-07-20", "2020-07-21", "2020-07-20", ["avant que ses données soient arrêtées"]),
            ("2020-07-20", "2020-07-20", "null", []),
            ("2020-07-21", "null", "2020-07-20", []),
        ],
    )
    def it_takes_the_steps_in_their_order(
        self, recue: str, arret: str, date: str, mots: list[str], atelier: Atelier
    ) -> None:
        constats = told(atelier, DONNEES.format(recue=recue, arret=arret, date=date))
        assert [constat.gravite for constat in constats] == [Gravite.ERREUR] * len(mots)
        for constat, mot in zip(constats, mots, strict=True):
            assert mot in constat.message


class DescribeEffet:
    """Decided on 5 October, received on 9 October."""

    @pytest.mark.parametrize(
        ("effet", "gravites"),
        [
            ("2020-10-04", [Gravite.ERREUR]),
            ("2020-10-05", [Gravite.AVERTISSEMENT]),
            ("2020-10-08", [Gravite.AVERTISSEMENT]),
            ("2020-10-09", []),
            ("null", []),
        ],
    )
    def it_follows_the_decision_and_its_receipt(
        self, effet: str, gravites: list[Gravite], atelier: Atelier
    ) -> None:
        constats = told(atelier, DECISION.format(recue="2020-10-09", effet=effet))
        assert [constat.gravite for constat in constats] == gravites

    def but_not_a_receipt_that_is_not_known(self, atelier: Atelier) -> None:
        assert told(atelier, DECISION.format(recue="null", effet="2020-10-05")) == []


class DescribeTerme:
    """A cut of the liste en sus, decided on 5 October, is bounded in time."""

    @pytest.mark.parametrize(
        ("effet", "fin", "codes", "remede"),
        [
            ("2020-12-01", "2020-12-31", [], ""),
            ("2020-12-01", "2020-12-01", [], ""),
            ("2020-12-01", "2020-11-30", ["V-136"], "Corriger l’une des deux dates."),
            ("null", "2020-12-31", ["V-135"], "Remplir « date_effet »."),
            ("2020-12-01", "null", ["V-135"], "Remplir « date_fin »."),
            ("null", "null", ["V-135"], "Remplir « date_effet » et « date_fin »."),
        ],
    )
    def it_has_a_start_then_an_end(
        self, effet: str, fin: str, codes: list[str], remede: str, atelier: Atelier
    ) -> None:
        trouves = self.find(atelier, "reduction_liste_en_sus", effet, fin)
        assert [c.code for c in trouves] == codes
        assert "".join(c.remede for c in trouves).replace("\u00a0", " ") == remede
        manque = {"V-135": Gravite.MANQUE, "V-136": Gravite.ERREUR}
        assert [c.gravite for c in trouves] == [manque[code] for code in codes]

    def but_an_amount_has_none(self, atelier: Atelier) -> None:
        assert self.find(atelier, "montant", "null", "null") == []
        assert self.find(atelier, "montant", "2020-12-01", "2020-11-30") == []

    def find(self, atelier: Atelier, nature: str, effet: str, fin: str) -> list[Constat]:
        texte = EVALUATION + DIMINUTION.format(nature=nature, effet=effet, fin=fin)
        return [c for c in atelier.judge("", texte).constats if c.code in ("V-135", "V-136")]
