"""The grounds of the computations: named by the law, written by jurists in the library."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.bibliotheque import check_library
from caqes_docs.core.errors import DroitError
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.fondements import MATRICE, TOTAL, ground_all, keys_used
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, constante, iter_noeuds
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import ResultatEvaluation
from tests.architecture.depot import RACINE

JOUR = dt.date(2018, 1, 1)
FICHIER = "droit/fondements.yaml"


def iter_roots(resultat: ResultatEvaluation) -> Iterator[Noeud]:
    """The trees of a result."""
    yield resultat.total
    for volet in resultat.volets:
        yield from (volet.niveau, volet.maximum, volet.modulation, volet.montant)


class DescribeFondements:
    """`clauses/droit/fondements.yaml` and the names of `law.calcul.fondements`."""

    def it_writes_the_grounds_that_are_named_and_no_other(self, projet: Projet) -> None:
        assert set(projet.droit.fondements) == keys_used()

    def it_names_none_that_no_step_rests_on(self) -> None:
        noms = {
            cible.id
            for noeud in ast.parse(
                (RACINE / "caqes_docs/law/calcul/fondements.py").read_text(encoding="utf-8")
            ).body
            if isinstance(noeud, ast.Assign)
            for cible in noeud.targets
            if isinstance(cible, ast.Name) and cible.id.isupper()
        }
        textes = [
            chemin.read_text(encoding="utf-8")
            for chemin in (RACINE / "caqes_docs/law").rglob("*.py")
            if chemin.name != "fondements.py"
        ]
        orphelins = {
            nom for nom in noms if sum(len(re.findall(rf"\b{nom}\b", t)) for t in textes) < 2
        }
        assert orphelins == set()

    def it_cites_texts_of_the_library(self, projet: Projet) -> None:
        for cle, fondement in projet.droit.fondements.items():
            assert re.fullmatch(r"R-[A-Z]+-\d+/[a-z_]+", cle)
            assert fondement.references, cle
            for reference in fondement.references:
                assert projet.droit.text(reference, JOUR).id == reference

    def it_is_read_at_every_step_of_an_evaluation(self, projet: Projet, depot: Depot) -> None:
        cites: set[str] = set()
        for affaire in depot.affaires.values():
            for charge in affaire.evaluations.values():
                for racine in iter_roots(judge(affaire, charge, projet.droit).resultat):
                    for noeud in iter_noeuds(racine):
                        if noeud.fondement is not None:
                            assert noeud.fondement.source, noeud.libelle
                            cites.update(noeud.fondement.references)
        assert cites <= set(projet.droit.textes)
        assert "instruction/2017-234" in cites

    @pytest.mark.parametrize(
        ("cle", "source", "certitude"),
        [
            ("R-TRA-1/matrice", "instruction, annexe 4, § 3", Certitude.INSTRUCTION),
            ("R-TRA-1/economies", "instruction, annexe 4, § 3", Certitude.INSTRUCTION),
            ("R-PER-1/objectif", "instruction, annexe 5, § 3, et IV.a", Certitude.INSTRUCTION),
            ("R-TRA-4/cible", "instruction, annexe 4, § 2 et 3", Certitude.DEDUCTION),
        ],
    )
    def it_cites_the_paragraph_that_says_it(
        self, cle: str, source: str, certitude: Certitude, projet: Projet
    ) -> None:
        fondement = projet.droit.ground(cle)
        assert (fondement.source, fondement.certitude) == (source, certitude)

    def it_cites_annexe_3_for_the_socle_alone(self, projet: Projet, depot: Depot) -> None:
        for affaire in depot.affaires.values():
            for charge in affaire.evaluations.values():
                for volet in judge(affaire, charge, projet.droit).resultat.volets:
                    objectifs = (volet.principal, volet.supplementaire, *volet.complementaires)
                    for objectif in filter(None, objectifs):
                        for noeud in iter_noeuds(objectif.verdict):
                            assert "annexe 3" not in (noeud.fondement or TOTAL).source

    def it_keeps_shared_steps_shared(self, projet: Projet) -> None:
        feuille = constante("Zéro", False, Nature.OUI_NON, MATRICE)
        noeud = compute(Operation.ET, "Deux fois", Nature.OUI_NON, (feuille, feuille), TOTAL)
        lu, encore = ground_all((noeud, noeud), projet.droit)
        assert lu is encore
        assert lu.operandes[0] is lu.operandes[1]
        assert lu.operandes[0].fondement is not None
        assert lu.operandes[0].fondement.source == "instruction, annexe 4, § 3"
        assert ground_all(lu, projet.droit).fondement == lu.fondement

    def but_a_library_without_them_works_nothing_out(self) -> None:
        with pytest.raises(DroitError, match="R-ALL-3/total") as error:
            ground_all(constante("Zéro", False, Nature.OUI_NON, TOTAL), Droit())
        assert error.value.code == "D-120"

    def and_its_check_says_which_are_missing_or_too_many(
        self, projet: Projet, tmp_path: Path
    ) -> None:
        clauses = Path(shutil.copytree(projet.racine / "clauses", tmp_path / "clauses"))
        chemin = clauses / FICHIER
        texte = chemin.read_text(encoding="utf-8")
        chemin.write_text(texte.replace("R-TRA-1/matrice", "R-TRA-1/matrise"), encoding="utf-8")
        for nom in ("templates", "contracts_data"):
            (tmp_path / nom).mkdir()
        dits = [c for c in check_library(Projet(tmp_path)) if c.code == "D-120"]
        assert [str(c.source).partition(":")[0] for c in dits] == [f"clauses/{FICHIER}"] * 2
        assert "R-TRA-1/matrice" in dits[0].message
        assert "R-TRA-1/matrise" in dits[1].message
        assert "R-TRA-1/matrice" in dits[1].remede
