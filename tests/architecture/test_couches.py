"""The layers of the package, as `pyproject.toml` declares them to import-linter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from grimp import ImportGraph
from importlinter import configuration
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

from tests.architecture.depot import RACINE

SORTES: dict[str, Callable[..., Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "acyclic_siblings": AcyclicSiblingsContract,
    "independence": IndependenceContract,
}
SESSION = {"root_packages": ["caqes_docs"], "include_external_packages": True}
PLANTES = {
    "Layers": ("caqes_docs.assembly.sujet", "caqes_docs.rendering.roles"),
    "Writers see only the document": ("caqes_docs.rendering.roles", "caqes_docs.data.depot"),
    "Content knows nothing of Word or PDF": ("caqes_docs.assembly.sujet", "lxml"),
    "Word libraries stay behind ooxml and rendering": ("caqes_docs.review.texte_docx", "docx"),
    "Interfaces only call use cases": (
        "caqes_docs.interfaces.cli.main",
        "caqes_docs.assembly.actes",
    ),
    "The language of clauses knows no subject": (
        "caqes_docs.redaction.langage.vues",
        "caqes_docs.data.dossier.contrat",
    ),
    "No cycles": (
        "caqes_docs.assembly.contrat.dates",
        "caqes_docs.assembly.evaluation.evaluee",
    ),
}
"""For each contract, an import that it forbids: who imports, what."""
REGIMES = "Regimes ignore each other"
"""Its fault needs a second regime: it is planted apart."""


@cache
def _graphe() -> ImportGraph:
    return grimp.build_graph("caqes_docs", include_external_packages=True, cache_dir=None)


@cache
def _contrats() -> dict[str, dict[str, Any]]:
    configuration.configure()
    options = read_configuration(str(RACINE / "pyproject.toml"))["contracts_options"]
    return {contrat["name"]: contrat for contrat in options}


def _est_tenu(nom: str, graphe: ImportGraph, **autres: Any) -> bool:
    options = {**_contrats()[nom], **autres}
    contrat = SORTES[options["type"]](
        name=nom,
        session_options={"root_packages": ["caqes_docs"], "include_external_packages": True},
        contract_options=options,
    )
    return contrat.check(graphe, verbose=False).kept


class DescribeCouches:
    """`[tool.importlinter]`."""

    def it_keeps_every_contract(self) -> None:
        commande = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
        bilan = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
        assert bilan.returncode == 0, bilan.stdout + bilan.stderr

    def it_plants_a_fault_against_each_contract(self) -> None:
        assert {*PLANTES, REGIMES} == set(_contrats())

    @pytest.mark.parametrize("nom", PLANTES)
    def it_notices_the_fault(self, nom: str) -> None:
        qui, quoi = PLANTES[nom]
        graphe = _graphe()
        assert {qui, quoi} <= graphe.modules
        assert not graphe.direct_import_exists(importer=qui, imported=quoi)
        graphe.add_import(importer=qui, imported=quoi)
        try:
            assert not _est_tenu(nom, graphe)
        finally:
            graphe.remove_import(importer=qui, imported=quoi)

    def it_keeps_every_regime_from_the_others(self) -> None:
        graphe, second = _graphe(), "caqes_docs.law.caqes_2"
        premiers = _contrats()[REGIMES]["modules"]
        lois = graphe.find_children("caqes_docs.law")
        assert premiers == sorted(m for m in lois if m.startswith("caqes_docs.law.caqes_"))
        graphe.add_module(second)
        graphe.add_import(importer=second, imported="caqes_docs.law.caqes_1.socle")
        try:
            assert not _est_tenu(REGIMES, graphe, modules=[*premiers, second])
        finally:
            graphe.remove_module(second)

    @pytest.mark.parametrize(
        "piece", ["data", "law", "redaction", "assembly", "rendering", "application"]
    )
    def it_notices_a_cycle_inside(self, piece: str) -> None:
        graphe = _graphe()
        avant, apres = _couple(graphe, f"caqes_docs.{piece}")
        graphe.add_import(importer=avant, imported=apres)
        try:
            assert not _est_tenu("No cycles", graphe)
        finally:
            graphe.remove_import(importer=avant, imported=apres)


def _couple(graphe: ImportGraph, paquet: str) -> tuple[str, str]:
    """Two modules of sibling rooms: the second imports the first, which does not import back."""
    pieces = [p for p in sorted(graphe.find_children(paquet)) if graphe.find_children(p)]
    for haute in pieces:
        for basse in pieces:
            if haute == basse:
                continue
            for module in sorted(graphe.find_descendants(haute)):
                for importe in sorted(graphe.find_modules_directly_imported_by(module)):
                    if importe.startswith(f"{basse}."):
                        return importe, module
    raise AssertionError(f"no sibling rooms in {paquet}")
