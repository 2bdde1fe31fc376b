"""The rooms of the house: neither a hall nor a cupboard, and no name that a folder already says."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import PurePosixPath

from tests.architecture.depot import modules

FICHIERS_PAR_PIECE = 17
ENTREES_PAR_PIECE = 3
PETITES = {
    "caqes_docs",  # the root holds the layers
    "caqes_docs/interfaces",  # the command line alone, until there is a page
}
"""Rooms that may hold less than three entries, and why."""


def _contenu() -> dict[str, set[str]]:
    """For each package: its modules and sub-packages."""
    pieces: dict[str, set[str]] = defaultdict(set)
    for module in modules("caqes_docs"):
        chemin = PurePosixPath(module.nom)
        if chemin.name != "__init__.py":
            pieces[str(chemin.parent)].add(chemin.name)
        for dossier in chemin.parents:
            if str(dossier.parent) not in {".", "/"} and dossier != chemin.parent.parent:
                pieces[str(dossier.parent)].add(dossier.name)
        if str(chemin.parent.parent) != ".":
            pieces[str(chemin.parent.parent)].add(chemin.parent.name)
    return pieces


class DescribePieces:
    """Each folder of the package."""

    def it_holds_three_to_seventeen_entries(self) -> None:
        tailles = {piece: len(contenu) for piece, contenu in _contenu().items()}
        hors_taille = {
            piece: taille
            for piece, taille in tailles.items()
            if taille > FICHIERS_PAR_PIECE or (taille < ENTREES_PAR_PIECE and piece not in PETITES)
        }
        assert hors_taille == {}

    def it_needs_no_prefix_that_a_folder_would_say(self) -> None:
        prefixes = {
            f"{piece}/{prefixe}_*": nombre
            for piece, contenu in _contenu().items()
            for prefixe, nombre in Counter(
                nom.removesuffix(".py").split("_")[0] for nom in contenu if "_" in nom
            ).items()
            if nombre > 2
        }
        assert prefixes == {}
