"""Tests of `application.expliquer.acte`: each date of an act, why it is so, where it is written."""

from __future__ import annotations

from caqes_docs.application.expliquer.acte import explain
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options

DATES = [
    ("date de signature", "19 décembre 2017", "écrite dans le dossier", True),
    (
        "date d’effet",
        "1er janvier 2018",
        "1er janvier qui suit la signature (R-DATE-1, contrat type, art. 2)",
        False,
    ),
    ("volet pertinence, date de signature", "19 décembre 2017", "écrite dans le dossier", True),
    (
        "volet pertinence, date d’effet",
        "1er janvier 2018",
        "1er janvier qui suit la signature du volet (R-DATE-2, contrat type, art. 2)",
        False,
    ),
    (
        "volet pertinence, dernier jour",
        "31 décembre 2022",
        "durée de 5 ans (R-DATE-5, contrat type, art. 2)",
        True,
    ),
]


class DescribeDates:
    def it_tells_signature_effect_and_last_day(self, projet: Projet) -> None:
        dites = explain(projet, "990780124", "contrat", Options(), "dates")
        assert [
            (e.quoi, e.valeur.replace("\u00a0", " "), e.raison, "990780124.yaml:" in e.source)
            for e in dites
        ] == DATES


class DescribeIndicateurs:
    def it_tells_every_target(self, projet: Projet) -> None:
        dites = explain(projet, "990780017", "contrat", Options(), "indicateurs")
        valeurs = {e.quoi: e.valeur.replace("\u00a0", " ") for e in dites}
        assert valeurs["REG-28"] == "cible 2018 : au moins 80 %"
        assert [
            valeur for valeur in valeurs.values() if valeur.endswith((": ", "moins", "plus"))
        ] == []
