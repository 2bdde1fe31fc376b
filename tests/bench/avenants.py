"""An avenant, its redline and the consolidated version, beside the contract that they amend."""

from __future__ import annotations

import datetime as dt
import shutil
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from caqes_docs.application.avenants.consolidee import write_consolidated
from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options
from tests.bench.content import DOSSIER, RACINE

FORMATS = ("docx", "pdf")
AVENANT, JOUR = 1, dt.date(2020, 6, 1)
NAME = "Centre hospitalier universitaire"


def measure_avenant(rounds: int, folder: Path) -> Mapping[str, float]:
    """Milliseconds of CPU, in turn in one process, the first turn left out; the contract first.

    The hospital has another name at each turn: typst remembers the pages that it has laid out.
    """
    root = folder / "avenants"
    for name in ("clauses", "templates", "contracts_data"):
        shutil.copytree(RACINE / name, root / name)
    file = root / f"contracts_data/dossiers/{DOSSIER}.yaml"
    text = file.read_text(encoding="utf-8")
    projet = Projet(root)
    works: dict[str, Callable[[], None]] = {
        "contrat": lambda: _generate(projet, "contrat", folder),
        "avenant": lambda: _generate(projet, "avenant", folder),
        "consolidee": lambda: _consolidate(projet, folder),
    }
    spent: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds + 1):
        file.write_text(text.replace(NAME, f"{NAME} {turn}"), encoding="utf-8")
        for name, work in works.items():
            start = time.process_time()
            work()
            spent[name].append(1000 * (time.process_time() - start))
    return {name: statistics.median(times[1:]) for name, times in spent.items()}


def _generate(projet: Projet, type_: str, folder: Path) -> None:
    options = Options(avenant=AVENANT if type_ == "avenant" else None)
    demande = Demande(folder, FORMATS, (type_,), options)
    (fait,) = generate(projet, [DOSSIER], demande).resultats
    if fait.erreur is not None:
        raise RuntimeError(str(fait.erreur))


def _consolidate(projet: Projet, folder: Path) -> None:
    (affaire,) = projet.named([DOSSIER]).select([DOSSIER])
    write_consolidated(projet, affaire, (), JOUR, folder, FORMATS)
