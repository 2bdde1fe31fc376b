"""A file that a page, a clause or a comment names is a file of the repository."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from tests.architecture.depot import RACINE, Module, fichiers_suivis

CHEMIN = re.compile(r"(?!\.{0,2}/)[\w./<>*-]+\.(?:md|yaml|py|docx)\b")
NON_FICHIERS = {
    "00001.docx": "the rank of any file among those that an outside judge receives",
    "FICHIER.docx": "what stands for any Word file in the expected messages",
    "FINESS-ANNEE.yaml": "the name of any evaluation",
    "FINESS-N.yaml": "the name of any avenant",
    "caqes.yaml": "the settings of any project",
    "origine.yaml": "what any project received",
    "coquille.docx": "the former name of the house style, still read",
    "modele.docx": "what stands for any model to import",
    "rapport_import.docx": "what an import writes beside its clauses",
    "rendering.docx": "a package",
    "scelle.yaml": "what the signature of any act writes",
}
_DOCTEST = re.compile(r"^ *>>>.*?(?:\n *\n|\Z)", re.MULTILINE | re.DOTALL)


@cache
def _connus() -> tuple[str, ...]:
    return tuple(f"/{fichier.relative_to(RACINE).as_posix()}" for fichier in fichiers_suivis())


@cache
def _is_known(cite: str) -> bool:
    """Whether a path of the repository ends so; `*` and `<…>` stand for anything."""
    motif = re.sub(r"<[^>]*>", "*", cite)
    return Path(cite).name in NON_FICHIERS or any(
        fnmatch(connu, f"*/{motif}") for connu in _connus()
    )


def _unknown(texte: str) -> set[str]:
    return {cite for cite in CHEMIN.findall(texte) if not _is_known(cite)}


def _told(module: Module) -> Iterator[str]:
    """The docstrings of a module, without their examples, and its comments."""
    for noeud in ast.walk(module.arbre):
        if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant):
            yield _DOCTEST.sub("", str(noeud.value.value))
    for jeton in tokenize.generate_tokens(io.StringIO(module.texte).readline):
        if jeton.type == tokenize.COMMENT:
            yield jeton.string


def _readings() -> Iterator[tuple[str, str]]:
    """Each file and what it says: a page or a clause whole; of Python, what is not a string.

    Of the tests, pages and data are examples; the changelog tells of files that are gone.
    """
    for fichier in fichiers_suivis():
        nom = fichier.relative_to(RACINE).as_posix()
        if fichier.suffix not in {".md", ".yaml", ".py"} or nom == "CHANGELOG.md":
            continue
        texte = fichier.read_text(encoding="utf-8")
        if fichier.suffix == ".py" and _unknown(texte):
            texte = "\n".join(_told(Module(fichier)))
        elif nom.startswith("tests/") and fichier.suffix != ".py":
            texte = "\n".join(re.findall(r"^ *#.*", texte, re.MULTILINE))
        yield nom, texte


class DescribeCitations:
    """What the repository says of its own files."""

    def it_names_files_that_are_there(self) -> None:
        assert [(nom, sorted(_unknown(t))) for nom, t in _readings() if _unknown(t)] == []
