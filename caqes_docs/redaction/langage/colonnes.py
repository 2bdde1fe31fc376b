"""The columns of a table: their widths, and those that are left out because they say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from caqes_docs.document import model as doc
from caqes_docs.document.texte import TIRET, blocks_text
from caqes_docs.document.walk import plain

Alignement = Literal["gauche", "centre", "droite"]


def columns(
    alignements: Sequence[Alignement], largeurs: tuple[int, ...], lignes: list[doc.Ligne]
) -> tuple[doc.Colonne, ...]:
    """The columns, of the widths asked for, else of those that the words of `lignes` call for."""
    if len(largeurs) != len(alignements):
        largeurs = tuple(_natural_width(rang, lignes) for rang in range(len(alignements)))
    return tuple(map(doc.Colonne, largeurs, alignements))


def without_silence(
    tableau: doc.Tableau, facultatives: tuple[int, ...], silences: tuple[str, ...]
) -> doc.Tableau:
    """`tableau` without those of its optional columns that hold nothing but dashes.

    In the others, a cell of a dash alone holds the words that its column gives for silence.
    """
    pleines = [ligne for ligne in tableau.lignes if len(ligne) == len(tableau.colonnes)]
    muettes = {
        rang
        for rang in facultatives
        if pleines and all(blocks_text(ligne[rang].blocs) == TIRET for ligne in pleines)
    }
    mots = dict(enumerate(silences))

    def say(rang: int, case: doc.Cellule) -> doc.Cellule:
        mot = mots.get(rang)
        if not mot or blocks_text(case.blocs) != TIRET:
            return case
        return replace(case, blocs=(doc.Paragraphe((doc.Texte(mot),), "cellule"),))

    def cut(ligne: doc.Ligne) -> doc.Ligne:
        if len(ligne) == 1:
            return (replace(ligne[0], etendue=ligne[0].etendue - len(muettes)),)
        return tuple(say(rang, case) for rang, case in enumerate(ligne) if rang not in muettes)

    return replace(
        tableau,
        colonnes=tuple(c for rang, c in enumerate(tableau.colonnes) if rang not in muettes),
        entete=tuple(map(cut, tableau.entete)),
        lignes=tuple(map(cut, tableau.lignes)),
    )


def _natural_width(rang: int, lignes: list[doc.Ligne]) -> int:
    """A share that follows the text: between its longest word and a bounded mean length."""
    textes = [
        plain(bloc.contenu)
        for ligne in lignes
        if rang < len(ligne) and ligne[rang].etendue == 1
        for bloc in ligne[rang].blocs
        if isinstance(bloc, doc.Paragraphe)
    ]
    mot = max((len(mot) for texte in textes for mot in texte.split()), default=4)
    moyenne = sum(map(len, textes)) // max(len(textes), 1)
    return max(mot, min(moyenne, 60), 6)
