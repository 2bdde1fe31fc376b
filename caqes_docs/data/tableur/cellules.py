"""A table as typed by somebody, CSV or workbook, read raw: cells of text with their place.

Data are data: a formula, an error or a date in a cell is a fault. Numbers of a workbook become the
text that a person would have typed, so that both forms of one table read the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.source import Source

TAILLE_MAX = 20_000_000
ENCODAGES = {"utf-8": "utf-8-sig", "latin-1": "cp1252"}
"""What users call an encoding, and what reads it: what tables call Latin-1 is Windows-1252."""
_FORMULES = ("=", "@")
_ANNONCE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""The line by which Excel tells the separator: it is not a header."""
REMEDE = "Donner une table CSV en UTF-8 ou un classeur XLSX, une ligne par établissement."


@dataclass(frozen=True, slots=True)
class CelluleLue:
    """The text of a cell, stripped, and its place."""

    texte: str
    source: Source


@dataclass(frozen=True)
class TableBrute:
    """Header and rows; `constats` are the cells that hold no data."""

    nom: str
    entete: tuple[CelluleLue, ...]
    lignes: tuple[tuple[CelluleLue, ...], ...]
    contenu: bytes
    constats: tuple[Constat, ...] = field(default=())


def parse_csv(contenu: bytes, nom: str, encodage: str = "utf-8") -> TableBrute:
    """The table of the CSV bytes `contenu`; the header tells the separator.

    Raises:
        DonneesError: D-090 wrong encoding, broken quotes, or no row.
    """
    texte = _decode(contenu, nom, encodage)
    premiere = texte.partition("\n")[0]
    annonce = _ANNONCE.fullmatch(premiere.strip())
    if annonce:
        texte = texte.replace(premiere, "", 1)
    separateur = annonce.group(1) if annonce else max((";", ",", "\t"), key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    lignes: list[tuple[CelluleLue, ...]] = []
    try:
        for valeurs in lecteur:
            source = Source(nom, lecteur.line_num)
            lignes.append(tuple(CelluleLue(valeur.strip(), source) for valeur in valeurs))
    except csv.Error as error:
        raise refusal(
            Source(nom, lecteur.line_num),
            f"La table ne se lit plus à partir de cette ligne ({error}).",
            "Vérifier ses guillemets.",
        ) from error
    constats = tuple(_formulas(lignes))
    sures = [tuple(map(_without_formula, ligne)) for ligne in lignes]
    return build_table(nom, sures, contenu, constats)


def _decode(contenu: bytes, nom: str, encodage: str) -> str:
    if b"\0" in contenu:
        raise refusal(Source(nom), "Le fichier contient des octets nuls (UTF-16, ou abîmé).")
    if encodage != "utf-8" and _is_utf8(contenu):
        raise refusal(
            Source(nom),
            f"Le fichier est en UTF-8, et non en {encodage.upper()}\u00a0: ses accents seraient "
            "mal lus.",
            "Retirer --encodage.",
        )
    try:
        return contenu.decode(ENCODAGES[encodage])
    except UnicodeDecodeError as error:
        ligne = contenu.count(b"\n", 0, error.start) + 1
        raise refusal(
            Source(nom, ligne),
            f"Le fichier n’est pas en {encodage.upper()}.",
            "L’enregistrer en UTF-8, ou annoncer son encodage\u00a0: --encodage latin-1.",
        ) from error


def _is_utf8(contenu: bytes) -> bool:
    """Whether there are letters outside ASCII, written as UTF-8 writes them."""
    try:
        return not contenu.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def build_table(
    nom: str,
    lignes: list[tuple[CelluleLue, ...]],
    contenu: bytes,
    constats: tuple[Constat, ...],
) -> TableBrute:
    """The table of `lignes`: the first one that holds something is the header.

    Raises:
        DonneesError: D-090 no header, or no row below it.
    """
    pleines = [ligne for ligne in lignes if any(cellule.texte for cellule in ligne)]
    if len(pleines) < 2:
        raise refusal(Source(nom), "La table n’a aucune ligne sous ses en-têtes.")
    return TableBrute(nom, pleines[0], tuple(pleines[1:]), contenu, constats)


def _formulas(lignes: list[tuple[CelluleLue, ...]]) -> Iterator[Constat]:
    for ligne in lignes:
        for cellule in ligne:
            if cellule.texte.startswith(_FORMULES):
                yield formula(cellule.source, cellule.texte)


def _without_formula(cellule: CelluleLue) -> CelluleLue:
    """The cell, emptied once its formula is noted: one fault, told once."""
    return CelluleLue("", cellule.source) if cellule.texte.startswith(_FORMULES) else cellule


def formula(source: Source, texte: str) -> Constat:
    """A formula where data are expected."""
    return fault(
        "D-096",
        source,
        f"«\u00a0{texte[:40]}\u00a0» est une formule.",
        "Coller la valeur à sa place (collage spécial, valeurs).",
    )


def refusal(source: Source, message: str, remede: str = REMEDE) -> DonneesError:
    """D-090: nothing of the file can be used."""
    constat = Constat("D-090", Gravite.ERREUR, source, message, remede)
    return DonneesError(
        "D-090", f"«\u00a0{source.fichier}\u00a0» n’est pas une table lisible.", [constat]
    )
