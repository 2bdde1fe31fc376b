"""What a signed act was made from, as it was: its library unpacked, its data read again."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Affaire, Depot, load_depot
from caqes_docs.data.signes.fonds import read_tree
from caqes_docs.data.signes.modele import ENTREES, Scelle
from caqes_docs.data.signes.registre import ActeSigne, RegistreSigne
from caqes_docs.law.droit.chargement import Racine

_REGIONALES = "bibliotheques"
_DEPLIES: dict[str, Path] = {}
"""The libraries unpacked since the command began, by digest."""


def registry(projet: Projet) -> RegistreSigne:
    """The signed acts of `projet`."""
    return RegistreSigne(projet.racine / "contracts_data")


def library_files(projet: Projet) -> dict[str, bytes]:
    """All that the acts of `projet` are worded and laid out from."""
    siennes = {
        f"{_REGIONALES}/{rang}/{racine.nom}": racine.dossier
        for rang, racine in enumerate(projet.racines[1:])
    }
    fixes = {nom: projet.racine / nom for nom in ("clauses", "templates")}
    return read_tree({**fixes, **siennes})


@dataclass(frozen=True)
class ProjetScelle(Projet):
    """A project whose libraries are those of a signed act; it has no dossier of its own."""

    scellees: tuple[Racine, ...] = ()

    @property
    def racines(self) -> tuple[Racine, ...]:
        """The libraries, each under the name that it had."""
        return self.scellees


def sealed_project(registre: RegistreSigne, scelle: Scelle) -> Projet:
    """The project whose library is that of a signed act.

    Raises:
        RevisionError: A-011 the library is no longer what was sealed.
    """
    racine = _unpacked(registre, scelle.bibliotheque)
    regionales = (
        Racine(nom, racine / _REGIONALES / str(rang) / nom, prefixe)
        for rang, (nom, prefixe) in enumerate(scelle.bibliotheques.items())
    )
    nationale = Racine("nationale", racine / "clauses", "clauses")
    return ProjetScelle(racine, scellees=(nationale, *regionales))


def _unpacked(registre: RegistreSigne, empreinte: str) -> Path:
    if empreinte not in _DEPLIES:
        racine = Path(tempfile.mkdtemp(prefix="caqes-scelle-"))
        atexit.register(shutil.rmtree, racine, ignore_errors=True)
        for nom, contenu in registre.library(empreinte).items():
            (racine / nom).parent.mkdir(parents=True, exist_ok=True)
            (racine / nom).write_bytes(contenu)
        _DEPLIES[empreinte] = racine
    return _DEPLIES[empreinte]


def sealed_affaire(acte: ActeSigne) -> Affaire:
    """The data of a signed act, read as they were.

    Raises:
        RevisionError: A-011 they are no longer what was sealed.
    """
    return sealed_depot(acte).affaires[acte.scelle.dossier]


def sealed_depot(acte: ActeSigne) -> Depot:
    """The files of a signed act: its dossier, its parties, its avenant.

    Raises:
        RevisionError: A-011 they are no longer what was sealed.
    """
    _ = acte.entrees  # each checked against its digest
    return load_depot(acte.dossier / ENTREES, "contracts_data")
