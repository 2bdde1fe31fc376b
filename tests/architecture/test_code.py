"""The style budget: short files, short functions, exact numbers, an injected clock."""

from __future__ import annotations

import ast

from tests.architecture.depot import Module, fonctions, modules

LIGNES_PAR_FICHIER = 350
LIGNES_PAR_FONCTION = 40
LIGNES_PAR_FICHIER_DE_TEST = 500
LIGNES_PAR_TEST = 60
HORLOGES = {"today", "now", "utcnow", "localtime", "gmtime", "time_ns"}


def _est_test(module: Module) -> bool:
    return module.nom.startswith("tests/") or module.chemin.name.startswith("test_")


def _longueur(fonction: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (fonction.end_lineno or fonction.lineno) - fonction.lineno + 1


class DescribeCode:
    """All the Python of the repository."""

    def it_keeps_files_short(self) -> None:
        trop_longs = [
            f"{module.nom}: {lignes}"
            for module in modules("caqes_docs", "tests", ".ci")
            if (lignes := len(module.texte.splitlines()))
            > (LIGNES_PAR_FICHIER_DE_TEST if _est_test(module) else LIGNES_PAR_FICHIER)
        ]
        assert trop_longs == []

    def it_keeps_functions_short(self) -> None:
        trop_longues = [
            f"{module.lieu(fonction)} {fonction.name}: {_longueur(fonction)}"
            for module in modules("caqes_docs", "tests", ".ci")
            for fonction in fonctions(module)
            if _longueur(fonction) > (LIGNES_PAR_TEST if _est_test(module) else LIGNES_PAR_FONCTION)
        ]
        assert trop_longues == []

    def it_says_what_each_module_is(self) -> None:
        muets = [
            module.nom
            for module in modules("caqes_docs", "tests", ".ci")
            if module.arbre.body and ast.get_docstring(module.arbre) is None
        ]
        assert muets == []


class DescribeCaqesDocs:
    """The package alone."""

    def it_never_computes_the_law_with_floats(self) -> None:
        flottants = [
            module.lieu(noeud)
            for module in modules("caqes_docs/data", "caqes_docs/law", "caqes_docs/assembly")
            for noeud in ast.walk(module.arbre)
            if _est_litteral_flottant(noeud) or _appelle(noeud, {"float"})
            if isinstance(noeud, ast.expr)
        ]
        assert flottants == []

    def it_reads_the_clock_in_the_interfaces_only(self) -> None:
        lectures = [
            module.lieu(noeud)
            for module in modules("caqes_docs")
            if not module.nom.startswith("caqes_docs/interfaces/")
            for noeud in ast.walk(module.arbre)
            if isinstance(noeud, ast.expr) and _appelle(noeud, HORLOGES)
        ]
        assert lectures == []


def _est_litteral_flottant(noeud: ast.AST) -> bool:
    return isinstance(noeud, ast.Constant) and isinstance(noeud.value, float)


def _appelle(noeud: ast.AST, noms: set[str]) -> bool:
    """Whether a node calls, under any qualifier, a function of one of these names."""
    if not isinstance(noeud, ast.Call):
        return False
    appele = noeud.func
    if isinstance(appele, ast.Attribute):
        return appele.attr in noms
    return isinstance(appele, ast.Name) and appele.id in noms
