"""What a project receives from the software, and how far it stands from the version installed."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.commencer.schema import MODELES, json_schema
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import UsageError
from caqes_docs.core.ressources import graine
from caqes_docs.core.source import text_digest
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.origine import OrigineProjet, load_origine
from caqes_docs.redaction.bibliotheque.validations import FICHIER as VALIDATIONS

PLACES = ("LISEZ-MOI.md", "clauses/", "contracts_data/.schemas/", "templates/")
"""Where the software puts what it gives."""
NOUVEAU = ".nouveau"
"""What is added to the name of a text that waits beside the project's own: nothing reads it."""


class Sort(enum.StrEnum):
    """What becomes of a file when the project takes the version installed."""

    REMPLACE = "à remplacer"
    AJOUTE = "à ajouter"
    OTE = "à ôter"
    GARDE = "gardé(s)"
    RETIRE = "retiré(s) par vous"
    CONFLIT = "conflit(s)"

    @property
    def mot(self) -> str:
        """The fate of one file."""
        return self.value.replace("(s)", "")


@dataclass(frozen=True)
class FichierSuivi:
    """One file that is not, in the project, what the version installed has."""

    nom: str
    sort: Sort
    sien: bytes | None
    livre: bytes | None
    connu: bool
    """Whether the record says what it was when the project received it."""


@dataclass(frozen=True)
class EcartDeVersion:
    """How far a project stands from the version installed."""

    origine: OrigineProjet | None
    fichiers: tuple[FichierSuivi, ...]
    restes: tuple[str, ...]
    """Conflicts of before, whose new text still waits beside the project's own."""
    empreintes: dict[str, str]
    """The digests of what the version installed has."""

    @property
    def is_current(self) -> bool:
        """Whether the record is that of the version installed: nothing is to be taken."""
        return self.origine is not None and self.origine.fichiers == self.empreintes


def seed_files() -> dict[str, bytes]:
    """What every project receives, by its name there."""
    source = graine()
    contenus = {
        chemin.relative_to(source).as_posix(): chemin.read_bytes()
        for nom in ("clauses", "templates")
        for chemin in sorted((source / nom).rglob("*"))
        if chemin.is_file() and chemin.name != VALIDATIONS and not chemin.name.startswith(".")
    }
    contenus["LISEZ-MOI.md"] = (source / "docs" / "projet_neuf.md").read_bytes()
    return contenus | {
        f"contracts_data/.schemas/{nom}.schema.json": json_schema(nom) for nom in MODELES
    }


def compare_project(projet: Projet) -> EcartDeVersion:
    """The files of the project beside those of the version installed, and those it received.

    Raises:
        UsageError: U-075 the project is the software itself; U-078 it is ahead of it; U-079 one
            of its files cannot be read.
        DonneesError: D-000 its record has errors.
    """
    racine = projet.racine
    if is_the_software(projet):
        raise UsageError(
            "U-075",
            "Ce projet est le logiciel lui-même\u00a0: ses clauses sont celles de la version.",
            remede="Se placer dans un projet créé par «\u00a0caqes nouveau projet DOSSIER\u00a0».",
        )
    origine = load_origine(racine)
    _refuse_ahead(origine)
    livres = seed_files()
    recus = {nom: x for nom, x in (origine.fichiers if origine else {}).items() if _is_ours(nom)}
    suivis = (
        _follow(nom, recus.get(nom), _read(racine / nom), livres.get(nom))
        for nom in sorted({*livres, *recus})
    )
    ecarts = tuple(suivi for suivi in suivis if suivi)
    conflits = {suivi.nom for suivi in ecarts if suivi.sort is Sort.CONFLIT}
    restes = tuple(
        nom
        for nom in sorted(livres)
        if nom not in conflits and (racine / f"{nom}{NOUVEAU}").exists()
    )
    empreintes = {nom: text_digest(contenu) for nom, contenu in livres.items()}
    return EcartDeVersion(origine, ecarts, restes, empreintes)


def is_the_software(projet: Projet) -> bool:
    """Whether the project is what new ones are copied from."""
    return projet.racine.resolve() == graine().resolve()


def _is_ours(nom: str) -> bool:
    """Whether the software may have put this file there: a record cannot lead out of the project.

    >>> _is_ours("clauses/contrat/duree.md"), _is_ours("clauses/../../x"), _is_ours("dossiers/x")
    (True, False, False)
    """
    return nom.startswith(PLACES) and ".." not in nom.split("/") and "\\" not in nom


def _follow(
    nom: str, recu: str | None, sien: bytes | None, livre: bytes | None
) -> FichierSuivi | None:
    """What becomes of one file; None when there is nothing to say of it."""
    sort = _settle(recu, *(None if x is None else text_digest(x) for x in (sien, livre)))
    return FichierSuivi(nom, sort, sien, livre, recu is not None) if sort else None


def _settle(recu: str | None, sien: str | None, livre: str | None) -> Sort | None:
    """The three ways: what was received, what the project has, what the version has (digests).

    >>> _settle("a", "a", "b"), _settle("a", "b", "a"), _settle("a", "b", "c")
    (<Sort.REMPLACE: 'à remplacer'>, <Sort.GARDE: 'gardé(s)'>, <Sort.CONFLIT: 'conflit(s)'>)
    """
    if sien == livre:
        return None
    if sien == recu:
        return Sort.OTE if livre is None else Sort.REMPLACE if sien else Sort.AJOUTE
    if livre == recu:
        return Sort.GARDE if sien else Sort.RETIRE
    return Sort.CONFLIT


def _read(chemin: Path) -> bytes | None:
    """The file, or None when it is not there."""
    try:
        return chemin.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(
            "U-079",
            f"«\u00a0{chemin}\u00a0» ne peut pas être lu\u00a0: {os_reason(error)}.",
            remede="Le fermer s’il est ouvert dans Word, ou demander le droit de le lire.",
        ) from error


def _refuse_ahead(origine: OrigineProjet | None) -> None:
    if origine and [*_numbers(origine.version)] > [*_numbers(__version__)]:
        raise UsageError(
            "U-078",
            f"Le projet tient de la version {origine.version}, plus récente que ce logiciel "
            f"({__version__})\u00a0: il reviendrait en arrière.",
            remede="Installer la version du projet\u00a0: pipx install --force, ou pip install "
            "--upgrade, sur ce poste.",
        )


def _numbers(version: str) -> Iterator[int]:
    return map(int, re.findall(r"\d+", version))
