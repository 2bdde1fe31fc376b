"""Tests of `application.expliquer.delais`: the last day of each delay, with its steps."""

from __future__ import annotations

import pytest

from caqes_docs.application.expliquer.delais import explain_delays
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import UsageError


class DescribeDelais:
    def it_tells_those_of_a_year(self, projet: Projet) -> None:
        expliques = explain_delays(projet, "2A9780012", 2019)
        assert [(m.annee, m.ecrit.replace("\u00a0", " ")) for m in expliques.montants] == [
            (2019, "19 octobre 2020"),
            (2019, "19 décembre 2020"),
            (2019, "12 novembre 2020"),
        ]
        assert expliques.montants[0].raison == "Prolongé jusqu’à l’audition demandée à temps."

    def it_tells_those_of_an_avenant(self, projet: Projet) -> None:
        libelles = [m.libelle for m in explain_delays(projet, "990780124").montants]
        assert (
            "Délai ouvert par la réception de la première proposition (avenant n°\u00a01), dernier "
            "jour" in libelles
        )

    def it_is_written_for_machines(self, projet: Projet) -> None:
        montants = explain_delays(projet, "990780157").montants
        assert [m.as_dict()["valeur"] for m in montants] == ["2017-11-08", "2017-12-06"]

    def but_not_where_no_step_is_dated(self, projet: Projet) -> None:
        with pytest.raises(UsageError) as faute:
            explain_delays(projet, "990780207")
        assert faute.value.code == "U-017"
