"""Inlines to runs: neighbours that look the same share one run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import assert_never

from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.document import model as doc
from caqes_docs.ooxml.champs import field_of, internal_link
from caqes_docs.ooxml.revisions import Revisions
from caqes_docs.ooxml.signets import bookmark_name
from caqes_docs.ooxml.xml import escape
from caqes_docs.rendering.docx.cesures import hold_codes, hold_hyphens

GRAS, ITALIQUE, EXPOSANT, SURLIGNE = 1, 2, 4, 8


def _properties(mask: int) -> str:
    inner = "".join(
        xml
        for bit, xml in (
            (GRAS, "<w:b/><w:bCs/>"),
            (ITALIQUE, "<w:i/><w:iCs/>"),
            (SURLIGNE, '<w:highlight w:val="yellow"/>'),
            (EXPOSANT, '<w:vertAlign w:val="superscript"/>'),
        )
        if mask & bit
    )
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


# -- xml:space, because Word drops the blanks at both ends of a run otherwise --
_OPEN = tuple(f'<w:r>{_properties(mask)}<w:t xml:space="preserve">' for mask in range(16))
_CLOSE = "</w:t></w:r>"
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'


class Commentaires:
    """The places of a draft that wait for a datum, and Word's comments, each written once."""

    __slots__ = ("_consignes", "_silent", "reference_style", "textes", "trous")

    def __init__(
        self,
        reference_style: str,
        consignes: Mapping[str, tuple[str, ...]],
        *,
        silent: bool = False,
    ) -> None:
        self.reference_style = reference_style
        self._silent = silent
        self._consignes = consignes
        self.trous: list[doc.ACompleter] = []
        self.textes: list[tuple[str, ...]] = []

    def wrap(self, trou: doc.ACompleter, run: str) -> str:
        """`run` with a comment anchored on it, unless the draft has said the same before."""
        self.trous.append(trou)
        if self._silent:
            return run
        texte = self._consignes.get(trou.chemin, (f"Il manque\u00a0: {trou.libelle}.",))
        if texte in self.textes:
            return run
        number = len(self.textes)
        self.textes.append(texte)
        return (
            f'<w:commentRangeStart w:id="{number}"/>{run}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:rPr><w:rStyle w:val="{self.reference_style}"/></w:rPr>'
            f'<w:commentReference w:id="{number}"/></w:r>'
        )


NO_NUMBER: Mapping[str, str] = {}


class Fil:
    """The thread of runs of one paragraph, being written."""

    __slots__ = ("_buffer", "_comments", "_mask", "_numbers", "_out", "_revisions")

    def __init__(
        self, comments: Commentaires, revisions: Revisions, numbers: Mapping[str, str] = NO_NUMBER
    ) -> None:
        self._comments = comments
        self._revisions = revisions
        self._numbers = numbers
        self._out: list[str] = []
        self._buffer: list[str] = []
        self._mask = 0

    def text(self, texte: str, mask: int = 0) -> None:
        """Add words that look as `mask` says."""
        self._add(words(texte), mask)

    def line_break(self) -> None:
        """Start a new line in the same paragraph."""
        self._buffer.append(_BREAK)

    def inlines(self, contenu: doc.Inlines, mask: int = 0) -> None:
        """Add the inlines of the model."""
        for inline in contenu:
            self._inline(inline, mask)

    def xml(self) -> str:
        """The runs written so far."""
        self._flush()
        return "".join(self._out)

    def _inline(self, inline: doc.Inline, mask: int) -> None:  # noqa: C901
        match inline:
            case doc.Texte():
                self._add(words(inline.texte), mask)
            case doc.Citation():
                self._add(hold_hyphens(escape(inline.texte), _HYPHEN), mask)
            case doc.Valeur():
                self.inlines(inline.contenu, mask)
            case doc.Exposant():
                self.text(inline.texte, mask | EXPOSANT)
            case doc.Fort():
                self.inlines(inline.contenu, mask | GRAS)
            case doc.Emphase():
                self.inlines(inline.contenu, mask | ITALIQUE)
            case doc.Renvoi():
                self._flush()
                self._out.append(internal_link(inline.ancre, self._reference(inline.texte, mask)))
            case doc.ACompleter():
                run = plain_run(inline.texte, mask | SURLIGNE)
                self._flush()
                self._out.append(self._comments.wrap(inline, run))
            case doc.AEcrire():
                if inline.pointilles > 0:
                    self.text(inline.texte, mask)
            case doc.SautLigne():
                self.line_break()
            case doc.Suivi():
                self._tracked(inline, mask)
            case _:
                assert_never(inline)

    def _tracked(self, inline: doc.Suivi, mask: int) -> None:
        self._flush()
        inside = Fil(self._comments, self._revisions, self._numbers)
        inside.inlines(inline.contenu, mask)
        self._out.append(self._revisions.track(inside.xml(), inline.sens))

    def _reference(self, texte: str, mask: int) -> str:
        """A reference, whose number is a field that repeats the one of the heading."""
        name = self._numbers.get(texte)
        if name is None:
            return plain_run(texte, mask)
        word, blank, number = texte.rpartition(NBSP)
        field = field_of(f"REF {bookmark_name(name)}", plain_run(number, mask))
        return plain_run(word + blank, mask) + field

    def _add(self, xml: str, mask: int) -> None:
        if mask != self._mask:
            self._flush()
            self._mask = mask
        self._buffer.append(xml)

    def _flush(self) -> None:
        if self._buffer:
            self._out.append(f"{_OPEN[self._mask]}{''.join(self._buffer)}{_CLOSE}")
            self._buffer.clear()


@lru_cache(maxsize=4096)
def words(texte: str) -> str:
    """The content of a run of words, codes in one piece; an act repeats its words."""
    return hold_codes(escape(texte), _HYPHEN)


@lru_cache(maxsize=4096)
def words_run(texte: str) -> str:
    """One run of words, as `Fil` writes it."""
    return f"{_OPEN[0]}{words(texte)}{_CLOSE}"


def plain_run(texte: str, mask: int = 0) -> str:
    """One run of characters, hyphens included: what stands in a link or under a comment."""
    return f"{_OPEN[mask]}{escape(texte)}{_CLOSE}"
