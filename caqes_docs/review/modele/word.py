"""The body of a Word model: tracked changes accepted, numbers resolved, fields marked."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from caqes_docs.redaction.modele.blocs import BlocModele
from caqes_docs.review.modele.paquet import (
    PUCE,
    local_name,
    refuse_bomb,
    refuse_loss,
    table_blocks,
    xml_parser,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read_word(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """The blocks of a Word model, and what there is to say of them."""
    refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        noms = [nom for nom in sorted(paquet.namelist()) if _PARTIES.fullmatch(nom)]
        parties = {nom: etree.fromstring(paquet.read(nom), xml_parser()) for nom in noms}
    lecture = _Word(parties)
    blocs = list(lecture.walk(parties["word/document.xml"][0]))
    for nom, racine in parties.items():
        if nom.startswith(("word/header", "word/footer", "word/footnotes", "word/endnotes")):
            textes = (lecture.text(p).strip() for p in racine.iter(f"{_W}p"))
            blocs += [BlocModele("hors", texte) for texte in textes if texte]
    refuse_loss(_kept(parties["word/document.xml"]), blocs)
    return blocs, lecture.dires()


def _kept(racine: etree._Element) -> Iterator[str]:
    """The words of a part, found without its structure: all but what a change took away."""
    for texte in racine.iter(f"{_W}t"):
        if not any(local_name(a) in _RETIRES for a in texte.iterancestors()):
            yield texte.text or ""


_RETIRES = ("del", "moveFrom", "Fallback")


_PARTIES = re.compile(
    r"word/(?:document|styles|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
)


class _Word:
    """The body of a Word file: tracked changes accepted, numbers resolved, fields marked."""

    def __init__(self, parties: Mapping[str, etree._Element]) -> None:
        styles = parties.get("word/styles.xml")
        self.styles = {
            str(style.get(f"{_W}styleId")): style
            for style in (styles.iter(f"{_W}style") if styles is not None else ())
        }
        self.formats = _numbering(parties.get("word/numbering.xml"))
        self.rangs: Counter[tuple[str, int]] = Counter()
        self.changes: Counter[str] = Counter()

    def dires(self) -> list[str]:
        """What there is to say of tracked changes."""
        if not self.changes:
            return []
        return [
            "Suivi des modifications\u00a0: le texte accepté est lu "
            f"({self.changes['ins']} insertion(s) gardée(s), "
            f"{self.changes['del']} suppression(s) écartée(s))."
        ]

    def walk(self, parent: etree._Element) -> Iterator[BlocModele]:
        """The blocks of a body, or of a content control that holds blocks."""
        for enfant in parent:
            if enfant.tag == f"{_W}p":
                yield from self._paragraph(enfant)
            elif enfant.tag == f"{_W}tbl":
                yield from self._table(enfant)
            elif enfant.tag in (f"{_W}sdt", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
                contenu = enfant.find(f"{_W}sdtContent")
                genre = enfant.find(f"{_W}sdtPr/{_W}docPartObj")
                blocs = self.walk(enfant if contenu is None else contenu)
                yield from (BlocModele("hors", b.texte) if genre is not None else b for b in blocs)

    def _paragraph(self, p: etree._Element) -> Iterator[BlocModele]:
        texte = self.text(p)
        nom, niveau = self._style(p)
        num = self._number(p, nom)
        if texte.strip():
            if nom.lower().startswith(("toc", "tm ")):
                yield BlocModele("hors", texte)
            elif niveau is not None:
                yield BlocModele("titre", texte.strip(), niveau, num or "")
            elif num is not None:
                yield BlocModele("puce", texte.strip(), self._depth(p), num)
            else:
                trouve = PUCE.match(texte)
                propre = texte[trouve.end() :] if trouve and texte.strip() else texte
                yield BlocModele("puce" if trouve else "texte", propre.strip())
        for boite in p.iter(f"{_W}txbxContent"):
            if not any(a.tag == f"{_MC}Fallback" for a in boite.iterancestors()):
                yield from self.walk(boite)

    def text(self, p: etree._Element) -> str:
        """The words of a paragraph as they are once every change is accepted."""
        return "".join(self._runs(p))

    def _runs(self, noeud: etree._Element) -> Iterator[str]:
        for enfant in noeud:
            nom = local_name(enfant)
            if nom in ("del", "moveFrom"):
                self.changes["del"] += 1
            elif nom in ("Fallback", "txbxContent", "pPr", "rPr", "sdtPr", "instrText"):
                continue
            elif nom == "t":
                yield enfant.text or ""
            elif nom in ("tab", "br", "cr"):
                yield "\t" if nom == "tab" else "\n"
            elif nom == "noBreakHyphen":
                yield "-"
            elif nom in ("sdt", "fldSimple") and (champ := _field_name(enfant)):
                yield f"\ue010{champ}\ue011{''.join(self._runs(enfant))}\ue012"
            else:
                self.changes["ins"] += nom == "ins" and noeud.tag != f"{_W}rPr"
                yield from self._runs(enfant)

    def _style(self, p: etree._Element) -> tuple[str, int | None]:
        """The name of the style, and the level of a heading."""
        style = self.styles.get(_value(p, "pPr/pStyle"))
        nom = _value(style, "name")
        trouve = re.match(r"(?:heading|titre) (\d)", nom, re.IGNORECASE)
        return nom, int(trouve[1]) if trouve else 1 if nom == "Title" else None

    def _depth(self, p: etree._Element) -> int:
        return int(_value(p, "pPr/numPr/ilvl") or 0)

    def _number(self, p: etree._Element, style: str) -> str | None:
        """The mark of a numbered paragraph, empty for a bullet; None when it has none."""
        du_style = self.styles.get(_value(p, "pPr/pStyle"))
        num = _value(p, "pPr/numPr/numId") or _value(du_style, "pPr/numPr/numId")
        if num in ("", "0"):
            return "" if re.match(r"List|Liste", style) and num != "0" else None
        niveau = self._depth(p) or int(_value(du_style, "pPr/numPr/ilvl") or 0)
        genre, gabarit = self.formats.get((num, niveau), ("bullet", ""))
        self.rangs[num, niveau] += 1
        for cle in [cle for cle in self.rangs if cle[0] == num and cle[1] > niveau]:
            del self.rangs[cle]
        if genre in ("bullet", "none"):
            return ""
        rangs = {i: self.rangs[num, i] or 1 for i in range(niveau + 1)}
        return re.sub(r"%(\d)", lambda m: _rank(rangs.get(int(m[1]) - 1, 1), genre), gabarit)

    def _table(self, table: etree._Element) -> Iterator[BlocModele]:
        lignes = []
        for rang in _inside(table, "tr"):
            cases: list[str] = []
            for case in _inside(rang, "tc"):
                cases.append("\n".join(b.entier for b in self.walk(case)).strip())
                cases += [""] * (int(_value(case, "tcPr/gridSpan") or 1) - 1)
            lignes.append(tuple(cases))
        yield from table_blocks(lignes)


def _inside(parent: etree._Element, nom: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, be they in content controls or inserted."""
    for enfant in parent:
        if enfant.tag == f"{_W}{nom}":
            yield enfant
        elif local_name(enfant) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(enfant, nom)


def _field_name(noeud: etree._Element) -> str:
    """The name of a merge field or of an inline content control."""
    instruction = str(noeud.get(f"{_W}instr") or "").split()
    if instruction[:1] == ["MERGEFIELD"]:
        return instruction[1].strip('"')
    nom = _value(noeud, "sdtPr/alias") or _value(noeud, "sdtPr/tag")
    return nom or ("à compléter" if noeud.tag == f"{_W}sdt" else "")


def _value(noeud: etree._Element | None, chemin: str) -> str:
    """The `w:val` at a path below `noeud`, or an empty string."""
    trouve = None if noeud is None else noeud.find("/".join(_W + n for n in chemin.split("/")))
    return "" if trouve is None else str(trouve.get(f"{_W}val") or "")


def _numbering(racine: etree._Element | None) -> dict[tuple[str, int], tuple[str, str]]:
    """(numId, level) → (format, text of the mark)."""
    if racine is None:
        return {}
    abstraits = {a.get(f"{_W}abstractNumId"): a for a in racine.findall(f"{_W}abstractNum")}
    formats = {}
    for num in racine.findall(f"{_W}num"):
        abstrait = abstraits.get(_value(num, "abstractNumId"))
        for niveau in abstrait.findall(f"{_W}lvl") if abstrait is not None else ():
            cle = (str(num.get(f"{_W}numId")), int(niveau.get(f"{_W}ilvl") or 0))
            formats[cle] = (_value(niveau, "numFmt"), _value(niveau, "lvlText"))
    return formats


def _rank(rang: int, genre: str) -> str:
    if genre == "lowerLetter":
        return chr(96 + rang)
    if genre == "upperLetter":
        return chr(64 + rang)
    if genre.endswith("Roman"):
        romain = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[rang % 10]
        romain = "X" * (rang // 10) + romain
        return romain.lower() if genre == "lowerRoman" else romain
    return str(rang)
