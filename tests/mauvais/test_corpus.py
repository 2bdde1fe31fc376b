"""Every code that a user may read is provoked by a broken project, and read word for word.

`pytest --accept tests/mauvais` rewrites what the commands say: read the `git diff` as a jurist.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.architecture.test_erreurs import _codes_du_paquet
from tests.mauvais.cas import BASE, MAISON, Cas, iter_corpus
from tests.outils.anglais import ANGLAIS
from tests.outils.validation import validate_all

CORPUS = tuple(iter_corpus())
HORS = "tests/mauvais/test_hors_corpus.py"
ETATS = "tests/bout_en_bout/test_etats_signes.py"
IMPACT = "tests/bout_en_bout/test_impact.py"
SIGNER = "tests/bout_en_bout/test_signer.py"
COMPARER = "tests/bout_en_bout/test_comparer.py"
AMENDEMENT = "tests/unit/document/amendement/test_rediger.py"
REVISION = "tests/unit/document/revision/test_comparer.py"
MAJ = "tests/unit/application/commencer/test_mise_a_jour.py"
AILLEURS = {
    "A-001": REVISION,  # the program alone could write it
    "A-003": REVISION,
    "A-004": REVISION,
    "A-005": COMPARER,  # two saved acts
    "A-006": COMPARER,  # the program alone could fail to prove it
    "A-007": "tests/unit/redaction/bibliotheque/test_numeros.py",  # two plans of one act
    "A-008": SIGNER,  # an act to sign: the samples cannot be
    "A-009": SIGNER,
    "A-010": SIGNER,  # a PDF
    "A-011": "tests/unit/data/signes/test_registre.py",  # a seal
    "A-012": SIGNER,
    "A-060": "tests/bout_en_bout/test_avenants.py",  # a whole avenant
    "A-026": "tests/bout_en_bout/test_avenants.py",
    "A-020": AMENDEMENT,  # no act of the library has an alinéa that nothing designates
    "A-013": ETATS,
    "A-014": ETATS,
    "A-015": SIGNER,  # two signed avenants
    "A-018": SIGNER,
    "A-016": IMPACT,  # no command reads one more file
    "A-017": IMPACT,
    "A-021": AMENDEMENT,
    "E-001": HORS,  # the installation itself is incomplete
    "R-100": "tests/unit/rendering/docx/test_charte.py",  # P-006 stops the command before
    "R-120": HORS,  # C-053 stops the command before
    "R-121": HORS,  # P-004 stops the command before
    "R-205": HORS,  # C-053 stops the command before
    "R-122": "tests/unit/rendering/docx/test_projet.py",  # D-060 stops the command before
    "R-123": HORS,  # the pattern of the page numbers is a constant of the program
    "R-124": "tests/unit/rendering/test_xlsx.py",  # a text of 32,768 letters
    "D-101": HORS,  # a workbook
    "D-115": MAJ,  # the text of the version changes with it
    "D-116": MAJ,
    "D-117": MAJ,
    "D-118": MAJ,
    "U-075": MAJ,  # the project is the software
    "R-216": "tests/unit/rendering/test_habillage.py",  # an image
    "R-200": HORS,  # a machine without Pango
    "R-201": "tests/unit/rendering/pdf/test_writer.py",  # a machine without harfbuzz-subset
    "I-004": "tests/bout_en_bout/test_import_modele.py",  # the program alone could lose a word
    "X-000": "tests/mauvais/test_pannes.py",  # no project may break the program down
    "R-225": "tests/unit/rendering/typst/test_moteur.py",  # a machine without typst
    "R-226": "tests/unit/rendering/typst/test_moteur.py",  # the program alone could write it
    "R-203": "tests/unit/rendering/html/test_writer.py",  # no command writes HTML
    "R-204": HORS,  # no command reads a PDF back
}
"""Codes that no project can provoke: where they are tested instead, and why."""


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """The place of a project to come."""
    return tmp_path / "projet"


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
        assert re.search(rf"\b{cas.code}\b", texte), texte
        if request.config.getoption("--accept"):
            cas.accept(sortie, texte)
            return
        assert texte == cas.attendu
        assert sortie == cas.sortie

    @pytest.mark.parametrize("cas", CORPUS, ids=[cas.nom for cas in CORPUS])
    def it_is_titled_by_its_code(self, cas: Cas) -> None:
        premiere = cas.chemin.read_text(encoding="utf-8").partition("\n")[0]
        assert premiere.startswith(f"# {cas.code} – ")

    def it_says_no_word_of_english(self) -> None:
        dits = {cas.nom: ANGLAIS.findall(cas.attendu) for cas in CORPUS}
        assert {nom: mots for nom, mots in dits.items() if mots} == {}

    def it_starts_from_a_project_without_fault(
        self, projet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Cas(BASE, ()).build(projet)
        validate_all(projet)
        monkeypatch.chdir(projet)
        for commande in (
            "verifier",
            "clauses verifier",
            "generer --tous --definitif --formats txt",
        ):
            assert run(commande.split()) == 0
        assert " erreur  " not in capsys.readouterr().out
        assert MAISON.is_dir()

    def it_provokes_every_code(self) -> None:
        provoques = {cas.code for cas in CORPUS}
        assert sorted(_codes_du_paquet() - provoques - set(AILLEURS)) == []

    def it_excuses_no_code_that_it_provokes(self) -> None:
        assert sorted({cas.code for cas in CORPUS} & set(AILLEURS)) == []

    @pytest.mark.parametrize(("code", "fichier"), AILLEURS.items(), ids=list(AILLEURS))
    def it_excuses_only_codes_tested_elsewhere(self, code: str, fichier: str) -> None:
        assert f'"{code}"' in (RACINE / fichier).read_text(encoding="utf-8")
