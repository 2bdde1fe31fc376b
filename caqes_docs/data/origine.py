"""`origine.yaml`, at the root of a project: what the software put there, version and digests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from caqes_docs.core.errors import DonneesError
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.lecture.types import Modele, TexteSimple

FICHIER = "origine.yaml"


class OrigineProjet(Modele):
    """The files that a project received, as they were then."""

    version: TexteSimple = Field(title="version du logiciel qui a fourni les fichiers")
    fichiers: dict[str, TexteSimple] = Field(title="SHA-256 de chaque fichier reçu")


def load_origine(racine: Path) -> OrigineProjet | None:
    """What the project at `racine` received; None when nothing says it.

    Raises:
        DonneesError: D-000 the file has errors (all listed).
    """
    chemin = racine / FICHIER
    if not chemin.exists():
        return None
    charge, constats = load_record(chemin, FICHIER, OrigineProjet)
    if charge is None:
        message = f"{FICHIER}, qui dit d’où viennent les fichiers du projet, a des erreurs."
        remede = "Le reprendre d’une copie\u00a0; sans copie, l’effacer\u00a0: tout fichier qui "
        remede += "n’est pas celui de la version passera pour changé par vous."
        raise DonneesError("D-000", message, constats, remede=remede)
    return charge.valeur


def render_origine(version: str, empreintes: Mapping[str, str]) -> bytes:
    """The record of what a project received."""
    lignes = (f'  "{nom}": {empreintes[nom]}\n' for nom in sorted(empreintes))
    return (
        "# Écrit par « caqes nouveau projet », puis « caqes mettre-a-jour » : ce que le logiciel\n"
        "# a mis dans ce projet. Il y lit ce que vous avez changé. À garder, sans le modifier.\n"
        f'version: "{version}"\nfichiers:\n{"".join(lignes)}'
    ).encode()
