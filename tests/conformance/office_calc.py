"""LibreOffice Calc made to work a workbook out again, whatever the values it finds in it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verdict import run_tool

Edit = Callable[[bytes], bytes]
POISON = "987654321.125"
"""A value no formula gives: found afterwards, it shows a formula that was not worked out."""
_FORMULA = re.compile(rb"</f>(<v>[^<]*</v>)?</c>")
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def find_calc() -> str | None:
    """The program, where Calc is installed with it."""
    return shutil.which("soffice") if shutil.which("localc") else None


def poison(workbook: bytes) -> bytes:
    """The same workbook, where every formula claims to be worth `POISON`."""
    return edit_sheets(workbook, lambda xml: _FORMULA.sub(_claim, xml))


def _claim(_found: re.Match[bytes]) -> bytes:
    return f"</f><v>{POISON}</v></c>".encode()


def type_in(workbook: bytes, sheet: int, cell: str, value: str) -> bytes:
    """The workbook with another number in a cell of its sheet of that rank (from 1).

    Raises:
        ValueError: the cell does not hold a number.
    """
    pattern = re.compile(rf'(<c r="{cell}" s="[0-9]+">)<v>[^<]*</v>'.encode())
    seen = 0

    def change(xml: bytes) -> bytes:
        nonlocal seen
        xml, count = pattern.subn(rf"\g<1><v>{value}</v>".encode(), xml)
        seen += count
        return xml

    changed = edit_sheets(workbook, change, f"xl/worksheets/sheet{sheet}.xml")
    if seen != 1:
        raise ValueError(cell)
    return changed


def edit_sheets(workbook: bytes, edit: Edit, only: str = "xl/worksheets/") -> bytes:
    """The workbook, its sheets passed through `edit`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edit(data) if name.startswith(only) else data)
    return out.getvalue()


@dataclass(frozen=True)
class Calc:
    """One LibreOffice with a profile and folders of its own; it never trusts a stored value."""

    program: str
    folder: Path

    def recalculate(self, workbook: bytes) -> bytes | None:
        """The workbook as Calc saves it, poisoned beforehand; None when it does not open."""
        source, target = self.folder / "source" / "classeur.xlsx", self.folder / "recalcul"
        profile = self.folder / "profil"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        registry = profile / "user" / "registrymodifications.xcu"
        if not registry.exists():
            registry.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
        source.parent.mkdir(exist_ok=True)
        source.write_bytes(poison(workbook))
        result = target / source.name
        result.unlink(missing_ok=True)
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        options += [
            "--infilter=Calc MS Excel 2007 XML",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
        ]
        run_tool([self.program, *options, "--outdir", target, source], timeout=240)
        return result.read_bytes() if result.exists() else None
