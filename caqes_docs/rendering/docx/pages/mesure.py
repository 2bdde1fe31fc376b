"""How many lines a paragraph takes, from the advance widths of its letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from caqes_docs.document import model as doc
from caqes_docs.ooxml.styles import Metrique
from caqes_docs.rendering.docx.cesures import hold_codes, hold_hyphens
from caqes_docs.rendering.polices import DEFAUT, EM, GRAS, NORMAL

TWIPS_PER_HALF_POINT = 10
LINE_HEIGHT = 1.14990234375
"""Ascent, descent and gap of the font, in sizes."""
_SUPERSCRIPT = 0.58
_HALF_LETTER = 500
"""What a line loses on average when it ends in the middle of a word."""
# -- a line may also end after a hyphen, a dash or an ellipsis inside a word --
_PIECES = re.compile(r"(?<=\S[-–—…])(?=\w)")

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


class _Mots(dict[str, tuple[float, ...]]):
    """Width of each unbreakable piece of a word, computed once: an act repeats its words."""

    def __init__(self, chasses: _Chasses) -> None:
        super().__init__()
        self._chasse = chasses.__getitem__

    def __missing__(self, mot: str) -> tuple[float, ...]:
        widths = tuple(float(sum(map(self._chasse, piece))) for piece in _PIECES.split(mot))
        if len(self) < _MEMORY:
            self[mot] = widths
        return widths


_MEMORY = 50_000
_WIDTHS = (_Mots(_Chasses(NORMAL)), _Mots(_Chasses(GRAS)))
_SPACES = (_WIDTHS[0][" "][0], _WIDTHS[1][" "][0])


def line_height(metrique: Metrique) -> int:
    """The pitch of the lines of a paragraph, in twips."""
    if metrique.regle == "exact":
        return metrique.interligne
    natural = metrique.corps * TWIPS_PER_HALF_POINT * LINE_HEIGHT
    if metrique.regle == "atLeast":
        return max(metrique.interligne, round(natural))
    return round(natural * metrique.interligne / 240)


@dataclass(frozen=True, slots=True)
class Justification:
    """The room for words on the lines of a paragraph, in 2048ths of the size of its letters."""

    gras: bool
    place: float
    premiere: float
    """Room of the first line."""

    @classmethod
    def of(cls, metrique: Metrique, largeur: int) -> Justification:
        """The lines of a paragraph in `largeur` twips."""
        scale = EM / (metrique.corps * TWIPS_PER_HALF_POINT)
        place = (largeur - metrique.gauche - metrique.droite) * scale
        return cls(metrique.gras, place, place - metrique.premiere * scale)

    def count(self, contenu: doc.Inlines) -> int:
        """How many lines some inlines take."""
        texte = uniform_text(contenu)
        if texte is not None:
            return self.count_text(texte)
        first, *others = _split_lines(fragments(contenu, gras=self.gras))
        lines = _fill(_pieces(first), self.place, self.premiere)
        return lines + sum(_fill(_pieces(other), self.place, self.place) for other in others)

    def count_text(self, texte: str) -> int:
        """How many lines some words take."""
        return _text_lines(texte, self.gras, self.place, self.premiere)


def count_lines(contenu: doc.Inlines, metrique: Metrique, largeur: int) -> int:
    """The lines that some inlines take in `largeur` twips."""
    return Justification.of(metrique, largeur).count(contenu)


def count_text_lines(texte: str, metrique: Metrique, largeur: int) -> int:
    """The lines that some words take in `largeur` twips."""
    return Justification.of(metrique, largeur).count_text(texte)


@lru_cache(maxsize=16_384)
def _text_lines(texte: str, gras: bool, place: float, premiere: float) -> int:
    """Remembered: a table repeats its words, and acts share their clauses."""
    first, *others = texte.split("\n")
    lines = _fill(_pieces([(first, gras, 1.0)]), place, premiere)
    return lines + sum(_fill(_pieces([(other, gras, 1.0)]), place, place) for other in others)


def uniform_text(contenu: doc.Inlines) -> str | None:
    """The characters of inlines that share one weight and one size; None when some do not."""
    if len(contenu) == 1:
        seul = contenu[0]
        return hold_codes(seul.texte) if isinstance(seul, doc.Texte) else _uniform(seul)
    parts: list[str] = []
    for inline in contenu:
        part = _uniform(inline)
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _uniform(inline: doc.Inline) -> str | None:
    match inline:
        case doc.Texte():
            return hold_codes(inline.texte)
        case doc.Valeur() | doc.Emphase() | doc.Suivi():
            return uniform_text(inline.contenu)
        case doc.Citation():
            return hold_hyphens(inline.texte)
        case doc.Renvoi() | doc.ACompleter() | doc.AEcrire():
            return inline.texte
        case doc.SautLigne():
            return "\n"
        case doc.Fort() | doc.Exposant():
            return None
        case _:
            assert_never(inline)


def fragments(contenu: doc.Inlines, *, gras: bool = False, taille: float = 1.0) -> list[Fragment]:
    """The words of some inlines, with what changes their width."""
    found: list[Fragment] = []
    for inline in contenu:
        texte = _uniform(inline)
        if texte is not None:
            found.append((texte, gras, taille))
        elif isinstance(inline, doc.Exposant):
            found.append((inline.texte, gras, _SUPERSCRIPT * taille))
        elif isinstance(inline, doc.Fort | doc.Valeur | doc.Emphase | doc.Suivi):
            bold = gras or isinstance(inline, doc.Fort)
            found += fragments(inline.contenu, gras=bold, taille=taille)
    return found


def _split_lines(found: list[Fragment]) -> list[list[Fragment]]:
    lines: list[list[Fragment]] = [[]]
    for text, gras, taille in found:
        first, *others = text.split("\n")
        lines[-1].append((first, gras, taille))
        lines.extend([(other, gras, taille)] for other in others)
    return lines


def _pieces(segment: list[Fragment]) -> list[tuple[float, float]]:
    """Width of each unbreakable piece, and of the blank after it."""
    pieces: list[tuple[float, float]] = []
    glued = 0.0
    for text, gras, taille in segment:
        words, space = _WIDTHS[gras], _SPACES[gras] * taille
        first = True
        for word in text.split(" "):
            if not first:
                pieces.append((glued, space))
                glued = 0.0
            first = False
            *heads, tail = words[word]
            for head in heads:
                pieces.append((glued + head * taille, 0.0))
                glued = 0.0
            glued += tail * taille
    pieces.append((glued, 0.0))
    return pieces


def _fill(pieces: list[tuple[float, float]], place: float, premiere: float) -> int:
    """Lines filled greedily, as Word and LibreOffice do for text without hyphenation."""
    lines, used, limit = 1, 0.0, premiere
    for piece, blank in pieces:
        width = piece
        if used and used + width > limit:
            lines += 1
            used = 0.0
            limit = place
        if width > limit:
            # -- a word wider than its column is cut between letters --
            cut = max(limit - _HALF_LETTER, EM / 2)
            extra = int((width - 1) // cut)
            lines += extra
            width -= extra * cut
            limit = place
        used += width + blank
    return lines
