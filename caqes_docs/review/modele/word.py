"""The body of a Word model: tracked changes accepted, numbers resolved, fields marked."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

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

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENVELOPPES = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
_PARTIES = re.compile(
    r"word/(?:document|styles|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
)
_CHAMP = re.compile("\ue013([^\ue013-\ue015]*)\ue014([^\ue013-\ue015]*)\ue015")
"""A field of Word: its instruction, its result."""


def read_word(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """The blocks of a Word model, and what there is to say of them."""
    refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        noms = [nom for nom in sorted(paquet.namelist()) if _PARTIES.fullmatch(nom)]
        parties = {nom: etree.fromstring(paquet.read(nom), xml_parser()) for nom in noms}
        commentaires = "word/comments.xml" in paquet.namelist()
    changes = Counter(local_name(n) for racine in parties.values() for n in racine.iter())
    corps = parties["word/document.xml"][0]
    _accept(corps)
    lecture = _Word(parties)
    blocs = [*lecture.walk(corps)]
    blocs += [BlocModele("hors", n) for notes in lecture.notes.values() for n in notes.values()]
    for nom, racine in parties.items():
        if nom.startswith(("word/header", "word/footer")):
            textes = (lecture.text(p).strip() for p in racine.iter(f"{_W}p"))
            blocs += [BlocModele("hors", texte) for texte in textes if texte]
    refuse_loss((n.text or "" for n in corps.iter(f"{_W}t") if not _is_away(n)), blocs)
    dires = ["Les commentaires du modèle ne sont pas repris."] if commentaires else []
    gardees, otees = (changes[a] + changes[b] for a, b in (("ins", "moveTo"), ("del", "moveFrom")))
    if gardees or otees:
        dires.append(
            "Suivi des modifications\u00a0: le texte accepté est lu "
            f"({gardees} insertion(s) gardée(s), {otees} suppression(s) écartée(s))."
        )
    return blocs, dires


def _is_away(noeud: etree._Element) -> bool:
    """Whether a change took it away, or Word writes it a second time for old readers."""
    return any(local_name(a) in ("del", "moveFrom", "Fallback") for a in noeud.iterancestors())


def _accept(corps: etree._Element) -> None:
    """Join the paragraphs whose mark was deleted, drop the rows that were."""
    for rang in [*corps.iter(f"{_W}tr")]:
        if rang.find(f"{_W}trPr/{_W}del") is not None:
            parent = rang.getparent()
            assert parent is not None
            parent.remove(rang)
    for p in [*corps.iter(f"{_W}p")]:
        suivant = p.getnext()
        marques = {f"{_W}pPr/{_W}rPr/{_W}{nom}" for nom in ("del", "moveFrom")}
        if suivant is not None and suivant.tag == p.tag and any(map(p.findall, marques)):
            place = 1 if suivant.find(f"{_W}pPr") is not None else 0
            for enfant in reversed([n for n in p if n.tag != f"{_W}pPr"]):
                suivant.insert(place, enfant)


class _Word:
    """The body of a Word file."""

    def __init__(self, parties: Mapping[str, etree._Element]) -> None:
        styles = parties.get("word/styles.xml")
        self.styles = {
            str(style.get(f"{_W}styleId")): style
            for style in (styles.iter(f"{_W}style") if styles is not None else ())
        }
        self.comptes: dict[str, str] = {}
        """The abstract list of each list: those of one count together."""
        self.departs: dict[tuple[str, int], int] = {}
        """Where a list starts again, until it has."""
        self.du_style: dict[str, int] = {}
        """The level of a list to which a style belongs."""
        self.numeros = Numeros(self._levels(parties.get("word/numbering.xml")))
        self.notes = {
            genre: {
                str(note.get(f"{_W}id")): texte
                for note in parties[f"word/{genre}s.xml"]
                if (texte := "\n".join(map(self.text, note.iter(f"{_W}p"))).strip())
            }
            for genre in ("footnote", "endnote")
            if f"word/{genre}s.xml" in parties
        }

    def _levels(self, racine: etree._Element | None) -> dict[tuple[str, int], NiveauListe]:
        """(list, level) → how it counts."""
        if racine is None:
            return {}
        abstraits = {
            str(a.get(f"{_W}abstractNumId")): a for a in racine.findall(f"{_W}abstractNum")
        }
        lies = {_value(a, "styleLink"): a for a in abstraits.values()}
        niveaux = {}
        for num in racine.findall(f"{_W}num"):
            liste, abstrait = str(num.get(f"{_W}numId")), _value(num, "abstractNumId")
            self.comptes[liste] = abstrait
            source = abstraits.get(abstrait)
            if lien := _value(source, "numStyleLink"):
                source = lies.get(lien, source)
            repris = num.findall(f"{_W}lvlOverride/{_W}lvl")
            for niveau in (*(source if source is not None else ()), *repris):
                if niveau.tag == f"{_W}lvl":
                    niveaux[liste, int(niveau.get(f"{_W}ilvl") or 0)] = _level(niveau)
                    self.du_style[_value(niveau, "pStyle")] = int(niveau.get(f"{_W}ilvl") or 0)
            for reprise in num.findall(f"{_W}lvlOverride"):
                if depart := _value(reprise, "startOverride"):
                    self.departs[liste, int(reprise.get(f"{_W}ilvl") or 0)] = int(depart)
        return niveaux

    def walk(self, parent: etree._Element) -> Iterator[BlocModele]:
        """The blocks of a body, or of a content control that holds blocks."""
        for enfant in parent:
            nom = local_name(enfant)
            if nom == "p":
                yield from self._paragraph(enfant)
            elif nom == "tbl":
                yield from self._table(enfant)
            elif nom == "sdt":
                yield from self._block_control(enfant)
            elif nom in _ENVELOPPES:
                yield from self.walk(enfant)

    def _block_control(self, sdt: etree._Element) -> Iterator[BlocModele]:
        sommaire = _value(sdt, "sdtPr/docPartObj/docPartGallery") == "Table of Contents"
        a_remplir = sdt.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
        for bloc in (b for contenu in sdt.findall(f"{_W}sdtContent") for b in self.walk(contenu)):
            if sommaire:
                yield BlocModele("hors", bloc.texte)
            elif a_remplir and bloc.genre == "texte":
                yield BlocModele("texte", _blank(_control_name(sdt), bloc.texte))
            else:
                yield bloc

    def _paragraph(self, p: etree._Element) -> Iterator[BlocModele]:
        texte = self.text(p).strip(" \n")
        noms, niveau = self._style(p)
        marque = self._number(p, noms)
        if texte.strip():
            if any(nom.lower().startswith(("toc ", "tm ")) for nom in noms):
                yield BlocModele("hors", texte)
            elif niveau is not None:
                yield BlocModele("titre", texte.strip(), niveau, marque or "")
            elif marque is not None:
                yield BlocModele("puce", texte.strip(), self._list(p)[1], marque)
            else:
                yield paragraph_block(texte)
        yield from self._called(p)

    def _called(self, p: etree._Element) -> Iterator[BlocModele]:
        """The notes and the text boxes that hang on a paragraph."""
        for genre, notes in self.notes.items():
            for appel in p.iter(f"{_W}{genre}Reference"):
                note = None if _is_away(appel) else notes.pop(str(appel.get(f"{_W}id")), None)
                if note is not None:
                    yield BlocModele("note", note)
        for boite in p.iter(f"{_W}txbxContent"):
            if not _is_away(boite):
                yield from self.walk(boite)

    def text(self, p: etree._Element) -> str:
        """The words of a paragraph as they are once every change is accepted."""
        texte, avant = "".join(self._runs(p)), ""
        while texte != avant:
            texte, avant = _CHAMP.sub(_field, texte), texte
        return re.sub("\ue013[^\ue014]*\ue014?|[\ue013-\ue015]", "", texte)

    def _runs(self, noeud: etree._Element) -> Iterator[str]:
        for enfant in noeud:
            nom = local_name(enfant)
            if nom in ("t", "instrText"):
                yield enfant.text or ""
            elif nom in _SIGNES:
                yield _SIGNES[nom]
            elif nom == "fldChar":
                yield _BORNES.get(str(enfant.get(f"{_W}fldCharType")), "")
            elif nom == "fldSimple":
                yield f"\ue013{enfant.get(f'{_W}instr')}\ue014{''.join(self._runs(enfant))}\ue015"
            elif nom == "sdt":
                texte = "".join(self._runs(enfant))
                yield _blank(_control_name(enfant), texte) if len(texte.split()) < 13 else texte
            elif nom not in _TUS:
                yield from self._runs(enfant)

    def _chain(self, p: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The style of a paragraph, and those on which it rests."""
        nom = _value(p, "pPr/pStyle")
        for _ in range(12):
            if (style := self.styles.get(nom)) is None:
                return
            yield nom, style
            nom = _value(style, "basedOn")

    def _style(self, p: etree._Element) -> tuple[list[str], int | None]:
        """The names of the styles, and the level of a heading."""
        styles = [style for _, style in self._chain(p)]
        noms = [_value(style, "name") for style in styles]
        plan = next(filter(None, (_value(n, "pPr/outlineLvl") for n in (p, *styles))), "9")
        titres = (re.match(r"(?:heading|titre) (\d)", nom, re.IGNORECASE) for nom in noms)
        if trouve := next(filter(None, titres), None):
            return noms, int(trouve[1])
        return noms, int(plan) + 1 if int(plan) < 9 else 1 if "Title" in noms else None

    def _list(self, p: etree._Element) -> tuple[str, int]:
        """The list of a paragraph, by itself or by its style, and its level there."""
        chaine = [*self._chain(p)]
        noeuds = (p, *(style for _, style in chaine))
        num = next(filter(None, (_value(n, "pPr/numPr/numId") for n in noeuds)), "")
        niveau = next(filter(None, (_value(n, "pPr/numPr/ilvl") for n in noeuds)), None)
        lie = next((self.du_style[nom] for nom, _ in chaine if nom in self.du_style), 0)
        return num, lie if niveau is None else int(niveau)

    def _number(self, p: etree._Element, noms: list[str]) -> str | None:
        """The mark of a numbered paragraph, empty for a bullet; None when it has none."""
        num, niveau = self._list(p)
        if num in ("", "0"):
            de_liste = noms and re.match(r"List|Liste", noms[0]) and num != "0"
            return "" if de_liste else None
        depart = self.departs.pop((num, niveau), None)
        return self.numeros.mark(num, niveau, depart, compte=self.comptes.get(num, num))

    def _table(self, table: etree._Element) -> Iterator[BlocModele]:
        lignes, notes = [], []
        for rang in inside(table, ("tr",), _ENVELOPPES):
            cases: list[str] = []
            for case in inside(rang, ("tc",), _ENVELOPPES):
                blocs = [*self.walk(case)]
                notes += [bloc for bloc in blocs if bloc.genre == "note"]
                texte = "\n".join(b.entier for b in blocs if b.genre != "note").strip()
                fusion = case.find(f"{_W}tcPr/{_W}vMerge")
                suite = fusion is not None and fusion.get(f"{_W}val") != "restart" and not texte
                cases.append(AU_DESSUS if suite else texte)
                cases += [A_COTE] * (int(_value(case, "tcPr/gridSpan") or 1) - 1)
            lignes.append(tuple(cases))
        yield from table_blocks(lignes)
        yield from notes


_SIGNES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BORNES = {"begin": "\ue013", "separate": "\ue014", "end": "\ue015"}
_TUS = ("Fallback", "txbxContent", "pPr", "rPr", "sdtPr", "del", "moveFrom")


def _field(trouve: re.Match[str]) -> str:
    """What a field prints; one of merge or of a form is a blank."""
    sorte, *suite = [mot.strip('"') for mot in trouve[1].split()] or [""]
    if sorte in ("MERGEFIELD", "FORMTEXT", "FORMDROPDOWN", "FILLIN", "ASK", "MACROBUTTON"):
        return _blank(" ".join(suite[:1]) if sorte == "MERGEFIELD" else "", trouve[2])
    return "" if sorte in ("PAGE", "NUMPAGES", "SECTIONPAGES") else trouve[2]


def _blank(nom: str, texte: str) -> str:
    return f"\ue010{nom or 'à compléter'}\ue011{texte}\ue012"


def _control_name(sdt: etree._Element) -> str:
    """What a content control asks for: its title, or its choices."""
    choix = [str(n.get(f"{_W}displayText") or "") for n in sdt.iter(f"{_W}listItem")]
    titre = _value(sdt, "sdtPr/alias") or _value(sdt, "sdtPr/tag")
    return titre or " ou ".join(filter(None, choix))


def _value(noeud: etree._Element | None, chemin: str) -> str:
    """The `w:val` at a path below `noeud`, or an empty string."""
    trouve = None if noeud is None else noeud.find("/".join(_W + n for n in chemin.split("/")))
    return "" if trouve is None else str(trouve.get(f"{_W}val") or "")


def _level(niveau: etree._Element) -> NiveauListe:
    legal = niveau.find(f"{_W}isLgl")
    return NiveauListe(
        _value(niveau, "numFmt"),
        _value(niveau, "lvlText"),
        int(_value(niveau, "start") or 1),
        _value(niveau, "lvlRestart") != "0",
        legal is not None and legal.get(f"{_W}val") not in ("0", "false"),
    )
