"""Finding a project, whatever stands in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caqes_docs.application.projet import find_projet
from caqes_docs.core.errors import UsageError


class DescribeFindProjet:
    """`application.projet.find_projet`."""

    def it_tells_a_folder_that_is_closed(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda chemin, _mode: chemin.name != "clauses")
        with pytest.raises(UsageError, match=r"clauses/ du projet ne peut pas être lu") as pris:
            find_projet(espace)
        assert pris.value.code == "U-001"

    def it_tells_that_the_current_folder_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone() -> Path:
            raise FileNotFoundError

        monkeypatch.setattr(Path, "cwd", gone)
        with pytest.raises(UsageError, match="Aucun projet") as pris:
            find_projet(None)
        assert pris.value.code == "U-001"
