"""Every code that a user may read is provoked by a broken project, and read word for word.

`pytest --accept tests/mauvais` rewrites what the commands say; read the `git diff` as a jurist would.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run
from tests.architecture.test_erreurs import _codes_du_paquet
from tests.mauvais.cas import BASE, Cas, iter_corpus

CORPUS = tuple(iter_corpus())
AILLEURS: dict[str, str] = {}
"""Codes that no project can provoke: where they are tested instead."""


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for a project, which is the current folder."""
    dossier = tmp_path / "projet"
    monkeypatch.setenv("CAQES_SANS_COULEUR", "1")
    return dossier


class DescribeCorpus:
    """`tests/mauvais/*.md`, run in process."""

    @pytest.mark.parametrize("cas", CORPUS, ids=[cas.nom for cas in CORPUS])
    def it_says_exactly_what_is_wrong(
        self,
        cas: Cas,
        projet: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        request: pytest.FixtureRequest,
    ) -> None:
        cas.build(projet)
        monkeypatch.chdir(projet)
        sortie = int(run(cas.commande))
        capture = capsys.readouterr()
        texte = (capture.out + capture.err).replace(str(projet), "<PROJET>")
        if request.config.getoption("--accept"):
            cas.accept(sortie, texte)
            return
        assert texte == cas.attendu
        assert sortie == cas.sortie
        assert cas.code in texte
