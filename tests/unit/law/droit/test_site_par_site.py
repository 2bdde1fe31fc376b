"""One indicator, several sites, each with its own target (contrat type, art. 5; X14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat
from caqes_docs.data.depot import Affaire, load_depot
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import Atteinte
from tests.mauvais.cas import BASE, Bloc, Cas

SITES = """\
    - finess: "990001018"
      nom: "Site du Modèle"
      activites: [MCO]
"""
DEUX = (
    SITES
    + """\
    - finess: "990001026"
      nom: "Site du Double"
      activites: [MCO]
"""
)
POSE = """\
    NAT-1:
      reference: {annee: 2016, valeur: "5 %"}
      cibles: {2018: "4 %"}
      coefficient: 100 %
"""
PAR_SITE = """\
    NAT-1@modele: {site: "Site du Modèle", cibles: {2018: "4 %"}, coefficient: 60 %}
    NAT-1@double: {site: "Site du Double", cibles: {2018: "2 %"}, coefficient: 40 %}
"""
EVALUATION = """\
dossier: "990000010"
annee: 2018
date: 2019-05-02
exercice_clos: 2017
indicateurs:
  NAT-1@modele: {valeur: "3 %"}
  NAT-1@double: {valeur: "3 %"}
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu.", modulation: 0 %, motif_modulation: "M."}
"""


@pytest.fixture
def projet(tmp_path: Path) -> Projet:
    """A contract that sets one indicator for two sites, and its evaluation."""
    dossier = "contracts_data/dossiers/990000010.yaml"
    blocs = (
        Bloc("remplacer", dossier, f"{SITES}↦\n{DEUX}"),
        Bloc("remplacer", dossier, f"{POSE}↦\n{PAR_SITE}"),
        Bloc("ecrire", "contracts_data/evaluations/990000010-2018.yaml", EVALUATION),
    )
    Cas(BASE, blocs).build(tmp_path / "p")
    return Projet(tmp_path / "p")


def _read(projet: Projet) -> Affaire:
    depot = load_depot(projet.racine / "contracts_data", "contracts_data")
    assert depot.constats == ()
    return depot.affaires["990000010"]


def _check(projet: Projet) -> list[Constat]:
    return check_affaire(_read(projet), projet.droit)


class DescribeSiteParSite:
    """`NAT-1@modele` and `NAT-1@double`."""

    def it_is_lawful(self, projet: Projet) -> None:
        assert _check(projet) == []
        assert run(["verifier", "--projet", str(projet.racine)]) == 0

    def it_judges_each_site_on_its_own_target(self, projet: Projet) -> None:
        affaire = _read(projet)
        resultat = judge(affaire, affaire.evaluations[2018], projet.droit).resultat
        assert [(i.code, i.site, i.statut) for i in resultat.indicateurs] == [
            ("NAT-1@modele", "Site du Modèle", Atteinte.ATTEINT),
            ("NAT-1@double", "Site du Double", Atteinte.NON_ATTEINT),
        ]

    def it_tells_two_entries_of_one_site(self, projet: Projet) -> None:
        chemin = projet.racine / "contracts_data/dossiers/990000010.yaml"
        texte = chemin.read_text(encoding="utf-8")
        chemin.write_text(
            texte.replace('site: "Site du Double"', 'site: "Site du Modèle"'), encoding="utf-8"
        )
        assert [constat.code for constat in _check(projet)] == ["D-122"]
