"""Where the house style of a plan lies, and what projects made before called it: `coquille`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import FichierYaml

_NOM, _ANCIEN = "charte", "coquille"


def word_file(dossier: Path) -> Path:
    """The Word file of the house style in `dossier`; that of the former name when it is alone."""
    actuel, ancien = dossier / f"{_NOM}.docx", dossier / f"{_ANCIEN}.docx"
    return ancien if _is_file(ancien) and not _is_file(actuel) else actuel


def check_former_file(chemin: Path, nom: str) -> list[Constat]:
    """What is said of a Word file of the former name, there or beside `chemin`, shown as `nom`."""
    ancien = f"{_ANCIEN}.docx"
    if chemin.name == ancien:
        message = f"Ce fichier s’appelle maintenant {_NOM}.docx."
        remede = f"Le renommer {_NOM}.docx."
    elif _is_file(chemin.with_name(ancien)):
        message = f"Ce fichier n’est plus lu\u00a0: {_NOM}.docx a pris sa place."
        remede = "L’effacer, s’il ne contient rien à garder."
    else:
        return []
    lieu = Source(PurePosixPath(nom).with_name(ancien).as_posix())
    return [Constat("P-010", Gravite.AVERTISSEMENT, lieu, message, remede)]


def renew_plan(fichier: FichierYaml) -> tuple[FichierYaml, list[Constat]]:
    """A plan in today's words; both words together are an error."""
    donnees = fichier.donnees
    if not isinstance(donnees, dict) or _ANCIEN not in donnees:
        return fichier, []
    if _NOM in donnees:
        gravite = Gravite.ERREUR
        message = f"Le plan donne «\u00a0{_NOM}\u00a0» et son ancien nom, «\u00a0{_ANCIEN}\u00a0»."
        remede = f"Effacer la ligne «\u00a0{_ANCIEN}\u00a0»."
    else:
        gravite = Gravite.AVERTISSEMENT
        message = f"La clé «\u00a0{_ANCIEN}\u00a0» s’appelle maintenant «\u00a0{_NOM}\u00a0»."
        remede = f"Écrire «\u00a0{_NOM}: {donnees[_ANCIEN]}\u00a0»."
    renewed = replace(
        fichier,
        donnees={_renewed(cle): valeur for cle, valeur in donnees.items()},
        positions={
            (*map(_renewed, chemin[:1]), *chemin[1:]): place
            for chemin, place in fichier.positions.items()
        },
    )
    source = fichier.key_source((_ANCIEN,))
    return renewed, [Constat("P-010", gravite, source, message, remede)]


def _renewed(cle: str | int) -> str:
    return _NOM if cle == _ANCIEN else str(cle)


def _is_file(chemin: Path) -> bool:
    return os.path.isfile(chemin)  # noqa: PTH113 - never raises
