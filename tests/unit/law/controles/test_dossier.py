"""Tests of `law.controles.dossier`: one dossier against the law and the catalogues."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import load_depot
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.droit.chargement import Racine, load_droit
from tests.mauvais.cas import BASE

DROIT = load_droit([Racine("nationale", BASE / "clauses", "clauses")])
SIGNATURE = "    date: 2017-12-20"
TROIS_DATES = (
    "    dates_des_parties: {ars: 2017-12-18, organisme: 2017-12-20, etablissement: 2017-12-19}"
)


@pytest.fixture
def donnees(tmp_path: Path) -> Path:
    """A sound dossier, to be broken."""
    return Path(shutil.copytree(BASE / "contracts_data", tmp_path / "contracts_data"))


def _check(
    donnees: Path, *changements: tuple[str, str], date_effet: dt.date | None = None
) -> list[Constat]:
    chemin = donnees / "dossiers" / "990000010.yaml"
    texte = chemin.read_text(encoding="utf-8")
    for avant, apres in changements:
        assert texte.count(avant) == 1
        texte = texte.replace(avant, apres)
    chemin.write_text(texte, encoding="utf-8")
    depot = load_depot(donnees, "d")
    assert depot.constats == ()
    return check_affaire(depot.affaires["990000010"], DROIT, date_effet)


def _codes(constats: list[Constat]) -> list[str]:
    return [constat.code for constat in constats]


class DescribeCheckAffaire:
    """`check_affaire`; the messages are in `tests/mauvais/`."""

    def it_has_nothing_to_say_of_a_sound_dossier(self, donnees: Path) -> None:
        assert _check(donnees) == []

    @pytest.mark.parametrize(
        ("regle", "attendu"),
        [
            ("", ["D-054"]),
            ("\n    regle: derniere_signature", []),
            ("\n    regle: date_fixee", []),
        ],
    )
    def it_wants_a_rule_for_three_dates(
        self, donnees: Path, regle: str, attendu: list[str]
    ) -> None:
        date = SIGNATURE if "fixee" in regle else "    date:"
        faits = _check(donnees, (SIGNATURE, f"{date}\n{TROIS_DATES}{regle}"))
        assert _codes(faits) == attendu

    def but_not_for_one_and_the_same_day(self, donnees: Path) -> None:
        memes = TROIS_DATES.replace("-18", "-20").replace("-19", "-20")
        assert _check(donnees, (SIGNATURE, memes)) == []

    def it_takes_the_last_signature_when_the_rule_says_so(self, donnees: Path) -> None:
        dates = TROIS_DATES.replace("2017-12-19", "2022-01-05") + "\n    regle: derniere_signature"
        (constat,) = _check(donnees, (SIGNATURE, dates))
        assert constat.code == "D-055"
        assert "1er\u00a0janvier\u00a02023" in constat.message

    @pytest.mark.parametrize(
        ("signature", "attendu"),
        [
            ("2016-12-31", ["D-055"]),
            ("2017-01-01", []),
            ("2017-12-31", []),
            ("2020-12-31", []),
            ("2021-01-01", ["D-055"]),
        ],
    )
    def it_keeps_the_date_of_effect_within_the_regime(
        self, donnees: Path, signature: str, attendu: list[str]
    ) -> None:
        codes = _codes(_check(donnees, ("2017-12-20", signature)))
        assert [code for code in codes if code != "D-067"] == attendu

    def it_checks_a_draft_at_the_date_given(self, donnees: Path) -> None:
        sans_date = (SIGNATURE, "    date:")
        assert _codes(_check(donnees, sans_date, date_effet=dt.date(2022, 1, 1))) == ["D-055"]

    def it_checks_the_cpom_of_a_contract_without_date(self, donnees: Path) -> None:
        fini = ("date_fin: 2021-12-31", "date_fin: 2016-12-31")
        assert _codes(_check(donnees, (SIGNATURE, "    date:"), fini)) == ["D-056"]

    @pytest.mark.parametrize("coefficient", ["0 %", "0,5 %", "100 %"])
    def it_admits_a_coefficient_from_0_to_100(self, donnees: Path, coefficient: str) -> None:
        change = ("coefficient: 100 %", f"coefficient: {coefficient}")
        assert _check(donnees, change) == []

    @pytest.mark.parametrize("coefficient", ["-1 %", "100,000001 %", "400 %"])
    def but_none_beyond(self, donnees: Path, coefficient: str) -> None:
        change = ("coefficient: 100 %", f"coefficient: {coefficient}")
        assert _codes(_check(donnees, change)) == ["D-061"]

    @pytest.mark.parametrize(
        ("statut", "caisse", "attendu"),
        [
            ("public", "CPAM", []),
            ("public", "CNMSS", ["D-058"]),
            ("armees", "CPAM", ["D-058"]),
            ("armees", "CNMSS", []),
        ],
    )
    def it_gives_military_hospitals_their_own_fund(
        self, donnees: Path, statut: str, caisse: str, attendu: list[str]
    ) -> None:
        fiche = donnees / "organismes" / "cpam-99.yaml"
        fiche.write_text(
            fiche.read_text(encoding="utf-8").replace("CPAM", caisse), encoding="utf-8"
        )
        assert _codes(_check(donnees, ("statut: public", f"statut: {statut}"))) == attendu

    def it_tells_an_unknown_plan_once(self, donnees: Path) -> None:
        assert _codes(_check(donnees, ("types: [mco]", "types: [mcoo]"))) == ["D-062"]

    def it_finds_every_fault_at_once(self, donnees: Path) -> None:
        constats = _check(
            donnees,
            ("niveau_signature: entite_juridique", "niveau_signature: site"),
            ('cibles: {2018: "4 %"}', 'cibles: {2018: "4", 2019: oui}'),
            ("      MCO-01:", "      MCO-02:"),
        )
        assert _codes(constats) == ["D-059", "D-053", "D-053", "D-063"]
        assert {constat.gravite for constat in constats} == {Gravite.ERREUR}

    def it_only_warns_about_long_term_care(self, donnees: Path) -> None:
        (constat,) = _check(donnees, ("activites: [MCO]", "activites: [MCO, USLD]"))
        assert (constat.code, constat.gravite) == ("D-070", Gravite.AVERTISSEMENT)


class DescribeContacts:
    """L-030: each contact follows a volet that the library knows."""

    CONTACT = "{personne: {prenom: Anne, nom: Essai}, volet: VOLET}"

    @pytest.mark.parametrize("volet", ["socle", "transports"])
    def it_knows_the_socle_and_the_volets(self, donnees: Path, volet: str) -> None:
        assert self._check(donnees, volet) == []

    def but_not_another(self, donnees: Path) -> None:
        (constat,) = self._check(donnees, "transport")
        assert (constat.code, constat.gravite) == ("L-030", Gravite.ERREUR)
        assert constat.message == "Le volet «\u00a0transport\u00a0» n’existe pas."
        assert "transports" in constat.remede
        (autre,) = self._check(donnees, "zzz", avant="transport")
        assert autre.remede == "Volets connus\u00a0: socle, transports."

    def _check(self, donnees: Path, volet: str, avant: str = "") -> list[Constat]:
        ligne = "  niveau_signature: entite_juridique\n"
        pose = f"  interlocuteurs:\n    - {self.CONTACT}\n"
        avec = pose.replace("VOLET", avant) if avant else ""
        constats = _check(donnees, (f"{ligne}{avec}", f"{ligne}{pose.replace('VOLET', volet)}"))
        return [constat for constat in constats if constat.code != "D-125"]
