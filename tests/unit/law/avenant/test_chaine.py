"""Tests of `law.avenant`: states, effects, the contract at a date, the refusal of an avenant."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import find_projet
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.avenant.chaine import (
    signed_avenants,
    state_after,
    state_before,
    state_of_year,
    state_on,
)
from caqes_docs.law.avenant.controles import check_avenant
from caqes_docs.law.avenant.etat import avenant_state, effect_day, state_in_words
from caqes_docs.law.echeances.dossier import iter_echeances
from caqes_docs.law.jugement import judge_all_refusals
from tests.mauvais.cas import BASE, Cas

NOM = "990000010"
DOSSIER = f"contracts_data/dossiers/{NOM}.yaml"
TETE = 'dossier: "{nom}"\nnumero: {numero}\ncas: {cas}\n'
PROPOSE = "procedure: {premiere_proposition: {date: 2018-09-04, recue_le: 2018-09-06}}\n"
SOCLE = """  socle:
    niveau: {indicateurs: {part: 100 %, mesure: poids}}
    declenchement: {seuil: 60 %}
    sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: lineaire, de: 0 %, a: 100 %}}
"""
VOLET = """  - cle: contrat.volets.transports
    apres:
      duree: 3
      donne_lieu_a_sanction: oui
      objectif_principal: {id: OBJ-1, cibles: {2019: "oui"}}
"""


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A project of one contract, without any avenant."""
    dossier = tmp_path / "projet"
    Cas(BASE, ()).build(dossier)
    return dossier


def _write(racine: Path, numero: int, cas: str, corps: str) -> None:
    dossier = racine / "contracts_data" / "avenants"
    dossier.mkdir(exist_ok=True)
    texte = TETE.format(nom=NOM, numero=numero, cas=cas) + corps
    (dossier / f"{NOM}-{numero}.yaml").write_text(texte, encoding="utf-8")


def _target(racine: Path, numero: int, annee: int, avant: str | None, apres: str, le: str) -> None:
    ancien = f'    avant: "{avant}"\n' if avant else ""
    corps = (
        f"modifications:\n  - cle: contrat.indicateurs.NAT-1.cibles.{annee}\n{ancien}"
        f'    apres: "{apres}"\nsignature: {{date: {le}}}\n'
    )
    _write(racine, numero, "objectifs", corps)


def _affaire(racine: Path) -> Affaire:
    depot = find_projet(racine).depot()
    assert depot.constats == ()
    return depot.affaires[NOM]


def _targets(affaire: Affaire) -> dict[int, str | None]:
    return dict(affaire.dossier.valeur.contrat.indicateurs["NAT-1"].cibles)


class DescribeEtats:
    """Where an avenant stands."""

    @pytest.mark.parametrize(
        ("corps", "etat", "dit"),
        [
            ("", "projet", "projet"),
            (PROPOSE, "propose", "proposé"),
            ("signature: {date: 2018-10-08}\n", "signe", "signé, pas encore en vigueur"),
            ("signature: {date: 2017-12-30}\n", "signe", "signé, en vigueur"),
            ("refus: [{volet: socle}]\n", "refuse", "refusé"),
            (
                "annulation: {remplace_par: 2}\n",
                "annule",
                "annulé et remplacé par l’avenant n°\u00a02",
            ),
        ],
    )
    def it_is_told_by_its_file(self, racine: Path, corps: str, etat: str, dit: str) -> None:
        _write(racine, 1, "objectifs", corps)
        avenant = _affaire(racine).avenants[1].valeur
        assert avenant_state(avenant) == etat
        assert state_in_words(avenant, dt.date(2018, 12, 1)) == dit

    @pytest.mark.parametrize(
        ("cas", "effet"),
        [("objectifs", dt.date(2020, 1, 1)), ("resiliation_volet", dt.date(2019, 12, 31))],
    )
    def it_takes_effect_by_its_case(self, racine: Path, cas: str, effet: dt.date) -> None:
        _write(racine, 1, cas, "signature: {date: 2019-06-03}\n")
        assert effect_day(_affaire(racine).avenants[1].valeur) == effet


class DescribeChaine:
    """The contract as its avenants left it."""

    def it_holds_at_a_date_what_has_effect(self, racine: Path) -> None:
        _target(racine, 1, 2019, None, "3 %", "2018-10-08")
        _target(racine, 2, 2020, None, "2 %", "2019-03-04")
        _target(racine, 3, 2019, "3 %", "3,2 %", "2018-11-05")
        affaire = _affaire(racine)
        assert _targets(state_on(affaire, dt.date(2018, 12, 31))) == {2018: "4 %"}
        assert _targets(state_of_year(affaire, 2019)) == {2018: "4 %", 2019: "3,2 %"}
        etat = state_of_year(affaire, 2020)
        assert _targets(etat) == {2018: "4 %", 2019: "3,2 %", 2020: "2 %"}
        assert [c.valeur.numero for c in signed_avenants(affaire)] == [1, 3, 2]
        assert [c.valeur.numero for c in etat.appliques] == [1, 3, 2]
        assert etat.avenants == {}
        assert state_of_year(etat, 2020) == etat

    def it_puts_before_one_that_was_refused_those_of_lower_numbers(self, racine: Path) -> None:
        _target(racine, 1, 2019, None, "3 %", "2018-10-08")
        _write(racine, 2, "socle", "refus: [{volet: socle}]\n")
        _target(racine, 3, 2019, "3 %", "2 %", "2018-11-05")
        avant = state_before(_affaire(racine), 2)
        assert [c.valeur.numero for c in avant.appliques] == [1]

    def it_tells_before_and_after_one_of_them(self, racine: Path) -> None:
        _target(racine, 1, 2019, None, "3 %", "2018-10-08")
        _target(racine, 2, 2019, "3 %", "2 %", "2018-11-05")
        affaire = _affaire(racine)
        assert _targets(state_before(affaire, 2)) == _targets(state_after(affaire, 1))
        assert _targets(state_after(affaire, 2)) == {2018: "4 %", 2019: "2 %"}

    def but_one_signed_later_that_changed_the_same_key_stops_the_other(self, racine: Path) -> None:
        _target(racine, 1, 2019, None, "3 %", "2018-10-08")
        _target(racine, 2, 2019, None, "2 %", "2018-11-05")
        affaire = _affaire(racine)
        with pytest.raises(DonneesError) as saisie:
            state_of_year(affaire, 2019)
        assert saisie.value.code == "D-161"
        assert f"{NOM}-1.yaml" in saisie.value.message
        assert f"{NOM}-2.yaml" in str(saisie.value.source)

    def it_joins_a_volet_that_the_contract_then_prints(self, racine: Path) -> None:
        corps = "signature: {lieu: Exempleville, date: 2018-10-08}\nmodifications:\n" + VOLET
        _write(racine, 1, "ajout_volet", corps)
        affaire = _affaire(racine)
        assert state_of_year(affaire, 2018).joints == frozenset()
        etat = state_of_year(affaire, 2019)
        assert etat.joints == {"transports"}
        signature = etat.dossier.valeur.contrat.volets["transports"].signature
        assert signature is not None
        assert signature.date_retenue == dt.date(2018, 10, 8)


class DescribeProjet:
    def it_is_held_to_the_effect_that_is_supposed(self, racine: Path) -> None:
        _target(racine, 1, 2018, "4 %", "3 %", "")
        affaire, droit = _affaire(racine), find_projet(racine).droit
        charge = affaire.avenants[1]
        seul, suppose = (
            {c.code for c in check_avenant(affaire, charge, droit, effet)}
            for effet in (None, dt.date(2019, 1, 1))
        )
        assert suppose - seul == {"V-306"}

    def and_so_is_a_contract_that_is_not_signed(
        self, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = racine / DOSSIER
        ecrit = chemin.read_text(encoding="utf-8").replace("    date: 2017-12-20\n", "", 1)
        chemin.write_text(ecrit, encoding="utf-8")
        monkeypatch.chdir(racine)
        assert run(["etat", NOM, "--au", "2018-06-01", "--format", "json"]) == 0
        dit = json.loads(capsys.readouterr().out)
        assert [(acte["acte"], acte["etat"]) for acte in dit["autres"]] == [("Contrat", "projet")]
        assert (dit["en_vigueur"], dit["scelle"], dit["empreinte"]) == ([], False, None)


class DescribeRefus:
    """An avenant that is refused incurs what a contract does (K9)."""

    def it_costs_one_per_cent_of_the_products(
        self, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        refus = (
            "refus: [{volet: socle, constate_le: 2018-11-05, sanction: montant, exercice: 2017}]\n"
        )
        _write(racine, 1, "socle", PROPOSE + refus)
        juges = judge_all_refusals(_affaire(racine), find_projet(racine).droit)
        (resultat,) = juges.resultats
        assert resultat.libelle == "Refus de signer l’avenant n°\u00a01\u00a0: socle"
        assert resultat.montant is not None
        assert resultat.montant.valeur == Decimal("12500.01")
        assert all("avenants/" in str(constat.source) for constat in juges.constats)
        monkeypatch.chdir(racine)
        run(["expliquer", NOM, "refus"])
        assert "12\u202f500,01\u00a0€" in capsys.readouterr().out


class DescribeEvaluation:
    """A year is judged on the contract as it stood that year."""

    def it_measures_against_the_target_that_an_avenant_set(
        self, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        texte = (racine / DOSSIER).read_text(encoding="utf-8")
        avant, _, _ = texte.rpartition("  socle:")
        (racine / DOSSIER).write_text(avant + SOCLE, encoding="utf-8")
        _target(racine, 1, 2019, None, "3 %", "2018-10-08")
        evaluations = racine / "contracts_data" / "evaluations"
        evaluations.mkdir(exist_ok=True)
        for annee in (2018, 2019):
            (evaluations / f"{NOM}-{annee}.yaml").write_text(
                f'dossier: "{NOM}"\nannee: {annee}\nindicateurs:\n  NAT-1: {{valeur: "3,5 %"}}\n',
                encoding="utf-8",
            )
        monkeypatch.chdir(racine)
        dits = {}
        for annee in (2018, 2019):
            run(["expliquer", NOM, "socle", "--annee", str(annee)])
            dits[annee] = capsys.readouterr().out
        assert "avenants/" not in dits[2018]
        assert f"contracts_data/avenants/{NOM}-1.yaml:6:12" in dits[2019]
        assert "3\u00a0%" in dits[2019]


class DescribeEcheances:
    """What an avenant proposed still needs."""

    def it_is_followed_until_it_is_signed(self, racine: Path) -> None:
        _write(racine, 1, "objectifs", PROPOSE)
        droit = find_projet(racine).droit

        def dues(jour: dt.date) -> list[str]:
            suivies = iter_echeances(_affaire(racine), droit, jour)
            return [e.quoi for e in suivies if "avenants/" in str(e.source)]

        assert dues(dt.date(2018, 9, 1)) == []
        assert dues(dt.date(2018, 9, 20)) != []
        _write(racine, 1, "objectifs", PROPOSE + "signature: {date: 2018-09-25}\n")
        assert dues(dt.date(2018, 9, 30)) == []
