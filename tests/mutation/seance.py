"""Two pytest sessions: one collects, measures, and judges grafted mutants; one judges a cold one.

A mutant is judged in a fork of the session, by the tests that run its lines, until one fails. The
measure counts processor time, so that a busy machine changes no verdict.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.mutation.chargeur import PAQUET, Importateur, graft, install
from tests.mutation.mutants import Mutant

TESTS = (
    "caqes_docs/law",
    "tests/cas",
    "tests/unit/law",
    "tests/mauvais",
    "tests/bout_en_bout/test_cote_a_cote.py",
    "tests/bout_en_bout/test_goldens.py",
    "tests/bout_en_bout/test_simulation.py",
    "tests/unit/application/expliquer/test_montants.py",
)
LONGUE = 8.0
"""Processor seconds, traced, above which a test is not asked to judge."""
CHAUFFE = "tests/mutation/chauffe.py"
OPTIONS = (
    "-p", "no:terminal", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider",
    "--import-mode=importlib", "--doctest-modules", "-m", "", "--hypothesis-profile=long",
)  # fmt: skip
MEMOIRE = 4 * 1024**3
PATIENCE = 10
"""Seconds of the clock allowed for each second of processor: what sleeps for ever is stopped."""
SURVIT, TUE, DELAI, COURT_CIRCUIT = 0, 1, 2, 3


@dataclass(frozen=True)
class Mesure:
    """What one test does: the processor seconds it takes, and the lines of the law it runs."""

    duree: float
    lignes: frozenset[tuple[str, int]]


@dataclass
class Couverture:
    """The tests in order, what each runs, and what loading the project runs."""

    tests: dict[str, Mesure] = field(default_factory=dict)
    chauffe: frozenset[tuple[str, int]] = frozenset()
    sur_projet: frozenset[str] = frozenset()

    def is_cold(self, mutant: Mutant) -> bool:
        """Whether the mutant must be there before anything is loaded."""
        return mutant.ligne == 0 or bool(self._lines(mutant) & self.chauffe)

    def find_tests(self, mutant: Mutant) -> list[str]:
        """The tests that may notice the mutant, quickest first.

        What runs while the project loads is judged by the tests that use the project, and by those
        of the module itself, which also judge what runs on import.
        """
        lignes = self._lines(mutant)
        charge = bool(lignes & self.chauffe)
        propre = f"/test_{Path(mutant.module).stem}.py::"
        noms = [
            nom
            for nom, mesure in self.tests.items()
            if mesure.lignes & lignes
            or (charge and nom in self.sur_projet)
            or ((charge or not mutant.ligne) and propre in nom)
            if mesure.duree <= LONGUE
            if mutant.ligne
            or propre in nom
            or any(module == mutant.module for module, _ in mesure.lignes)
        ]
        return sorted(noms, key=lambda nom: (self.tests[nom].duree, nom))

    def _lines(self, mutant: Mutant) -> frozenset[tuple[str, int]]:
        if mutant.ligne == 0:
            toutes = (mesure.lignes for mesure in self.tests.values())
            return frozenset(
                (module, ligne)
                for lot in toutes
                for module, ligne in lot
                if module == mutant.module
            )
        return frozenset(
            (mutant.module, ligne) for ligne in range(mutant.ligne, mutant.derniere + 1)
        )


class Traceur:
    """Notes the lines of `modules` that run between `start` and `stop`."""

    def __init__(self, modules: Iterable[str]) -> None:
        self.lignes: set[tuple[str, int]] = set()
        self._modules = {str(PAQUET / module): module for module in modules}

    def start(self) -> None:
        """Begin afresh."""
        self.lignes = set()
        sys.settrace(self._call)

    def stop(self) -> frozenset[tuple[str, int]]:
        """What ran since the start."""
        sys.settrace(None)
        return frozenset(self.lignes)

    def _call(self, cadre: FrameType, _event: str, _arg: object) -> Callable[..., Any] | None:
        module = self._modules.get(cadre.f_code.co_filename)
        if module is None:
            return None

        def line(cadre: FrameType, event: str, _arg: object) -> Callable[..., Any]:
            if event == "line":
                self.lignes.add((module, cadre.f_lineno))
            return line

        return line


class Greffon:
    """The pytest plugin of both sessions: what to do once the tests are collected."""

    def __init__(self, work: Callable[[Seance], None]) -> None:
        self.work = work
        self.fatal = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Before pytest, which reads for itself the modules whose doctests it was asked to run."""
        sys.meta_path.sort(key=lambda importateur: not isinstance(importateur, Importateur))

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running the tests."""
        self.work(Seance(session, self))
        return True

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A failure ends the process of a mutant."""
        if report.failed:
            if self.fatal:
                os._exit(TUE)
            raise pytest.UsageError(f"{report.nodeid} échoue sans mutant :\n{report.longreprtext}")


@dataclass
class Seance:
    """The collected tests; only the lines of `modules` are traced."""

    session: pytest.Session
    greffon: Greffon
    modules: frozenset[str] = frozenset()

    @property
    def items(self) -> list[pytest.Item]:
        """The tests, without the one that warms."""
        return [item for item in self.session.items if not item.nodeid.startswith(CHAUFFE)]

    def run(self, items: Sequence[pytest.Item], suivant: pytest.Item | None = None) -> None:
        """Run tests one after the other; `suivant` keeps the session's fixtures alive."""
        for item, apres in zip(items, [*items[1:], suivant], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=apres)

    def warm(self) -> Couverture:
        """Load the project, traced."""
        traceur = Traceur(self.modules)
        traceur.start()
        self.run([self.session.items[0]], self.items[0])
        return Couverture(chauffe=traceur.stop())

    def measure(self, couverture: Couverture) -> Couverture:
        """Run each test once, traced; in a fork, since tests leave caches and threads behind."""
        items, traceur = self.items, Traceur(self.modules)
        for item, apres in zip(items, [*items[1:], items[0]], strict=True):
            debut = time.process_time()
            traceur.start()
            self.run([item], apres)
            lignes = traceur.stop()
            couverture.tests[item.nodeid] = Mesure(time.process_time() - debut, lignes)
        couverture.sur_projet = frozenset(
            item.nodeid for item in items if "projet" in getattr(item, "fixturenames", ())
        )
        return couverture

    def judge(self, mutant: Mutant, noms: Iterable[str]) -> int:
        """In a fork: graft the mutant, run its tests."""
        if not graft(mutant):
            return COURT_CIRCUIT
        self.greffon.fatal = True
        par_nom = {item.nodeid: item for item in self.items}
        self.run([par_nom[nom] for nom in noms])
        return SURVIT


def open_session(work: Callable[[Seance], None], arguments: Iterable[str]) -> int:
    """Collect tests, and hand them over."""
    os.environ["CI"] = "true"
    os.environ["CAQES_MEMOIRE"] = ""  # a mutant is not in the digest of the engine
    return int(pytest.main([*OPTIONS, CHAUFFE, *arguments], plugins=[Greffon(work)]))


def judge_cold(mutant: Mutant, noms: Sequence[str]) -> int:
    """In a fork where nothing of the product is loaded: import the mutant, run its tests."""
    install(mutant)

    def work(seance: Seance) -> None:
        seance.greffon.fatal = True
        voulus = {nom: rang for rang, nom in enumerate(noms)}
        items = [item for item in seance.items if item.nodeid in voulus]
        seance.run(sorted(items, key=lambda item: voulus[item.nodeid]))
        os._exit(SURVIT)

    open_session(work, dict.fromkeys(nom.partition("::")[0] for nom in noms))
    return TUE  # the mutant keeps the tests from being collected


@dataclass
class Bassin:
    """Forks, at most `coeurs` at a time."""

    coeurs: int = os.cpu_count() or 1
    _en_cours: dict[int, str] = field(default_factory=dict)

    def run(self, taches: Mapping[str, tuple[Callable[[], int], int]]) -> Iterator[tuple[str, int]]:
        """The exit of each task by its name, as they end; a task comes with its seconds."""
        gc.freeze()
        for nom, (tache, secondes) in taches.items():
            while len(self._en_cours) >= self.coeurs:
                yield self._wait()
            self._en_cours[_fork(tache, secondes)] = nom
        while self._en_cours:
            yield self._wait()

    def _wait(self) -> tuple[str, int]:
        while True:
            pid, etat = os.wait()
            nom = self._en_cours.pop(pid, None)
            if nom is not None:
                break
        if os.WIFSIGNALED(etat):
            fins = (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM)
            return nom, DELAI if os.WTERMSIG(etat) in fins else TUE
        code = os.WEXITSTATUS(etat)
        return nom, code if code in (SURVIT, COURT_CIRCUIT) else TUE


def _fork(tache: Callable[[], int], secondes: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = TUE
    try:
        neant = os.open(os.devnull, os.O_RDWR)
        for descripteur in (0, 1, 2):
            os.dup2(neant, descripteur)
        resource.setrlimit(resource.RLIMIT_CPU, (secondes, secondes + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
        signal.alarm(PATIENCE * secondes)
        code = tache()
    finally:
        os._exit(code)


def in_fork(work: Callable[[Couverture], Couverture], argument: Couverture) -> Couverture:
    """What `work` returns, worked out in another process, which leaves this one as it was.

    Raises:
        RuntimeError: the other process failed.
    """
    lecture, ecriture = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            os.close(lecture)
            with os.fdopen(ecriture, "wb") as flux:
                pickle.dump(work(argument), flux)
            code = 0
        finally:
            os._exit(code)
    os.close(ecriture)
    with os.fdopen(lecture, "rb") as flux:
        octets = flux.read()
    _, etat = os.waitpid(pid, 0)
    if etat:
        raise RuntimeError("la mesure des tests a échoué")
    resultat = pickle.loads(octets)
    assert isinstance(resultat, Couverture)
    return resultat


def sources(dossiers: Iterable[Path]) -> Iterator[Path]:
    """The files on which verdicts depend."""
    for dossier in dossiers:
        yield from sorted(
            chemin
            for chemin in dossier.rglob("*")
            if chemin.is_file() and "__pycache__" not in chemin.parts
        )
