"""Counted nouns of the messages, in number with their count."""

from __future__ import annotations


def compte(combien: int, nom: str) -> str:
    r"""`combien` and `nom`, whose every « (s) » is kept from two on: in French, zero is singular.

    >>> compte(0, "donnée(s) à compléter"), compte(1, "acte(s) produit(s)")
    ('0 donnée à compléter', '1 acte produit')
    >>> compte(1200, "ligne(s) lue(s)")
    '1\u202f200 lignes lues'
    """
    return f"{combien:,} ".replace(",", "\u202f") + nom.replace("(s)", "s" if combien > 1 else "")
