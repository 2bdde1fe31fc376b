"""The words of three contracts, readable in the repository; `--accept` rewrites them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.assembly.assembler import Assemblage
from caqes_docs.rendering.texte_writer import write_texte

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"


class DescribeTextesDeReference:
    """What the CHU, the HAD and the psychiatric hospital read."""

    @pytest.mark.parametrize("dossier", ["990780017", "990780058", "990780082", "990780108"])
    def it_reads_as_accepted(
        self, dossier: str, assembler: Callable[..., Assemblage], request: pytest.FixtureRequest
    ) -> None:
        texte = write_texte(assembler(dossier).document)
        golden = GOLDENS / f"contrat_{dossier}.txt"
        if request.config.getoption("--accept"):
            golden.write_text(texte, encoding="utf-8")
        assert texte == golden.read_text(encoding="utf-8")
