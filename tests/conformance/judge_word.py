"""Judges of Word files that read them without Word: the Open XML SDK, and our own checks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from verdict import CACHE, INSTALL, Verdict, last_line, run_tool, verdict

SDK = "SDK Open XML"
OWN = "Contrôles Word de la maison"
PARALLEL = 2
TIMEOUT = 120.0


def judge_sdk(files: Sequence[Path]) -> Verdict:
    """Validate with the Open XML SDK, two files at a time."""
    program = next((CACHE / "ooxml").glob("node_modules/@xarsh/*/ooxml-validator"), None)
    if program is None:
        return Verdict(SDK, skipped=f"validateur absent : {INSTALL}")
    with ThreadPoolExecutor(PARALLEL) as pool:
        answers = pool.map(lambda path: _sdk_findings(program, path), files)
        return verdict(SDK, zip(files, answers, strict=True))


def _sdk_findings(program: Path, path: Path) -> list[str]:
    answer = run_tool([program, path, "Microsoft365"], TIMEOUT)
    # The exit code is always 0: only the « ok » of the answer counts.
    try:
        report = json.loads(answer.out)
        if report["ok"] is True and not report["errors"]:
            return []
        return [_sdk_line(error) for error in report["errors"]] or ["refusé sans explication"]
    except (ValueError, KeyError, TypeError):
        return [f"pas de verdict du validateur ({last_line(answer)})"]


def _sdk_line(error: dict[str, str | None]) -> str:
    place = " ".join(str(error[key]) for key in ("path", "xPath") if error.get(key))
    return f"{place or 'fichier'} : {error.get('description')}"


def judge_own(files: Sequence[Path], *, accessibility: bool = False) -> Verdict:
    """Run `word_checks` on each file."""
    try:
        from word_checks import check_word
    except ImportError as fault:
        return Verdict(OWN, skipped=f"module Python absent : {fault.name}")
    return verdict(
        OWN, ((path, check_word(path.read_bytes(), accessibility=accessibility)) for path in files)
    )
