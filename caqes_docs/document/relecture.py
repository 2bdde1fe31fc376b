"""What a reader would strike out of a finished act: it is looked for in its words, not its clauses.

The library and the data may each be sound and still print, together, a plural over one thing, a
limit that repeats its general limit, a heading that nothing follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.typographie import ADRESSE
from caqes_docs.core.source import parse_source
from caqes_docs.document import model as doc
from caqes_docs.document.texte import blocks_text, heading_text
from caqes_docs.document.walk import inner_blocks, iter_blocks, iter_document, iter_inlines, plain

_EXTRAIT = 90
_ADRESSES = ("adresse", "destinataire")
_PLURIEL = re.compile(r"\b\w+s (?:suivant|ci-après)e?s?\s*:\s*(?P<suite>[^.;]*)", re.IGNORECASE)
_CI_DESSOUS = re.compile(r"(?:\A|[.\u202f] )Les \w+s (?:\w+s )?ci-dessous\b")
_ETIQUETTE = re.compile(r"\A(?:Volets|Sites)\b[^:.]{0,40}:\s*(?P<suite>[^.;]+)\Z")
_PLUSIEURS = re.compile(r",|\bet\b|\bou\b|\n")
_UN_SEUL = re.compile(r"(?<![\d\u202f,])\b1\s(?!mois\b|fois\b|avis\b|cas\b)[a-zà-ÿœ]{3,}s\b")
_LIMITE = re.compile(
    r"(?P<borne>\d[\d\u202f,]*\s(?:%|€|mois))[^.]{0,120}?limite générale"
    r"[^.]{0,30}? (?P<generale>\d[\d\u202f,]*\s(?:%|€|mois))"
)

_SIGNES = (
    (re.compile(r"\b[Nn]° (?=\w)"), "un numéro qu’une fin de ligne peut séparer de n°"),
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "une apostrophe droite"),
    (re.compile(r'(?<!\w)"[^"]*[^"\s]"(?!\w)'), "des guillemets droits"),
    (re.compile(r"(?<=\S) [:;!?»](?=\s|$)|« "), "une espace ordinaire près d’un signe double"),
    (
        re.compile(r"(?:^|[(:=]\s?|\bde )[-–]\s?\d[\d\u202f]*(?:,\d+)?\s?[€%]"),
        "un tiret à la place du signe moins",
    ),
)
"""Signs and spaces that the composition of an act never gives, whoever typed them."""


def proofread(document: doc.Document) -> Iterator[Constat]:
    """C-100: what is to be struck out of `document`, cover first, at its clause."""
    connues = {
        bloc.ancre for bloc in iter_document(document) if isinstance(bloc, doc.Clause | doc.Section)
    }
    yield from _read(document.couverture + document.corps, "", connues)


def _read(blocs: tuple[doc.Bloc, ...], clause: str, connues: set[str]) -> Iterator[Constat]:
    for bloc, suivant in pairwise((*blocs, None)):
        assert bloc is not None
        ici = bloc.identite.source if isinstance(bloc, doc.Clause) else clause
        for nature, extrait in (*_alone(bloc, connues), *_followed(bloc, suivant)):
            yield Constat(
                "C-100",
                Gravite.AVERTISSEMENT,
                parse_source(ici),
                f"L’acte imprime {nature}\u00a0: «\u00a0{_short(extrait)}\u00a0».",
                "Écrire dans la clause ce qui s’imprime dans ce cas, ou corriger la donnée.",
            )
        yield from _read(tuple(inner_blocks(bloc)), ici, connues)


def _short(extrait: str) -> str:
    texte = " ".join(extrait.split("\n"))
    return texte if len(texte) <= _EXTRAIT else f"{texte[: _EXTRAIT - 1]}…"


def _alone(bloc: doc.Bloc, connues: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong in `bloc` by itself."""
    match bloc:
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            if not blocks_text(bloc.blocs).strip():
                yield "un titre que rien ne suit", heading_text(titre)
        case doc.Tableau():
            yield from _table(bloc)
        case doc.Paragraphe():
            texte = plain(bloc.contenu)
            yield from _signs(texte)
            if bloc.role not in _ADRESSES:
                yield from _sentence(texte)
            for inline in iter_inlines(bloc.contenu):
                if isinstance(inline, doc.Renvoi) and inline.ancre not in connues:
                    yield "un renvoi à ce que l’acte ne contient pas", inline.texte
        case _:
            return


def _followed(bloc: doc.Bloc, suivant: doc.Bloc | None) -> Iterator[tuple[str, str]]:
    """What is wrong between `bloc` and the block after it."""
    if not isinstance(bloc, doc.Paragraphe):
        return
    texte = plain(bloc.contenu)
    if bloc.role == "intertitre" and (
        suivant is None or isinstance(suivant, doc.Paragraphe) and suivant.role == "intertitre"
    ):
        yield "un intertitre que rien ne suit", texte
    if _CI_DESSOUS.search(texte) and _is_single(suivant):
        yield "un pluriel qui n’annonce qu’une chose", texte
    trouve = _PLURIEL.search(texte)
    if trouve is None or trouve["suite"].strip():
        return
    if isinstance(suivant, doc.Liste) and len(suivant.elements) == 1:
        yield "un pluriel qui n’annonce qu’une chose", f"{texte} {blocks_text((suivant,))}"


def _is_single(bloc: doc.Bloc | None) -> bool:
    """Whether what follows holds one thing alone."""
    match bloc:
        case doc.Liste():
            return len(bloc.elements) == 1
        case doc.Tableau():
            return len(bloc.lignes) == 1
        case _:
            return False


def _signs(texte: str) -> Iterator[tuple[str, str]]:
    propre = ADRESSE.sub("", texte)
    return ((nature, texte) for motif, nature in _SIGNES if motif.search(propre))


def _sentence(texte: str) -> Iterator[tuple[str, str]]:
    for motif in (_PLURIEL, _ETIQUETTE):
        for trouve in motif.finditer(texte):
            suite = trouve["suite"].strip()
            if suite and not _PLUSIEURS.search(suite):
                yield "un pluriel qui n’annonce qu’une chose", trouve[0]
    for trouve in _UN_SEUL.finditer(texte):
        yield "un pluriel après 1", trouve[0]
    for trouve in _LIMITE.finditer(texte):
        if trouve["borne"] == trouve["generale"]:
            yield "une limite égale à la limite générale, dite deux fois", trouve[0]


def _table(tableau: doc.Tableau) -> Iterator[tuple[str, str]]:
    nom = plain(tableau.legende) or blocks_text(tuple(_first_row(tableau)))
    if not tableau.lignes:
        yield "un tableau sans ligne", nom
        return
    for ligne in tableau.lignes:
        for cellule in ligne:
            if not _cell(cellule) and not _is_to_write(cellule):
                yield "une case vide", nom


def _first_row(tableau: doc.Tableau) -> Iterator[doc.Bloc]:
    for ligne in (*tableau.entete, *tableau.lignes)[:1]:
        for cellule in ligne:
            yield from cellule.blocs


def _cell(cellule: doc.Cellule) -> str:
    return blocks_text(cellule.blocs).strip()


def _is_to_write(cellule: doc.Cellule) -> bool:
    return any(
        isinstance(inline, doc.AEcrire)
        for bloc in iter_blocks(cellule.blocs)
        if isinstance(bloc, doc.Paragraphe)
        for inline in iter_inlines(bloc.contenu)
    )
