"""The race: contenders in processes of their own, told to run in turn, A B C A B C."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.content import RACINE


@dataclass
class Result:
    """What a contender did. Times are milliseconds; `ignored` says why it did not run."""

    name: str
    output: Path
    ignored: str = ""
    first: float = math.nan
    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    """Time of processor, that of the processes it had to start included."""
    size: int = 0
    memory: int = 0
    """At most, KiB."""
    pages: int | None = None

    def percentile(self, share: float) -> float:
        """The time that `share` of the runs do not exceed."""
        ordered = sorted(self.times)
        return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]

    @property
    def median(self) -> float:
        """Half of the runs are below."""
        return statistics.median(self.times)

    @property
    def median_processor(self) -> float:
        """Half of the runs take less time of processor."""
        return statistics.median(self.processor)


class _Runner:
    """One contender's process."""

    def __init__(self, name: str, output: Path) -> None:
        self.result = Result(name, output)
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- closed by `end`
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.worker", name, str(output)],
            cwd=RACINE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def ready(self) -> bool:
        """Wait until it is prepared; False when it cannot run."""
        answer = self._answer()
        self.result.ignored = answer.get("ignored", "")
        self.result.first = answer.get("first", math.nan)
        return not self.result.ignored

    def run(self) -> None:
        """One act."""
        answer = self._ask("acte")
        if "spent" in answer:
            self.result.times.append(answer["spent"])
            self.result.processor.append(answer["processor"])

    def end(self) -> None:
        """Its account, and its end."""
        if not self.result.ignored:
            answer = self._ask("fin")
            self.result.size = answer.get("size", 0)
            self.result.memory = answer.get("memory", 0)
        self._process.communicate()
        self._errors.close()

    def _ask(self, order: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{order}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return {}
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        """What it says; when it died, its last words become the reason."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._errors.seek(0)
        words = self._errors.read().strip().splitlines()
        self.result.ignored = f"arrêt brutal : {words[-1] if words else 'sans un mot'}"
        return {"ignored": self.result.ignored}


def race(names: Sequence[str], rounds: int, folder: Path) -> list[Result]:
    """Run the contenders side by side, in turn, `rounds` times."""
    runners = [_Runner(name, folder / f"{name}.out") for name in names]
    running = [runner for runner in runners if runner.ready()]
    for _ in range(rounds):
        for runner in running:
            if not runner.result.ignored:
                runner.run()
    for runner in runners:
        runner.end()
    return [runner.result for runner in runners]


@dataclass
class Serie:
    """Many acts made by several processes of one contender at once. Times are seconds."""

    name: str
    acts: int = 0
    elapsed: float = 0.0
    processor: float = 0.0
    ignored: str = ""


def run_series(
    names: Sequence[str], acts: int, folder: Path, *, at_once: int = 2, batch: int = 10
) -> list[Serie]:
    """`acts` of each, `batch` by process and in turn, after one for nothing by process."""
    teams = {
        name: [_Runner(name, folder / f"{name}-{rank}.out") for rank in range(at_once)]
        for name in names
    }
    series = [Serie(name) for name in names]
    for serie in series:
        for runner in teams[serie.name]:
            runner.ready()
            serie.ignored = serie.ignored or runner.result.ignored
    with ThreadPoolExecutor(at_once) as pool:
        for _ in range(0, acts, batch * at_once):
            for serie in (one for one in series if not one.ignored):
                start = time.perf_counter()
                list(
                    pool.map(lambda runner: [runner.run() for _ in range(batch)], teams[serie.name])
                )
                serie.elapsed += time.perf_counter() - start
    for serie in series:
        for runner in teams[serie.name]:
            runner.end()
            serie.acts += len(runner.result.processor)
            serie.processor += sum(runner.result.processor) / 1000
    return series
