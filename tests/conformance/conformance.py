"""Submits the Word, PDF and Excel files of a folder to outside judges, and prints their verdicts.

Usage: python tests/conformance/conformance.py FOLDER [--exiger] [--accessibilite]

Exit code: 0 when no judge found an error, 1 otherwise (or when a judge is missing and all are
demanded, by --exiger or by CI=true), 2 for a wrong command line.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from judge_libreoffice import judge_libreoffice
from judge_pages import judge_pages, pages_table
from judge_pdf import judge_page, judge_qpdf, judge_verapdf
from judge_redlines import judge_redlines
from judge_word import judge_own, judge_sdk
from judge_workbook import judge_workbook
from verdict import Verdict

Judge = Callable[[], Verdict]
JUDGES_AT_ONCE = 2
LINES_PER_FILE = 20
HEADERS = ("Juge", "Fichiers", "Erreurs", "Verdict")


def parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="conformance.py",
        description="Fait juger les fichiers Word, PDF et Excel d'un dossier.",
    )
    parser.add_argument("dossier", type=Path, metavar="DOSSIER")
    parser.add_argument(
        "--exiger",
        action="store_true",
        default=os.environ.get("CI") == "true",
        help="un juge absent est une erreur (d'office si CI=true)",
    )
    parser.add_argument(
        "--accessibilite",
        action="store_true",
        help="exige aussi titre, lignes d'en-tête et textes de remplacement dans Word",
    )
    options = parser.parse_args(arguments)
    if not options.dossier.is_dir():
        parser.error(f"dossier introuvable : {options.dossier}")
    return options


def find_files(folder: Path, suffix: str) -> list[Path]:
    """Files of this kind below the folder, those that Word keeps while editing left out."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() == suffix)
    return sorted(path for path in found if path.is_file() and not path.name.startswith("~$"))


def sit(
    words: list[Path], pdfs: list[Path], workbooks: list[Path], *, accessibility: bool
) -> list[Verdict]:
    """Run the judges, two at a time, the slowest first; the verdicts come in the same order."""
    judges: list[Judge] = [
        partial(judge_verapdf, pdfs),
        partial(judge_page, pdfs),
        partial(judge_qpdf, pdfs),
        partial(judge_pages, pdfs),
        partial(judge_sdk, words + workbooks),
        partial(judge_own, words, accessibility=accessibility),
        partial(judge_libreoffice, words),
        partial(judge_redlines, words),
        partial(judge_workbook, workbooks),
    ]
    with ThreadPoolExecutor(JUDGES_AT_ONCE) as pool:
        return list(pool.map(lambda judge: judge(), judges))


def details(verdicts: Sequence[Verdict], folder: Path) -> Iterator[str]:
    """Every finding, judge by judge then file by file, with paths relative to the folder."""
    for verdict in verdicts:
        for path, findings in verdict.findings.items():
            yield f"\n{verdict.judge} — {path.relative_to(folder)}"
            for finding in findings[:LINES_PER_FILE]:
                yield f"  - {finding.replace(f'{folder}/', '')}"
            if len(findings) > LINES_PER_FILE:
                yield f"  … et {len(findings) - LINES_PER_FILE} autres"


def summary(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The table of verdicts."""
    rows = [HEADERS, *(_row(verdict) for verdict in verdicts)]
    width = max(len(row[0]) for row in rows)
    for row in rows:
        yield f"{row[0]:<{width}}  {row[1]:>8}  {row[2]:>7}  {row[3]}"


def _row(verdict: Verdict) -> tuple[str, str, str, str]:
    if verdict.skipped:
        return verdict.judge, "-", "-", f"IGNORÉ ({verdict.skipped})"
    if not verdict.files:
        return verdict.judge, "0", "0", "rien à juger"
    word = "conforme" if not verdict.errors else "NON CONFORME"
    return verdict.judge, str(verdict.files), str(verdict.errors), word


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, print, and say with the exit code whether all is well."""
    options = parse_arguments(arguments)
    folder = options.dossier.resolve()
    words, pdfs, workbooks = (find_files(folder, kind) for kind in (".docx", ".pdf", ".xlsx"))
    if not words and not pdfs and not workbooks:
        print(f"Aucun fichier Word, PDF ou Excel à juger dans {options.dossier}.", file=sys.stderr)
        return 1
    verdicts = sit(words, pdfs, workbooks, accessibility=options.accessibilite)
    print("\n".join([*details(verdicts, folder), "", *summary(verdicts)]).lstrip("\n"))
    if shutil.which("pdftotext"):
        print("\n".join(["", *pages_table(pdfs)]))
    missing = [verdict.judge for verdict in verdicts if verdict.skipped]
    if missing and options.exiger:
        print(f"\nJuges exigés mais absents : {', '.join(missing)}.")
    wrong = any(verdict.errors for verdict in verdicts)
    return 1 if wrong or (missing and options.exiger) else 0


if __name__ == "__main__":
    sys.exit(main())
