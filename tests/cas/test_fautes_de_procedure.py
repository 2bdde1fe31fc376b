"""Acts out of the two procedures: `fautes_de_procedure.yaml`, written from the decree."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.law.controles.procedure.contrat import check_proposals
from caqes_docs.law.jugement import judge_refusals
from tests.outils.affaires import Atelier
from tests.outils.partage import read_cases

CAS = read_cases(Path(__file__).parent / "fautes_de_procedure.yaml")
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Obligations tenues."}
  pertinence: {objectif_principal: {valeur: non}, modulation: 100 %, motif_modulation: "Rien."}
"""
CONTRAT = """
volets:
  pertinence:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: oui
    objectif_principal: {id: P1, libelle: "Objectif", cibles: {2019: "oui"}}
    sanction: {%s, bareme: {nom: saisie}}
    interessement: {prevu: non}
"""
SANCTIONS = {
    "decision": "type: montant, taux_maximum: 1 %",
    "msap": "type: mise_sous_accord_prealable, duree_maximale_mois: 6, actes: Scanner",
}


def _cases(*familles: str) -> list[Any]:
    return [
        pytest.param(famille, cas, id=f"{famille}-{cas['id']}")
        for famille in familles
        for cas in CAS[famille]["cas"]
    ]


def _changed(famille: str, cas: Any) -> str:
    """The regular procedure of a family, with what a case changes, as YAML."""
    donnees = copy.deepcopy(CAS[famille]["reguliere"])
    for chemin, valeur in cas["change"].items():
        *debut, fin = chemin.split(".")
        noeud = donnees
        for cle in debut:
            noeud = noeud[int(cle)] if isinstance(noeud, list) else noeud[cle]
        noeud[fin] = valeur
    return yaml.safe_dump(donnees, allow_unicode=True).replace("false", "non")


def _check(constats: Iterable[Constat], cas: Any) -> None:
    """The codes of the procedures, and those of a law that does not answer; all of one gravity."""
    trouves = [c for c in constats if c.code.startswith(("V-10", "V-11", "V-19", "V-251", "L-006"))]
    gravite = Gravite.AVERTISSEMENT if cas.get("avertit") else Gravite.ERREUR
    assert sorted(c.code for c in trouves) == cas["attendu"]
    assert {c.gravite for c in trouves} <= {gravite}


class DescribeFautes:
    """What is found, and nothing else."""

    @pytest.mark.parametrize(("famille", "cas"), _cases("refus"))
    def it_is_found_before_a_refusal(self, famille: str, cas: Any, atelier: Atelier) -> None:
        affaire, _ = atelier.load(_changed(famille, cas), EVALUATION)
        constats = check_proposals(affaire, atelier.droit)
        refus = judge_refusals(affaire, atelier.droit).constats
        _check({*constats, *refus}, cas)

    @pytest.mark.parametrize(("famille", "cas"), _cases("decision", "msap"))
    def it_is_found_before_a_decision(self, famille: str, cas: Any, atelier: Atelier) -> None:
        texte = EVALUATION + _changed(famille, cas)
        jugee = atelier.judge(CONTRAT % SANCTIONS[famille], texte)
        _check(jugee.constats, cas)
