"""Windows is where the first users work: what it forbids is neither kept here nor written."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import file_name
from caqes_docs.core.identifiants import is_portable_name
from caqes_docs.data.depot import Depot
from tests.architecture.depot import RACINE, Module, fichiers_suivis, modules
from tests.architecture.test_depot import EPINGLE, VERROUS

CHEMIN = 120
"""Letters of a path in the repository: Windows stops at 260, the folder of the user included."""
NOM = 180
"""Letters of the name of a file that is written: as much again is left to its folder."""
ROUES = {
    "brotli", "cffi", "fonttools", "lxml", "markupsafe", "pikepdf", "pillow", "pydantic-core",
    "pyyaml", "typst", "zopfli",
}  # fmt: skip
"""The compiled libraries: each publishes a wheel for Windows, of every Python from 3.11 to 3.14.

`make verrouiller` asks the index for those wheels, and refuses a lock that would need a compiler.
"""
UNIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
APPELS = {
    "os.chown", "os.fork", "os.forkpty", "os.geteuid", "os.getgid", "os.getuid", "os.mkfifo",
    "os.rename", "os.setsid", "os.symlink", "signal.SIGKILL", "signal.alarm",
}  # fmt: skip
"""What Windows lacks, or does otherwise: `os.rename` fails there when the target exists."""
SANS_TEXTE = ("Image.open", "importlib.", "metadata.", "pikepdf.", "os.open")
"""Calls of the same names that open no text file."""
OUVRENT = {"NamedTemporaryFile", "TextIOWrapper", "fdopen", "open", "read_text", "write_text"}


def _chemins() -> list[str]:
    return [fichier.relative_to(RACINE).as_posix() for fichier in fichiers_suivis()]


def _appels(*dossiers: str) -> Iterator[tuple[Module, ast.Call, str]]:
    """Every call, with the last name of what is called."""
    for module in modules(*dossiers):
        for noeud in ast.walk(module.arbre):
            if isinstance(noeud, ast.Call):
                yield module, noeud, ast.unparse(noeud.func).rpartition(".")[2]


def _is_binary(appel: ast.Call) -> bool:
    """Whether the call opens bytes: a mode with a `b`, or no mode where bytes are the rule."""
    mots = [*appel.args, *(mot.value for mot in appel.keywords if mot.arg == "mode")]
    modes = [m.value for m in mots if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    return any(re.fullmatch("[rwax]?b[+]?|[rwax][+]?b", mode) for mode in modes)


class DescribeNoms:
    """The names of the files of the repository, and of those that are written."""

    def it_holds_only_names_that_windows_admits(self) -> None:
        refuses = [
            chemin
            for chemin in _chemins()
            if len(chemin) > CHEMIN or not all(map(is_portable_name, PurePosixPath(chemin).parts))
        ]
        assert refuses == []

    def it_has_no_two_names_that_windows_confuses(self) -> None:
        lus = Counter(unicodedata.normalize("NFC", chemin).casefold() for chemin in _chemins())
        assert [chemin for chemin, nombre in lus.items() if nombre > 1] == []

    def it_writes_only_names_that_windows_admits(self, projet: Projet, depot: Depot) -> None:
        contrats = [(x.finess, x.dossier.valeur.contrat.reference) for x in depot.affaires.values()]
        prefixes = {type_.plan.prefixe_fichier for type_ in projet.types.values()}
        noms = {
            file_name(prefixe, *contrat, definitif=True)
            for prefixe in prefixes
            for contrat in contrats
        }
        assert [nom for nom in noms if not is_portable_name(f"{nom}.docx")] == []
        assert len({nom.casefold() for nom in noms}) == len(prefixes) * len(contrats)

    def it_writes_short_names_whatever_the_reference(self) -> None:
        assert len(file_name("p" * 64, "990000010", "r" * 64, definitif=True) + ".docx") <= NOM

    @pytest.mark.parametrize(
        "nom", ["CON", "nul", "aux.md", "Lpt1.txt", "a:b", "fin.", "fin ", "a/b", "?", "a\tb", ""]
    )
    def it_knows_a_name_that_windows_refuses(self, nom: str) -> None:
        assert not is_portable_name(nom)

    @pytest.mark.parametrize("nom", ["console", "nul_part", "com10", ".gitignore", "été 2018.md"])
    def but_not_one_that_only_looks_like_it(self, nom: str) -> None:
        assert is_portable_name(nom)


class DescribeCode:
    """The Python of the product."""

    def it_imports_nothing_that_windows_lacks(self) -> None:
        importes = [
            f"{module.lieu(noeud)} {nom}"
            for module in modules("caqes_docs")
            for noeud in ast.walk(module.arbre)
            if isinstance(noeud, ast.Import | ast.ImportFrom)
            for nom in [getattr(noeud, "module", None), *(alias.name for alias in noeud.names)]
            if nom in UNIX
        ]
        assert importes == []

    def it_calls_nothing_that_windows_lacks(self) -> None:
        cites = [
            f"{module.lieu(noeud)} {ast.unparse(noeud)}"
            for module in modules("caqes_docs")
            for noeud in ast.walk(module.arbre)
            if isinstance(noeud, ast.Attribute) and ast.unparse(noeud) in APPELS
        ]
        assert cites == []

    def it_starts_its_workers_as_windows_does(self) -> None:
        departs = {
            ast.unparse(appel.args[0])
            for _module, appel, nom in _appels("caqes_docs")
            if nom in {"get_context", "set_start_method"}
        }
        assert departs == {"'spawn'"}

    @pytest.mark.parametrize("dossier", ["caqes_docs", "tests", ".ci"])
    def it_says_the_encoding_of_each_text(self, dossier: str) -> None:
        muets = [
            f"{module.lieu(appel)} {ast.unparse(appel)}"
            for module, appel, nom in _appels(dossier)
            if nom in OUVRENT and not _is_binary(appel)
            if not any("utf" in ast.unparse(mot).lower() for mot in (*appel.args, *appel.keywords))
            if not ast.unparse(appel.func).startswith(SANS_TEXTE)
        ]
        assert muets == []

    def it_closes_each_file_that_it_opens(self) -> None:
        """A file left open can be neither renamed nor replaced there."""
        fermes = {
            noeud
            for module in modules("caqes_docs")
            for bloc in ast.walk(module.arbre)
            if isinstance(bloc, ast.With)
            for noeud in (element.context_expr for element in bloc.items)
        }
        ouverts = [
            f"{module.lieu(appel)} {ast.unparse(appel)}"
            for module, appel, nom in _appels("caqes_docs")
            if nom in {"NamedTemporaryFile", "ZipFile", "fdopen", "load_workbook", "open"}
            if appel not in fermes and "io.BytesIO" not in ast.unparse(appel)
        ]
        assert ouverts == []


class DescribeInstallation:
    """`pip install .`: no compiler at the desk."""

    def it_pulls_only_python_and_known_wheels(self) -> None:
        texte = (RACINE / VERROUS[0]).read_text(encoding="utf-8")
        ailleurs = set(re.findall(r"^([a-z0-9-]+)==.*; .*!= 'CPython'", texte, re.MULTILINE))
        noms = {nom for nom, _version in EPINGLE.findall(texte)} - ailleurs
        compiles = {nom for nom in noms if not _is_pure(nom)}
        assert compiles - ROUES == set(), "des roues Windows ? make verrouiller le dit"
        assert ROUES - noms == set(), "bibliothèques qui ne servent plus"


def _is_pure(nom: str) -> bool:
    """Whether the installed library is Python alone, as its wheel says."""
    roue = importlib.metadata.distribution(nom).read_text("WHEEL") or ""
    return "-none-any" in roue
