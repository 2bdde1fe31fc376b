"""What `caqes nouveau dossier` writes: what is optional is commented, never left empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from caqes_docs.application.commencer.squelette import skeleton
from caqes_docs.data.dossier.contrat import Dossier


def keys(valeur: Any, chemin: str = "") -> Iterator[str]:
    """The paths of the keys that are written."""
    for cle, partie in valeur.items() if isinstance(valeur, dict) else ():
        yield f"{chemin}{cle}"
        yield from keys(partie, f"{chemin}{cle}.")


class DescribeSqueletteDeDossier:
    def it_comments_every_optional_key(self) -> None:
        texte = skeleton(Dossier)
        facultatives = [ligne for ligne in texte.splitlines() if "(facultatif)" in ligne]
        noms = {ligne.strip("# ").partition(":")[0] for ligne in facultatives}
        ecrites = {chemin.rpartition(".")[2] for chemin in keys(yaml.safe_load(texte))}
        assert {"plafond_global_sanctions", "en_partie", "siren"} <= noms
        assert noms & ecrites == {"indicateurs"}  # a part of the level has the name too
