"""The bounds of the checks of a contract: the day, the share, the cap, what cannot be read."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.data.depot import load_depot
from caqes_docs.data.dossier.volets import VoletSocle
from caqes_docs.data.lecture.yaml_strict import FichierYaml, parse_yaml
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.controles.stipulations.choix import ChoixPoses
from caqes_docs.law.droit.catalogue import Famille, Sens, TypeIndicateur
from caqes_docs.law.droit.chargement import Racine, load_droit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.ecriture import check_plain
from caqes_docs.law.droit.modeles import Unite
from tests.mauvais.cas import BASE

DROIT = load_droit([Racine("nationale", BASE / "clauses", "clauses")])
SIGNATURE = "    date: 2017-12-20"
CPOM = "    date_debut: 2017-01-01\n    date_fin: 2021-12-31"
DATES = "    dates_des_parties: {ars: 2017-12-20, organisme: 2017-12-20, etablissement: 2017-12-19}"
CIBLE = '      cibles: {2018: "4 %"}'
REFERENCE = '{annee: 2016, valeur: "5 %"}'
PLAN = "    types: [mco]"
VOLET = """\
  volets:
    transports:
      signature: {date: SIGNATURE}
      duree: 5
"""


@pytest.fixture
def donnees(tmp_path: Path) -> Path:
    """A sound dossier, to be broken."""
    return Path(shutil.copytree(BASE / "contracts_data", tmp_path / "contracts_data"))


def check(donnees: Path, *changements: tuple[str, str], droit: Droit = DROIT) -> list[Constat]:
    """What is wrong once the text of the dossier is changed, terms left open aside."""
    chemin = donnees / "dossiers" / "990000010.yaml"
    texte = chemin.read_text(encoding="utf-8")
    for avant, apres in changements:
        assert texte.count(avant) == 1, avant
        texte = texte.replace(avant, apres)
    chemin.write_text(texte, encoding="utf-8")
    depot = load_depot(donnees, "d")
    assert depot.constats == ()
    dits = sort_constats(check_affaire(depot.affaires["990000010"], droit))
    return [constat for constat in dits if constat.gravite is not Gravite.MANQUE]


def codes(constats: list[Constat]) -> list[str]:
    """Their codes."""
    return [constat.code for constat in constats]


def with_parameter(nom: str, unite: Unite, valeurs: Mapping[str, str]) -> Droit:
    """The law, `nom` being worth those values from those days on."""
    base = DROIT.parametres[nom]
    jours = [dt.date.fromisoformat(jour) for jour in valeurs]
    fins = [*(jour - dt.timedelta(1) for jour in jours[1:]), dt.date(2021, 12, 31)]
    dates = tuple(
        base.valeurs[0].model_copy(update={"du": du, "au": au, "valeur": valeur})
        for du, au, valeur in zip(jours, fins, valeurs.values(), strict=True)
    )
    parametre = base.model_copy(update={"unite": unite, "valeurs": dates})
    return replace(DROIT, parametres={**DROIT.parametres, nom: parametre})


def without(nom: str) -> Droit:
    """The law without one parameter."""
    restes = {cle: parametre for cle, parametre in DROIT.parametres.items() if cle != nom}
    return replace(DROIT, parametres=restes)


def with_indicator(**champs: object) -> Droit:
    """The law, its only indicator being changed."""
    (registre,) = DROIT.registres
    indicateur = registre.indicateurs[0].model_copy(update=champs)
    return replace(DROIT, registres=(registre.model_copy(update={"indicateurs": (indicateur,)}),))


def add_volet(texte: str, signature: str = "2017-12-20") -> tuple[str, str]:
    """The change that adds a volet of the transports: what follows its duration."""
    return "  plan_actions:", VOLET.replace("SIGNATURE", signature) + texte + "  plan_actions:"


class DescribeDates:
    def it_wants_a_rule_as_soon_as_one_party_signs_on_another_day(self, donnees: Path) -> None:
        (constat,) = check(donnees, (SIGNATURE, f"{SIGNATURE}\n{DATES}"))
        assert (constat.code, str(constat.source)) == ("D-054", "d/dossiers/990000010.yaml:38:24")

    @pytest.mark.parametrize(("fin", "attendu"), [("2016-12-31", ["D-056"]), ("2017-01-01", [])])
    def it_takes_a_cpom_of_one_day(self, fin: str, attendu: list[str], donnees: Path) -> None:
        change = (CPOM, CPOM.replace("2021-12-31", fin))
        assert codes(check(donnees, change)) == attendu


class DescribeValeurs:
    """A share between 0 % and 100 %; a growth is none."""

    @pytest.mark.parametrize(
        ("valeur", "attendu"),
        [
            ("0 %", []),
            ("100 %", []),
            ("100,01 %", ["D-068"]),
            ("150 %", ["D-068"]),
            ("-0,01 %", ["D-068"]),
        ],
    )
    def it_keeps_a_share_within_the_whole(
        self, valeur: str, attendu: list[str], donnees: Path
    ) -> None:
        droit = with_indicator(type=TypeIndicateur.RATIO)
        haute = (REFERENCE, REFERENCE.replace("5 %", "100 %"))
        change = (CIBLE, CIBLE.replace("4 %", valeur))
        assert codes(check(donnees, haute, change, droit=droit)) == attendu

    @pytest.mark.parametrize(
        ("sens", "cible", "attendu"),
        [
            (Sens.MAX, "5 %", []),
            (Sens.MAX, "5,01 %", ["V-285"]),
            (Sens.MIN, "5 %", []),
            (Sens.MIN, "4,99 %", ["V-285"]),
            (Sens.AUCUN, "5,01 %", []),
            (Sens.AUCUN, "4,99 %", []),
        ],
    )
    def it_questions_a_share_that_falls_back(
        self, sens: Sens, cible: str, attendu: list[str], donnees: Path
    ) -> None:
        droit = with_indicator(type=TypeIndicateur.RATIO, sens=sens)
        change = (CIBLE, CIBLE.replace("4 %", cible))
        assert codes(check(donnees, change, droit=droit)) == attendu

    @pytest.mark.parametrize("valeur", ["-2 %", "150 %"])
    def but_not_a_growth(self, valeur: str, donnees: Path) -> None:
        assert check(donnees, (CIBLE, CIBLE.replace("4 %", valeur))) == []

    def it_takes_a_value_that_is_not_known_yet(self, donnees: Path) -> None:
        vide = (CIBLE, CIBLE.replace('"4 %"', ""))
        assert check(donnees, vide, (REFERENCE, "{annee: 2016, valeur: }")) == []


class DescribePlan:
    AJOUT = '{id: AJ-01, article: "10-1", libelle: "Former"}'

    def it_gives_each_added_action_a_number_of_its_own(self, donnees: Path) -> None:
        autre = self.AJOUT.replace("Former", "Évaluer")
        deux = f"{PLAN}\n    ajouter:\n      - {self.AJOUT}\n      - {autre}"
        (constat,) = check(donnees, (PLAN, deux))
        assert constat.code == "D-069"
        assert constat.message == "Le numéro d’action AJ-01 est déjà pris."
        assert str(constat.source) == "d/dossiers/990000010.yaml:42:14"

    def it_counts_no_indicator_that_the_contract_does_not_hold(self, donnees: Path) -> None:
        (registre,) = DROIT.registres
        autre = registre.indicateurs[0].model_copy(update={"id": "NAT-2"})
        droit = replace(
            DROIT,
            registres=(
                registre.model_copy(update={"famille": Famille.REGIONAL}),
                registre.model_copy(update={"indicateurs": (autre,)}),
            ),
        )
        (constat,) = check(donnees, ("    NAT-1:", "    NAT-2:"), droit=droit)
        assert constat.code == "D-071"
        assert constat.message.startswith("L’action MCO-01 n’a plus d’indicateur")

    def but_a_national_one_is_held_without_a_word(self, donnees: Path) -> None:
        (registre,) = DROIT.registres
        autre = registre.indicateurs[0].model_copy(update={"id": "NAT-2"})
        tous = (*registre.indicateurs, autre)
        droit = replace(DROIT, registres=(registre.model_copy(update={"indicateurs": tous}),))
        assert check(donnees, ("    NAT-1:", "    NAT-2:"), droit=droit) == []


class DescribeVolets:
    """At the volet's own date of effect, else at the contract's."""

    DUREES = with_parameter(
        "volets/duree_maximale", Unite.NOMBRE, {"2018-01-01": "5", "2020-01-01": "4"}
    )

    @pytest.mark.parametrize(
        ("signature", "attendu"),
        [("2017-12-20", []), ("2018-12-31", []), ("2019-01-01", ["V-055"]), ("", [])],
    )
    def it_lasts_what_the_texts_say_on_the_day_it_takes_effect(
        self, signature: str, attendu: list[str], donnees: Path
    ) -> None:
        assert codes(check(donnees, add_volet("", signature), droit=self.DUREES)) == attendu

    def and_that_of_the_contract_without_signature(self, donnees: Path) -> None:
        sans = add_volet("")[1].replace("      signature: {date: 2017-12-20}\n", "")
        effet = (SIGNATURE, "    date: 2019-06-01")
        cible = (CIBLE, "      cibles: {}")
        (constat,) = check(donnees, ("  plan_actions:", sans), effet, cible, droit=self.DUREES)
        assert constat.code == "V-055"
        assert "dure 5\u00a0ans" in constat.message.replace("5 ans", "5\u00a0ans")
        assert "4 au plus" in constat.message

    def it_may_have_no_duration_yet(self, donnees: Path) -> None:
        sans = add_volet("")[1].replace("      duree: 5\n", "")
        assert check(donnees, ("  plan_actions:", sans)) == []

    @pytest.mark.parametrize(("fin", "attendu"), [("2018-03-01", []), ("2018-02-28", ["V-058"])])
    def it_takes_an_action_of_one_day(self, fin: str, attendu: list[str], donnees: Path) -> None:
        action = f"      actions:\n        - {{id: A1, debut: 2018-03-01, fin: {fin}}}\n"
        assert codes(check(donnees, add_volet(action))) == attendu

    SANCTION = "      sanction: {type: montant, taux_maximum: 90 %}\n"
    MSAP = "      sanction: {type: mise_sous_accord_prealable, duree_maximale_mois: DUREE}\n"

    @pytest.mark.parametrize(
        ("plafond", "attendu"), [("4,99 %", []), ("5 %", []), ("5,01 %", ["V-130"])]
    )
    def it_lowers_the_cap_of_all_sanctions_only(
        self, plafond: str, attendu: list[str], donnees: Path
    ) -> None:
        choix = "  choix: {annee_sans_cible: poids_repartis"
        change = (choix, f"{choix}, plafond_global_sanctions: '{plafond}'")
        assert codes(check(donnees, change)) == attendu

    def but_that_of_the_texts_in_words_says_nothing(self, donnees: Path) -> None:
        mots = with_parameter(
            "sanctions/plafond_global", Unite.TEXTE, {"2018-01-01": "selon la région"}
        )
        choix = "  choix: {annee_sans_cible: poids_repartis"
        change = (choix, f"{choix}, plafond_global_sanctions: '5,01 %'")
        assert check(donnees, change, droit=mots) == []

    def it_is_capped_by_the_lowest_of_its_caps(self, donnees: Path) -> None:
        fichier = load_depot(donnees, "d").affaires["990000010"].dossier.fichier
        pose = ChoixPoses(VoletSocle(), None, fichier, (), DROIT, dt.date(2018, 1, 1))
        tous, volet = "sanctions/plafond_global", "volets/plafond_sanction"
        assert pose.cap(tous) == Decimal("0.05")
        assert pose.cap(tous, volet) == pose.cap(volet, tous) == Decimal("0.01")

    @pytest.mark.parametrize(("montant", "attendu"), [("1 000", []), ("1 000,01", ["V-022"])])
    def it_is_rewarded_within_the_cap_of_the_region(
        self, montant: str, attendu: list[str], donnees: Path
    ) -> None:
        droit = with_parameter("refus/taux", Unite.EURO, {"2018-01-01": "1 000"})
        decrit = droit.volets["transports"].model_copy(
            update={"plafond_interessement": "refus/taux"}
        )
        droit = replace(droit, volets={**droit.volets, "transports": decrit})
        volet = add_volet(f"      interessement: {{montant_maximum: '{montant}'}}\n")
        assert codes(check(donnees, volet, droit=droit)) == attendu

    def it_has_a_cap_only_when_the_library_holds_one(self, donnees: Path) -> None:
        plafond = "volets/plafond_sanction"
        volet = add_volet(self.SANCTION)
        assert check(donnees, volet, droit=without(plafond)) == []

    def but_a_cap_in_words_says_nothing_of_a_rate(self, donnees: Path) -> None:
        plafond = "volets/plafond_sanction"
        mots = with_parameter(plafond, Unite.TEXTE, {"2018-01-01": "selon la région"})
        assert check(donnees, add_volet(self.SANCTION), droit=mots) == []

    def it_is_capped_otherwise(self, donnees: Path) -> None:
        (constat,) = check(donnees, add_volet(self.SANCTION))
        assert (constat.code, str(constat.source)) == ("V-022", "d/dossiers/990000010.yaml:42:47")

    @pytest.mark.parametrize(("duree", "attendu"), [("6", []), ("7", ["V-032"])])
    def it_keeps_prior_approval_within_six_months(
        self, duree: str, attendu: list[str], donnees: Path
    ) -> None:
        assert codes(check(donnees, add_volet(self.MSAP.replace("DUREE", duree)))) == attendu

    def but_words_for_months_say_nothing(self, donnees: Path) -> None:
        nom, valeurs = "volets/duree_msap", {"2018-01-01": "quelques mois"}
        msap = add_volet(self.MSAP.replace("DUREE", "7"))
        assert check(donnees, msap, droit=with_parameter(nom, Unite.TEXTE, valeurs)) == []

    def and_words_for_years_neither(self, donnees: Path) -> None:
        nom, valeurs = "volets/duree_maximale", {"2018-01-01": "quelques années"}
        droit = with_parameter(nom, Unite.TEXTE, valeurs)
        assert check(donnees, add_volet(""), droit=droit) == []


class DescribeTauxCible:
    def it_is_that_of_the_first_of_january(self) -> None:
        droit = with_parameter(
            "socle/plafond", Unite.TAUX, {"2018-01-01": "1 %", "2018-01-02": "2 %"}
        )
        valeur = droit.target_rate("socle/plafond", 2018)
        assert valeur is not None
        assert valeur.valeur == Decimal("0.01")


class DescribeRegistres:
    """What is printed of a register is plain text; the rest is for its readers."""

    def it_reads_what_is_printed_only(self) -> None:
        texte = "libelle: '**gras**'\nremarque: '**gras**'\nvide:\nliste: [a, '`b`']\n"
        fichier, constats = parse_yaml(texte.encode(), "x.yaml")
        assert (constats, isinstance(fichier, FichierYaml)) == ([], True)
        assert fichier is not None
        trouves = list(check_plain(fichier))
        assert [(c.code, str(c.source)) for c in trouves] == [
            ("L-017", "x.yaml:1:10"),
            ("L-017", "x.yaml:4:12"),
        ]
