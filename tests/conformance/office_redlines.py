"""Has LibreOffice accept, or refuse, every change of some Word files; run by a Python that has uno.

Arguments: the program, the folder of the answers, the Word files. Each file gives two, named after
the answer. What was not written could not be judged: nothing is guessed.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ANSWERS = {"accepté": ".uno:AcceptAllTrackedChanges", "refusé": ".uno:RejectAllTrackedChanges"}
PATIENCE = 90.0


def connect(uno: Any, pipe: str) -> Any:
    """The desktop of the office that listens on `pipe`, once it does."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            url = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
            return resolver.resolve(url)
        except Exception:
            if time.monotonic() > limit:
                raise
            time.sleep(0.3)


def settings(uno: Any, **values: Any) -> tuple[Any, ...]:
    """Named values, as the office takes them."""
    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def answer(uno: Any, context: Any, source: Path, output: Path, command: str) -> None:
    """Open `source`, answer all its changes, store what is left."""
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = desktop.loadComponentFromURL(
        source.as_uri(), "_blank", 0, settings(uno, Hidden=True)
    )
    try:
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, command, "", 0, ())
        document.storeToURL(output.as_uri(), settings(uno, FilterName="MS Word 2007 XML"))
    finally:
        document.close(True)


def main(arguments: list[str]) -> int:
    """Answer each file in both ways, in one office with a profile of its own."""
    uno: Any = importlib.import_module("uno")
    program, folder, *files = arguments
    output = Path(folder)
    pipe = f"caqes{time.monotonic_ns()}"
    options = ["--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
    profile = f"-env:UserInstallation={(output / 'profil').as_uri()}"
    with subprocess.Popen([program, *options, profile]) as office:
        try:
            context = connect(uno, pipe)
            for file in files:
                source = Path(file)
                for name, command in ANSWERS.items():
                    answer(uno, context, source, output / f"{source.stem}.{name}.docx", command)
        finally:
            office.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
