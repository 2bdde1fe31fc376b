"""Files that may spell a word, told from their bytes: the others need not be parsed."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from caqes_docs.core.francais.typographie import bare


def spelling(dossier: Path, mots: Iterable[str]) -> set[str]:
    """The names, without extension, of the files called as one of `mots`, or that may spell it."""
    voulus = set(mots)
    try:
        chemins = [c for c in dossier.rglob("*") if not is_folder(c)]
    except OSError:  # told by who reads it
        return set()
    return {chemin.stem for chemin in chemins if chemin.stem in voulus or may_spell(chemin, voulus)}


def recognise(mots: str, noms: Mapping[str, str | None]) -> list[str]:
    """The keys of the names that are these words, or else that hold them, accents aside."""
    nus = {cle: bare(nom) for cle, nom in noms.items() if nom}
    entiers = [cle for cle, nu in nus.items() if nu == bare(mots)]
    return entiers or [
        c for c, nu in nus.items() if len(bare(mots)) >= _RECONNU and bare(mots) in nu
    ]


def find_record(dossier: Path, nom: str) -> Path | None:
    """The record called `nom` in `dossier` or in a folder below, where all are read."""
    trouves = sorted(iter_records(dossier, nom), key=lambda chemin: len(chemin.parts))
    return trouves[0] if trouves else None


def iter_records(dossier: Path, nom: str | None = None) -> Iterator[Path]:
    """The files of records in `dossier` and below, what is hidden aside; those of one name."""
    for chemin in dossier.rglob(f"{'*' if nom is None else glob.escape(nom)}.y*ml"):
        cache = any(partie.startswith(".") for partie in chemin.relative_to(dossier).parts)
        if chemin.suffix in (".yaml", ".yml") and not cache:
            yield chemin


def is_folder(chemin: Path) -> bool:
    """Whether files are read below: not behind a link, nor where a record should stand."""
    return chemin.is_dir() and not chemin.is_symlink() and chemin.suffix not in (".yaml", ".yml")


_RECONNU = 4
"""How many signs of a name are enough to mean it."""
_ENTRE = rb"[\s'\x80-\xff]*"
"""What YAML, or the reading of a FINESS, may leave out between two signs of a word."""


def may_spell(chemin: Path, mots: Iterable[str]) -> bool:
    """Whether the text of a file may hold one of `mots`: always where YAML escapes signs."""
    motifs = (_ENTRE.join(re.escape(signe.encode()) for signe in "".join(m.split())) for m in mots)
    try:
        contenu = chemin.read_bytes()
    except OSError:
        return True
    return b"\\" in contenu or bool(re.search(b"|".join(motifs), contenu, re.IGNORECASE))
