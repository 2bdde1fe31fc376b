"""The grounds that the law writes beside its steps: every text that they cite is in the library."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import caqes_docs.law
from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.noeud import Fondement, Noeud, iter_noeuds
from caqes_docs.law.caqes_1.mesures import ground
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import ResultatEvaluation

JOUR = dt.date(2018, 1, 1)


def iter_grounds() -> Iterator[tuple[str, Fondement]]:
    """The grounds that the modules of the law hold, by name."""
    for module in pkgutil.walk_packages(caqes_docs.law.__path__, "caqes_docs.law."):
        for nom, valeur in vars(importlib.import_module(module.name)).items():
            if isinstance(valeur, Fondement):
                yield f"{module.name}.{nom}", valeur


def iter_roots(resultat: ResultatEvaluation) -> Iterator[Noeud]:
    """The trees of a result."""
    yield resultat.total
    for volet in resultat.volets:
        yield from (volet.niveau, volet.maximum, volet.modulation, volet.montant)


class DescribeFondements:
    @pytest.mark.parametrize(("nom", "fondement"), list(iter_grounds()))
    def it_cites_texts_of_the_library(self, nom: str, fondement: Fondement, projet: Projet) -> None:
        assert fondement.references, nom
        for reference in fondement.references:
            assert projet.droit.text(reference, JOUR).id == reference
        assert fondement.regle.startswith("R-")

    def it_cites_them_at_every_step_of_an_evaluation(self, projet: Projet, depot: Depot) -> None:
        cites: set[str] = set()
        for affaire in depot.affaires.values():
            for charge in affaire.evaluations.values():
                for racine in iter_roots(judge(affaire, charge, projet.droit).resultat):
                    for noeud in iter_noeuds(racine):
                        cites.update(noeud.fondement.references if noeud.fondement else ())
        assert cites <= set(projet.droit.textes)
        assert "instruction/2017-234" in cites

    def it_gives_measures_the_ground_of_the_instruction(self) -> None:
        assert ground("R-RATE-1", "annexe 3 a") == Fondement(
            "R-RATE-1", "annexe 3 a", Certitude.INSTRUCTION, ("instruction/2017-234",)
        )
