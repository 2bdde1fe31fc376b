"""Tests of `law.droit.diffusions`: the calendar, dated for a year N."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.suivi import Quand
from caqes_docs.law.droit.diffusions import Diffusion, iter_deliveries

JOUR = dt.date(2019, 12, 31)
VOLETS = ("socle", "transports", "pertinence", "qualite")


@pytest.fixture(scope="module")
def lignes(projet: Projet, depot: Depot) -> dict[str, Diffusion]:
    """The calendar of the sample region."""
    ars = depot.ars["ars-exemple"].valeur
    return {d.donnee.id: d for d in iter_deliveries(ars, projet.droit, JOUR, VOLETS)}


class DescribeIterDeliveries:
    """`iter_deliveries`."""

    @pytest.mark.parametrize(
        ("donnee", "dites", "limite"),
        [
            ("phev_m6", "septembre ou octobre 2018", dt.date(2018, 10, 31)),
            ("phev_m12", "avril 2019", dt.date(2019, 4, 30)),
            ("transports_annee_precedente", "mars 2018", dt.date(2018, 3, 31)),
            ("bon_usage_autoevaluation", "au plus tard le 30 mars 2019", dt.date(2019, 3, 30)),
        ],
    )
    def it_dates_each_delivery(
        self, lignes: dict[str, Diffusion], donnee: str, dites: str, limite: dt.date
    ) -> None:
        mots = str(lignes[donnee].words(2018)).replace("\u00a0", " ")
        assert (mots, lignes[donnee].limit(2018)) == (dites, limite)

    def it_holds_the_fourteen_of_the_instruction(self, lignes: dict[str, Diffusion]) -> None:
        assert sum("II.b.ii" in d.donnee.source for d in lignes.values()) == 14

    def it_leaves_out_the_volets_that_are_not_there(self, projet: Projet, depot: Depot) -> None:
        ars = depot.ars["ars-exemple"].valeur
        vus = iter_deliveries(ars, projet.droit, JOUR, ("qualite",))
        assert {d.donnee.volet for d in vus} == {"qualite"}

    def it_says_which_year_the_data_describe(self, lignes: dict[str, Diffusion]) -> None:
        assert lignes["liste_en_sus_m12"].donnee.calendar_year(2019) == 2020
        assert lignes["phev_m12"].donnee.calendar_year(2019) == 2019
        assert lignes["phev_m12_precedente"].donnee.calendar_year(2019) is None

    def it_names_the_year_in_words(self, lignes: dict[str, Diffusion]) -> None:
        attendu = "Qualité : données M12 de l’année 2019 ou 2018, selon leur disponibilité"
        assert lignes["qualite_m12"].label(2020) == attendu

    def it_stays_silent_when_nothing_is_dated(self, lignes: dict[str, Diffusion]) -> None:
        nue = lignes["bon_usage_autoevaluation"]
        nue = replace(nue, propre=None)
        assert (nue.words(2018), nue.limit(2018)) == (None, None)
        assert nue.periode == "échéance d’envoi fixée par chaque région"


class DescribeQuand:
    """`Quand`."""

    def it_keeps_to_the_last_day_of_the_month(self) -> None:
        quand = Quand.model_validate({"annee": "N", "mois": ["février"], "jour": "30"})
        assert quand.limit(2020) == dt.date(2020, 2, 29)
        assert quand.words(2019).replace("\u00a0", " ") == "au plus tard le 28 février 2019"
