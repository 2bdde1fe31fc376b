"""A sheet as a CSV file that a French spreadsheet opens: « ; », and no cell that it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from caqes_docs.document.classeur import Case, Feuille, Jour

_ORDRES = ("=", "+", "-", "@", "\t", "\r")
"""What makes a formula of a text where a spreadsheet reads one."""


def write_csv(feuille: Feuille) -> str:
    r"""The text: its header, then its rows; dates as AAAA-MM-JJ.

    >>> write_csv(Feuille("f", ("Nom", "Nombre"), (1, 1), (("=1+1", 2), ("a;b", None))))
    'Nom;Nombre\r\n\'=1+1;2\r\n"a;b";\r\n'
    """
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    for ligne in (feuille.entete, *feuille.lignes):
        ecrivain.writerow(_row(ligne))
    return sortie.getvalue()


def _row(ligne: Sequence[Case]) -> list[str]:
    return [_cell(case) for case in ligne]


def _cell(case: Case) -> str:
    if isinstance(case, Jour):
        return case.date.isoformat()
    if isinstance(case, str):
        return f"'{case}" if case.startswith(_ORDRES) else case
    if case is None or isinstance(case, int):
        return "" if case is None else str(case)
    raise TypeError(case)
