"""Memory and time of processes, as Linux tells it; None or 0 elsewhere."""

from __future__ import annotations

import os
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


def processor_time(pid: int) -> float:
    """The seconds of processor that another process has used so far."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def session_processes(session: int) -> list[int]:
    """The processes of a session (LibreOffice starts others of its own)."""
    found = []
    for entry in _PROC.glob("[0-9]*"):
        fields = _stat(int(entry.name))
        if fields and int(fields[3]) == session:
            found.append(int(entry.name))
    return found


def _stat(pid: int) -> list[str]:
    """The fields of `/proc/pid/stat` that follow the name, empty when the process has ended."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return stat.rpartition(")")[2].split()
