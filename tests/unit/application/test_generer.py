"""A batch goes to its end, even when the machine kills the processes that share the work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Self

import pytest

from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.projet import Projet

NOMS = ["990780058", "990780082", "2A9780012"]


class _Killed:
    """A team of processes that dies after its first act."""

    def __init__(
        self, _travaux: int, _contexte: Any, initializer: Callable[..., None], initargs: Any
    ) -> None:
        initializer(*initargs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_faute: object) -> None:
        return

    def map(self, travail: Callable[[Any], Any], taches: Sequence[Any]) -> Iterator[Any]:
        yield travail(taches[0])
        raise BrokenProcessPool


class DescribeGenerate:
    """`application.generer.generate`."""

    def it_works_alone_when_the_team_dies(
        self, projet: Projet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", _Killed)
        bilan = generate(projet, NOMS, Demande(tmp_path, ("txt",), travaux=2))
        assert [resultat.dossier for resultat in bilan.resultats] == NOMS
        assert bilan.echecs == ()
        assert len(list(tmp_path.glob("*.txt"))) == len(NOMS)
