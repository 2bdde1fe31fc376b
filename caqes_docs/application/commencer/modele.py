"""Import a national or regional model: a library to lay over ours, and what became of each word."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.commencer.preuve import check_words
from caqes_docs.application.commencer.rapport import render_report
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import prepare_folder
from caqes_docs.core.errors import RenduError, UsageError
from caqes_docs.core.systeme import os_reason
from caqes_docs.redaction.modele.blocs import all_words, correct
from caqes_docs.redaction.modele.calque import Calque, Reglage
from caqes_docs.redaction.modele.parties import split
from caqes_docs.review.modele.lecture import read_model

STATUTS = ("texte_officiel", "modele_regional")
RAPPORT = "rapport_import.docx"
_TAILLE = 20_000_000


@dataclass(frozen=True)
class DemandeModele:
    """What is asked of an import."""

    modele: Path
    vers: Path
    type: str
    statut: str
    le: dt.date
    du: dt.date | None = None
    au: dt.date | None = None
    remplacer: bool = False


@dataclass(frozen=True)
class BilanModele:
    """What an import made, and the count of the words."""

    calque: Calque
    dires: tuple[str, ...]
    compte: dict[str, int]


def import_model(projet: Projet, demande: DemandeModele) -> BilanModele:
    """Write the library drawn from the model, whole or not at all.

    Raises:
        UsageError: I-001, I-002 the model cannot be read; I-003 the destination is not empty;
            I-004 a word would be lost.
    """
    _refuse_full(demande)
    contenu = _read(demande.modele)
    lus, dires = read_model(contenu, demande.modele.name)
    blocs, corrections = correct(lus)
    calque = Calque(
        projet.bibliotheque, projet.droit, projet.types, _settings(projet, demande, contenu)
    )
    calque.corrections += corrections
    calque.lay(split(blocs))
    try:
        provisoire = Path(tempfile.mkdtemp(prefix=".caqes-", dir=_parent(demande.vers)))
    except OSError as error:
        raise _unwritable(demande.vers, error) from error
    try:
        for nom, texte in calque.fichiers.items():
            chemin = provisoire / nom
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_text(texte, encoding="utf-8", newline="\n")
        compte = check_words(all_words(lus), calque, provisoire, projet.droit)
        bilan = BilanModele(calque, (*dires, *calque.dires), compte)
        rapport = render_report(bilan.calque, bilan.dires, compte, projet, demande.le)
        (provisoire / RAPPORT).write_bytes(rapport)
        _move(provisoire, demande.vers)
    except OSError as error:
        raise _unwritable(demande.vers, error) from error
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)
    return bilan


def _unwritable(vers: Path, error: OSError) -> RenduError:
    message = f"«\u00a0{vers}\u00a0» ne peut pas être écrit\u00a0: {os_reason(error)}."
    return RenduError("R-001", message, remede="Vérifier les droits et la place.")


def _settings(projet: Projet, demande: DemandeModele, contenu: bytes) -> Reglage:
    effet = next(iter(projet.droit.regimes.values())).effet.periode
    return Reglage(
        demande.type,
        demande.statut,
        demande.du or effet.du,
        demande.au or (None if demande.du else effet.au),
        demande.le,
        f"{demande.modele.name}, SHA-256 {hashlib.sha256(contenu).hexdigest()}",
    )


def _read(chemin: Path) -> bytes:
    try:
        if chemin.stat().st_size > _TAILLE:
            raise UsageError(
                "I-001",
                "Le modèle ne peut pas être lu\u00a0: il dépasse 20 Mo.",
                remede="En retirer les images, puis recommencer.",
            )
        return chemin.read_bytes()
    except OSError as error:
        raise UsageError(
            "I-001",
            f"Le modèle ne peut pas être lu\u00a0: {os_reason(error)}.",
            remede="Vérifier le chemin et les droits du fichier.",
        ) from error


def _refuse_full(demande: DemandeModele) -> None:
    vers = demande.vers
    if vers.is_dir() and any(vers.iterdir()) and not demande.remplacer:
        raise UsageError(
            "I-003",
            f"«\u00a0{vers}\u00a0» existe déjà et n’est pas vide.",
            remede="Choisir un dossier neuf, ou ajouter --remplacer\u00a0: les fichiers de même "
            "nom sont alors remplacés, les autres restent.",
        )


def _parent(vers: Path) -> Path:
    prepare_folder(vers.resolve().parent)
    return vers.resolve().parent


def _move(provisoire: Path, vers: Path) -> None:
    """Put the finished folder in the place of `vers`, what else `vers` held included.

    The former folder is set aside, not emptied: it comes back whole if its place cannot be taken.
    """
    provisoire.chmod(0o755)
    if not vers.is_dir():
        provisoire.rename(vers)
        return
    for chemin in sorted(vers.rglob("*")):
        neuf = provisoire / chemin.relative_to(vers)
        if chemin.is_file() and not neuf.exists():
            neuf.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(chemin, neuf)
    ancien = provisoire.with_name(f"{provisoire.name}-ancien")
    vers.rename(ancien)
    try:
        provisoire.rename(vers)
    except OSError:
        ancien.rename(vers)
        raise
    shutil.rmtree(ancien, ignore_errors=True)
