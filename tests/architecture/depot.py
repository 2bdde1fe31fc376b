"""The repository, as these tests look at it: its files and its Python modules."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]


@cache
def fichiers_suivis() -> tuple[Path, ...]:
    """Every file that git knows or would add, existing on disk, in order."""
    commande = ["git", "-c", "safe.directory=*", "ls-files", "-coz", "--exclude-standard"]
    sortie = subprocess.run(commande, cwd=RACINE, check=True, capture_output=True).stdout.decode()
    chemins = (RACINE / nom for nom in sortie.split("\0") if nom)
    return tuple(sorted(chemin for chemin in chemins if chemin.is_file()))


@dataclass(frozen=True)
class Module:
    """A Python file and its syntax tree."""

    chemin: Path

    @property
    def nom(self) -> str:
        """The path from the root, for messages."""
        return self.chemin.relative_to(RACINE).as_posix()

    @cached_property
    def texte(self) -> str:
        """The source."""
        return self.chemin.read_text(encoding="utf-8")

    @cached_property
    def arbre(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.texte, self.nom)

    def lieu(self, noeud: ast.expr | ast.stmt) -> str:
        """`file:line` of a node, for messages."""
        return f"{self.nom}:{noeud.lineno}"


@cache
def modules(*dossiers: str) -> tuple[Module, ...]:
    """The Python modules under these folders of the repository."""
    voulus = tuple(RACINE / dossier for dossier in dossiers)
    return tuple(
        Module(chemin)
        for chemin in fichiers_suivis()
        if chemin.suffix == ".py" and any(chemin.is_relative_to(dossier) for dossier in voulus)
    )


def fonctions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, nested ones included."""
    for noeud in ast.walk(module.arbre):
        if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef):
            yield noeud
