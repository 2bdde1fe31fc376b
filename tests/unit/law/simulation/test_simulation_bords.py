"""Tests of `law.simulation` at its edges: what is said of what is not known, the day supposed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.law.simulation.grandeurs import Grandeur, iter_grandeurs
from caqes_docs.law.simulation.simulation import (
    Scenario,
    Simulation,
    ValeurSimulee,
    simulate,
    suppose_signed,
)
from tests.outils.affaires import Atelier

CONTRAT = """
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {id: TP, libelle: "Évolution", indicateur: TRA-1, cibles: {2019: "2 %"}}
    sanction: {type: montant, taux_maximum: "0,5 %", bareme: {nom: saisie}}
    interessement: {prevu: non}
  pertinence:
    signature: {lieu: "Autreville"}
    duree: 3
    donne_lieu_a_sanction: non
    objectif_principal: {id: PP, libelle: "Pertinence", cibles: {2019: "oui"}}
    interessement: {prevu: non}
"""
NON_SIGNE = CONTRAT.replace(", date: 2017-12-20}", "}")
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: {exercice}
volets:
  socle: {{sanction_proposee: non, appreciation: "Obligations tenues."}}
  transports: {{objectif_principal: {{valeur: "3 %"}}{modulation}}}
"""
MODULATION = ', modulation: 50 %, motif_modulation: "À demi."'
TAUX = tuple(Decimal(rang) / 100 for rang in range(3, 8))


def load(
    atelier: Atelier, contrat: str = CONTRAT, exercice: str = "2019", modulation: str = MODULATION
) -> Affaire:
    """The made-up affaire, with its evaluation of 2019."""
    return atelier.load(contrat, EVALUATION.format(exercice=exercice, modulation=modulation))[0]


def find(affaire: Affaire, projet: Projet, nom: str, volet: str = "transports") -> Grandeur:
    return next(g for g in iter_grandeurs(affaire, projet.droit, volet, 2019) if nom in g.noms)


def run(
    affaire: Affaire, projet: Projet, valeurs: tuple[Decimal | str, ...], nom: str = "principal"
) -> Simulation:
    """`nom` at each of the values, in 2019."""
    return simulate(Scenario(affaire, 2019, find(affaire, projet, nom), valeurs), projet.droit)


def findings(simulation: Simulation) -> list[tuple[str, Gravite, str]]:
    """Code, gravity and message, with plain spaces."""
    espaces = str.maketrans("\u00a0\u202f", "  ")
    return [(c.code, c.gravite, c.message.translate(espaces)) for c in simulation.constats]


def first(simulation: Simulation, code: str) -> Constat:
    return next(constat for constat in simulation.constats if constat.code == code)


class DescribeConstats:
    @pytest.mark.parametrize(
        ("combien", "citees"),
        [(1, "3 %"), (2, "3 %, 4 %"), (3, "3 %, 4 %, 5 %"), (4, "3 %, 4 %, 5 %…")],
    )
    def it_names_three_values_without_amount_and_counts_them(
        self, combien: int, citees: str, atelier: Atelier, projet: Projet
    ) -> None:
        affaire = load(atelier, modulation="")
        simulation = run(affaire, projet, (Decimal("0.01"), *TAUX[:combien]))
        assert (
            "V-080",
            Gravite.ERREUR,
            f"Le montant du volet transports n’est pas évaluable pour {combien} des "
            f"{combien + 1} valeurs simulées ({citees}) : la modulation n’est pas donnée.",
        ) in findings(simulation)

    def it_places_them_in_the_evaluation_when_there_is_one(
        self, atelier: Atelier, projet: Projet
    ) -> None:
        affaire = load(atelier, modulation="")
        assert first(run(affaire, projet, TAUX[:1]), "V-080").source.fichier == "evaluation.yaml"

    def but_in_the_hypotheses_when_there_is_none(self, atelier: Atelier, projet: Projet) -> None:
        signee = load(atelier)
        affaire = Affaire(signee.dossier, signee.ars, signee.organisme, {})
        simulation = run(affaire, projet, TAUX[:1])
        assert first(simulation, "V-080").source.fichier == "hypothèses de la simulation"
        assert (
            "V-024",
            Gravite.MANQUE,
            "La modulation du volet transports doit être donnée et motivée.",
        ) in findings(simulation)

    def it_keeps_the_gravity_of_what_an_evaluation_lacks(
        self, atelier: Atelier, projet: Projet
    ) -> None:
        affaire = load(atelier, modulation="")
        assert first(run(affaire, projet, TAUX[:1]), "V-024").gravite is Gravite.ERREUR

    def it_says_that_the_total_is_not_known_though_the_volet_is(
        self, atelier: Atelier, projet: Projet
    ) -> None:
        affaire = load(atelier)
        deux = affaire.dossier.valeur.contrat.volets["pertinence"].model_copy(
            update={"signature": affaire.dossier.valeur.contrat.volets["transports"].signature}
        )
        volets = affaire.dossier.valeur.contrat.volets | {"pertinence": deux}
        contrat = affaire.dossier.valeur.contrat.model_copy(update={"volets": volets})
        dossier = affaire.dossier.valeur.model_copy(update={"contrat": contrat})
        charge = type(affaire.dossier)(dossier, affaire.dossier.fichier)
        affaire = Affaire(charge, affaire.ars, affaire.organisme, affaire.evaluations)
        simulation = run(affaire, projet, (Decimal("0.02"), Decimal("0.03")))
        assert [p.volet.montant.valeur for p in simulation.points] == [
            Decimal(0),
            Decimal("-100000.00"),
        ]
        assert (
            "V-081",
            Gravite.MANQUE,
            "Le total de 2019 n’est pas évaluable : il manque des données sur d’autres volets "
            "(volet relatif à la pertinence des soins).",
        ) in findings(simulation)

    def it_tells_a_forgotten_result_of_an_evaluation_only(
        self, atelier: Atelier, projet: Projet
    ) -> None:
        poids = CONTRAT.replace(
            "    interessement: {prevu: non}\n  pertinence",
            '    objectifs_complementaires: [{id: TC, libelle: "Charte", cibles: {2019: oui}, '
            "poids: 100 %}]\n    interessement: {prevu: non}\n  pertinence",
        )
        evaluee = load(atelier, poids)
        nue = Affaire(evaluee.dossier, evaluee.ars, evaluee.organisme, {})
        for affaire, attendu in ((evaluee, True), (nue, False)):
            codes = {code for code, _, _ in findings(run(affaire, projet, TAUX[:1]))}
            assert ("V-005" in codes) is attendu

    def it_supposes_a_modulation_with_its_motive(self, atelier: Atelier, projet: Projet) -> None:
        affaire = load(atelier, modulation="")
        simulation = run(affaire, projet, (Decimal("0.25"), Decimal(1)), "modulation")
        # 0.5 % of 40 000 000, a quarter then the whole.
        assert [p.volet.montant.valeur for p in simulation.points] == [
            Decimal("-50000.00"),
            Decimal("-200000.00"),
        ]
        assert findings(simulation) == []


class DescribeRefus:
    def it_refuses_a_value_that_makes_no_evaluation(self, atelier: Atelier, projet: Projet) -> None:
        affaire = load(atelier)
        proposee = find(affaire, projet, "sanction_proposee", "socle")
        scenario = Scenario(affaire, 2019, proposee, ("peut-être",))
        with pytest.raises(DonneesError) as faute:
            simulate(scenario, projet.droit)
        assert (faute.value.code, faute.value.message) == (
            "D-000",
            "Ces hypothèses ne font pas une évaluation.",
        )
        assert faute.value.constats

    def it_refuses_a_target_that_makes_no_contract(self, atelier: Atelier, projet: Projet) -> None:
        affaire = load(atelier)
        scenario = Scenario(affaire, 2019, find(affaire, projet, "cible"), ("\x07",))
        with pytest.raises(DonneesError) as faute:
            simulate(scenario, projet.droit)
        assert (faute.value.code, faute.value.message) == (
            "D-000",
            "Ces hypothèses ne font pas un contrat.",
        )


class DescribeSignature:
    def it_supposes_the_eve_of_the_effect_and_keeps_what_is_signed(self, atelier: Atelier) -> None:
        affaire = load(atelier)
        contrat = suppose_signed(affaire, dt.date(2018, 1, 1)).dossier.valeur.contrat
        assert contrat.signature.date_retenue == dt.date(2017, 12, 31)
        assert contrat.signature.lieu == "Exempleville"
        transports, pertinence = (contrat.volets[nom] for nom in ("transports", "pertinence"))
        assert transports.signature is not None
        assert transports.signature.date_retenue == dt.date(2017, 12, 20)
        assert pertinence.signature is not None
        assert pertinence.signature.date_retenue == dt.date(2017, 12, 31)
        assert pertinence.signature.lieu == "Autreville"

    def it_signs_a_volet_that_says_nothing_of_its_signature(self, atelier: Atelier) -> None:
        sans = CONTRAT.replace('    signature: {lieu: "Autreville"}\n', "")
        contrat = suppose_signed(load(atelier, sans), dt.date(2019, 1, 1)).dossier.valeur.contrat
        signature = contrat.volets["pertinence"].signature
        assert signature is not None
        assert (signature.lieu, signature.date_retenue) == (None, dt.date(2018, 12, 31))

    def it_supposes_a_target_of_a_contract_that_is_not_signed(
        self, atelier: Atelier, projet: Projet
    ) -> None:
        affaire = suppose_signed(load(atelier, NON_SIGNE), dt.date(2018, 1, 1))
        cible = ValeurSimulee(find(affaire, projet, "cible"), Decimal("0.04"))
        scenario = Scenario(
            affaire,
            2019,
            find(affaire, projet, "principal"),
            (Decimal("0.04"), Decimal("0.05")),
            (cible,),
            dt.date(2018, 1, 1),
        )
        montants = [p.volet.montant.valeur for p in simulate(scenario, projet.droit).points]
        assert montants == [Decimal(0), Decimal("-100000.00")]
