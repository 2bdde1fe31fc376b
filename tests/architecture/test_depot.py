"""The repository: what lies at its top, what its files may not hold, what its locks promise."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.depot import RACINE, fichiers_suivis

ENTREES = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "caqes_docs",
    "clauses",
    "contracts_data",
    "docs",
    "output",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "templates",
    "tests",
}
FACULTATIVES = {".gitattributes", "LICENSE"}
# A home or a working folder of somebody's machine; written so as not to find itself.
CHEMIN_DE_MACHINE = re.compile(
    rb"(?<![\w./<])/(?:work/(?:main|shared)|root|home/\w+|Users/\w+)\b|[A-Z]:\\\\?Users\\"
)
EPINGLE = re.compile(r"^([a-z0-9.-]+)==(\S+)(?: ; [^\\]+)? \\$", re.MULTILINE)
VERROUS = ("requirements.lock", "requirements-dev.lock")


def _contenus(fichier: Path) -> Iterator[bytes]:
    """The bytes of a file, or those of each part of a Word file or archive."""
    if not zipfile.is_zipfile(fichier):
        yield fichier.read_bytes()
        return
    with zipfile.ZipFile(fichier) as archive:
        for nom in archive.namelist():
            yield archive.read(nom)


def _epingles(verrou: str) -> dict[str, str]:
    return dict(EPINGLE.findall((RACINE / verrou).read_text(encoding="utf-8")))


class DescribeDepot:
    """The tracked files."""

    def it_has_the_agreed_top_level_entries(self) -> None:
        presentes = {fichier.relative_to(RACINE).parts[0] for fichier in fichiers_suivis()}
        assert presentes - ENTREES == set(), "entrées en trop"
        assert ENTREES - FACULTATIVES - presentes == set(), "entrées absentes"

    def it_names_no_machine(self) -> None:
        trouves = [
            f"{fichier.relative_to(RACINE)}: {trouve.group().decode()}"
            for fichier in fichiers_suivis()
            for contenu in _contenus(fichier)
            for trouve in CHEMIN_DE_MACHINE.finditer(contenu)
        ]
        assert trouves == []


class DescribeVerrous:
    """`requirements.lock` and `requirements-dev.lock`."""

    @pytest.mark.parametrize("verrou", VERROUS)
    def it_names_no_index(self, verrou: str) -> None:
        texte = (RACINE / verrou).read_text(encoding="utf-8")
        assert not re.search(r"https?://|^--|^-[a-z]", texte, re.MULTILINE)

    @pytest.mark.parametrize("verrou", VERROUS)
    def it_has_a_fingerprint_for_each_pin(self, verrou: str) -> None:
        texte = (RACINE / verrou).read_text(encoding="utf-8")
        paquets = [ligne for ligne in texte.splitlines() if re.match(r"[a-z]", ligne)]
        assert len(EPINGLE.findall(texte)) == len(paquets) > 0

    def it_gives_developers_the_versions_of_users(self) -> None:
        assert _epingles(VERROUS[0]).items() <= _epingles(VERROUS[1]).items()

    def it_pins_every_declared_dependency(self) -> None:
        projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for verrou, declarees in (
            (VERROUS[0], projet["dependencies"]),
            (VERROUS[1], projet["optional-dependencies"]["dev"]),
        ):
            noms = {re.split(r"[<>=~! ]", exigence)[0].lower() for exigence in declarees}
            assert noms - _epingles(verrou).keys() == set(), f"{verrou} : make verrouiller"
