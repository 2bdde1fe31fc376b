"""Tests of `law.controles.identite`; the messages are in `tests/mauvais/`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Contrat, Dossier
from caqes_docs.data.dossier.suivi import ContratRemplace
from caqes_docs.law.controles.identite import check_identity, postal_departments

CHU = "990780017"


def _codes(affaire: Affaire, projet: Projet) -> list[str]:
    return [constat.code for constat in check_identity(affaire, projet.droit)]


def _changed(affaire: Affaire, change: Callable[[Dossier], Dossier]) -> Affaire:
    dossier = affaire.dossier
    return replace(affaire, dossier=replace(dossier, valeur=change(dossier.valeur)))


def _with(affaire: Affaire, **contrat: object) -> Affaire:
    def change(dossier: Dossier) -> Dossier:
        neuf: Contrat = dossier.contrat.model_copy(update=contrat)
        return dossier.model_copy(update={"contrat": neuf})

    return _changed(affaire, change)


class DescribeCheckIdentity:
    """`check_identity`."""

    def it_has_nothing_to_say_of_the_sample(self, projet: Projet, depot: Depot) -> None:
        assert [_codes(affaire, projet) for affaire in depot.affaires.values()] == [
            [] for _ in depot.affaires
        ]

    @pytest.mark.parametrize(
        ("jusqu_au", "codes"),
        [
            (dt.date(2017, 12, 31), []),
            (dt.date(2018, 1, 1), ["D-127"]),
            (None, ["D-127"]),
        ],
    )
    def it_ends_the_reductions_of_former_contracts(
        self, projet: Projet, depot: Depot, jusqu_au: dt.date | None, codes: list[str]
    ) -> None:
        ancien = ContratRemplace.model_validate({"sorte": "cbu", "reduction": {"taux": "2 %"}})
        assert ancien.reduction is not None
        reduction = ancien.reduction.model_copy(update={"jusqu_au": jusqu_au})
        ancien = ancien.model_copy(update={"reduction": reduction})
        affaire = _with(depot.affaires[CHU], contrats_remplaces=(ancien,))
        assert _codes(affaire, projet) == codes

    def it_wants_somebody_for_each_volet(self, projet: Projet, depot: Depot) -> None:
        def keep_one(dossier: Dossier) -> Dossier:
            reste = dossier.etablissement.interlocuteurs[:1]
            etablissement = dossier.etablissement.model_copy(update={"interlocuteurs": reste})
            return dossier.model_copy(update={"etablissement": etablissement})

        assert _codes(_changed(depot.affaires[CHU], keep_one), projet) == ["D-125"] * 3


class DescribePostalDepartments:
    """`postal_departments`."""

    @pytest.mark.parametrize(
        ("code", "departements"),
        [("20167", ("2A", "2B")), ("97110", ("971",)), ("98800", ("988",)), ("06000", ("06",))],
    )
    def it_tells_what_a_code_serves(self, code: str, departements: tuple[str, ...]) -> None:
        assert postal_departments(code) == departements
