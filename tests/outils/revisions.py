"""Two states of a random act: independent, or the second made of the first by a few edits."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import children, is_layout, slots, with_children, with_slots
from tests.outils.strategies import Draw, documents

MOTS = (
    "le directeur",
    "12\u00a0%",
    "de l’article 10-1",
    "sont",
    "établissement. Il",
    "1\u202f234,50\u00a0€",
)


@st.composite
def pairs(draw: Draw) -> tuple[doc.Document, doc.Document]:
    """States A and B of an act."""
    a = draw(documents(brouillon=True))
    if draw(st.integers(0, 3)) == 0:
        return a, draw(documents(brouillon=True))
    chance = random.Random(draw(st.integers(0, 2**32)))
    return a, edited(a, chance, draw(st.integers(0, 6)))


def edited(a: doc.Document, chance: random.Random, times: int) -> doc.Document:
    """`a` after `times` edits drawn from `chance`."""
    for _ in range(times):
        a = replace(a, corps=_in_sequence(a.corps, chance))
        if a.couverture and chance.random() < 0.2:
            a = replace(a, couverture=_in_sequence(a.couverture, chance))
    return a


def _in_sequence(noeuds: tuple[Any, ...], chance: random.Random) -> tuple[Any, ...]:
    if not noeuds:
        return noeuds
    rang = chance.randrange(len(noeuds))
    noeud, rest = noeuds[rang], (noeuds[:rang], noeuds[rang + 1 :])
    cell = isinstance(noeud, doc.Cellule)
    kind = chance.choice(("words", "down", "down", "down", "drop", "double", "swap"))
    if kind == "drop" and not cell and (len(noeuds) > 1 or chance.random() < 0.3):
        return (*rest[0], *rest[1])
    if kind == "double" and not cell and not _is_unique(noeud):
        return (*rest[0], noeud, _reworded(noeud, chance), *rest[1])
    if kind == "swap" and not cell and rang:
        return (*rest[0][:-1], noeud, rest[0][-1], *rest[1])
    if kind == "words" and slots(noeud):
        return (*rest[0], _reworded(noeud, chance), *rest[1])
    inside = children(noeud)
    if not inside:
        return (*rest[0], _reworded(noeud, chance), *rest[1])
    return (*rest[0], with_children(noeud, _in_sequence(inside, chance)), *rest[1])


def _is_unique(noeud: Any) -> bool:
    inner = isinstance(noeud, doc.Clause | doc.Section | doc.BlocSignature) or is_layout(noeud)
    return inner or any(_is_unique(one) for one in children(noeud))


def _reworded(noeud: Any, chance: random.Random) -> Any:
    words = slots(noeud)
    if not words:
        inside = children(noeud)
        return (
            with_children(noeud, tuple(_reworded(one, chance) for one in inside))
            if inside
            else noeud
        )
    champ = chance.choice(list(words))
    return with_slots(noeud, {**words, champ: _words(words[champ], chance)})


def _words(contenu: doc.Inlines, chance: random.Random) -> doc.Inlines:
    new = doc.Texte(f" {chance.choice(MOTS)} ")
    rang = chance.randrange(len(contenu) + 1)
    match chance.choice(("insert", "drop", "replace", "form", "value")):
        case "insert":
            return (*contenu[:rang], new, *contenu[rang:])
        case "drop" if len(contenu) > 1:
            return (*contenu[:rang], *contenu[rang + 1 :])
        case "value":
            return (
                *contenu[:rang],
                doc.Valeur((doc.Texte(new.texte.strip()),), "c"),
                *contenu[rang:],
            )
        case "form":
            return tuple(
                replace(one, texte=one.texte.replace(" ", "\u00a0").replace("-", "\u2011"))
                if isinstance(one, doc.Texte)
                else one
                for one in contenu
            )
        case _:
            return (*contenu[:rang], new, *contenu[rang + 1 :])


def act(*blocs: doc.Bloc) -> doc.Document:
    """A small act, without a cover."""
    return doc.Document(
        doc.Metadonnees("essai", "Essai", "Essai", "ARS", "E-1", dt.date(2026, 1, 15)),
        doc.Bandeaux("Essai", "", ""),
        (),
        blocs,
        brouillon=False,
    )


def article(numero: str, *blocs: doc.Bloc, ancre: str = "") -> doc.Clause:
    """An article whose anchor comes from its number."""
    identite = doc.IdentiteClause(f"essai.{numero}", dt.date(2022, 1, 1), "en vigueur")
    titre = doc.Titre(2, f"Article\u00a0{numero}", (doc.Texte("Objet"),))
    return doc.Clause(identite, ancre or f"_cl_{numero.replace('-', '_')}", titre, blocs)


def paragraph(texte: str) -> doc.Paragraphe:
    """Words."""
    return doc.Paragraphe((doc.Texte(texte),))


def items(*textes: str) -> doc.Liste:
    """A bulleted list."""
    return doc.Liste(tuple(doc.Element((paragraph(texte),)) for texte in textes))


def table(*lignes: tuple[str, ...]) -> doc.Tableau:
    """A table whose header names its columns."""
    width = len(lignes[0])
    header = tuple(doc.Cellule((paragraph(f"Colonne {c}"),), 1, True) for c in range(width))
    rows = tuple(tuple(doc.Cellule((paragraph(x),)) for x in ligne) for ligne in lignes)
    return doc.Tableau(tuple(doc.Colonne(1) for _ in range(width)), (header,), rows)
