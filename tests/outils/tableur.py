"""A spreadsheet in a hundred lines: what a workbook comes to, worked out from its formulas alone.

It counts in binary as spreadsheets do, knows nothing of the product, and never believes a value
that a formula would carry with it. Rounding is that of spreadsheets: on fifteen digits, half up.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

Valeur = float | bool | str | None
_JETON = re.compile(
    r"(?P<texte>\"(?:[^\"]|\"\")*\")|(?P<case>(?:'(?:[^']|'')+'!)?[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?)"
    r"|(?P<nom>[A-Z]+)|(?P<nombre>[0-9.]+)|(?P<signe><=|>=|<>|[-+*/=<>(),])"
)


class CaseError(Exception):
    """An error of a cell: « #N/A », « #VALUE! », « #DIV/0! »."""


class Tableur:
    """A workbook open; `case` gives what a cell comes to."""

    def __init__(self, contenu: bytes) -> None:
        self._classeur = load_workbook(io.BytesIO(contenu))
        self._connues: dict[tuple[str, str], Valeur | CaseError] = {}
        self._avant: dict[tuple[str, str], Any] = {}

    @property
    def classeur(self) -> Workbook:
        """The workbook as openpyxl reads it."""
        return self._classeur

    @property
    def feuilles(self) -> list[str]:
        """The names of the sheets."""
        return list(self._classeur.sheetnames)

    def type_in(self, feuille: str, repere: str, valeur: object) -> None:
        """Change a cell, as one does at the keyboard: None empties it."""
        case = self._classeur[feuille][repere]
        self._avant.setdefault((feuille, repere), case.value)
        case.value = valeur
        self._connues.clear()

    def undo(self) -> None:
        """Give every cell back what it held when the workbook was opened."""
        for (feuille, repere), valeur in self._avant.items():
            self._classeur[feuille][repere].value = valeur
        self._avant.clear()
        self._connues.clear()

    def rangees(self, feuille: str) -> range:
        """The rows of a sheet below its header."""
        return range(2, self._classeur[feuille].max_row + 1)

    def brute(self, feuille: str, repere: str) -> Any:
        """What the cell holds: a constant, or a formula with its « = »."""
        return self._classeur[feuille][repere].value

    def case(self, feuille: str, repere: str) -> Valeur:
        """What the cell comes to.

        Raises:
            CaseError: it comes to an error.
        """
        cle = (feuille, repere)
        if cle not in self._connues:
            self._connues[cle] = self._compute(feuille, repere)
        trouvee = self._connues[cle]
        if isinstance(trouvee, CaseError):
            raise trouvee
        return trouvee

    def connue(self, feuille: str, repere: str) -> Valeur:
        """What the cell comes to; None when it is `#N/A`."""
        try:
            return self.case(feuille, repere)
        except CaseError as erreur:
            if str(erreur) != "#N/A":
                raise
            return None

    def _compute(self, feuille: str, repere: str) -> Valeur | CaseError:
        case = self._classeur[feuille][repere]
        if case.data_type != "f":
            valeur = case.value
            return float(valeur) if type(valeur) is int else valeur
        try:
            return _Lecture(self, feuille, str(case.value)[1:]).run()
        except CaseError as erreur:
            return erreur


class _Lecture:
    """Reads one formula and works it out; each rule gives back a promise, for IF is lazy."""

    def __init__(self, tableur: Tableur, feuille: str, formule: str) -> None:
        self._tableur = tableur
        self._feuille = feuille
        self._jetons = [(m.lastgroup or "", m.group()) for m in _JETON.finditer(formule)]
        assert "".join(texte for _, texte in self._jetons) == formule, formule
        self._rang = 0

    def run(self) -> Valeur:
        promesse = self._comparison()
        assert self._rang == len(self._jetons)
        valeur: Valeur = promesse()
        return valeur

    def _see(self, *signes: str) -> str:
        """The next sign if it is one of these, taken."""
        if self._rang < len(self._jetons) and self._jetons[self._rang][1] in signes:
            self._rang += 1
            return self._jetons[self._rang - 1][1]
        return ""

    def _comparison(self) -> Callable[[], Any]:
        return self._chain(self._sum, "<=", ">=", "<>", "<", ">", "=")

    def _sum(self) -> Callable[[], Any]:
        return self._chain(self._product, "+", "-")

    def _product(self) -> Callable[[], Any]:
        return self._chain(self._sign, "*", "/")

    def _chain(self, regle: Callable[[], Callable[[], Any]], *signes: str) -> Callable[[], Any]:
        resultat = regle()
        while signe := self._see(*signes):
            resultat = _promise(signe, resultat, regle())
        return resultat

    def _sign(self) -> Callable[[], Any]:
        if self._see("-"):
            terme = self._sign()
            return lambda: (
                [-_number(x) for x in v] if isinstance(v := terme(), list) else -_number(v)
            )
        return self._term()

    def _term(self) -> Callable[[], Any]:
        genre, texte = self._jetons[self._rang]
        self._rang += 1
        if genre == "nombre":
            return lambda: float(texte)
        if genre == "texte":
            return lambda: texte[1:-1].replace('""', '"')
        if genre == "case":
            return self._reference(texte)
        if genre == "signe":
            assert texte == "("
            dedans = self._comparison()
            assert self._see(")")
            return dedans
        if not self._see("("):
            return {"TRUE": lambda: True, "FALSE": lambda: False}[texte]
        arguments = []
        while not self._see(")"):
            arguments.append(self._comparison())
            self._see(",")
        return lambda: FONCTIONS[texte](*arguments)

    def _reference(self, texte: str) -> Callable[[], Any]:
        nom, _, repere = texte.rpartition("!")
        feuille = nom[1:-1].replace("''", "'") if nom else self._feuille
        if ":" not in repere:
            return lambda: self._tableur.case(feuille, repere)
        _gauche, haut, _droite, bas = range_boundaries(repere)
        assert haut is not None
        assert bas is not None
        rangees = range(haut, bas + 1)
        return lambda: [self._tableur.case(feuille, f"{repere[0]}{rang}") for rang in rangees]


def _promise(signe: str, un: Callable[[], Any], deux: Callable[[], Any]) -> Callable[[], Any]:
    def held() -> Any:
        gauche, droite = un(), deux()
        if isinstance(gauche, list):
            return [OPERATEURS[signe](x, droite) for x in gauche]
        return OPERATEURS[signe](gauche, droite)

    return held


def _number(valeur: Any) -> float:
    if valeur is None:
        return 0.0
    if isinstance(valeur, str):
        raise CaseError("#VALUE!")
    return float(valeur)


def _numbers(promesses: tuple[Callable[[], Any], ...]) -> list[float]:
    return [_number(promesse()) for promesse in promesses]


def _divide(un: Any, deux: Any) -> float:
    if _number(deux) == 0:
        raise CaseError("#DIV/0!")
    return _number(un) / _number(deux)


def _key(valeur: Any) -> tuple[int, float, str]:
    """Numbers are less than texts, texts than answers; a case of letters counts for nothing."""
    if isinstance(valeur, bool):
        return 2, float(valeur), ""
    if isinstance(valeur, str):
        return 1, 0.0, valeur.casefold()
    return 0, _number(valeur), ""


def _compare(un: Any, deux: Any) -> int:
    return (_key(un) > _key(deux)) - (_key(un) < _key(deux))


OPERATEURS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: _number(a) + _number(b),
    "-": lambda a, b: _number(a) - _number(b),
    "*": lambda a, b: _number(a) * _number(b),
    "/": _divide,
    "=": lambda a, b: _compare(a, b) == 0,
    "<>": lambda a, b: _compare(a, b) != 0,
    "<": lambda a, b: _compare(a, b) < 0,
    ">": lambda a, b: _compare(a, b) > 0,
    "<=": lambda a, b: _compare(a, b) <= 0,
    ">=": lambda a, b: _compare(a, b) >= 0,
}


def _round(valeur: Any, decimales: Any) -> float:
    lu = Decimal(f"{_number(valeur):.15g}")
    if lu.adjusted() + _number(decimales) > 20:
        return float(lu)
    return float(lu.quantize(Decimal(1).scaleb(-int(decimales)), ROUND_HALF_UP))


def _fail(nom: str) -> Any:
    raise CaseError(nom)


def _is_na(promesse: Callable[[], Any]) -> bool:
    try:
        promesse()
    except CaseError as erreur:
        return str(erreur) == "#N/A"
    return False


def _iter_answers(promesses: tuple[Callable[[], Any], ...]) -> Iterator[bool]:
    """Every answer is worked out, so that an error in any of them is the error of the whole."""
    yield from [bool(_number(promesse())) for promesse in promesses]


def _sorted_as(genre: type | tuple[type, ...]) -> Callable[[Callable[[], Any]], bool]:
    def test(promesse: Callable[[], Any]) -> bool:
        try:
            valeur = promesse()
        except CaseError:
            return False
        return isinstance(valeur, genre) and (genre is bool or not isinstance(valeur, bool))

    return test


FONCTIONS: dict[str, Callable[..., Any]] = {
    "IF": lambda si, alors, sinon: alors() if _number(si()) else sinon(),
    "NA": lambda: _fail("#N/A"),
    "ISNA": _is_na,
    "ISNUMBER": _sorted_as((int, float)),
    "ISLOGICAL": _sorted_as(bool),
    "ISTEXT": _sorted_as(str),
    "AND": lambda *p: all(_iter_answers(p)),
    "OR": lambda *p: any(_iter_answers(p)),
    "NOT": lambda p: not _number(p()),
    "MIN": lambda *p: min(_numbers(p)),
    "MAX": lambda *p: max(_numbers(p)),
    "EXACT": lambda un, deux: un() == deux(),
    "CODE": lambda p: float(ord(str(p())[0])),
    "ROUND": lambda v, d: _round(v(), d()),
    "SIGN": lambda p: float((v := _number(p())) > 0) - float(v < 0),
    "SUMPRODUCT": lambda p: sum(map(_number, p())),
}
