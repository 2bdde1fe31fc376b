"""`make bench`: our times and memory beside those of docxtpl, python-docx and LibreOffice.

Nothing here passes or fails on a time: it measures, side by side and in turn, on the same act.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from rich.console import Console

from tests.bench import report
from tests.bench.avenants import measure_avenant
from tests.bench.cold import REFERENCE, measure_cold
from tests.bench.content import DOSSIER, RACINE, ROWS, lines_of
from tests.bench.linearity import measure_linearity
from tests.bench.office import AbsentError, convert
from tests.bench.race import Result, race, run_series

REAL = ("assemblage", "assemblage_word")
WORD = ("word", "docxtpl", "python_docx")
PAIRS = ("paire", "libreoffice_chaud")
PDF = ("pdf", "weasyprint", "libreoffice_froid", "libreoffice_chaud")


_MEMORY_TITLES = {
    "word": "assemblage et Word, tous les dossiers à tour de rôle",
    "pdf": "assemblage et PDF, tous les dossiers à tour de rôle",
}


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    word_rounds: int
    pdf_rounds: int
    cold_rounds: int
    pairs: int
    word_acts: tuple[int, ...]
    pdf_acts: tuple[int, ...]


FULL = Effort(40, 7, 5, 300, (10, 100, 200, 300), (50, 150, 300))
QUICK = Effort(5, 2, 1, 20, (10, 30, 60), (20, 25, 30))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the JSON when asked."""
    parser = argparse.ArgumentParser(prog="bench", description="Mesure les temps de production.")
    parser.add_argument("--rapide", action="store_true", help="peu de tours, pour essayer")
    parser.add_argument("--json", type=Path, metavar="FICHIER", help="écrire aussi les mesures")
    options = parser.parse_args(arguments)
    effort = QUICK if options.rapide else FULL
    console = report.make_console()
    _introduce(console, effort)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        measures = _races(console, effort, Path(folder))
        series = run_series(PAIRS, effort.pairs, Path(folder))
        measures["a_froid"] = measure_cold(effort.cold_rounds, Path(folder))
        measures["avenant"] = dict(measure_avenant(effort.pdf_rounds, Path(folder)))
    measures["series"] = [dataclasses.asdict(serie) for serie in series]
    report.show_series(console, series)
    report.show_cold(console, measures["a_froid"], REFERENCE)
    report.show_avenant(console, measures["avenant"])
    measures["linearite"] = measure_linearity(effort.pdf_rounds)
    report.show_linearity(console, measures["linearite"])
    measures["memoire"] = _memory(console, effort)
    measures["profil"] = _profiles(console)
    if options.json is not None:
        text = json.dumps(measures, ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _introduce(console: Console, effort: Effort) -> None:
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    console.print(
        f"Python {platform.python_version()}, {os.cpu_count()} cœurs, charge {load} au départ."
        f" À tour de rôle, un processus par concurrent :"
        f" {effort.word_rounds} tours pour Word, {effort.pdf_rounds} pour le PDF.\n"
        f"Acte comparé : articles du contrat {DOSSIER} et cinq tableaux de {ROWS} lignes,"
        f" mêmes mots pour tous, d’autres à chaque tour. Temps en ms, mémoire (au plus) en Mo ;"
        " « CPU » : temps de processeur, LibreOffice compris ; « 1er appel » : caches vides."
    )


def _races(console: Console, effort: Effort, folder: Path) -> dict[str, Any]:
    """The three races, their tables and their ratios."""
    real = race(REAL, effort.word_rounds, folder)
    word = race(WORD, effort.word_rounds, folder)
    pdf = race(PDF, effort.pdf_rounds, folder)
    _count_word_pages([real[1], *word], folder)
    for result in pdf:
        result.pages = None if result.ignored else _pdf_pages(result.output)
    report.show_race(console, f"Dossier réel {DOSSIER}, contrat entier", real)
    report.show_race(console, "Écrire le même acte en Word", word)
    console.print(f"  Mêmes mots dans les trois fichiers : {_same_words(word)}.")
    report.show_race(console, "Le même acte en PDF", pdf)
    found = report.ratios("Word", word[0], word[1:]) + report.ratios("PDF", pdf[0], pdf[1:])
    for text, _ratio in found:
        console.print(f"  {text}")
    return {
        "temps": {result.name: _measures(result) for result in (*real, *word, *pdf)},
        "rapports": dict(found),
    }


def _measures(result: Result) -> dict[str, Any]:
    if result.ignored:
        return {"ignore": result.ignored}
    return {
        "p50_ms": result.median,
        "p95_ms": result.percentile(0.95),
        "min_ms": min(result.times),
        "premier_ms": result.first,
        "temps_ms": result.times,
        "processeur_ms": result.processor,
        "memoire_kio": result.memory,
        "octets": result.size,
        "pages": result.pages,
    }


def _same_words(results: Sequence[Result]) -> str:
    written = [lines_of(result.output.read_bytes()) for result in results if not result.ignored]
    return "oui" if all(lines == written[0] for lines in written) else "NON"


def _pdf_pages(path: Path) -> int:
    document = importlib.import_module("pypdfium2").PdfDocument(path.read_bytes())
    try:
        return len(document)
    finally:
        document.close()


def _count_word_pages(results: Sequence[Result], folder: Path) -> None:
    """Pages as LibreOffice lays them out, not timed; unknown without it."""
    copies = []
    kept = [result for result in results if zipfile.is_zipfile(result.output)]
    for result in kept:
        copies.append(folder / f"{result.name}.docx")
        copies[-1].write_bytes(result.output.read_bytes())
    try:
        convert(copies, folder)
    except (AbsentError, RuntimeError, subprocess.SubprocessError):
        return
    for result, copy in zip(kept, copies, strict=True):
        result.pages = _pdf_pages(copy.with_suffix(".pdf"))


def _memory(console: Console, effort: Effort) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, milestones in (("word", effort.word_acts), ("pdf", effort.pdf_acts)):
        output = _module("memory", kind, *map(str, milestones))
        lines = [json.loads(line) for line in output.splitlines()]
        found[kind] = [(line["count"], line["memory"]) for line in lines]
        if found[kind]:
            title = f"Mémoire d'un seul processus : {_MEMORY_TITLES[kind]}"
            report.show_memory(console, title, found[kind])
        else:
            console.print(f"  IGNORÉ mémoire ({kind}) : rien n'a pu être produit.")
    return found


def _profiles(console: Console) -> dict[str, Any]:
    output = _module("profiling")
    found: dict[str, Any] = json.loads(output) if output else {}
    report.show_profile(console, found)
    return found


def _module(name: str, *arguments: str) -> str:
    """What a module of the bench says, run as a process of its own."""
    command = [sys.executable, "-m", f"tests.bench.{name}", *arguments]
    done = subprocess.run(command, cwd=RACINE, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
