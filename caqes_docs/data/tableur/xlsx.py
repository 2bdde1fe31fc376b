"""A workbook read as text: each value as a person would have typed it, or a fault."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.xml.functions import iterparse

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source
from caqes_docs.data.tableur.cellules import CelluleLue, TableBrute, build_table, formula, refusal

DEPLIE_MAX = 100_000_000
"""Bytes of an unfolded workbook: beyond, it is no table of a region."""
LIGNES_MAX = 5_000
COLONNES_MAX = 200
_FORMULE, _ERREUR, _DATE = "f", "e", "d"
_VRAI = ("1", "true")


def parse_xlsx(contenu: bytes, nom: str, feuille: str | None = None) -> TableBrute:
    """The table of one sheet of the workbook `contenu`.

    Raises:
        DonneesError: D-090 damaged or oversized workbook, or a sheet that cannot be told.
    """
    _check_archive(contenu, nom)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            classeur = load_workbook(io.BytesIO(contenu), read_only=True)
            page: Any = classeur[_sheet(classeur.sheetnames, nom, feuille)]
            page.reset_dimensions()
            lecture = _LectureFeuille(nom, page.title)
            lignes = [lecture.row(rang, ligne) for rang, ligne in _rows(page, nom)]
            with page._get_source() as flux:
                lecture.check_hidden(flux)
            classeur.close()
    except (OSError, ValueError, KeyError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise refusal(Source(nom), "Le classeur est abîmé, ou n’est pas un classeur.") from error
    return build_table(nom, lignes, contenu, tuple(lecture.constats))


def _check_archive(contenu: bytes, nom: str) -> None:
    """A workbook of a sane size, whose parts declare nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > DEPLIE_MAX:
                raise refusal(Source(nom), "Le classeur est trop gros une fois déplié.")
            for membre in archive.namelist():
                if membre.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(membre):
                    raise refusal(Source(nom), "Le classeur déclare des entités XML.")
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise refusal(Source(nom), "Le classeur est abîmé ou chiffré.") from error


def _sheet(noms: list[str], nom: str, feuille: str | None) -> str:
    if feuille is not None and feuille in noms:
        return feuille
    if feuille is None and len(noms) == 1:
        return noms[0]
    quoi = (
        "Le classeur a plusieurs feuilles."
        if feuille is None
        else f"Le classeur n’a pas de feuille «\u00a0{feuille}\u00a0»."
    )
    raise refusal(Source(nom), quoi, f"Donner --feuille\u00a0: {', '.join(noms)}.")


def _rows(page: Any, nom: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for rang, ligne in enumerate(page.iter_rows(), 1):
        if rang > LIGNES_MAX or len(ligne) > COLONNES_MAX:
            raise refusal(Source(nom), "La feuille dépasse 5 000 lignes ou 200 colonnes.")
        yield rang, ligne


class _LectureFeuille:
    """One pass over a sheet."""

    def __init__(self, nom: str, feuille: str) -> None:
        self.nom = nom
        self.feuille = feuille
        self.constats: list[Constat] = []

    def row(self, rang: int, ligne: tuple[Any, ...]) -> tuple[CelluleLue, ...]:
        """The cells of a row; a fault is noted and leaves its cell empty."""
        cellules = [self._cell(rang, colonne, cell) for colonne, cell in enumerate(ligne, 1)]
        while cellules and not cellules[-1].texte:
            cellules.pop()
        return tuple(cellules)

    def check_hidden(self, flux: Any) -> None:
        """Note rows and columns that nobody sees: nothing tells whether they count."""
        lignes, colonnes = [], []
        for _fin, balise in iterparse(flux):
            if balise.tag.endswith("}row"):
                lignes += [balise.get("r")] if balise.get("hidden") in _VRAI else []
                balise.clear()
            elif balise.tag.endswith("}col") and balise.get("hidden") in _VRAI:
                colonnes.append(get_column_letter(int(balise.get("min"))))
        for rangs, quoi in ((lignes, "ligne(s) masquée(s)"), (colonnes, "colonne(s) masquée(s)")):
            if rangs:
                message = (
                    f"La feuille a {compte(len(rangs), quoi)} ({', '.join(map(str, rangs[:10]))})."
                )
                remede = (
                    "Retirer le filtre et tout afficher, ou supprimer ce qui ne doit pas être lu."
                )
                source = Source(f"{self.nom}:{self.feuille}")
                self.constats.append(Constat("D-101", Gravite.ERREUR, source, message, remede))

    def _cell(self, rang: int, colonne: int, cell: Any) -> CelluleLue:
        repere = f"{get_column_letter(colonne)}{rang}"
        source = Source(f"{self.nom}:{self.feuille}!{repere}")
        if cell.value is None:
            return CelluleLue("", source)
        if cell.data_type == _FORMULE:
            texte = cell.value if isinstance(cell.value, str) else "=…"
            self.constats.append(formula(source, texte))
            return CelluleLue("", source)
        if cell.data_type in (_ERREUR, _DATE):
            quoi = "une erreur de calcul" if cell.data_type == _ERREUR else "une date"
            message = f"La cellule contient {quoi} ({cell.value})."
            remede = "Écrire la valeur, ou laisser la cellule vide."
            self.constats.append(Constat("D-096", Gravite.ERREUR, source, message, remede))
            return CelluleLue("", source)
        return CelluleLue(_typed(cell.value, str(cell.number_format)), source)


def _typed(valeur: object, forme: str) -> str:
    """The text of a value: a number shown as a percentage carries its sign."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, str):
        return unescape(valeur).replace("\r\n", "\n").replace("\r", "\n").strip()
    nombre = _shown(valeur)
    zeros = _ZEROS.fullmatch(forme)
    if zeros and nombre == nombre.to_integral_value() and nombre >= 0:
        return _plain(nombre).zfill(len(zeros.group(1)))
    if "%" in forme:
        return f"{_plain(nombre * 100)} %"
    return _plain(nombre)


_ZEROS = re.compile(r"(0{2,}#*)(?:;.*)?")
"""A format that writes leading zeros: they are part of what people see."""


def _shown(valeur: Any) -> Decimal:
    """What Excel shows of a number: fifteen figures, without the noise of a binary subtraction."""
    if not isinstance(valeur, float):
        return Decimal(valeur)
    nombre = Decimal(format(valeur, ".15g"))
    rond = round(nombre, 10)
    return rond if 0 < abs(nombre - rond) < _BRUIT else nombre


_BRUIT = Decimal("1e-13")


def _plain(nombre: Decimal) -> str:
    texte = format(nombre, "f")
    if "." in texte:
        texte = texte.rstrip("0").rstrip(".")
    return texte.replace(".", ",")
