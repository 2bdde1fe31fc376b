"""Judges of PDF files: page-validation and veraPDF (PDF/A-3a, PDF/UA-1), and qpdf (structure)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from verdict import CACHE, INSTALL, Verdict, last_line, run_tool, verdict

PAGE = "page-validation (A-3a, UA-1)"
VERAPDF = "veraPDF (A-3a, UA-1)"
QPDF = "qpdf"
PROFILES = ("PDF/A-3a", "PDF/UA-1")
QPDF_TIMEOUT = 120.0


def judge_page(files: Sequence[Path]) -> Verdict:
    """Validate with the PyPI package page-validation."""
    try:
        import page
    except ImportError:
        return Verdict(PAGE, skipped="module Python absent : pip install page-validation")
    profiles = dict(
        zip(
            PROFILES,
            (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1),
            strict=True,
        )
    )

    def findings(path: Path) -> Iterator[str]:
        for name, profile in profiles.items():
            try:
                report = page.validate_pdf_bytes(path.read_bytes(), profile=profile)
            except page.PageError as fault:
                yield f"{name} : illisible ({fault})"
                continue
            yield from (f"{name} {line.rule_id} : {line.message}" for line in report.failures)
            if not report.is_compliant and not report.failures:
                yield f"{name} : refusé sans explication"

    return verdict(PAGE, ((path, list(findings(path))) for path in files))


def judge_verapdf(files: Sequence[Path]) -> Verdict:
    """Validate all the files with veraPDF, in one Java machine."""
    java = shutil.which("java")
    home = CACHE / "verapdf"
    if java is None:
        return Verdict(VERAPDF, skipped="java absent : installer default-jdk-headless")
    if not (home / "classes" / "JugeVeraPdf.class").exists():
        return Verdict(VERAPDF, skipped=f"veraPDF absent : {INSTALL}")
    if not files:
        return Verdict(VERAPDF)
    classpath = f"{home / 'classes'}:{home / 'jars'}/*"
    command = [java, "-Xss16m", "-cp", classpath, "JugeVeraPdf", *map(str, files)]
    answer = run_tool(command, timeout=120 + 20 * len(files))
    lines = {(line["file"], line["profile"]): line for line in _json_lines(answer.out)}
    missing = f"pas de verdict de veraPDF ({last_line(answer)})"

    def findings(path: Path) -> Iterator[str]:
        for profile in PROFILES:
            line = lines.get((str(path), profile), {"compliant": False, "error": missing})
            yield from (f"{profile} {text}" for text in _verapdf_findings(line))

    return verdict(VERAPDF, ((path, list(findings(path))) for path in files))


def _json_lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # a line cut short by a crash: its file will have no verdict
            continue


def _verapdf_findings(line: dict[str, Any]) -> list[str]:
    if line["compliant"] is True:
        return []
    if "error" in line:
        return [f": {line['error']}"]
    return [
        f"§ {rule['clause']} test {rule['test']} : {rule['message']} ({rule['count']} fois)"
        for rule in line["failures"]
    ] or [": refusé sans explication"]


def judge_qpdf(files: Sequence[Path]) -> Verdict:
    """Check the syntax of each file; a warning counts as an error."""
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        return Verdict(QPDF, skipped="qpdf absent : apt-get install qpdf")
    return verdict(QPDF, ((path, _qpdf_findings(qpdf, path)) for path in files))


def _qpdf_findings(qpdf: str, path: Path) -> list[str]:
    answer = run_tool([qpdf, "--check", path], QPDF_TIMEOUT)
    if answer.code == 0:
        return []
    said = [line.removeprefix(f"{path}: ") for line in answer.err.splitlines()]
    told = [line for line in said if "succeeded with warnings" not in line]
    return told or [last_line(answer)]
