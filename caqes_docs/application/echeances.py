"""List what falls due, what is late and what can no longer be done, on one day."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import write_whole
from caqes_docs.application.verifier.dossiers import as_constat
from caqes_docs.assembly.echeances.agenda import build_agenda
from caqes_docs.assembly.echeances.classeur import build_classeur, build_feuille
from caqes_docs.assembly.echeances.releve import (
    ETATS,
    LigneEcheance,
    gather_echeances,
    sort_echeances,
)
from caqes_docs.core.constats import Constat, sort_constats
from caqes_docs.core.errors import CaqesError, UsageError
from caqes_docs.document.classeur import Case, Jour
from caqes_docs.rendering.agenda import write_ics
from caqes_docs.rendering.csv import write_csv
from caqes_docs.rendering.xlsx import write_xlsx

FORMATS = ("table", "csv", "xlsx", "ics", "json")
_SANS_FICHIER, _FICHIER_SEUL = "table", "xlsx"


@dataclass(frozen=True)
class BilanEcheances:
    """The list of one day."""

    jour: dt.date
    lignes: tuple[LigneEcheance, ...]
    constats: tuple[Constat, ...]

    def count(self) -> dict[str, int]:
        """How many steps stand in each state."""
        nombres = Counter(ligne.echeance.etat for ligne in self.lignes)
        return {etat.value: nombres[etat] for etat in ETATS}

    def rows(self) -> list[tuple[str, ...]]:
        """The header, then the lines, in words."""
        feuille = build_feuille(self.lignes, self.jour)
        return [feuille.entete, *(tuple(map(_word, ligne)) for ligne in feuille.lignes)]

    def undated(self) -> int:
        """How many steps no day of a calendar holds."""
        return len(self.lignes) - len(build_agenda(self.lignes, self.jour).evenements)

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "jour": self.jour,
            "echeances": [ligne.as_dict() for ligne in self.lignes],
            "constats": [constat.as_dict() for constat in self.constats],
        }


def list_echeances(projet: Projet, noms: Sequence[str], jour: dt.date) -> BilanEcheances:
    """What falls due in the dossiers named (all of them when none is), seen from `jour`.

    Raises:
        UsageError: U-003 a name leads to no dossier.
        DonneesError: D-000 it leads to a faulty one, or to several.
    """
    depot = projet.named(noms)
    affaires = select(depot, noms)
    constats = depot.constats_of(affaires) if noms else list(depot.constats)
    lignes: list[LigneEcheance] = []
    for affaire in affaires:
        try:
            lignes += gather_echeances(affaire, projet.droit, jour)
        except CaqesError as error:
            constats.append(as_constat(error, affaire))
    return BilanEcheances(jour, sort_echeances(lignes), tuple(sort_constats(constats)))


def choose_format(format_: str | None, fichier: Path | None) -> str:
    """The format asked for, else the one of the file's name, else the table.

    Raises:
        UsageError: U-052 a workbook without file, or a table in one; U-053 no name, a name of no
            format, or of another one.
    """
    if fichier is not None and not fichier.name:
        raise UsageError(
            "U-053",
            "--vers ne nomme pas de fichier.",
            remede="Écrire le nom du fichier, par exemple --vers echeances.ics.",
        )
    extension = fichier.suffix.lower().removeprefix(".") if fichier else ""
    voulu = format_ or extension or _SANS_FICHIER
    if (voulu == _FICHIER_SEUL and fichier is None) or (voulu == _SANS_FICHIER and fichier):
        quoi = "Un classeur ne s’affiche pas" if fichier is None else "La table ne s’écrit pas"
        raise UsageError(
            "U-052",
            f"{quoi}.",
            remede="Donner --vers FICHIER.xlsx, FICHIER.csv, FICHIER.ics ou FICHIER.json.",
        )
    if fichier and (voulu not in FORMATS or extension != voulu):
        raise UsageError(
            "U-053",
            f"Le nom «\u00a0{fichier.name}\u00a0» ne dit pas le format du fichier.",
            remede=f"Formats\u00a0: {', '.join(f'.{nom}' for nom in FORMATS[1:])}\u00a0; le nom et "
            "--format disent le même.",
        )
    return voulu


def render(bilan: BilanEcheances, format_: str) -> bytes:
    """The list in a format other than the table; its bytes depend on data, law and day alone."""
    if format_ == "xlsx":
        return write_xlsx(build_classeur(bilan.lignes, bilan.jour))
    if format_ == "ics":
        return write_ics(build_agenda(bilan.lignes, bilan.jour))
    if format_ == "csv":
        return write_csv(build_feuille(bilan.lignes, bilan.jour)).encode("utf-8-sig")
    return (json.dumps(bilan.as_dict(), ensure_ascii=False, indent=2, default=str) + "\n").encode()


def write_echeances(bilan: BilanEcheances, format_: str, fichier: Path) -> None:
    """Write the list.

    Raises:
        RenduError: R-001 the file cannot be written; R-120, R-124 a text that no file can hold.
    """
    write_whole(fichier, render(bilan, format_))


def _word(case: Case) -> str:
    if isinstance(case, Jour):
        return f"{case.date:%d/%m/%Y}"
    return "" if case is None else str(case)
