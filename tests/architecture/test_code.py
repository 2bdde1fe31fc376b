"""The style budget: short files, short functions, exact numbers, an injected clock."""

from __future__ import annotations

import ast
from collections import defaultdict

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
            for module in modules("caqes_docs", "tests")
            if (lignes := len(module.texte.splitlines()))
            > (LIGNES_PAR_FICHIER_DE_TEST if _est_test(module) else LIGNES_PAR_FICHIER)
        ]
        assert trop_longs == []

    def it_keeps_functions_short(self) -> None:
        trop_longues = [
            f"{module.lieu(fonction)} {fonction.name}: {_longueur(fonction)}"
            for module in modules("caqes_docs", "tests")
            for fonction in fonctions(module)
            if _longueur(fonction) > (LIGNES_PAR_TEST if _est_test(module) else LIGNES_PAR_FONCTION)
        ]
        assert trop_longues == []

    def it_says_what_each_module_is(self) -> None:
        muets = [
            module.nom
            for module in modules("caqes_docs", "tests")
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

    def it_gives_one_name_to_one_class(self) -> None:
        places = defaultdict(list)
        for module in modules("caqes_docs"):
            for noeud in module.arbre.body:
                for nom in _types_definis(noeud):
                    places[nom].append(module.lieu(noeud))
        assert {nom: lieux for nom, lieux in places.items() if len(lieux) > 1} == {}


def _types_definis(noeud: ast.stmt) -> list[str]:
    """The names of the classes and aliases of types that a statement of a module defines."""
    if isinstance(noeud, ast.ClassDef):
        return [noeud.name]
    if isinstance(noeud, ast.Assign):
        cibles: list[ast.expr] = noeud.targets
    elif isinstance(noeud, ast.AnnAssign):
        cibles = [noeud.target]
    else:
        return []
    noms = [cible.id for cible in cibles if isinstance(cible, ast.Name)]
    return [nom for nom in noms if nom[:1].isupper() and not nom.isupper()]


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
