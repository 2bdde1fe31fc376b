"""The mutants of a module: each differs from it by one small change that a test should notice.

What is changed: comparisons, arithmetic, `and`/`or`, `not`, conditions forced both ways, numbers,
booleans, data keys (codes of findings, paths of parameters, words compared, members of
enumerations), returned values, calls made for their effect, `min`/`max`, `any`/`all`, rounding.

What is left alone: annotations, decorators, docstrings, sentences for users, labels and places of
steps (read by jurists in the goldens), `raise`, `assert`, `__all__`.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_COMPARAISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIQUE: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_NOMS = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "ROUND_HALF_UP": "ROUND_DOWN",
    "ROUND_DOWN": "ROUND_UP",
    "ROUND_FLOOR": "ROUND_CEILING",
}
_CLE = re.compile(r"[A-Z]-\d{3}|[a-z0-9_]+(/[a-z0-9_-]+)+")
_MOT = re.compile(r"\S+")
_IGNORES = (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Mutant:
    """One change; `nom` does not move with the lines of the module."""

    module: str
    fonction: str
    operateur: str
    avant: str
    apres: str
    rang: int
    ligne: int
    derniere: int
    chemin: tuple[tuple[str, int | None], ...]
    remplacant: ast.AST

    @property
    def nom(self) -> str:
        """Its name in the file of survivors and in the results kept."""
        rang = f" n° {self.rang}" if self.rang > 1 else ""
        lieu = f"{self.module}::{self.fonction or '(module)'}"
        return f"{lieu} · {self.operateur} · {self.avant} → {self.apres}{rang}"

    def build_tree(self, arbre: ast.Module) -> ast.Module:
        """A copy of the tree of the module, changed."""
        mute = copy.deepcopy(arbre)
        parent: ast.AST = mute
        *haut, (champ, rang) = self.chemin
        for nom, position in haut:
            enfant = getattr(parent, nom)
            parent = enfant if position is None else enfant[position]
        if rang is None:
            setattr(parent, champ, self.remplacant)
        else:
            getattr(parent, champ)[rang] = self.remplacant
        return ast.fix_missing_locations(mute)


@dataclass(frozen=True)
class _Lieu:
    """Where the walk stands."""

    chemin: tuple[tuple[str, int | None], ...] = ()
    fonction: str = ""
    dans_fonction: bool = False
    enumeration: bool = False
    enonce: tuple[int, int] = (0, 0)
    mots: bool = False


def iter_mutants(module: str, texte: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text."""
    compte: Counter[tuple[str, str, str, str]] = Counter()
    for noeud, lieu in _walk(ast.parse(texte), _Lieu()):
        for operateur, remplacant in _changes(noeud, lieu):
            avant, apres = _snippet(noeud), _snippet(remplacant)
            cle = (lieu.fonction, operateur, avant, apres)
            compte[cle] += 1
            yield Mutant(
                module=module,
                fonction=lieu.fonction,
                operateur=operateur,
                avant=avant,
                apres=apres,
                rang=compte[cle],
                ligne=lieu.enonce[0] if lieu.dans_fonction else 0,
                derniere=max(lieu.enonce[0], getattr(noeud, "end_lineno", 0) or 0),
                chemin=lieu.chemin,
                remplacant=remplacant,
            )


def _walk(noeud: ast.AST, lieu: _Lieu) -> Iterator[tuple[ast.AST, _Lieu]]:
    if isinstance(noeud, _IGNORES) or _is_all(noeud):
        return
    lieu = _enter(noeud, lieu)
    yield noeud, lieu
    mots = isinstance(noeud, ast.Compare | ast.Subscript)
    for champ, valeur in ast.iter_fields(noeud):
        if champ in ("annotation", "returns", "decorator_list", "bases"):
            continue
        interieur = lieu
        if isinstance(noeud, ast.FunctionDef) and champ == "args":
            # Defaults are worked out when the module is imported.
            interieur = replace(lieu, dans_fonction=False)
        for rang, enfant in enumerate(valeur) if isinstance(valeur, list) else ((None, valeur),):
            if isinstance(enfant, ast.AST):
                chemin = (*lieu.chemin, (champ, rang))
                yield from _walk(enfant, replace(interieur, chemin=chemin, mots=mots))


def _enter(noeud: ast.AST, lieu: _Lieu) -> _Lieu:
    if isinstance(noeud, ast.FunctionDef | ast.ClassDef):
        nom = f"{lieu.fonction}.{noeud.name}" if lieu.fonction else noeud.name
        lieu = replace(lieu, fonction=nom)
    if isinstance(noeud, ast.FunctionDef):
        # What is kept from one call to the next runs in one test only: judged by all, afresh.
        garde = any("cache" in ast.unparse(decor) for decor in noeud.decorator_list)
        return replace(lieu, dans_fonction=not garde, enumeration=False)
    if isinstance(noeud, ast.ClassDef):
        bases = {ast.unparse(base).rpartition(".")[2] for base in noeud.bases}
        return replace(lieu, enumeration=bool(bases & {"Enum", "StrEnum", "IntEnum"}))
    if isinstance(noeud, ast.stmt):
        return replace(lieu, enonce=(noeud.lineno, noeud.end_lineno or noeud.lineno))
    return lieu


def _is_all(noeud: ast.AST) -> bool:
    return isinstance(noeud, ast.Assign) and ast.unparse(noeud.targets[0]) == "__all__"


def _snippet(noeud: ast.AST) -> str:
    if isinstance(noeud, ast.If | ast.IfExp | ast.While):
        noeud = noeud.test
    if isinstance(noeud, ast.comprehension):
        return " ".join(f"if {ast.unparse(test)}" for test in noeud.ifs) or "(rien)"
    texte = " ".join(ast.unparse(noeud).split())
    return texte if len(texte) <= 70 else f"{texte[:45]} … {texte[-22:]}"


def _changes(noeud: ast.AST, lieu: _Lieu) -> Iterator[tuple[str, ast.AST]]:
    match noeud:
        case ast.Compare():
            yield from _comparisons(noeud)
        case ast.BinOp(op=op) if type(op) in _ARITHMETIQUE:
            yield "calcul", _with(noeud, op=_ARITHMETIQUE[type(op)]())
        case ast.BoolOp(op=op):
            yield "et/ou", _with(noeud, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operande):
            yield "négation", operande
        case ast.UnaryOp(op=ast.USub(), operand=operande):
            yield "signe", operande
        case ast.Name(id=nom, ctx=ast.Load()) if nom in _NOMS:
            yield "nom", _with(noeud, id=_NOMS[nom])
        case ast.Constant():
            yield from _constants(noeud, lieu)
        case _:
            yield from _flow(noeud, lieu)


def _flow(noeud: ast.AST, lieu: _Lieu) -> Iterator[tuple[str, ast.AST]]:
    match noeud:
        case ast.If() | ast.IfExp() | ast.While():
            forces = (False,) if isinstance(noeud, ast.While) else (True, False)
            for force in forces:
                yield "condition", _with(noeud, test=ast.Constant(force))
        case ast.comprehension(ifs=[_, *_]):
            for rang in range(len(noeud.ifs)):
                autres = noeud.ifs[:rang] + noeud.ifs[rang + 1 :]
                yield "filtre", _with(noeud, ifs=autres)
        case ast.Return(value=ast.expr() as valeur) if not _is_plain(valeur):
            yield "retour", _with(noeud, value=ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Continue() | ast.Break() | ast.AugAssign():
            yield from _removal(noeud, lieu)
        case _:
            pass


def _removal(noeud: ast.AST, lieu: _Lieu) -> Iterator[tuple[str, ast.AST]]:
    if lieu.dans_fonction:
        yield "retrait", ast.Pass()


def _is_plain(noeud: ast.expr) -> bool:
    """None, or a boolean, which is flipped: no « no » can be told from nothing."""
    return isinstance(noeud, ast.Constant) and (noeud.value is None or noeud.value in (True, False))


def _comparisons(noeud: ast.Compare) -> Iterator[tuple[str, ast.AST]]:
    for rang, op in enumerate(noeud.ops):
        for autre in _COMPARAISONS.get(type(op), ()):
            ops = [*noeud.ops[:rang], autre(), *noeud.ops[rang + 1 :]]
            yield "comparaison", _with(noeud, ops=ops)


def _constants(noeud: ast.Constant, lieu: _Lieu) -> Iterator[tuple[str, ast.AST]]:
    valeur = noeud.value
    if isinstance(valeur, bool):
        yield "constante", _with(noeud, value=not valeur)
    elif isinstance(valeur, int):
        yield "constante", _with(noeud, value=valeur + 1)
    elif isinstance(valeur, str):
        if valeur.replace(".", "", 1).isdigit():
            yield "constante", _with(noeud, value=f"{valeur}1")
        elif _CLE.fullmatch(valeur) or _is_word(valeur, lieu):
            yield "clé", _with(noeud, value=f"{valeur}x")


def _is_word(valeur: str, lieu: _Lieu) -> bool:
    directe = len(lieu.chemin) > 1 and lieu.chemin[-1][0] == "value"
    return bool(_MOT.fullmatch(valeur)) and (lieu.mots or (lieu.enumeration and directe))


def _with(noeud: ast.AST, **champs: object) -> ast.AST:
    autre = copy.copy(noeud)
    for nom, valeur in champs.items():
        setattr(autre, nom, valeur)
    return autre
