"""Every code that a user may read has its section in `docs/erreurs.md`, and the other way round."""

from __future__ import annotations

import ast
import re

from tests.architecture.depot import RACINE, modules

CODE = re.compile(r"[A-Z]-\d{3}")
SECTION = re.compile(r"^#{2,6} +`?([A-Z]-\d{3})`?\b", re.MULTILINE)


def _codes_du_paquet() -> set[str]:
    return {
        noeud.value
        for module in modules("caqes_docs")
        for noeud in ast.walk(module.arbre)
        if isinstance(noeud, ast.Constant) and isinstance(noeud.value, str)
        if CODE.fullmatch(noeud.value)
    }


def _sections() -> list[str]:
    return SECTION.findall((RACINE / "docs" / "erreurs.md").read_text(encoding="utf-8"))


class DescribeErreurs:
    """`docs/erreurs.md`."""

    def it_documents_every_code(self) -> None:
        assert sorted(_codes_du_paquet() - set(_sections())) == []

    def it_documents_nothing_else(self) -> None:
        assert sorted(set(_sections()) - _codes_du_paquet()) == []

    def it_documents_each_code_once(self) -> None:
        sections = _sections()
        assert sorted({code for code in sections if sections.count(code) > 1}) == []
