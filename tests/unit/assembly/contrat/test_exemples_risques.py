"""Examples and grid of a volet on risks: counted one by one, and named for what they are (A5)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.data.depot import Affaire, load_depot
from caqes_docs.document.texte import document_text

FINESS = "990780116"
BAREME = "taux_maximum: 1 %\n        bareme:\n          nom: saisie"
POINTS = "taux_maximum: 1 %\n        bareme:\n          nom: points\n          sur: risques"


@pytest.fixture
def affaire(projet: Projet, tmp_path: Path) -> Affaire:
    """The sample contract on risks: three of them, a scale by points on those lifted."""
    donnees = Path(shutil.copytree(projet.racine / "contracts_data", tmp_path / "donnees"))
    chemin = donnees / "dossiers" / f"{FINESS}.yaml"
    texte = chemin.read_text(encoding="utf-8")
    for avant, apres in ((BAREME, POINTS), ("nombre_risques: 2", "nombre_risques: 3")):
        assert avant in texte
        texte = texte.replace(avant, apres)
    chemin.write_text(texte, encoding="utf-8")
    return load_depot(donnees, "d", [FINESS]).affaires[FINESS]


def text(projet: Projet, affaire: Affaire, nom: str, options: Options) -> str:
    """The words of one act."""
    acte = assemble_act(projet.types[nom], affaire, projet.bibliotheque, projet.droit, options)
    return document_text(acte.document).replace("\u00a0", " ").replace("\u202f", " ")


class DescribeRisques:
    """What a contract and a grid say of risks."""

    def it_lifts_risks_one_by_one_in_examples(self, projet: Projet, affaire: Affaire) -> None:
        texte = text(projet, affaire, "contrat", Options())
        assert "risques levés : 0 sur 3" in texte
        assert "risques levés : 2 sur 3" in texte
        assert "risques levés : 50 %" not in texte

    def it_names_what_the_level_measures_in_the_grid(
        self, projet: Projet, affaire: Affaire
    ) -> None:
        texte = text(projet, affaire, "grille_evaluation", Options(annee=2019))
        assert "Risques en défaut, sur ceux que vise le contrat" in texte
        assert "2 sur 3" in texte
        assert "part des risques levés : 33,33 %" in texte
        assert "Plan d’actions : 33" not in texte
