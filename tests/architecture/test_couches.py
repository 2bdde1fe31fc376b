"""The layers of the package, as `pyproject.toml` declares them to import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.architecture.depot import RACINE


class DescribeCouches:
    """`[tool.importlinter]`."""

    def it_keeps_every_contract(self) -> None:
        commande = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
        bilan = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
        assert bilan.returncode == 0, bilan.stdout + bilan.stderr
