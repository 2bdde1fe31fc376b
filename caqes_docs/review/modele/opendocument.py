"""The body of an OpenDocument model: numbers resolved, fields marked, notes set apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from caqes_docs.redaction.modele.blocs import A_COTE, AU_DESSUS, BlocModele
from caqes_docs.review.modele.numeros import NiveauListe, Numeros
from caqes_docs.review.modele.paquet import (
    inside,
    local_name,
    paragraph_block,
    refuse_bomb,
    refuse_loss,
    table_blocks,
    xml_parser,
)

_ESPACES = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXTE, _TABLE, _STYLE = (f"{_ESPACES}{nom}:1.0}}" for nom in ("text", "table", "style"))
_GENRES = {"1": "decimal", "a": "letter", "A": "upperletter", "i": "lowerRoman", "I": "upperRoman"}
_RANGS = ("table-header-rows", "table-rows", "table-row-group")
_PLAN = "(plan)"
"""The list of the headings."""


def read_odt(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """The blocks of an OpenDocument model, and what there is to say of them."""
    refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        if b"encryption-data" in paquet.read("META-INF/manifest.xml"):
            raise ValueError("encrypted")
        noms = [nom for nom in ("content.xml", "styles.xml") if nom in paquet.namelist()]
        racine, *styles = (etree.fromstring(paquet.read(nom), xml_parser()) for nom in noms)
    corps = next(racine.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"))
    dires = [
        dit
        for dit, nom in (
            ("Suivi des modifications\u00a0: le texte accepté est lu.", "tracked-changes"),
            ("Les commentaires du modèle ne sont pas repris.", "annotation"),
        )
        if any(local_name(noeud) == nom for noeud in corps.iter())
    ]
    for noeud in [n for n in corps.iter() if local_name(n) in _TUS]:
        noeud[:], noeud.text = [], None  # its tail, which is text, stays
    lecture = _Odt(Numeros(_levels([*styles, racine])))
    blocs = list(lecture.walk(corps))
    refuse_loss(map(str, corps.itertext()), blocs)
    for style in styles:
        for bandeau in style.iter(f"{_STYLE}header", f"{_STYLE}footer"):
            blocs += [BlocModele("hors", b.entier) for b in lecture.walk(bandeau)]
    return blocs, dires


_TUS = (
    *("tracked-changes", "annotation", "note-citation"),
    *("title", "desc", "page-number", "page-count"),
)
"""Elements whose words are none of the model's."""


def _levels(racines: list[etree._Element]) -> dict[tuple[str, int], NiveauListe]:
    """(list style, level) → how it counts; the headings are a list of their own."""
    niveaux = {}
    for racine in racines:
        for style in racine.iter(f"{_TEXTE}list-style", f"{_TEXTE}outline-style"):
            nom = str(style.get(f"{_STYLE}name"))
            for niveau in style:
                rang = int(niveau.get(f"{_TEXTE}level") or 1)
                liste = _PLAN if local_name(style) == "outline-style" else nom
                niveaux[liste, rang - 1] = _level(niveau, rang)
    return niveaux


def _level(niveau: etree._Element, rang: int) -> NiveauListe:
    genre = _GENRES.get(str(niveau.get(f"{_STYLE}num-format")), "none")
    if genre.endswith("letter") and niveau.get(f"{_STYLE}num-letter-sync") == "true":
        genre = "upperLetter" if genre.startswith("upper") else "lowerLetter"
    ecrit = next((str(v) for k, v in niveau.attrib.items() if "num-list-format" in str(k)), None)
    montres = int(niveau.get(f"{_TEXTE}display-levels") or 1)
    numeros = ".".join(f"%{i}" for i in range(rang - montres + 1, rang + 1))
    avant, apres = (niveau.get(f"{_STYLE}num-{cote}fix") or "" for cote in ("pre", "suf"))
    gabarit = re.sub(r"%(\d)%", r"%\1", ecrit) if ecrit else f"{avant}{numeros}{apres}"
    return NiveauListe(genre, gabarit, int(niveau.get(f"{_TEXTE}start-value") or 1))


@dataclass
class _Liste:
    """A list being read: its style, the list that it goes on with, its depth, its next mark."""

    style: str
    compte: str
    niveau: int = 0
    attend: bool = False
    """Whether the next paragraph opens an item."""
    depart: int | None = None


class _Odt:
    """The body of an OpenDocument file."""

    def __init__(self, numeros: Numeros) -> None:
        self.numeros = numeros
        self.derniers: dict[str, str] = {}
        """The count that the last list of a style, or the list of an id, belongs to."""

    def walk(self, parent: etree._Element, liste: _Liste | None = None) -> Iterator[BlocModele]:
        """The blocks below `parent`."""
        for enfant in parent:
            nom = local_name(enfant)
            if nom in ("p", "h"):
                yield from self._paragraph(enfant, liste)
            elif nom == "list":
                yield from self.walk(enfant, self._list(enfant, liste))
            elif nom in ("list-item", "list-header") and liste is not None:
                liste.attend = nom == "list-item"
                liste.depart = int(str(enfant.get(f"{_TEXTE}start-value") or 0)) or None
                yield from self.walk(enfant, liste)
            elif nom == "table":
                yield from self._table(enfant)
            elif nom in ("table-of-content", "illustration-index", "table-index"):
                yield from (
                    BlocModele("hors", "".join(_odt_text(p))) for p in enfant.iter(f"{_TEXTE}p")
                )
            elif nom in ("section", "text-box", "frame", "numbered-paragraph"):
                yield from self.walk(enfant, liste)

    def _list(self, noeud: etree._Element, dans: _Liste | None) -> _Liste:
        identifiant = str(noeud.get("{http://www.w3.org/XML/1998/namespace}id"))
        style = str(noeud.get(f"{_TEXTE}style-name") or (dans.style if dans else ""))
        if dans is not None:
            return replace(dans, style=style, niveau=dans.niveau + 1, attend=False)
        suite = noeud.get(f"{_TEXTE}continue-list")
        if suite is None and noeud.get(f"{_TEXTE}continue-numbering") == "true":
            suite = style
        compte = self.derniers.get(str(suite), f"{style} {len(self.derniers)} {identifiant}")
        self.derniers[style] = self.derniers[identifiant] = compte
        return _Liste(style, compte)

    def _paragraph(self, p: etree._Element, liste: _Liste | None) -> Iterator[BlocModele]:
        texte, marque = "".join(_odt_text(p)).strip(), ""
        neuf = liste is not None and liste.attend
        if neuf and liste is not None:
            marque = self.numeros.mark(liste.style, liste.niveau, liste.depart, compte=liste.compte)
            liste.attend = False
        if local_name(p) == "h":
            niveau = int(p.get(f"{_TEXTE}outline-level") or 1)
            if liste is None and p.get(f"{_TEXTE}is-list-header") != "true":
                marque = self.numeros.mark(_PLAN, niveau - 1)
            if texte:
                yield BlocModele("titre", texte, niveau, marque)
        elif texte and liste is not None:
            yield BlocModele("puce" if neuf else "suite", texte, liste.niveau, marque)
        elif texte:
            yield paragraph_block(texte)
        yield from self._called(p)

    def _called(self, p: etree._Element) -> Iterator[BlocModele]:
        """The notes and the text boxes that hang on a paragraph."""
        for note in p.iter(f"{_TEXTE}note-body"):
            yield BlocModele("note", "\n".join(b.entier for b in self.walk(note)))
        for boite in p.iter(f"{_ESPACES}drawing:1.0}}text-box"):
            yield from self.walk(boite)

    def _table(self, table: etree._Element) -> Iterator[BlocModele]:
        lignes: list[tuple[str, ...]] = []
        notes: list[BlocModele] = []
        for rang in inside(table, ("table-row",), _RANGS):
            cases: list[str] = []
            large = 0
            for case in inside(rang, ("table-cell", "covered-table-cell"), ()):
                blocs = [*self.walk(case)]
                notes += [bloc for bloc in blocs if bloc.genre == "note"]
                texte = "\n".join(b.entier for b in blocs if b.genre != "note")
                if local_name(case) == "covered-table-cell" and not texte:
                    texte = A_COTE if large else AU_DESSUS
                    large = max(large - 1, 0)
                else:
                    large = int(case.get(f"{_TABLE}number-columns-spanned") or 1) - 1
                cases += [texte] * min(int(case.get(f"{_TABLE}number-columns-repeated") or 1), 60)
            lignes.append(tuple(cases))
        yield from table_blocks(lignes)
        yield from notes


_ODT: dict[str, Callable[[etree._Element], str]] = {
    "s": lambda n: " " * int(n.get(f"{_TEXTE}c") or 1),
    "tab": lambda _n: "\t",
    "line-break": lambda _n: "\n",
    "note": lambda _n: "",
    "text-box": lambda _n: "",
}


def _odt_text(noeud: etree._Element) -> Iterator[str]:
    yield noeud.text or ""
    for enfant in noeud:
        nom = local_name(enfant)
        if nom in _ODT:
            yield _ODT[nom](enfant)
        elif nom in ("placeholder", "text-input", "database-display", "drop-down"):
            champ = enfant.get(f"{_TEXTE}column-name") or enfant.get(f"{_TEXTE}description")
            yield f"\ue010{champ or 'à compléter'}\ue011{''.join(_odt_text(enfant))}\ue012"
        elif nom:
            yield from _odt_text(enfant)
        yield enfant.tail or ""
