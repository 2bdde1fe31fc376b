"""No test is lost between `make test` and `make test-long`: continuous integration runs both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from tests.architecture.depot import RACINE, modules

LONGS = '"long or hypothesis" --hypothesis-profile=long'
DETOURS = re.compile(r"--(?:ignore|ignore-glob|deselect)\b|collect_ignore|pytest_ignore_collect")
ADMIS = ("skipif(not VRAIE_TABLE.is_file(),", "skipif(SOURCES is None,")
SAUTS = re.compile(r"\bpytest\.(?:mark\.)?(?:skip|importorskip|xfail)")


def _recette(cible: str) -> str:
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    (recette,) = re.findall(rf"^{cible}:[^\n]*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    return str(recette).strip()


def _sauts() -> Iterator[str]:
    """The lines that pass over a test, but for want of what nobody may publish (table, texts)."""
    for module in modules("tests", "caqes_docs"):
        if not module.nom.startswith(("tests/conformance/", "tests/architecture/")):
            for ligne in module.texte.splitlines():
                if SAUTS.search(ligne) and not any(admis in ligne for admis in ADMIS):
                    yield f"{module.nom}: {ligne.strip()}"


class DescribeTestsLongs:
    """The marker `long`, the Makefile and `.ci/run`."""

    def it_runs_both_in_continuous_integration(self) -> None:
        lignes = (RACINE / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        assert lignes.count("make test") == lignes.count("make test-long") == 1

    def it_leaves_out_of_make_test_what_make_test_long_runs(self) -> None:
        commun = "@$(BIN)/pytest -q $(PYTEST_OPTIONS)"
        assert _recette("test") == commun
        assert _recette("test-long") == f"{commun} -m {LONGS}"

    def it_has_no_other_way_out_of_make_test(self) -> None:
        options = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
        pytest_ini = options["tool"]["pytest"]["ini_options"]
        addopts = pytest_ini["addopts"]
        assert addopts.count("-m") == 1
        assert addopts[addopts.index("-m") + 1] == "not long"
        assert not {
            option for option in addopts if option.startswith(("-k", "--deselect", "--ign"))
        }
        assert [marque.partition(":")[0] for marque in pytest_ini["markers"]] == ["long"]
        assert pytest_ini["testpaths"] == ["caqes_docs", "tests"]
        assert list(_sauts()) == []
        conftests = [m for m in modules("tests") if m.chemin.name == "conftest.py"]
        assert [m.nom for m in conftests if DETOURS.search(m.texte)] == []
