"""The answer of a command, remembered for as long as nothing changes of what it was made from.

It is kept in the user's own cache, as the findings on a library are: a project received from
elsewhere cannot vouch for the files that lie in it. `docs/decisions/0008` says what is trusted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caqes_docs.application.memoire.empreintes import installed, is_engine_unchanged, tree_digest
from caqes_docs.application.memoire.souvenirs import recall_as, remember_as
from caqes_docs.application.projet import Projet
from caqes_docs.data.reglages import FICHIER

_GENRE = "reponses"


@dataclass(frozen=True)
class ReponseConnue:
    """What a command said and wrote, for who asks again."""

    dit: tuple[str, str]
    """On stdout, on stderr."""
    reponse: Any
    """The answer as data, when the command has one."""
    fichiers: tuple[Path, ...]


def answer_key(
    projet: Projet, bibliotheque: str | None, commande: str, entrees: Sequence[Path] = ()
) -> str | None:
    """The digest of all that an answer rests on; None when it cannot be told.

    `bibliotheque` is the digest of the project, before or after the work; `commande` says what was
    typed, and from where; `entrees` are the files named outside of the project. The rest is read:
    dossiers, settings, and the libraries that this software stands on.
    """
    if bibliotheque is None:
        return None
    try:
        donnees = tree_digest(projet.racine / "contracts_data")
        reglages = projet.racine / FICHIER
        lus = [reglages] if reglages.exists() else []
        lus += entrees
        sommes = [hashlib.sha256(chemin.read_bytes()).hexdigest() for chemin in lus]
        versions = installed()
    except (OSError, ValueError):
        return None
    tout = [commande, str(projet.racine), bibliotheque, donnees, sommes, versions]
    return hashlib.sha256(json.dumps(tout).encode()).hexdigest()


def recall_answer(cle: str | None) -> ReponseConnue | None:
    """The answer remembered under `cle`, once each of its files was found as it had been made."""

    def parse(connu: Any) -> ReponseConnue:
        fichiers = {Path(nom): somme for nom, somme in connu["fichiers"].items()}
        if any(_digest(chemin) != somme for chemin, somme in fichiers.items()):
            raise ValueError("changed")
        sortie, talk = map(str, connu["dit"])
        return ReponseConnue((sortie, talk), connu["reponse"], tuple(fichiers))

    return None if cle is None else recall_as(cle, parse, _GENRE)


def remember_answer(cle: str | None, encore: str | None, connue: ReponseConnue) -> None:
    """Keep an answer, unless something changed while it was made (`encore`, the key taken after).

    The digests of its files are those of the disk.
    """
    if cle is None or cle != encore or not is_engine_unchanged():
        return
    try:
        fichiers = {str(chemin): _digest(chemin) for chemin in connue.fichiers}
    except OSError:
        return
    contenu = {"dit": connue.dit, "reponse": connue.reponse, "fichiers": fichiers}
    remember_as(cle, contenu, _GENRE)


def _digest(chemin: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        OSError: it is not there, or cannot be read.
    """
    with chemin.open("rb") as fichier:
        return hashlib.file_digest(fichier, "sha256").hexdigest()
