"""Runs under the Python of the system: Word files to PDF through a LibreOffice that listens.

Reads « source TAB target » lines (URLs), answers « fait », or what went wrong.
"""

from __future__ import annotations

import importlib
import sys
import time
from typing import Any

_ATTEMPTS = 200


def connect(uno: Any, port: str) -> Any:
    """The desktop of the LibreOffice that listens on `port`, once it has started."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    url = f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext"
    for attempt in range(_ATTEMPTS):
        try:
            context = resolver.resolve(url)
            break
        except Exception:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(0.1)
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def main() -> None:
    """Serve until the end of the input."""
    uno = importlib.import_module("uno")

    def value(name: str, content: object) -> Any:
        made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        made.Name, made.Value = name, content
        return made

    desktop = connect(uno, sys.argv[1])
    _say("pret")
    for line in sys.stdin:
        source, target = line.rstrip("\n").split("\t")
        try:
            document = desktop.loadComponentFromURL(source, "_blank", 0, (value("Hidden", True),))
            document.storeToURL(target, (value("FilterName", "writer_pdf_Export"),))
            document.close(True)
            _say("fait")
        except Exception as error:
            _say(f"{type(error).__name__} {error}".replace("\n", " "))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
