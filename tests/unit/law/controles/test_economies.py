"""Tests of `law.controles.stipulations.economies`: the base of the savings, and what is found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import Depot
from caqes_docs.law.controles.coherence import check_spending_of_years
from caqes_docs.law.controles.stipulations.volets import check_volets
from caqes_docs.law.droit.droit import effect_date
from caqes_docs.law.jugement import judge
from tests.outils.affaires import Atelier, plain

CONTRAT = """
volets:
  NOM:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: non
    objectif_principal: {id: T1, indicateur: TRA-1, cibles: {2018: "2 %", 2019: "2 %"}}
    interessement: {prevu: oui, RESTE, bareme: {nom: points, sur: actions}}
"""
CIBLES = "taux_maximum: 30 %, base_economies: cible, depenses_cibles: "
TENDANCIEL = "taux_maximum: 30 %, base_economies: tendanciel"
ANNEE = """
dossier: "990000010"
annee: {annee}
exercice_clos: 2019
volets:
  transports:
    objectif_principal: {mesure}
    economies: {economies}
"""


def told(
    atelier: Atelier,
    reste: str,
    nom: str = "transports",
    prevu: str = "oui",
    contrat: str = CONTRAT,
) -> list[Constat]:
    """What is wrong with a contract whose reward holds `reste`."""
    contrat = contrat.replace("NOM", nom).replace("RESTE", reste)
    contrat = contrat.replace("prevu: oui", f"prevu: {prevu}")
    affaire, _ = atelier.load(contrat, 'dossier: "990000010"\nannee: 2019\n')
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    assert signature is not None
    return list(check_volets(affaire, atelier.droit, effect_date(signature)))


class DescribeBaseAuContrat:
    @pytest.mark.parametrize(
        ("reste", "manque"),
        [
            (CIBLES + "{}", "la dépense cible de 2018"),
            (CIBLES + "{2019: 10}", "la dépense cible de 2018"),
            (TENDANCIEL, "la dépense de référence, avec son année"),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2017}",
                "la dépense de référence, avec son année",
            ),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2018, montant: 10}, "
                "evolutions_tendancielles: {2018: 1 %}",
                "une dépense de référence d’une année antérieure à 2018",
            ),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2015, montant: 10}, "
                "evolutions_tendancielles: {2017: 1 %}",
                "l’évolution tendancielle de 2016, 2018",
            ),
        ],
    )
    def it_is_whole_for_the_first_year(self, reste: str, manque: str, atelier: Atelier) -> None:
        constat = next(c for c in told(atelier, reste) if c.code == "V-131")
        assert constat.gravite is Gravite.MANQUE  # to be completed: no final act without it
        assert f"il manque au contrat {manque}." in plain(constat.message)

    def and_the_first_is_that_of_the_volet(self, atelier: Atelier) -> None:
        apres = CONTRAT.replace("2017-12-20", "2018-12-20")
        trouves = told(atelier, CIBLES + "{2019: 1, 2020: 1, 2021: 1}", contrat=apres)
        assert not {"V-131", "V-132"} & {c.code for c in trouves}

    @pytest.mark.parametrize(
        ("reste", "sans"),
        [
            (CIBLES + "{2018: 100, 2019: 100, 2020: 100}", None),
            (CIBLES + "{2018: 100, 2020: 100}", "de 2019 :"),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2017, montant: 10}, "
                "evolutions_tendancielles: {2018: 1 %, 2020: 1 %}",
                "de 2019, 2020 :",
            ),
        ],
    )
    def and_the_years_that_it_leaves_out_are_told(
        self, reste: str, sans: str | None, atelier: Atelier
    ) -> None:
        trouves = [c for c in told(atelier, reste) if c.code in ("V-131", "V-132")]
        assert [c.code for c in trouves] == ([] if sans is None else ["V-132"])
        assert sans is None or sans in plain(trouves[0].message)
        assert all(c.gravite is Gravite.AVERTISSEMENT for c in trouves)

    def but_none_is_known_of_a_volet_without_duration(self, atelier: Atelier) -> None:
        sans = CONTRAT.replace("    duree: 3\n", "")
        socle = "socle: {interessement: {prevu: oui, RESTE, bareme: {nom: saisie}}}\n"
        for contrat in (sans, socle):
            trouves = {c.code for c in told(atelier, CIBLES + "{2018: 100}", contrat=contrat)}
            assert not {"V-131", "V-132"} & trouves

    @pytest.mark.parametrize(
        ("reste", "code"),
        [
            (CIBLES + "{2018: -1, 2019: 1, 2020: 1}", "V-012"),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2017, montant: 10}, "
                "evolutions_tendancielles: {2018: -100 %, 2019: 1 %, 2020: 1 %}",
                "V-011",
            ),
            (
                TENDANCIEL + ", depense_de_reference: {annee: 2017, montant: 10}, "
                "evolutions_tendancielles: {2018: '100,1 %', 2019: 1 %, 2020: 1 %}",
                "V-011",
            ),
        ],
    )
    def it_is_within_its_bounds(self, reste: str, code: str, atelier: Atelier) -> None:
        assert [c.code for c in told(atelier, reste) if c.code in ("V-011", "V-012")] == [code]

    @pytest.mark.parametrize(
        "reste",
        [
            CIBLES + "{2018: 0, 2019: null}",
            TENDANCIEL + ", evolutions_tendancielles: {2018: 100 %, 2019: '-99,9 %', 2020: null}",
        ],
    )
    def and_its_bounds_are_within(self, reste: str, atelier: Atelier) -> None:
        assert not {"V-011", "V-012"} & {c.code for c in told(atelier, reste)}

    @pytest.mark.parametrize(
        ("reste", "codes"),
        [
            ("montant_maximum: 10", ["V-133"]),
            ("montant_maximum: 10, base_economies: cible, depenses_cibles: {2018: 1}", ["V-132"]),
            ("montant_maximum: 10, base_economies: cible", ["V-131"]),
        ],
    )
    def it_is_asked_of_every_volet_that_names_one(
        self, reste: str, codes: list[str], atelier: Atelier
    ) -> None:
        trouves = {c.code for c in told(atelier, reste, "pertinence")}
        assert sorted(code for code in trouves if code.startswith("V-13")) == codes

    @pytest.mark.parametrize(
        ("valeur", "gravites"),
        [
            ("oui", []),
            ("non", [Gravite.ERREUR]),
            ("doute", [Gravite.AVERTISSEMENT]),
        ],
    )
    def it_may_be_left_out_as_the_library_has_it(
        self, valeur: str, gravites: list[Gravite], atelier: Atelier
    ) -> None:
        nom = "volets/interessement_sans_economies"
        parametre = atelier.droit.parametres[nom]
        tranche = parametre.valeurs[0].model_copy(update={"valeur": valeur})
        change = parametre.model_copy(update={"valeurs": (tranche,)})
        droit = replace(atelier.droit, parametres={**atelier.droit.parametres, nom: change})
        trouves = told(replace(atelier, droit=droit), "montant_maximum: 10", "pertinence")
        assert [c.gravite for c in trouves if c.code == "V-133"] == gravites

    def it_is_nothing_to_a_reward_without_maximum_yet(self, atelier: Atelier) -> None:
        sans = [c.code for c in told(atelier, "emploi: Postes", "pertinence")]
        assert not [code for code in sans if code.startswith("V-13")]

    def it_is_nothing_to_a_volet_without_reward(self, atelier: Atelier) -> None:
        sans = [c.code for c in told(atelier, "montant_maximum: 10", prevu="non")]
        assert not [code for code in sans if code.startswith("V-13")]


class DescribeCiblesEnEuros:
    """V-073: the slip that pays more, met before the contract is signed."""

    @pytest.mark.parametrize(
        ("cibles", "annees"),
        [
            ("{2018: 1 000 000, 2019: 1 020 000, 2020: 9 000 000}", []),
            ("{2018: 1 000 000, 2019: '1 020 000,01', 2020: 1}", ["2019"]),
            ("{2018: 1 000 000, 2019: 11 020 000, 2020: 1}", ["2019"]),
            ("{2019: 11 020 000, 2018: 1 000 000, 2020: 1}", ["2019"]),
            ("{2018: '100,30', 2019: '102,31', 2020: 1}", []),  # 102,306, to the cent
            ("{2018: '100,30', 2019: '102,32', 2020: 1}", ["2019"]),
        ],
    )
    def they_grow_no_more_than_the_objective(
        self, cibles: str, annees: list[str], atelier: Atelier
    ) -> None:
        trouves = [c for c in told(atelier, CIBLES + cibles) if c.code == "V-073"]
        assert [plain(c.message).split()[4] for c in trouves] == annees
        assert all(c.gravite is Gravite.ERREUR for c in trouves)

    @pytest.mark.parametrize(
        "objectif",
        [
            "null",
            '{id: T1, libelle: "Réduire", cibles: {2019: oui}}',
            '{id: T1, indicateur: TRA-2, cibles: {2019: "2 %"}}',  # a share, not a growth
            '{id: T1, indicateur: TRA-1, cibles: {2018: "2 %", 2019: null}}',
        ],
    )
    def but_only_where_the_objective_is_a_growth(self, objectif: str, atelier: Atelier) -> None:
        avant, _, apres = CONTRAT.partition("objectif_principal: {")
        autre = f"{avant}objectif_principal: {objectif}\n{apres.partition(chr(10))[2]}"
        cibles = CIBLES + "{2018: 1, 2019: 9 000 000, 2020: 1}"
        assert "V-073" not in {c.code for c in told(atelier, cibles, contrat=autre)}

    def and_where_the_base_is_the_target(self, atelier: Atelier) -> None:
        reste = TENDANCIEL + ", depenses_cibles: {2018: 1, 2019: 9 000 000}"
        assert "V-073" not in {c.code for c in told(atelier, reste)}

    def they_start_from_the_spending_of_reference_when_it_is_the_year_before(
        self, atelier: Atelier
    ) -> None:
        reste = CIBLES + "{2018: 1 020 001, 2019: 1, 2020: 1}, depense_de_reference: REF"
        avant = reste.replace("REF", "{annee: 2017, montant: 1 000 000}")
        (constat,) = (c for c in told(atelier, avant) if c.code == "V-073")
        assert "(1 020 001 €) dépasse celle de 2017" in plain(constat.message)
        plus_tot = reste.replace("REF", "{annee: 2016, montant: 1 000 000}")
        assert "V-073" not in {c.code for c in told(atelier, plus_tot)}


class DescribeDepensesMesurees:
    CONTRAT = CONTRAT.replace("NOM", "transports").replace(
        "RESTE", CIBLES + "{2018: 1 020 000, 2019: 1 040 000, 2020: 1 060 000}"
    )

    def it_is_one_spending_for_the_savings_and_for_the_objective(self, atelier: Atelier) -> None:
        # The zero that slipped would have paid 30 % of 938 000 euros.
        texte = ANNEE.format(
            annee=2019,
            mesure="{montant_n: 1 020 000, montant_n_1: 1 000 000}",
            economies="{depense_constatee: 102 000}",
        )
        (constat,) = (c for c in atelier.judge(self.CONTRAT, texte).constats if c.code == "V-071")
        assert constat.gravite is Gravite.ERREUR

    def and_the_spending_of_the_year_before_is_that_of_its_own_evaluation(
        self, atelier: Atelier
    ) -> None:
        avant = ANNEE.format(annee=2018, mesure="{valeur: 1 %}", economies="{depense_constatee: 9}")
        apres = ANNEE.format(
            annee=2019,
            mesure="{montant_n: 10, montant_n_1: 8}",
            economies="{depense_constatee: 10}",
        )
        affaire, passee = atelier.load(self.CONTRAT, avant)
        _, charge = atelier.load(self.CONTRAT, apres)
        assert list(check_spending_of_years(affaire, passee)) == []
        (constat,) = check_spending_of_years(affaire, charge)
        assert (constat.code, constat.gravite) == ("V-134", Gravite.AVERTISSEMENT)
        assert "(8 €) n’est pas celle de l’évaluation de 2018 (9 €)" in plain(constat.message)


class DescribeGlissement:
    """The digit of the issue: 1 786 274,61 € in place of 36 274,61 €."""

    @pytest.mark.parametrize("ancienne", ["20 164 983,48", "10 164 983,48"])
    def it_cannot_be_written_in_an_evaluation_any_more(self, ancienne: str, espace: Path) -> None:
        chemin = espace / "contracts_data/evaluations/990780017-2019.yaml"
        texte = chemin.read_text(encoding="utf-8")
        ligne = "      depense_constatee: 9 957 700\n"
        assert ligne in texte
        chemin.write_text(
            texte.replace(ligne, f"      depense_de_reference: {ancienne}\n{ligne}"),
            encoding="utf-8",
        )
        depot = Projet(espace).depot()
        fautes = [c for c in depot.constats if c.source.fichier.endswith("17-2019.yaml")]
        assert [c.code for c in fautes] == ["D-010"]
        assert "caqes migrer" in plain(fautes[0].remede)
        assert 2019 not in depot.affaires["990780017"].evaluations

    def it_is_signed_and_gives_the_amount_of_before(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires["990780017"]
        jugee = judge(affaire, affaire.evaluations[2019], projet.droit)
        assert jugee.resultat.par_volet["transports"].montant.valeur == Decimal("36274.61")
