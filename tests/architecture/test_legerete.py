"""What a command does not load: the help answers at once, a check waits for no renderer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mauvais.cas import BASE, Cas

COMMANDES = "caqes_docs.interfaces.cli.commandes"
RENDU = {
    "PIL", "docx", "docxtpl", "fontTools", "icalendar", "openpyxl", "pikepdf", "pydyf", "typst",
    "weasyprint",
}  # fmt: skip
LOURDS = RENDU | {"babel", "jinja2", "lxml", "markdown_it", "multiprocessing", "pydantic", "yaml"}
LANCER = (
    "import sys; from caqes_docs.interfaces.cli.main import run; code = run(sys.argv[1:]); "
    "print(); print('CHARGÉS', *sys.modules); sys.exit(code)"
)


def _loaded(dossier: Path, ligne: str) -> set[str]:
    """The modules that a command has imported when it ends well."""
    commande = [sys.executable, "-X", "utf8", "-c", LANCER, *ligne.split()]
    fini = subprocess.run(commande, cwd=dossier, capture_output=True, encoding="utf-8", check=False)
    assert fini.returncode == 0, fini.stderr
    return set(fini.stdout.rpartition("CHARGÉS ")[2].split())


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project without fault."""
    dossier = tmp_path_factory.mktemp("leger") / "projet"
    Cas(BASE, ()).build(dossier)
    return dossier


class DescribeCommandes:
    """The modules of a fresh process, once a command is done."""

    @pytest.mark.parametrize("ligne", ["--help", "--version", "generer --help", "nouveau --help"])
    def it_answers_from_almost_nothing(self, projet: Path, ligne: str) -> None:
        assert _loaded(projet, ligne) & (LOURDS | {"rich"}) == set()

    @pytest.mark.parametrize(
        ("ligne", "admis"),
        [
            ("verifier", {"docx", "docxtpl"}),  # the house style is checked with what writes it
            ("clauses liste", set()),
            ("expliquer 990000010 dates", set()),
            ("echeances --au 2018-01-01", set()),
            ("schema ars", set()),
            ("generer --tous --formats docx --travaux 1", {"docx", "docxtpl"}),
        ],
    )
    def it_waits_for_no_renderer_that_it_does_not_use(
        self, projet: Path, ligne: str, admis: set[str]
    ) -> None:
        assert _loaded(projet, ligne) & RENDU <= admis

    @pytest.mark.parametrize(
        ("ligne", "admis"),
        [
            ("verifier 990000010", set()),
            ("generer 990000010 --formats docx", set()),
            ("generer 990000010 --formats pdf", {"typst", "pikepdf"}),
        ],
    )
    def and_for_nothing_that_it_remembers(self, projet: Path, ligne: str, admis: set[str]) -> None:
        _loaded(projet, ligne)
        assert _loaded(projet, ligne) & (RENDU | {"markdown_it"}) <= admis

    @pytest.mark.parametrize("ligne", ["--version", "generer --help", "clauses verifier --help"])
    def it_imports_no_other_command(self, projet: Path, ligne: str) -> None:
        sienne = {f"{COMMANDES}.{ligne.split()[0]}", COMMANDES}
        autres = {nom for nom in _loaded(projet, ligne) if nom.startswith(COMMANDES)}
        assert autres <= sienne
