"""The amounts of the sample evaluations against pencil arithmetic (`tests/cas`)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.noeud import Noeud, Operation, iter_noeuds, replay
from caqes_docs.law.jugement import judge, judge_refusals
from caqes_docs.law.resultats import MesureProposee, ResultatEvaluation
from tests.outils.partage import read_cases

CAS = Path(__file__).resolve().parents[3] / "cas" / "calculs_a_la_main.yaml"
CALCULS: list[dict[str, Any]] = read_cases(CAS)["calculs"]


def _name(calcul: dict[str, Any]) -> str:
    return f"{calcul['dossier']}-{calcul.get('annee', 'refus')}-{calcul['volet']}"


def _evaluated(projet: Projet, depot: Depot) -> list[ResultatEvaluation]:
    return [
        judge(affaire, charge, projet.droit).resultat
        for affaire in depot.affaires.values()
        for charge in affaire.evaluations.values()
    ]


class DescribeCalculsALaMain:
    @pytest.mark.parametrize("calcul", [c for c in CALCULS if c["volet"] != "refus"], ids=_name)
    def it_gives_the_same_cents(self, calcul: dict[str, Any], projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[calcul["dossier"]]
        resultat = judge(affaire, affaire.evaluations[calcul["annee"]], projet.droit).resultat
        total = calcul["volet"] == "total"
        noeud = resultat.total if total else resultat.par_volet[calcul["volet"]].montant
        assert noeud.valeur == Decimal(calcul["attendu"])


class DescribeSampleEvaluations:
    def it_replays_every_amount(self, projet: Projet, depot: Depot) -> None:
        for resultat in _evaluated(projet, depot):
            for noeud in (resultat.total, *(volet.montant for volet in resultat.volets)):
                assert replay(noeud) == noeud.valeur

    def it_adds_up_to_the_total(self, projet: Projet, depot: Depot) -> None:
        for resultat in _evaluated(projet, depot):
            montants = [volet.montant.valeur for volet in resultat.volets]
            if all(isinstance(montant, Decimal) for montant in montants):
                somme = sum(v.montant.nombre for v in resultat.volets)
                # Only the cap on all sanctions keeps a total from being their sum, and it is told.
                dit = any("plafond global" in mots for mots in resultat.avertissements)
                assert dit is (resultat.total.valeur != somme)

    def it_grounds_every_step_of_an_amount(self, projet: Projet, depot: Depot) -> None:
        for resultat in _evaluated(projet, depot):
            for noeud in iter_noeuds(resultat.total):
                assert noeud.fondement is not None or _is_input(noeud), noeud.libelle

    def it_never_passes_the_maximum(self, projet: Projet, depot: Depot) -> None:
        for resultat in _evaluated(projet, depot):
            for volet in resultat.volets:
                en_euros = volet.mesure in (MesureProposee.SANCTION, MesureProposee.INTERESSEMENT)
                if en_euros and volet.montant.is_known:
                    assert abs(volet.montant.nombre) <= volet.maximum.nombre

    def it_sanctions_nothing_in_a_suspended_year(self, projet: Projet, depot: Depot) -> None:
        for resultat in _evaluated(projet, depot):
            if resultat.annee == 2018:
                mesures = {volet.mesure for volet in resultat.volets}
                assert not mesures & {
                    MesureProposee.SANCTION,
                    MesureProposee.MSAP,
                    MesureProposee.REDUCTION,
                }

    def it_fixes_the_sanction_of_a_refusal(self, projet: Projet, depot: Depot) -> None:
        juges = judge_refusals(depot.affaires["990780157"], projet.droit)
        assert juges.constats == ()
        assert [resultat.montant.valeur for resultat in juges.resultats if resultat.montant] == [
            Decimal("78432.51")
        ]


def _is_input(noeud: Noeud) -> bool:
    """A datum of a file, which has a place instead of a ground; or the negation of one."""
    return noeud.operation in (Operation.ENTREE, Operation.NON)
