"""How many lines a paragraph takes, from the advance widths of its letters."""

from __future__ import annotations

import re
from typing import assert_never

from caqes_docs.document.model import (
    ACompleter,
    AEcrire,
    Citation,
    Emphase,
    Exposant,
    Fort,
    Inlines,
    Renvoi,
    SautLigne,
    Texte,
    Valeur,
)
from caqes_docs.ooxml.styles import Metrique
from caqes_docs.rendering.docx_chasses import DEFAUT, EM, GRAS, NORMAL

TWIPS_PER_HALF_POINT = 10
LINE_HEIGHT = 1.14990234375
"""Ascent, descent and gap of the font, in sizes."""
_SUPERSCRIPT = 0.58
_HALF_LETTER = 500
"""What a line loses on average when it ends in the middle of a word."""
# -- a line may also end after a hyphen or a dash that a letter follows --
_PIECES = re.compile(r"(?<=[^\W\d][-–—/])(?=[^\W\d])")

Fragment = tuple[str, bool, float]
"""Words, whether they are bold, and their size relative to the paragraph's."""


class _Chasses(dict[str, int]):
    """Advance width by character."""

    def __init__(self, groups: dict[int, str]) -> None:
        super().__init__(
            (character, width) for width, characters in groups.items() for character in characters
        )

    def __missing__(self, character: str) -> int:
        return DEFAUT


class _Mots(dict[str, float]):
    """Width by word, computed once: an act repeats its words."""

    def __init__(self, chasses: _Chasses) -> None:
        super().__init__()
        self._chasse = chasses.__getitem__

    def __missing__(self, mot: str) -> float:
        width = float(sum(map(self._chasse, mot)))
        if len(self) < _MEMORY:
            self[mot] = width
        return width


_MEMORY = 50_000
_WIDTHS = (_Mots(_Chasses(NORMAL)), _Mots(_Chasses(GRAS)))
_SPACES = (_WIDTHS[0][" "], _WIDTHS[1][" "])


def line_height(metrique: Metrique) -> int:
    """The pitch of the lines of a paragraph, in twips."""
    if metrique.regle == "exact":
        return metrique.interligne
    natural = metrique.corps * TWIPS_PER_HALF_POINT * LINE_HEIGHT
    if metrique.regle == "atLeast":
        return max(metrique.interligne, round(natural))
    return round(natural * metrique.interligne / 240)


def count_lines(contenu: Inlines, metrique: Metrique, largeur: int) -> int:
    """The lines that some inlines take in `largeur` twips."""
    if len(contenu) == 1 and isinstance(contenu[0], Texte):
        return count_text_lines(contenu[0].texte, metrique, largeur)
    lines = 0
    for segment in _split_lines(fragments(contenu, gras=metrique.gras)):
        lines += _wrap(segment, metrique, largeur)
    return lines


def count_text_lines(texte: str, metrique: Metrique, largeur: int) -> int:
    """The lines that some words take in `largeur` twips."""
    if "\n" in texte:
        return sum(count_text_lines(line, metrique, largeur) for line in texte.split("\n"))
    return _wrap([(texte, metrique.gras, 1.0)], metrique, largeur)


def fragments(contenu: Inlines, *, gras: bool = False, taille: float = 1.0) -> list[Fragment]:
    """The words of some inlines, with what changes their width."""
    found: list[Fragment] = []
    for inline in contenu:
        match inline:
            case Texte() | Citation() | Renvoi() | ACompleter() | AEcrire():
                found.append((inline.texte, gras, taille))
            case Valeur() | Emphase():
                found += fragments(inline.contenu, gras=gras, taille=taille)
            case Fort():
                found += fragments(inline.contenu, gras=True, taille=taille)
            case Exposant():
                found.append((inline.texte, gras, _SUPERSCRIPT * taille))
            case SautLigne():
                found.append(("\n", gras, taille))
            case _:
                assert_never(inline)
    return found


def _split_lines(found: list[Fragment]) -> list[list[Fragment]]:
    lines: list[list[Fragment]] = [[]]
    for text, gras, taille in found:
        first, *others = text.split("\n") if "\n" in text else (text,)
        lines[-1].append((first, gras, taille))
        lines.extend([(other, gras, taille)] for other in others)
    return lines


def _wrap(segment: list[Fragment], metrique: Metrique, largeur: int) -> int:
    """Lines filled greedily, as Word and LibreOffice do for text without hyphenation."""
    scale = EM / (metrique.corps * TWIPS_PER_HALF_POINT)
    room = (largeur - metrique.gauche - metrique.droite) * scale
    if len(segment) == 1:
        text, gras, taille = segment[0]
        words = [_WIDTHS[gras][word] * taille for word in text.split(" ")]
        space = _SPACES[gras] * taille
        first_room = room - metrique.premiere * scale
        if sum(words) + space * (len(words) - 1) <= first_room:
            return 1
        if _PIECES.search(text):
            return _fill(_pieces(segment), room, first_room)
        return _fill([(word, space) for word in words], room, first_room)
    return _fill(_pieces(segment), room, room - metrique.premiere * scale)


def _pieces(segment: list[Fragment]) -> list[tuple[float, float]]:
    """Width of each unbreakable piece, and of the blank after it."""
    pieces: list[tuple[float, float]] = []
    glued = 0.0
    for text, gras, taille in segment:
        widths, space = _WIDTHS[gras], _SPACES[gras] * taille
        words = text.split(" ")
        for position, word in enumerate(words):
            *heads, tail = _PIECES.split(word) if len(word) > 1 else (word,)
            for head in heads:
                pieces.append((glued + widths[head] * taille, 0.0))
                glued = 0.0
            glued += widths[tail] * taille
            if position < len(words) - 1:
                pieces.append((glued, space))
                glued = 0.0
    pieces.append((glued, 0.0))
    return pieces


def _fill(pieces: list[tuple[float, float]], room: float, first_room: float) -> int:
    lines, used, limit = 1, 0.0, first_room
    for piece, blank in pieces:
        width = piece
        if used and used + width > limit:
            lines += 1
            used = 0.0
            limit = room
        if width > limit:
            # -- a word wider than its column is cut between letters --
            cut = max(limit - _HALF_LETTER, EM / 2)
            extra = int((width - 1) // cut)
            lines += extra
            width -= extra * cut
            limit = room
        used += width + blank
    return lines
