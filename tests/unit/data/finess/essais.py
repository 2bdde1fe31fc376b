"""Made-up tables in the form of the SAE identity table, all in a département 99 that is nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.core.identifiants import finess_with_key
from caqes_docs.data.finess.table import COLONNES, FACULTATIVES

ENTITE = finess_with_key("99078001")
AUTRE_ENTITE = finess_with_key("99078002")
SITE = finess_with_key("99000101")
SITE_2 = finess_with_key("99000102")
SITE_3 = finess_with_key("99000103")

COLONNES_ESSAI = (*COLONNES, *FACULTATIVES)
PUBLIC = {"stj": "13", "stjr": "1", "cat": "355", "espic": "1"}
CLINIQUE = {"stj": "95", "stjr": "2", "cat": "128", "espic": "0"}
ESPIC = {"stj": "61", "stjr": "3", "cat": "109", "espic": "6"}
NON_LUCRATIF = {"stj": "60", "stjr": "3", "cat": "109", "espic": "7"}
ARMEES = {"stj": "01", "stjr": "1", "cat": "114", "espic": "1"}
SANS_ADRESSE = dict.fromkeys(("numvoi", "typvoi", "nomvoi", "bp", "cpo", "libcom"), "")


def ligne(**valeurs: str) -> dict[str, str]:
    """A row: a public hospital, but for what is said."""
    return {
        "fi": SITE,
        "rs": "CH DE PORTCLAIR",
        "fi_ej": ENTITE,
        **PUBLIC,
        "sir": "99900003700013",
        "reg": "93",
        "dep": "99",
        "numvoi": "1",
        "typvoi": "R",
        "nomvoi": "DU PORT",
        "bp": "BP 9",
        "cpo": "99000",
        "libcom": "PORTCLAIR CEDEX",
        "rscom": "",
        "compd": "",
        **valeurs,
    }


def cellule(texte: str) -> str:
    """A cell, quoted when it must be."""
    if any(signe in texte for signe in ';"\n'):
        return '"' + texte.replace('"', '""') + '"'
    return texte


def table(*lignes: Mapping[str, str], encodage: str = "cp1252") -> bytes:
    """The bytes of a table, in the encoding of the real one."""
    rangs = [";".join(COLONNES_ESSAI)]
    rangs += [";".join(cellule(valeurs[nom]) for nom in COLONNES_ESSAI) for valeurs in lignes]
    return ("\n".join(rangs) + "\n").encode(encodage)
