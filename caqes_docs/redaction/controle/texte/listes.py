"""Lists and rows that would not be printed as their author typed them.

A list pasted from Word is one paragraph for Markdown; a year that begins a paragraph is the rank of
a list; an empty cell stops the act. Each is found here, before any act is asked for.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from markdown_it.token import Token

from caqes_docs.redaction.controle.expressions.types import Faute, quoted
from caqes_docs.redaction.controle.texte.markdown import layouts, pieces
from caqes_docs.redaction.langage.markdown_reader import BLOCS
from caqes_docs.redaction.langage.moteur import parse

_PUCES = "•·▪▫◦‣∙●○■□§"
_MARQUES = {
    "puce": re.compile(rf"[{_PUCES}](?=\s)"),
    "tiret": re.compile(r"[–—](?=\s)|[–—-](?=[^\W\d_])"),
    "degré": re.compile(r"\d{1,2}\s?°"),
    "lettre": re.compile(r"[a-z][.)](?=\s)"),
    "romain": re.compile(r"[IVX]+(?:[.)°]|\s?[.–-])(?=\s)"),
}
_RANG = re.compile(r"^\s*\d{1,9}[.)](?=\s)", re.MULTILINE)
_SUSPECT = re.compile(
    rf"(?:^|%\}})[ \t]*(?:[|{_PUCES}–—]|-\w|\d+[.)]\s|\d+\s?°|[a-z][.)]|[IVX]+[.)°\s])",
    re.MULTILINE,
)

Constate = tuple[int, str, str, str, str]
"""A line of a text (from 0), a code, what is wrong, the remedy, and the sign that shows it."""


def check_lists(source: str) -> Iterator[Faute]:
    """Typed lists, ranks that are numbers and cells left empty, in every branch; each once."""
    if not _SUSPECT.search(source):
        return
    rangs = len(_RANG.findall(source))
    fautes: dict[Faute, None] = {}
    for squelette in layouts(parse(source), lignes=True):
        for debut, morceau in pieces(squelette.texte):
            for rang, code, message, remede, mot in _found(morceau, rangs):
                ligne = squelette.line(debut + rang)
                fautes.setdefault(Faute(code, ligne, message, remede, mot))
    yield from fautes


@functools.lru_cache(maxsize=2048)
def _found(texte: str, rangs: int) -> tuple[Constate, ...]:
    """The faults of one piece of a layout, of a text where `rangs` lines begin with a rank."""
    trouves: list[Constate] = []
    vides: list[bool] = []
    ligne = 0
    for avant, jeton in itertools.pairwise((Token("", "", 0), *BLOCS.parse(texte))):
        ligne = jeton.map[0] if jeton.map else ligne
        if jeton.type == "tr_open":
            vides = []
        elif jeton.type == "inline" and avant.type == "paragraph_open":
            trouves.extend(_typed(jeton.content, ligne))
        elif jeton.type == "inline" and avant.type in ("td_open", "th_open"):
            vides.append(not jeton.content.strip())
        elif jeton.type == "tr_close" and any(vides) and (vides[0] or not all(vides[1:])):
            trouves.append(_empty(ligne))
        elif jeton.type == "list_item_open" and jeton.info and int(jeton.info) > max(rangs, 1):
            trouves.append(_number(ligne, f"{jeton.info}{jeton.markup}"))
    return tuple(trouves)


def _typed(contenu: str, debut: int) -> Iterator[Constate]:
    lignes = [ligne.strip() for ligne in contenu.split("\n")]
    for sorte, marque in _MARQUES.items():
        rangs = [rang for rang, ligne in enumerate(lignes) if marque.match(ligne)]
        rangs = [rang for rang in rangs if not rang or not lignes[rang - 1].endswith("\\")]
        seule = sorte == "puce" or (sorte == "tiret" and rangs[:1] == [0])
        if len(rangs) > 1 or (rangs and seule):
            trouve = marque.match(lignes[rangs[0]])
            assert trouve is not None
            yield (
                debut + rangs[0],
                "C-135",
                f"Ces lignes commencent par {quoted(trouve.group())}\u00a0: elles seraient réunies "
                "en un seul alinéa.",
                "Commencer chaque ligne par «\u00a0-\u00a0» et une espace, ou par «\u00a01.\u00a0» "
                "si elles sont numérotées, après une ligne vide.",
                trouve.group(),
            )


def _number(ligne: int, ecrit: str) -> Constate:
    return (
        ligne,
        "C-135",
        f"{quoted(ecrit)} commence cette ligne\u00a0: il s’imprimerait comme le rang d’une liste, "
        "et changerait de nombre.",
        f"Écrire «\u00a0{ecrit[:-1]}\\{ecrit[-1]}\u00a0» si c’est un nombre\u00a0; numéroter une "
        "liste à partir de 1.",
        ecrit,
    )


def _empty(ligne: int) -> Constate:
    return (
        ligne,
        "C-056",
        "Une case de ce tableau est vide, toujours ou selon les réponses.",
        "Écrire un mot, ou a_ecrire('…') pour une place à remplir\u00a0; seule, la première case "
        "d’une ligne en fait un intertitre.",
        "",
    )
