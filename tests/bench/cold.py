"""Whole commands, each in a new process, beside the bare import of the libraries of such a tool.

Processor time is what counts: a busy machine changes it less. All run in turn, in the same minutes.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from caqes_docs.application.memoire.souvenirs import ACTES, PLACE
from tests.bench.content import DOSSIER, RACINE

REFERENCE = "reference"
SOUVENIR, OUBLI = "souvenir", ""
_PYTHON = (sys.executable, "-m", "caqes_docs")
_WORD = (*_PYTHON, "generer", DOSSIER, "--formats", "docx")
_VERIFIER = (*_PYTHON, "verifier", DOSSIER)
COMMANDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    REFERENCE: ((sys.executable, "-c", "import docxtpl, weasyprint"), SOUVENIR),
    "froid_word": (_WORD, SOUVENIR),
    "froid_word_pdf": ((*_PYTHON, "generer", DOSSIER, "--formats", "docx,pdf"), SOUVENIR),
    "froid_verifier": (_VERIFIER, SOUVENIR),
    "froid_word_neuf": (_WORD, SOUVENIR),
    "froid_verifier_neuf": (_VERIFIER, SOUVENIR),
    "froid_clauses": ((*_PYTHON, "clauses", "verifier"), OUBLI),
}
"""What is typed, and where the check of the library is remembered: nowhere for the last one."""
NEUFS = ("froid_word_neuf", "froid_verifier_neuf")
"""For these the act was not assembled before, as when its dossier has just changed."""


def measure_cold(rounds: int, folder: Path) -> dict[str, float]:
    """Milliseconds of processor of each command, the median of `rounds` after one for nothing."""
    spent: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for rank in range(rounds + 1):
        for name, (command, memory) in COMMANDS.items():
            output = ("--sortie", str(folder / name)) if "generer" in command else ()
            if name in NEUFS:
                shutil.rmtree(folder / memory / ACTES, ignore_errors=True)
            took = _processor((*command, *output), folder / memory if memory else None)
            if rank:
                spent[name].append(took)
    return {name: statistics.median(times) for name, times in spent.items()}


def _processor(command: Sequence[str], memory: Path | None) -> float:
    """Milliseconds of processor that one command takes.

    Raises:
        CalledProcessError: it failed.
    """
    environment = {**os.environ, PLACE: str(memory or "")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # at a desk, modules are compiled once
    before = os.times()
    subprocess.run(command, cwd=RACINE, env=environment, capture_output=True, check=True)
    after = os.times()
    user = after.children_user - before.children_user
    return (user + after.children_system - before.children_system) * 1000
