"""How a mutant takes the place of the code: grafted on functions already loaded, or on import."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from tests.mutation.mutants import Mutant

RACINE = Path(__file__).resolve().parents[2]
PAQUET = RACINE / "caqes_docs" / "law"


def find_path(module: str) -> Path:
    """The file of a module named by its path under the mutated package."""
    return PAQUET / module


def dotted(module: str) -> str:
    """`caqes_1/socle.py` → `caqes_docs.law.caqes_1.socle`."""
    return ".".join(("caqes_docs", "law", *Path(module).with_suffix("").parts))


def graft(mutant: Mutant) -> bool:
    """Give the loaded function the code of the mutant; False when it cannot be reached that way."""
    chemin = find_path(mutant.module)
    arbre = mutant.build_tree(ast.parse(chemin.read_text(encoding="utf-8")))
    codes = {code.co_qualname: code for code in _iter_codes(compile(arbre, str(chemin), "exec"))}
    module = importlib.import_module(dotted(mutant.module))
    fonction = _find_function(module, mutant.fonction)
    if fonction is None:
        return False
    code = codes.get(fonction.__code__.co_qualname)
    if code is None or code.co_freevars != fonction.__code__.co_freevars:
        return False
    fonction.__code__ = code
    return True


def _iter_codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constante in code.co_consts:
        if isinstance(constante, CodeType):
            yield from _iter_codes(constante)


def _find_function(module: ModuleType, nom: str) -> FunctionType | None:
    """The outermost function on the dotted way to `nom`, without its decorators."""
    objet: object = module
    for partie in nom.split("."):
        objet = vars(objet).get(partie)
        objet = _undecorate(objet)
        if isinstance(objet, FunctionType):
            return objet
        if not isinstance(objet, type):
            return None
    return None


def _undecorate(objet: object) -> object:
    if isinstance(objet, property):
        objet = objet.fget
    elif isinstance(objet, functools.cached_property):
        objet = objet.func
    elif isinstance(objet, staticmethod | classmethod):
        objet = objet.__func__
    return inspect.unwrap(objet) if callable(objet) and not isinstance(objet, type) else objet


class _Chargeur(SourceFileLoader):
    """Loads a module from the tree of the mutant."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(dotted(mutant.module), str(find_path(mutant.module)))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """The code of the mutant."""
        arbre = self.mutant.build_tree(ast.parse(Path(self.path).read_text(encoding="utf-8")))
        code = compile(arbre, str(self.path), "exec")
        assert isinstance(code, CodeType)
        return code


class Importateur:
    """Gives the mutant to whoever imports its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.nom = dotted(mutant.module)
        self.chargeur = _Chargeur(mutant)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The changed module, under its own name and file."""
        if fullname != self.nom:
            return None
        return spec_from_file_location(fullname, self.chargeur.path, loader=self.chargeur)


def install(mutant: Mutant) -> None:
    """Have the mutant imported instead of its module, which is not loaded yet."""
    assert dotted(mutant.module) not in sys.modules
    sys.meta_path.insert(0, Importateur(mutant))
