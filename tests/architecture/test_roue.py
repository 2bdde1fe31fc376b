"""The wheel carries the seed workspace, whether built from the checkout or from the sdist."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from caqes_docs.application.commencer.documentation import DOCUMENTS
from caqes_docs.core.ressources import DOSSIERS
from tests.architecture.depot import RACINE, fichiers_suivis

TROUVER = "import sys; sys.path.insert(0, sys.argv[1]); " + (
    "from caqes_docs.core.ressources import graine; print(graine())"
)


def _batir(source: Path, cible: str, sortie: Path) -> Path:
    commande = [sys.executable, "-m", "hatchling", "build", "-t", cible, "-d", str(sortie)]
    subprocess.run(commande, cwd=source, check=True, capture_output=True)
    (produit,) = sortie.iterdir()
    return produit


def _depuis_le_depot(dossier: Path) -> Path:
    return _batir(RACINE, "wheel", dossier / "roue")


def _depuis_la_source(dossier: Path) -> Path:
    archive = _batir(RACINE, "sdist", dossier / "source")
    # Not `tarfile`: how to unpack safely there depends on the Python (3.11.2, 3.12, 3.14).
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(dossier)], check=True)
    source = dossier / archive.name.removesuffix(".tar.gz")
    return _batir(source, "wheel", dossier / "roue")


@pytest.fixture(scope="module", params=[_depuis_le_depot, _depuis_la_source])
def installe(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where a wheel has been unpacked, far from the checkout."""
    dossier = tmp_path_factory.mktemp("roue")
    with zipfile.ZipFile(request.param(dossier)) as roue:
        roue.extractall(dossier / "site")
    return dossier / "site"


class DescribeRoue:
    """`[tool.hatch.build.targets]`."""

    def it_finds_its_seed_workspace(self, installe: Path) -> None:
        commande = [sys.executable, "-B", "-c", TROUVER, str(installe)]
        bilan = subprocess.run(commande, cwd=installe, check=True, capture_output=True, text=True)
        assert Path(bilan.stdout.strip()) == installe / "caqes_docs" / "_graine"

    def it_carries_every_file_of_it(self, installe: Path) -> None:
        livres = {
            fichier.relative_to(RACINE): fichier.read_bytes()
            for fichier in fichiers_suivis()
            if fichier.relative_to(RACINE).parts[0] in DOSSIERS
        }
        graine = installe / "caqes_docs" / "_graine"
        docs = [f"docs/{nom}.md" for nom in (*DOCUMENTS, "projet_neuf")]
        livres |= {Path(nom): (RACINE / nom).read_bytes() for nom in docs}
        assert livres == {
            fichier.relative_to(graine): fichier.read_bytes()
            for fichier in graine.rglob("*")
            if fichier.is_file()
        }

    def it_carries_every_file_of_the_package(self, installe: Path) -> None:
        paquet = RACINE / "caqes_docs"
        livres = {f.relative_to(RACINE) for f in fichiers_suivis() if f.is_relative_to(paquet)}
        graine = installe / "caqes_docs" / "_graine"
        assert livres == {
            fichier.relative_to(installe)
            for fichier in (installe / "caqes_docs").rglob("*")
            if fichier.is_file() and not fichier.is_relative_to(graine)
        }
