"""Values written as the YAML of a dossier: one line, quoted where they must be."""

from __future__ import annotations

from typing import TypeAlias

ValeurTable: TypeAlias = "str | tuple[str, ...] | None"

NUES = frozenset({"statut", "niveau_signature", "activites", "date"})
"""Keys whose values are words of the model, written without quotes."""


def quote(texte: str) -> str:
    r"""`texte` as a YAML scalar on one line, whatever it holds.

    >>> quote("CLINIQUE L'ETOILE : * # 1"), quote('LE "CLOS" \\ D\'OR')
    ('"CLINIQUE L\'ETOILE : * # 1"', '\'LE "CLOS" \\ D\'\'OR\'')
    """
    if '"' in texte or "\\" in texte:
        return "'" + texte.replace("'", "''") + "'"
    return f'"{texte}"'


def render_valeur(cle: str, valeur: ValeurTable) -> str:
    """The YAML of a value, as it stands after « cle: »; empty when it is missing.

    >>> render_valeur("adresse.lignes", ("1 RUE DU PORT", "BP 9"))
    '["1 RUE DU PORT", "BP 9"]'
    >>> render_valeur("statut", "public"), render_valeur("siret", None)
    ('public', '')
    """
    if valeur is None:
        return ""
    ecrire = str if cle.rsplit(".", 1)[-1] in NUES else quote
    if isinstance(valeur, tuple):
        return f"[{', '.join(ecrire(element) for element in valeur)}]"
    return ecrire(valeur)


def render_cle(retrait: int, cle: str, valeur: ValeurTable = None) -> str:
    """The line of a key, `retrait` spaces in."""
    return f"{' ' * retrait}{cle}: {render_valeur(cle, valeur)}".rstrip()
