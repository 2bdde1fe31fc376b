"""Tests of `data.avenant.ecarts`: what two states have different, by its smallest keys."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.data.avenant.application import apply_avenant
from caqes_docs.data.avenant.ecarts import derive, same
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Donnee, parse_yaml
from tests.architecture.depot import RACINE
from tests.outils.partage import examples

DOSSIERS = sorted((RACINE / "contracts_data" / "dossiers").glob("*.yaml"))
HORS = {"reference", "regime", "signature", "procedure", "refus", "rencontres", "changements"}
HORS |= {"informations", "demande_instance", "produits_assurance_maladie", "statut"}


def _load(chemin: Path) -> Charge[Dossier]:
    fichier, _ = parse_yaml(chemin.read_bytes(), f"contracts_data/dossiers/{chemin.name}")
    assert fichier is not None
    return Charge(Dossier.model_validate(fichier.donnees), fichier)


CHARGES = {chemin.stem: _load(chemin) for chemin in DOSSIERS}


def _shake(donnees: Donnee, hasard: random.Random, nom: str = "") -> Donnee:
    """The same data, a few texts, items and keys changed, added, moved or withdrawn."""
    if nom in HORS:
        return copy.deepcopy(donnees)
    if isinstance(donnees, dict):
        garde = {c: _shake(v, hasard, c) for c, v in donnees.items()}
        if nom in {"cibles", "indicateurs", "adapter"}:
            garde = {c: v for c, v in garde.items() if hasard.random() > 0.1}
        if nom == "cibles":
            garde[str(hasard.randint(2019, 2022))] = f"{hasard.randint(1, 99)} %"
        return garde
    if isinstance(donnees, list):
        liste = [_shake(v, hasard, nom) for v in donnees if hasard.random() > 0.1]
        if hasard.random() < 0.2:
            hasard.shuffle(liste)
        return liste
    if (
        nom in {"libelle", "nom", "qualite", "commune", "pilote"}
        and " " in str(donnees)
        and hasard.random() < 0.3
    ):
        return f"{donnees} {hasard.randint(1, 9)}"
    return donnees


def _avenant(modifications: list[dict[str, Donnee]]) -> Charge[Avenant]:
    brut = {"dossier": "d", "numero": "1", "cas": "objectifs", "modifications": modifications}
    fichier, constats = parse_yaml(json.dumps(brut).encode(), "contracts_data/avenants/d-1.yaml")
    assert fichier is not None, constats
    return Charge(Avenant.model_validate(fichier.donnees), fichier)


class DescribeDerive:
    """`derive`."""

    @pytest.mark.parametrize("nom", CHARGES)
    def it_finds_nothing_between_a_dossier_and_itself(self, nom: str) -> None:
        donnees = CHARGES[nom].fichier.donnees
        assert derive(donnees, copy.deepcopy(donnees)) == []

    @settings(max_examples=examples(200), deadline=None)
    @given(st.sampled_from(sorted(CHARGES)), st.integers(0, 10**9))
    def it_leads_from_the_one_to_the_other(self, nom: str, graine: int) -> None:
        charge = CHARGES[nom]
        voulu = _shake(charge.fichier.donnees, random.Random(graine))
        ecarts = derive(charge.fichier.donnees, voulu)
        modifications: list[dict[str, Donnee]] = [
            {c: v for c, v in (("cle", e.cle), ("avant", e.avant), ("apres", e.apres)) if v}
            for e in ecarts
        ]
        apres, constats = apply_avenant(charge, _avenant(modifications))
        assert constats == []
        assert apres is not None
        assert same(apres.fichier.donnees, voulu)

    def it_says_the_smallest_key(self) -> None:
        avant: Donnee = {"contrat": {"indicateurs": {"X": {"cibles": {"2019": "80 %"}}}}}
        apres: Donnee = {
            "contrat": {"indicateurs": {"X": {"cibles": {"2019": "80\u00a0%", "2020": "82 %"}}}}
        }
        assert [(e.cle, e.avant, e.apres) for e in derive(avant, apres)] == [
            ("contrat.indicateurs.X.cibles.2020", None, "82 %")
        ]

    def it_knows_the_items_of_a_list_by_their_identity(self) -> None:
        def sites(*noms: str) -> Donnee:
            return {"etablissement": {"sites": [{"finess": n[0], "nom": n} for n in noms]}}

        ecarts = derive(sites("1 a", "2 b"), sites("1 a", "2 c", "3 d"))
        assert [(e.cle, e.avant, e.apres) for e in ecarts] == [
            ("etablissement.sites.2.nom", "2 b", "2 c"),
            ("etablissement.sites.3", None, {"finess": "3", "nom": "3 d"}),
        ]

    def but_a_list_whose_order_changes_is_changed_whole(self) -> None:
        avant: Donnee = {"etablissement": {"sites": [{"finess": "1"}, {"finess": "2"}]}}
        apres: Donnee = {"etablissement": {"sites": [{"finess": "2"}, {"finess": "1"}]}}
        assert [e.cle for e in derive(avant, apres)] == ["etablissement.sites"]
