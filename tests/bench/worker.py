"""A process of its own for each contender, so that its memory is its own; the conductor says when.

Speaks JSON lines on its standard output: ready (or not, and why), each time, then the account.
"""

from __future__ import annotations

import contextlib
import gc
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from caqes_docs.core.errors import CaqesError
from tests.bench.contenders import Contender, prepare
from tests.bench.office import AbsentError


def main() -> int:
    """Serve one contender until told to end."""
    name, output = sys.argv[1], Path(sys.argv[2])
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        try:
            contender = prepare(name, folder, stack)
            (first, _), made = _timed(contender)
        except (AbsentError, CaqesError, RuntimeError, subprocess.SubprocessError) as error:
            _say(ignored=str(error))
            return 0
        output.write_bytes(made)
        _say(first=first)
        for _order in iter(sys.stdin.readline, "fin\n"):
            if not _order:
                return 1
            (spent, processor), made = _timed(contender)
            _say(spent=spent, processor=processor)
        _say(size=len(made), memory=contender.memory())
    return 0


def _timed(contender: Contender) -> tuple[tuple[float, float], bytes]:
    """Milliseconds elapsed and of processor, and what was made."""
    gc.collect()
    processor, start = contender.processor(), time.perf_counter()
    made = contender.make()
    elapsed = time.perf_counter() - start
    return (elapsed * 1000, (contender.processor() - processor) * 1000), made


def _say(**values: object) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
