"""Fixtures named by their role: the project of the repository, its acts, a workspace to break."""

from __future__ import annotations

import functools
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from caqes_docs.application.memoire.souvenirs import PLACE
from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.systeme import sweep_seldom
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import Document
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from tests.outils.affaires import Atelier
from tests.outils.partage import ProjetPartage, share_readings
from tests.outils.tirages import DIT, drawn
from tests.outils.validation import ProjetValide

# A red build must come from the change that is judged; the search goes on at the desks.
CI = bool(os.environ.get("CI"))
settings.register_profile("long", max_examples=100, derandomize=CI)
# What `make test` tries of each search; `make test-long` asks for the profile above.
settings.register_profile("court", max_examples=25, derandomize=CI)
settings.load_profile("court")

RACINE = Path(__file__).resolve().parents[1]

# The same libraries are checked again and again; nothing is left in the cache of who tests.
os.environ.setdefault(PLACE, str(RACINE / ".cache" / "bibliotheque"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites the goldens instead of comparing with them."""
    parser.addoption("--accept", action="store_true", help="récrire les textes de référence")


def pytest_collection_finish() -> None:
    """The thousands of tests collected are not swept again with each of them."""
    gc.freeze()
    sweep_seldom()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """The seeds that a search drew go with its result."""
    drawn()
    try:
        yield
    finally:
        item.user_properties.extend(drawn())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """A long run says what its searches tried."""
    if config.getoption("--hypothesis-profile") != "long":
        return
    for issue in ("passed", "failed"):
        for rapport in terminalreporter.getreports(issue):
            for nom, valeur in rapport.user_properties:
                if nom == DIT:
                    terminalreporter.write_line(f"{rapport.nodeid} : {valeur}")


@pytest.fixture(scope="session", autouse=True)
def _lectures() -> Iterator[None]:
    """The same files are read by hundreds of tests."""
    with pytest.MonkeyPatch.context() as rustine:
        share_readings(rustine)
        yield


@pytest.fixture(scope="session")
def projet() -> Projet:
    """The project of the repository: national library and sample region."""
    return ProjetPartage(RACINE)


class _ProjetSigne(ProjetPartage, ProjetValide):
    """The project of the repository, all of whose words somebody answers for."""


@pytest.fixture(scope="session")
def projet_valide() -> Projet:
    """The project whose final acts say nothing of wordings to be checked."""
    return _ProjetSigne(RACINE)


@pytest.fixture(scope="session")
def depot(projet: Projet) -> Depot:
    """The sample region."""
    return projet.depot()


@pytest.fixture(scope="session")
def assembler(projet: Projet, depot: Depot) -> Callable[..., Assemblage]:
    """Assemble the contract of a sample dossier by its name, or its act of another type, once."""

    @functools.cache
    def run(dossier: str, options: Options | None = None, type_: str = "contrat") -> Assemblage:
        return assemble_act(
            projet.types[type_],
            depot.affaires[dossier],
            projet.bibliotheque,
            projet.droit,
            options or Options(),
        )

    return run


@pytest.fixture(scope="session")
def rendre() -> Callable[[Document, TypeDocument, str], bytes]:
    """The file of a document in one format, made once; who compares two makes the other."""
    faits: dict[tuple[int, str], tuple[Document, bytes]] = {}

    def run(document: Document, type_document: TypeDocument, forme: str) -> bytes:
        cle = id(document), forme
        if cle not in faits:
            faits[cle] = document, render(document, type_document, forme)
        return faits[cle][1]

    return run


@pytest.fixture
def atelier(projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
    """Where made-up contracts are judged under the law of the repository."""
    return Atelier(projet.droit, depot, tmp_path)


@pytest.fixture
def espace(tmp_path: Path) -> Path:
    """A workspace of its own: a copy of the library, the templates and the sample region."""
    for nom in ("clauses", "templates", "contracts_data"):
        shutil.copytree(RACINE / nom, tmp_path / nom)
    return tmp_path
