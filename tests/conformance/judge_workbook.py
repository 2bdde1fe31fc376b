"""The LibreOffice Calc judge: every formula of a workbook works, and every gap it shows is nought.

The workbook is poisoned first: each formula is given a false value, which a program that does not
work it out again would hand back.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from office_calc import POISON, Calc, find_calc
from verdict import Verdict, verdict

CALC = "LibreOffice Calc (recalculer)"
GAP = "Écart"
UNKNOWN = "#N/A"


def judge_workbook(files: Sequence[Path]) -> Verdict:
    """Have every workbook worked out again, then look at what came out."""
    program = find_calc()
    if program is None:
        return Verdict(
            CALC, skipped="localc absent : apt-get install --no-install-recommends libreoffice-calc"
        )
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        calc = Calc(program, Path(folder))
        return verdict(CALC, [(path, list(_findings(calc, path.read_bytes()))) for path in files])


def _findings(calc: Calc, workbook: bytes) -> Iterator[str]:
    recalculated = calc.recalculate(workbook)
    if recalculated is None:
        yield "ne s'ouvre pas, ou ne se réenregistre pas"
        return
    yield from compare(workbook, recalculated)


def compare(workbook: bytes, recalculated: bytes) -> Iterator[str]:
    """Formulas without a sound value, and gaps."""
    from openpyxl import load_workbook

    formulas = load_workbook(io.BytesIO(workbook))
    values = load_workbook(io.BytesIO(recalculated), data_only=True)
    for sheet in formulas.worksheets:
        if sheet.title not in values.sheetnames:
            yield f"{sheet.title} : feuille perdue"
            continue
        headers = {cell.column: cell.value for cell in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "f":
                    value = values[sheet.title][cell.coordinate].value
                    place = f"{sheet.title}!{cell.coordinate}"
                    yield from _judge(place, value, gap=headers.get(cell.column) == GAP)


def _judge(place: str, value: object, *, gap: bool) -> Iterator[str]:
    if value is None:
        yield f"{place} : formule sans valeur"
    elif isinstance(value, str) and value.startswith(("#", "Err:")) and value != UNKNOWN:
        yield f"{place} : {value}"
    elif value == float(POISON):
        yield f"{place} : valeur enregistrée crue, formule non recalculée"
    elif gap and value != 0:
        yield f"{place} : écart de {value}"
