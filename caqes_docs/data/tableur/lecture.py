"""A table of a region on disk, CSV or workbook: its first bytes tell which."""

from __future__ import annotations

from pathlib import Path

from caqes_docs.core.source import Source
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.tableur.cellules import TAILLE_MAX, TableBrute, parse_csv, refusal


def load_tableur(
    chemin: Path, nom: str, encodage: str = "utf-8", feuille: str | None = None
) -> TableBrute:
    """The table of the file `chemin` (shown to the user as `nom`).

    Raises:
        DonneesError: D-090 the file is not a readable table.
    """
    contenu = _read(chemin, nom)
    if contenu.startswith(b"PK\x03\x04"):
        from caqes_docs.data.tableur.xlsx import parse_xlsx

        if encodage != "utf-8":
            raise refusal(Source(nom), "Un classeur dit son encodage.", "Retirer --encodage.")
        return parse_xlsx(contenu, nom, feuille)
    if feuille is not None:
        raise refusal(Source(nom), "Une table CSV n’a pas de feuilles.", "Retirer --feuille.")
    return parse_csv(contenu, nom, encodage)


def _read(chemin: Path, nom: str) -> bytes:
    try:
        with chemin.open("rb") as fichier:
            contenu = fichier.read(TAILLE_MAX + 1)
    except OSError as error:
        raise refusal(Source(nom), f"Lecture impossible\u00a0: {os_reason(error)}.") from error
    if len(contenu) > TAILLE_MAX:
        raise refusal(Source(nom), "Le fichier dépasse vingt mégaoctets.")
    if not contenu.removeprefix(b"\xef\xbb\xbf").strip():
        raise refusal(Source(nom), "Le fichier est vide.")
    return contenu
