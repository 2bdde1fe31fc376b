"""What a judge answers, and the few means that judges share."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "conformance"
INSTALL = "lancer tests/conformance/installer.sh"


@dataclass(frozen=True)
class Verdict:
    """Findings of one judge, by file; `skipped` says why it could not sit, if so."""

    judge: str
    files: int = 0
    findings: dict[Path, list[str]] = field(default_factory=dict)
    skipped: str = ""

    @property
    def errors(self) -> int:
        """Number of findings, all files together."""
        return sum(len(lines) for lines in self.findings.values())


def verdict(judge: str, answers: Iterable[tuple[Path, list[str]]]) -> Verdict:
    """Gather the answers given file by file; a file without finding counts as judged."""
    answered = list(answers)
    found = {path: lines for path, lines in answered if lines}
    return Verdict(judge, files=len(answered), findings=found)


@dataclass(frozen=True)
class ToolAnswer:
    """What a program said; `code` is None when it had to be stopped."""

    code: int | None
    out: str
    err: str


def run_tool(command: Sequence[str | Path], timeout: float) -> ToolAnswer:
    """Run a program and its children; stop them all when the time is up."""
    with subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            return ToolAnswer(None, out, err)
    return ToolAnswer(process.returncode, out, err)


def last_line(answer: ToolAnswer) -> str:
    """The line of a failed program most likely to say why it failed."""
    if answer.code is None:
        return "arrêté : délai dépassé"
    lines = (answer.err.strip() or answer.out.strip()).splitlines()
    return lines[-1] if lines else f"code de sortie {answer.code}"
