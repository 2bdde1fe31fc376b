"""What falls due around a contract: meetings, data, the report of the establishment."""

from __future__ import annotations

import datetime as dt

import pytest

from caqes_docs.law.echeances.dossier import iter_echeances
from tests.outils.affaires import Atelier
from tests.unit.law.echeances.test_echeances import EVALUATION, lister

SEMESTRES = ["2019-09-30", "2019-12-31", "2020-03-31", "2020-10-31", "2020-10-31"]


class DescribeSuivi:
    """Meetings and data."""

    def it_tells_meetings_that_were_not_held(self, atelier: Atelier) -> None:
        contrat = """\
rencontres:
  - {nature: point_etape, objet: "Point de juin", prevue_le: 2018-06-12, tenue_le: 2018-06-14}
  - {nature: point_etape, objet: "Point de décembre", prevue_le: 2018-12-11}
"""
        juin, decembre = (f"Tenir la rencontre\u00a0: Point de {m}" for m in ("juin", "décembre"))
        assert lister(atelier, "2018-06-12", contrat) == [
            ("à venir", "agence", juin, "", "2018-06-12"),
            ("à venir", "agence", decembre, "", "2018-12-11"),
        ]
        assert lister(atelier, "2018-12-12", contrat) == [
            ("en retard", "agence", decembre, "", "2018-12-11"),
        ]
        assert lister(atelier, "2018-06-13", contrat)[0][0] == "en retard"
        assert len(lister(atelier, "2018-06-14", contrat)) == 1

    def it_tells_data_that_did_not_come_until_they_are_frozen(self, atelier: Atelier) -> None:
        evaluation = """\
donnees:
  arretees_le: 2020-07-22
  livraisons:
    - {producteur: "CNAM", donnees: "M6", donnee: phev_m6, recue_le: 2019-10-20}
"""
        affaire, _ = atelier.load("", EVALUATION + evaluation)

        def livraisons(jour: dt.date) -> list[tuple[str, str, str]]:
            return [
                (e.etat.value, e.qui, str(e.terme))
                for e in iter_echeances(affaire, atelier.droit, jour)
                if "M6" in e.quoi and "exécutées en ville" in e.quoi
            ]

        assert livraisons(dt.date(2019, 10, 19)) == [
            ("à venir", "Caisse nationale de l’assurance maladie", "2019-10-31")
        ]
        assert livraisons(dt.date(2019, 10, 20)) == []
        assert list(iter_echeances(affaire, atelier.droit, dt.date(2020, 7, 22))) == []

    @pytest.mark.parametrize(
        ("recu", "jour", "attendu"),
        [
            ("", "2020-03-30", [("à venir", "établissement", "2020-03-30", False)]),
            ("", "2020-03-31", [("en retard", "établissement", "2020-03-30", False)]),
            ("autoevaluation: {}\n", "2020-03-31", []),
            ("autoevaluation: {recue_le: 2020-03-31}\n", "2020-03-31", []),
            (
                "autoevaluation: {recue_le: 2020-04-01}\n",
                "2020-03-31",
                [("en retard", "établissement", "2020-03-30", False)],
            ),
        ],
    )
    def it_waits_for_the_report_of_the_establishment(
        self, atelier: Atelier, recu: str, jour: str, attendu: list[tuple[object, ...]]
    ) -> None:
        affaire, _ = atelier.load("", EVALUATION + recu)
        echeances = iter_echeances(affaire, atelier.droit, dt.date.fromisoformat(jour))
        assert [
            (e.etat.value, e.qui, str(e.terme), e.commune)
            for e in echeances
            if "autoévaluation" in e.quoi
        ] == attendu

    @pytest.mark.parametrize(("duree", "termes"), [(1, []), (2, SEMESTRES)])
    def it_asks_for_the_data_of_the_volets_that_run(
        self, atelier: Atelier, duree: int, termes: list[str]
    ) -> None:
        contrat = (
            f"volets:\n  transports:\n    signature: {{date: 2017-12-20}}\n    duree: {duree}\n"
        )
        affaire, _ = atelier.load(contrat, EVALUATION)
        echeances = list(iter_echeances(affaire, atelier.droit, dt.date(2019, 10, 19)))
        assert sorted(str(e.terme) for e in echeances if e.quoi.startswith("Transports")) == termes
        assert all(e.commune for e in echeances if e.qui.startswith("Caisse nationale"))

    def it_finds_a_delivery_among_others(self, atelier: Atelier) -> None:
        livrees = "".join(
            f"    - {{producteur: CNAM, donnees: {nom}, donnee: phev_{nom.lower()}, "
            "recue_le: 2019-10-20}\n"
            for nom in ("M6", "M9")
        )
        affaire, _ = atelier.load("", f"{EVALUATION}donnees:\n  livraisons:\n{livrees}")
        echeances = iter_echeances(affaire, atelier.droit, dt.date(2019, 10, 20))
        termes = [str(e.terme) for e in echeances if "exécutées en ville" in e.quoi]
        assert termes == ["2020-04-30"]
