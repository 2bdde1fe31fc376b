"""LibreOffice as one uses it to turn Word into PDF: started each time, or kept listening."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.bench.statm import peak_memory, processor_time, session_processes

TIMEOUT = 180
_SYSTEM_PYTHON = "/usr/bin/python3"
_BRIDGE = Path(__file__).with_name("uno_bridge.py")


class AbsentError(Exception):
    """A tool that this machine lacks; the message says which."""


def find_soffice() -> str:
    """The LibreOffice of this machine.

    Raises:
        AbsentError: there is none.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise AbsentError(
            "soffice absent (apt-get install --no-install-recommends libreoffice-writer)"
        )
    return program


def convert(files: list[Path], folder: Path) -> None:
    """Turn Word files into PDF in `folder`, by one LibreOffice started for them.

    Raises:
        AbsentError: no LibreOffice.
        RuntimeError: it made nothing.
    """
    profile = (folder / "profil").as_uri()
    command = [find_soffice(), "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(
        command, timeout=TIMEOUT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if not all((folder / f"{file.stem}.pdf").exists() for file in files):
        raise RuntimeError("LibreOffice n'a rien produit")


class ColdOffice:
    """A LibreOffice started for each act; its profile is made once."""

    def __init__(self, folder: Path) -> None:
        find_soffice()
        self._folder = folder

    def to_pdf(self, docx: bytes) -> bytes:
        """The PDF of a Word file."""
        source = self._folder / "acte.docx"
        source.write_bytes(docx)
        target = source.with_suffix(".pdf")
        target.unlink(missing_ok=True)
        convert([source], self._folder)
        return target.read_bytes()

    def memory(self) -> int:
        """Ours, and that of the heaviest process it waited for, in KiB."""
        return peak_memory() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    def processor(self) -> float:
        """Seconds of processor, those of the processes that have ended included."""
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime


class WarmOffice:
    """A LibreOffice that listens, driven through UNO by the Python of the system."""

    def __init__(self, folder: Path) -> None:
        self._program = find_soffice()
        _check_uno()
        self._folder = folder
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> WarmOffice:
        port = _free_port()
        profile = (self._folder / "profil").as_uri()
        accept = f"--accept=socket,host=127.0.0.1,port={port};urp;"
        options = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile}"]
        self._listener = subprocess.Popen(
            [self._program, *options, accept],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._stack.callback(_end_session, self._listener)
        self._bridge = subprocess.Popen(
            [_SYSTEM_PYTHON, str(_BRIDGE), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            text=True,
        )
        self._stack.callback(self._bridge.kill)
        if self._answer() != "pret":
            self._stack.close()
            raise AbsentError("LibreOffice n'écoute pas (voir python3-uno)")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _answer(self) -> str:
        assert self._bridge.stdout is not None
        return self._bridge.stdout.readline().strip()

    def to_pdf(self, docx: bytes) -> bytes:
        """The PDF of a Word file."""
        source = self._folder / "acte.docx"
        target = source.with_suffix(".pdf")
        source.write_bytes(docx)
        assert self._bridge.stdin is not None
        self._bridge.stdin.write(f"{source.as_uri()}\t{target.as_uri()}\n")
        self._bridge.stdin.flush()
        if (answer := self._answer()) != "fait":
            raise RuntimeError(f"LibreOffice: {answer}")
        return target.read_bytes()

    def memory(self) -> int:
        """Ours, that of LibreOffice and that of the bridge, in KiB."""
        return peak_memory() + sum(map(peak_memory, self._others()))

    def processor(self) -> float:
        """Seconds of processor: ours, LibreOffice's and the bridge's."""
        return time.process_time() + sum(map(processor_time, self._others()))

    def _others(self) -> list[int]:
        return [*session_processes(self._listener.pid), self._bridge.pid]


def _check_uno() -> None:
    try:
        tried = subprocess.run(
            [_SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, timeout=TIMEOUT, check=False
        )
    except OSError as error:
        raise AbsentError(f"{_SYSTEM_PYTHON} absent") from error
    if tried.returncode:
        raise AbsentError(f"python3-uno absent de {_SYSTEM_PYTHON}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end_session(leader: subprocess.Popen[bytes]) -> None:
    """End the processes we started, and them alone: they share a session of their own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, signal.SIGTERM)
    try:
        leader.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(leader.pid, signal.SIGKILL)
        leader.wait()
