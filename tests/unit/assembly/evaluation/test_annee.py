"""Tests of `assembly.evaluation.annee`: what surrounds an evaluated year."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.evaluation.annee import (
    follow_ups,
    group_deliveries,
    resolve_deliveries,
    year_changes,
    year_meetings,
)
from caqes_docs.assembly.evaluation.decomptes import outcome
from caqes_docs.assembly.evaluation.evaluee import judge_year, resolve_evaluation
from caqes_docs.data.depot import Depot

CHU = "990780017"


class DescribeResolveDeliveries:
    """`resolve_deliveries`."""

    @pytest.mark.parametrize(
        ("libelle", "etat"),
        [
            ("Transports : données de l’année 2019", "reçue"),
            ("Transports : données M9 de l’année 2019", "non reçue"),
            ("Transports : profil MCO de l’année 2019", "attendue après l’arrêté des données"),
            ("Bon usage des médicaments : rapport d’autoévaluation de l’établissement", "reçue"),
        ],
    )
    def it_tells_what_came(self, projet: Projet, depot: Depot, libelle: str, etat: str) -> None:
        affaire = depot.affaires[CHU]
        lignes = resolve_deliveries(affaire, affaire.evaluations[2019], projet.droit)
        etats = {ligne.libelle.replace("\u00a0", " "): ligne.etat for ligne in lignes}
        assert etats[libelle] == etat

    @pytest.mark.parametrize(
        ("recue_le", "etat"),
        [(dt.date(2020, 3, 31), "reçue"), (dt.date(2020, 4, 1), "reçue en retard")],
    )
    def it_counts_the_last_day_of_the_month(
        self, projet: Projet, depot: Depot, recue_le: dt.date, etat: str
    ) -> None:
        assert self._transports(projet, depot, recue_le) == etat

    def it_does_not_invent_a_day(self, projet: Projet, depot: Depot) -> None:
        assert self._transports(projet, depot, None) == "reçue, date non renseignée"

    def it_agrees_in_number_with_what_did_not_come(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[CHU]
        lignes = resolve_deliveries(affaire, affaire.evaluations[2019], projet.droit)
        manquantes = [x for x in lignes if x.etat == "non reçue"]
        seule, plusieurs = group_deliveries(manquantes[:1]), group_deliveries(manquantes[:2])
        assert (seule[0].annonce, plusieurs[0].annonce) == (
            "Livraison non reçue",
            "Livraisons non reçues",
        )

    @staticmethod
    def _transports(projet: Projet, depot: Depot, recue_le: dt.date | None) -> str:
        affaire = depot.affaires[CHU]
        charge = affaire.evaluations[2019]
        donnees = charge.valeur.donnees
        assert donnees is not None
        livraisons = tuple(
            livraison.model_copy(update={"recue_le": recue_le}) for livraison in donnees.livraisons
        )
        donnees = donnees.model_copy(update={"livraisons": livraisons})
        autre = replace(charge, valeur=charge.valeur.model_copy(update={"donnees": donnees}))
        lignes = resolve_deliveries(affaire, autre, projet.droit)
        return next(x.etat for x in lignes if x.attendue == "mars 2020")


class DescribeYear:
    """Meetings, changes and perspectives."""

    def it_keeps_the_meetings_of_the_year(self, depot: Depot) -> None:
        objets = [r.nature for r in year_meetings(depot.affaires[CHU], 2018)]
        assert objets == ["réunion d’information", "point d’étape"]

    def it_keeps_the_changes_of_the_year(self, depot: Depot) -> None:
        affaire = depot.affaires[CHU]
        assert [len(year_changes(affaire, an)) for an in (2018, 2019)] == [0, 1]

    def it_follows_the_perspectives_of_the_year_before(self, depot: Depot) -> None:
        affaire = depot.affaires[CHU]
        suites = follow_ups(affaire, affaire.evaluations[2019])
        assert [s.suite for s in suites] == ["Fait en juin 2019.", None]
        assert follow_ups(affaire, affaire.evaluations[2018]) == ()


class DescribeEvaluation:
    """What the evaluation keeps beside its results."""

    def it_keeps_what_the_establishment_declared(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[CHU]
        evaluee = judge_year(affaire, affaire.evaluations[2019], projet.droit)
        resolue = resolve_evaluation(evaluee, projet.droit)
        ligne = next(x for x in resolue.indicateurs if x.code == "NAT-10-2-2")
        assert (ligne.declaree, ligne.observe.replace("\u00a0", " ")) == ("24 %", "25,37 %")

    def and_the_prescriptions_outside_the_referentiels(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[CHU]
        resolue = resolve_evaluation(
            judge_year(affaire, affaire.evaluations[2019], projet.droit), projet.droit
        )
        assert [p.service for p in resolue.hors_referentiels] == [
            "Oncologie médicale",
            "Chirurgie orthopédique",
        ]
        assert resolue.grille_lecture is not None


class DescribeReasons:
    """What is not judged says why, and what opens nothing says it too."""

    @pytest.mark.parametrize(
        ("dossier", "code", "motif"),
        [
            ("990780025", "REG-12", "indicateur de suivi, sans sens d’évolution fixé"),
            ("990780124", "NAT-10-1-8", "coefficient de 0 % : suivi sans effet"),
            ("990780124", "NAT-10-1-7", "aucune cible n’est fixée pour 2019 ; son poids se rép"),
        ],
    )
    def it_says_why_a_result_is_not_judged(
        self, projet: Projet, depot: Depot, dossier: str, code: str, motif: str
    ) -> None:
        affaire = depot.affaires[dossier]
        evaluation = resolve_evaluation(
            judge_year(affaire, affaire.evaluations[2019], projet.droit), projet.droit
        )
        dits = {ligne.code: ligne.motif for ligne in evaluation.indicateurs}
        dit = dits[code].replace("\u00a0", " ").replace("\u202f", " ")
        assert dit.startswith(motif)

    def it_counts_the_supplementary_objective(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires["990780025"]
        jugee = judge_year(affaire, affaire.evaluations[2019], projet.droit)
        volet = next(v for v in jugee.resultat.volets if v.volet == "transports")
        assert outcome(volet, jugee.resultat) == (
            "objectif principal non atteint ; objectif supplémentaire atteint ; "
            "objectifs complémentaires : 1 sur 2"
        )
