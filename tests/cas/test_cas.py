"""Legal cases: what a contract and a year give, written by hand with the rule that they try."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import Any

import pytest

from caqes_docs.core.constats import Constat
from caqes_docs.law.calcul.noeud import Noeud, replay
from caqes_docs.law.controles.stipulations.volets import check_volets
from caqes_docs.law.jugement import AnneeJugee
from tests.outils.affaires import Atelier
from tests.outils.partage import read_cases

ICI = Path(__file__).parent
FICHIERS = ("socle", "niveau", "transports", "pertinence", "qualite")
CAS = [
    pytest.param(famille, cas, id=f"{nom}-{cas['id']}")
    for nom in FICHIERS
    for famille in [read_cases(ICI / f"{nom}.yaml")]
    for cas in famille["cas"]
]
_CODES = frozenset({"constats", "dossier"})
_A_PART = frozenset({"total", "hors_total", "statuts", "ordre", *_CODES})


class DescribeCas:
    """`tests/cas/*.yaml`."""

    @pytest.mark.parametrize(("famille", "cas"), CAS)
    def it_holds(self, famille: Any, cas: Any, atelier: Atelier) -> None:
        valeurs = famille["defauts"] | cas.get("avec", {})
        contrat, evaluation = (
            Template(famille[cle]).substitute(valeurs) for cle in ("contrat", "evaluation")
        )
        affaire, charge = atelier.load(contrat, evaluation, **cas.get("etablissement", {}))
        attendu = cas["attendu"]
        if "dossier" in attendu:
            effet = affaire.dossier.valeur.contrat.signature.date_retenue
            assert effet is not None
            constats = check_volets(affaire, atelier.droit, effet.replace(year=2018))
            assert [c for c in codes(constats) if c not in _ABREGES] == attendu["dossier"]
            return
        _check(atelier.judge(contrat, evaluation, **cas.get("etablissement", {})), attendu)
        assert charge.valeur.annee in affaire.evaluations

    def it_names_each_case_once(self) -> None:
        noms = [str(param.id) for param in CAS]
        assert len(noms) == len(set(noms))


def _check(jugee: AnneeJugee, attendu: Mapping[str, Any]) -> None:
    resultat = jugee.resultat
    for nom in attendu.keys() - _A_PART:
        mesure, montant = attendu[nom]
        volet = resultat.par_volet[nom]
        assert (volet.mesure.value, amount(volet.montant)) == (mesure, _decimal(montant)), nom
        assert replay(volet.montant) == volet.montant.valeur
    if "ordre" in attendu:
        assert [volet.volet for volet in resultat.volets] == attendu["ordre"]
    if "total" in attendu:
        assert amount(resultat.total) == _decimal(attendu["total"])
    if "hors_total" in attendu:
        (autre,) = resultat.non_monetaires
        noeud = autre.taux or autre.duree_mois
        assert noeud is not None
        assert noeud.valeur == _decimal(attendu["hors_total"])
    statuts = {r.code: r.statut.value for r in resultat.indicateurs}
    for code, statut in attendu.get("statuts", {}).items():
        assert statuts[code] == statut
    assert codes(jugee.constats) == attendu.get("constats", [])


_ABREGES = ("V-161", "V-164")
"""The cases are short: no volet obligatoire, a principal objective by yes or no."""


def codes(constats: Any) -> list[str]:
    """The codes of findings, each once."""
    trouves: list[Constat] = list(constats)
    return sorted({constat.code for constat in trouves})


def amount(noeud: Noeud) -> Decimal | None:
    """The value of an amount, or None when it is not known."""
    return noeud.nombre if noeud.is_known else None


def _decimal(texte: str | None) -> Decimal | None:
    return None if texte is None else Decimal(texte)
