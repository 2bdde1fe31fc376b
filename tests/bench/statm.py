"""Memory of processes, as Linux tells it; None or 0 elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

_PROC = Path("/proc")


def _field(pid: int | str, name: str) -> int:
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) if found else 0


def peak_memory(pid: int | str = "self") -> int:
    """The most memory the process ever held, in KiB."""
    return _field(pid, "VmHWM")


def current_memory() -> int:
    """The memory this process holds now, in KiB."""
    return _field("self", "VmRSS")


def session_processes(session: int) -> list[int]:
    """The processes of a session (LibreOffice starts others of its own)."""
    found = []
    for entry in _PROC.glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[3]) == session:
            found.append(int(entry.name))
    return found
