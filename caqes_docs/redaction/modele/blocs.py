"""A model as it was read: its blocks in order, its words, its typing faults."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

GenreBloc = Literal["titre", "texte", "puce", "suite", "table", "note", "hors"]
A_COTE, AU_DESSUS = "\ue020", "\ue021"
"""What stands in a cell that another, merged with it, fills from the left or from above."""

CHAMP = re.compile("\ue010([^\ue011\ue012]*)\ue011([^\ue010\ue012]*)\ue012")
"""A merge field or a content control inside a text: its name, what it shows."""


_INVISIBLES = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b-\x1f\ue000]"
)


@dataclass(frozen=True)
class BlocModele:
    """A heading, a paragraph, a list item or its next paragraph, a table, a note, the outside."""

    genre: GenreBloc
    texte: str
    niveau: int = 0
    marque: str = ""
    """The resolved mark of a numbered item or heading."""
    lignes: tuple[tuple[str, ...], ...] = ()

    @property
    def entier(self) -> str:
        """All the words of the block, its mark included."""
        cases = "\n".join(case for ligne in self.lignes for case in ligne)
        return "\n".join(filter(None, (self.marque, self.texte, cases)))


@dataclass(frozen=True)
class Correction:
    """A typing fault of the model, put right."""

    avant: str
    apres: str
    ou: str


def words(texte: str) -> Counter[str]:
    """The words of a text, whatever stands between them.

    >>> sorted(words("l'article L. 162-30-2 __"))
    ['162', '2', '30', 'L', 'article', 'l']
    """
    propre = _INVISIBLES.sub("", unicodedata.normalize("NFC", CHAMP.sub(r" \2 ", texte)))
    return Counter(re.findall(r"[^\W_]+", propre))


def all_words(blocs: Iterable[BlocModele]) -> Counter[str]:
    """The words of all the blocks."""
    return sum((words(bloc.entier) for bloc in blocs), Counter())


_FAUTES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b1['’](?=[^\W\d_])"), "l’"),
    (re.compile(r"\b1\^\{?er\}?"), "1er"),
    (_INVISIBLES, ""),
    (re.compile(r"[ \u00a0\u202f]{2,}"), " "),
    (re.compile(r"(?<=\w)[ \u00a0]+(?=[,.](?:\s|$))"), ""),
    (re.compile(r"(?<=[^\s;:!?.])(?=[;:!?](?:\s|$))"), " "),
    (re.compile(r"(?<=[a-zéè]),(?=[^\W\d_])"), ", "),
    (re.compile(r"(?<=\d)%"), " %"),
    (re.compile(r"\b([LRD])\.?(\d{3,4}(?=-))"), r"\1. \2"),
)


def correct(blocs: Iterable[BlocModele]) -> tuple[list[BlocModele], list[Correction]]:
    """The blocks without their typing faults, and each fault."""
    corrections: list[Correction] = []

    def propre(texte: str) -> str:
        texte = unicodedata.normalize("NFC", texte)
        for motif, juste in _FAUTES:
            for faute in motif.finditer(texte):
                debut, fin = faute.span()
                ou = texte[max(debut - 20, 0) : fin + 20].replace("\n", " ")
                corrections.append(Correction(faute.group(), faute.expand(juste), ou))
            texte = motif.sub(juste, texte)
        return texte.strip(" ")

    corriges = []
    for bloc in blocs:
        lignes = [[*map(propre, ligne)] for ligne in bloc.lignes]
        corrections += _repeat(lignes)
        cases = tuple(map(tuple, lignes))
        corriges.append(replace(bloc, texte=propre(bloc.texte), lignes=cases))
    return corriges, corrections


def _repeat(lignes: list[list[str]]) -> Iterator[Correction]:
    """Repeat what a merged cell holds in each of its places, but in a row that is one cell."""
    for rang, ligne in enumerate(lignes):
        if {*ligne[1:]} == {A_COTE}:
            continue
        for place, case in enumerate(ligne):
            if case in (A_COTE, AU_DESSUS):
                autre = ligne[place - 1 :] if case == A_COTE else lignes[max(rang - 1, 0)][place:]
                ligne[place] = "" if autre[0] in (A_COTE, AU_DESSUS) else autre[0]
                if ligne[place]:
                    yield Correction("", ligne[place], "case fusionnée, répétée dans le tableau")
