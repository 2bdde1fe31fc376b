"""The signed acts on disk: `signes/<FINESS>/<acte>/`, written whole or not at all, never over.

What is read is checked against its digest: a seal that was touched answers for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.core.errors import RevisionError
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.signes.fonds import pack, tree_name, unpack
from caqes_docs.data.signes.modele import DOCUMENT, ENTREES, ETAT, SCELLE, Scelle, render_scelle

SIGNES, FONDS = "signes", "bibliotheques"


@dataclass(frozen=True)
class ActeSigne:
    """One signed act: its folder and its seal."""

    dossier: Path
    nom: str
    """The folder as shown to the user."""
    scelle: Scelle

    def read(self, quoi: str) -> bytes:
        """The bytes of `document.json`, of `etat.json` or of one of the data, as they were sealed.

        Raises:
            RevisionError: A-011 they are no longer what was signed.
        """
        scelle = self.scelle
        attendue = {DOCUMENT: scelle.document, ETAT: scelle.etat, **scelle.entrees}[quoi]
        chemin = self.dossier / (f"{ENTREES}/{quoi}" if quoi in scelle.entrees else quoi)
        with _sealed(f"{self.nom}/{chemin.relative_to(self.dossier).as_posix()}"):
            contenu = chemin.read_bytes()
            if hashlib.sha256(contenu).hexdigest() != attendue:
                raise ValueError("son empreinte n’est plus celle du scellé")
            return contenu

    @property
    def entrees(self) -> dict[str, bytes]:
        """The data that the act was made from, by path below `contracts_data/`."""
        return {nom: self.read(nom) for nom in self.scelle.entrees}


@dataclass(frozen=True)
class RegistreSigne:
    """All the signed acts of a project; `racine` is its `contracts_data/`."""

    racine: Path

    @property
    def finess(self) -> list[str]:
        """The contracts that have a signed act."""
        dossier = self.racine / SIGNES
        if not dossier.is_dir():
            return []
        return sorted(d.name for d in dossier.iterdir() if d.is_dir() and (d / "contrat").is_dir())

    def acts(self, finess: str) -> list[ActeSigne]:
        """The signed acts of a contract, each after the one that it amends.

        Raises:
            RevisionError: A-011 a seal that does not read, or that follows no act.
        """
        dossier = self.racine / SIGNES / finess
        noms = sorted(d.name for d in dossier.iterdir()) if dossier.is_dir() else []
        restes = [self._act(finess, nom) for nom in noms if not nom.startswith(".")]
        chaine: list[ActeSigne] = []
        base: str | None = None
        while restes:
            suivant = next((acte for acte in restes if acte.scelle.base == base), None)
            if suivant is None:
                raise _touched(restes[0].nom, "l’acte qu’il modifie n’est pas parmi les signés")
            restes.remove(suivant)
            chaine.append(suivant)
            base = suivant.scelle.etat
        return chaine

    def _act(self, finess: str, nom: str) -> ActeSigne:
        dossier = self.racine / SIGNES / finess / nom
        montre = f"contracts_data/{SIGNES}/{finess}/{nom}"
        charge, constats = load_record(dossier / SCELLE, f"{montre}/{SCELLE}", Scelle)
        if charge is None:
            raise _touched(f"{montre}/{SCELLE}", constats[0].message.rstrip("."))
        return ActeSigne(dossier, montre, charge.valeur)

    def library(self, empreinte: str) -> dict[str, bytes]:
        """The files of a sealed library.

        Raises:
            RevisionError: A-011 it is not there, or no longer what it was.
        """
        nom = f"{SIGNES}/{FONDS}/{empreinte}.zip"
        with _sealed(f"contracts_data/{nom}"):
            fichiers = unpack((self.racine / nom).read_bytes())
            if tree_name(fichiers) != empreinte:
                raise ValueError("son empreinte n’est plus celle du scellé")
            return fichiers

    def write(
        self, scelle: Scelle, contenus: Mapping[str, bytes], fonds: Mapping[str, bytes]
    ) -> Path:
        """Keep a signed act, then answer where; `contenus` are its files by name.

        Raises:
            OSError: nothing can be written there, or the act is there already.
        """
        dossier = self.racine / SIGNES / scelle.dossier / scelle.acte
        archive = self.racine / SIGNES / FONDS / f"{scelle.bibliotheque}.zip"
        if not archive.exists():
            _write_new(archive, pack(fonds))
        dossier.parent.mkdir(parents=True, exist_ok=True)
        provisoire = Path(tempfile.mkdtemp(dir=dossier.parent, prefix=".caqes-"))
        try:
            for nom, contenu in {**contenus, SCELLE: render_scelle(scelle)}.items():
                (provisoire / nom).parent.mkdir(parents=True, exist_ok=True)
                (provisoire / nom).write_bytes(contenu)
            provisoire.chmod(0o755)
            if dossier.exists():
                raise FileExistsError(17, "")
            provisoire.rename(dossier)
        except BaseException:
            shutil.rmtree(provisoire, ignore_errors=True)
            raise
        return dossier


def _write_new(chemin: Path, contenu: bytes) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    descripteur, provisoire = tempfile.mkstemp(dir=chemin.parent, prefix=".caqes-")
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(contenu)
        Path(provisoire).chmod(0o644)
        Path(provisoire).replace(chemin)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _sealed(nom: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _touched(nom, os_reason(error)) from error
    except ValueError as error:
        raise _touched(nom, str(error)) from error


def _touched(nom: str, raison: str) -> RevisionError:
    return RevisionError(
        "A-011",
        f"«\u00a0{nom}\u00a0» n’est plus ce qui a été scellé\u00a0: {raison}.",
        remede="Reprendre le dossier contracts_data/signes d’une sauvegarde\u202f; rien ne s’y "
        "corrige à la main.",
    )
