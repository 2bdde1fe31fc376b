"""The words that designate a passage: whole ones, found once where they are looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import comparable, words_of
from caqes_docs.document.amendement.formules import Seuils
from caqes_docs.document.amendement.phrases import sentences
from caqes_docs.document.revision.passages import Bout, Jeton, extract, normal, pieces, tokens
from caqes_docs.document.revision.script import Passage
from caqes_docs.document.walk import plain

_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_SIGN = re.compile(r"(?<=\w)[ \u00a0\u202f]?[.,;:]$")
TYPES = (
    ("le taux", re.compile(r"[\d ,\u202f]+[ \u00a0\u202f]%")),
    ("le montant", re.compile(r"[\d ,\u202f\u00a0]+[ \u00a0\u202f]€")),
    ("la date", re.compile(rf"\d+(er)?[ \u00a0]({_MOIS})[ \u00a0]\d{{4}}")),
    ("le nombre", re.compile(r"\d[\d\u202f]*")),
)
"""What a value is called, by the way it is printed."""


def value_kind(*textes: str) -> str:
    """What all `textes` are: « le taux », « le montant »; empty when they are words.

    >>> value_kind("2,2 %", "2,5 %"), value_kind("2 %", "300 €")
    ('le taux', '')
    """
    for nom, motif in TYPES:
        if all(motif.fullmatch(texte) for texte in textes):
            return nom
    return ""


def named(words: str) -> tuple[str, str]:
    """What announces some words, and its verb."""
    if len(words.split()) > 1 or "\u00a0" in words:
        return "les mots\u00a0: ", "sont"
    return "le mot\u00a0: ", "est"


class MotsCites:
    """The words of one place, and the passage that changes in it."""

    def __init__(self, contenu: doc.Inlines, passage: Passage) -> None:
        self._morceaux: list[Bout] = pieces(contenu)
        self._jetons: list[Jeton] = tokens(self._morceaux)
        self._passage = passage
        self._texte = plain(contenu)
        self._longueur = len(self._texte)

    def sharpen(self, contexte: str, seuils: Seuils) -> Passage | None:
        """The passage in whole words that stand once in `contexte`; None when no few words do."""
        if self._is_value(self._passage, contexte):
            return self._passage
        debut, fin = self._snapped(self._passage.debut, self._passage.fin)
        for step in range(2 * seuils.mots_cites):
            wide = self._widened(debut, fin)
            words = plain(wide.avant).split()
            whole = (debut, fin) == (0, self._longueur)
            if whole or len(words) > seuils.mots_cites or is_broken(wide):
                return None
            if not words and self.anchor(wide, contexte, seuils):
                return wide
            if words and _occurs_once(words_of(wide.avant), contexte):
                return self._trimmed(wide, contexte)
            debut, fin = self._grown(debut, fin, right=step % 2 == 0 or not words)
        return None

    def _is_value(self, passage: Passage, contexte: str) -> bool:
        avant = words_of(passage.avant)
        return bool(value_kind(avant, words_of(passage.apres))) and _occurs_once(avant, contexte)

    def _trimmed(self, passage: Passage, contexte: str) -> Passage:
        """The passage without the sign that ends it in both states, when that says as much."""
        avant, apres = plain(passage.avant), plain(passage.apres)
        signs = [_SIGN.search(texte) for texte in (avant, apres)]
        if not all(signs) or len({one[0] for one in signs if one}) > 1:
            return passage
        length = len(signs[0][0]) if signs[0] else 0
        after = pieces(passage.apres)
        if not isinstance(after[-1][0], doc.Texte) or len(plain((after[-1][0],))) < length:
            return passage
        fin = passage.fin - length
        short = replace(
            passage,
            fin=fin,
            avant=extract(self._morceaux, passage.debut, fin),
            apres=extract(after, 0, len(apres) - length),
        )
        return short if _occurs_once(words_of(short.avant), contexte) else passage

    def anchor(self, passage: Passage, contexte: str, seuils: Seuils) -> doc.Inlines:
        """The words just before an insertion that stand once in `contexte`; empty when none do."""
        return self._last_words(
            passage.debut, lambda words: _occurs_once(words_of(words), contexte), seuils
        )

    def _last_words(
        self, fin: int, fits: Callable[[doc.Inlines], bool], seuils: Seuils
    ) -> doc.Inlines:
        starts = [one.debut for one in self._jetons if one.fin <= fin and not one.espace]
        for debut in reversed(starts[-seuils.mots_cites :]):
            words = extract(self._morceaux, debut, fin)
            at_word = debut == 0 or plain(extract(self._morceaux, 0, debut)).endswith((" ", "\n"))
            if "\n" in plain(words):
                break
            if at_word and fits(words):
                return words
        return ()

    def _widened(self, debut: int, fin: int) -> Passage:
        one = self._passage
        before = extract(self._morceaux, debut, one.debut)
        after = extract(self._morceaux, one.fin, fin)
        avant = normal((*before, *one.avant, *after))
        return replace(
            one, debut=debut, fin=fin, avant=avant, apres=normal((*before, *one.apres, *after))
        )

    def _snapped(self, debut: int, fin: int) -> tuple[int, int]:
        """The smallest passage around that begins and ends between two words in both states."""
        wide = self._widened(debut, fin)
        before, apres = self._texte[:debut], plain(wide.apres)
        after = self._texte[fin:]
        left = _parts(before, plain(wide.avant) + after) and _parts(before, apres + after)
        right = _parts(before + plain(wide.avant), after) and _parts(before + apres, after)
        blanks = [one for one in self._jetons if one.espace]
        if not left:
            debut = max((one.fin for one in blanks if one.fin <= debut), default=0)
        if not right:
            fin = min((one.debut for one in blanks if one.debut >= fin), default=self._longueur)
        return debut, fin

    def _grown(self, debut: int, fin: int, *, right: bool) -> tuple[int, int]:
        """One more word, on one side or, at the end of the place, on the other."""
        words = [one for one in self._jetons if not one.espace]
        following = next((one for one in words if one.debut >= fin), None)
        previous = next((one for one in reversed(words) if one.fin <= debut), None)
        if following is not None and (right or previous is None):
            return self._snapped(debut, following.fin)
        if previous is not None:
            return self._snapped(previous.debut, fin)
        return 0, self._longueur


def is_broken(passage: Passage) -> bool:
    """Whether a passage holds a line break: it is never quoted as words."""
    return "\n" in plain(passage.avant) + plain(passage.apres)


def is_whole_place(passage: Passage, contenu: doc.Inlines, contexte: str, seuils: Seuils) -> bool:
    """Whether a passage is all that a place says, and no few words would designate it."""
    if passage.debut or passage.fin != len(plain(contenu)):
        return False
    words = words_of(passage.avant)
    few = len(words.split()) <= seuils.mots_cites and _occurs_once(words, contexte)
    return is_broken(passage) or not few


def _parts(before: str, after: str) -> bool:
    """Whether a word ends between two texts."""
    return not before or not after or before[-1] in " \n" or after[0] in " \n"


def _occurs_once(words: str, contexte: str) -> bool:
    """Whether some words stand once in a text, and are any."""
    sought = comparable(words)
    return bool(sought) and _count(sought, contexte) == 1


def _count(sought: str, contexte: str) -> int:
    """How often `sought` begins somewhere in `contexte`, overlaps included."""
    return sum(contexte.startswith(sought, place) for place in range(len(contexte)))


def overlap(passages: Sequence[Passage]) -> bool:
    """Whether two passages of one place touch."""
    ordered = sorted(passages, key=lambda one: one.debut)
    return any(x.fin >= y.debut for x, y in zip(ordered, ordered[1:], strict=False))


def in_sentences(contenu: doc.Inlines, passages: Sequence[Passage]) -> list[Passage] | None:
    """The passages, those of one sentence made one; None when the only sentence holds several."""
    known = sentences(plain(contenu)) or []
    out = list(passages)
    for debut, fin in known:
        inside = [one for one in out if debut <= one.debut and one.fin <= fin]
        if len(inside) < 2:
            continue
        if len(known) == 1:
            return None
        whole = _whole_sentence(contenu, (debut, fin), sorted(inside, key=lambda one: one.debut))
        if whole is not None:
            out = [whole, *(one for one in out if one not in inside)]
    return out


def _whole_sentence(
    contenu: doc.Inlines, span: tuple[int, int], inside: Sequence[Passage]
) -> Passage | None:
    morceaux = pieces(contenu)
    cut = any(one.debut < end < one.fin for one in tokens(morceaux) if one.atome for end in span)
    if cut:
        return None
    apres: list[doc.Inline] = []
    place = span[0]
    for one in inside:
        apres += (*extract(morceaux, place, one.debut), *one.apres)
        place = one.fin
    apres += extract(morceaux, place, span[1])
    new = normal(tuple(apres))
    lone = len(sentences(plain(new)) or ()) == 1
    before = extract(morceaux, *span)
    return replace(inside[0], debut=span[0], fin=span[1], avant=before, apres=new) if lone else None
