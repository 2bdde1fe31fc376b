"""Where our time goes, by module; a C function counts for the module that calls it."""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING

from caqes_docs.rendering.docx.charte.charte import load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.typst.moteur import write_pdf
from tests.bench import content

if TYPE_CHECKING:
    from _typeshed import Incomplete as _Stats

SHOWN = 12
_ROOTS = ("site-packages", "caqes_docs", "python3")


def main() -> int:
    """Print as JSON, for each step, its heaviest modules."""
    document = content.bench_document()
    charte = load_charte(content.contract_type().charte)
    steps: dict[str, tuple[Callable[[], object], int]] = {
        "Assemblage": (content.assemble_real, 10),
        "Word": (lambda: write_docx(document, charte), 10),
        "PDF": (lambda: write_pdf(document), 5),
    }
    found = {name: profile_modules(make, times) for name, (make, times) in steps.items()}
    sys.stdout.write(json.dumps(found))
    return 0


def profile_modules(make: Callable[[], object], times: int) -> list[tuple[str, float]]:
    """The heaviest modules and their share (0 to 1), warm."""
    make()
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(times):
        make()
    profiler.disable()
    spent = _by_module(vars(pstats.Stats(profiler))["stats"])
    total = sum(spent.values())
    return [(name, value / total) for name, value in spent.most_common(SHOWN)]


def _by_module(stats: _Stats) -> Counter[str]:
    spent: Counter[str] = Counter()
    for (file, _line, _name), (_calls, _all, own, _cumulated, callers) in stats.items():
        if file != "~":
            spent[module_name(file)] += own
            continue
        for (caller, _caller_line, _caller_name), share in callers.items():
            spent[module_name(caller)] += share[2]
    return spent


def module_name(file: str) -> str:
    """The dotted name of a source file.

    >>> module_name("/x/.venv/lib/python3.11/site-packages/weasyprint/layout/table.py")
    'weasyprint.layout.table'
    """
    if file.startswith(("<", "~")):
        return "(code engendré)" if file.startswith("<") else "(natif)"
    parts = PurePath(file).with_suffix("").parts
    for root in _ROOTS:
        matches = [rank for rank, part in enumerate(parts) if part.startswith(root)]
        if matches:
            start = matches[-1] + (root != "caqes_docs")
            return ".".join(parts[start:]).removesuffix(".__init__")
    return parts[-1]


if __name__ == "__main__":
    sys.exit(main())
