"""A model of contract as a jurist has it (Word, OpenDocument, text), as a list of blocks."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from caqes_docs.core.errors import UsageError
from caqes_docs.redaction.modele.blocs import BlocModele

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PUCE = re.compile(r"^\s*[·•▪◦●■□–—*o-][ \t\u00a0]+|^\t+")
_TAILLE = 50_000_000
_OLE = b"\xd0\xcf\x11\xe0"


def read_model(contenu: bytes, nom: str) -> tuple[list[BlocModele], list[str]]:
    """The blocks of the model `nom`, and what there is to say of the reading.

    Raises:
        UsageError: I-001 it is not a Word, OpenDocument or text file; I-002 it holds no text.
    """
    suffixe = nom.rpartition(".")[2].lower()
    lire = {"docx": _docx, "odt": _odt, "txt": _text}.get(suffixe)
    if lire is None:
        raise _refusal(f"«\u00a0.{suffixe}\u00a0» n’est pas un format lu")
    if suffixe != "txt" and contenu.startswith(_OLE):
        raise _refusal("il est chiffré par un mot de passe, ou c’est un ancien Word (.doc)")
    try:
        blocs, dires = lire(contenu)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError, RuntimeError) as error:
        raise _refusal(f"ce n’est pas un fichier .{suffixe} lisible") from error
    if not any(bloc.entier.strip() for bloc in blocs):
        raise UsageError(
            "I-002",
            f"«\u00a0{nom}\u00a0» ne contient aucun texte (fichier vide, ou image numérisée).",
            remede="Donner le fichier d’origine\u00a0; une image se reconnaît d’abord par un "
            "logiciel de reconnaissance de caractères.",
        )
    return blocs, dires


def _refusal(pourquoi: str) -> UsageError:
    return UsageError(
        "I-001",
        f"Le modèle ne peut pas être lu\u00a0: {pourquoi}.",
        remede="L’ouvrir dans Word ou LibreOffice, l’enregistrer sans mot de passe en .docx, .odt "
        "ou .txt (UTF-8), puis recommencer.",
    )


def _text(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """A line is a paragraph, unless it goes on with the sentence of a long line."""
    if b"\x00" in contenu:
        raise ValueError("binary")
    try:
        texte, dires = contenu.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        texte, dires = contenu.decode("cp1252"), ["Texte lu dans l’encodage de Windows."]
    blocs: list[BlocModele] = []
    avant = ""
    for ligne in texte.splitlines():
        puce = _PUCE.match(ligne)
        if avant[50:] and avant[-1] not in ".;:!?" and ligne[:1].islower() and not puce:
            dernier = blocs.pop()
            blocs.append(BlocModele(dernier.genre, f"{dernier.texte} {ligne.strip()}"))
        elif ligne.strip():
            propre = ligne[puce.end() :] if puce else ligne
            blocs.append(BlocModele("puce" if puce else "texte", propre.strip()))
        avant = ligne.rstrip()
    return blocs, dires


# --- Word --------------------------------------------------------------------------------------


def _docx(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    _refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        noms = [nom for nom in sorted(paquet.namelist()) if _PARTIES.fullmatch(nom)]
        parties = {nom: etree.fromstring(paquet.read(nom), _analyseur()) for nom in noms}
    lecture = _Word(parties)
    blocs = list(lecture.walk(parties["word/document.xml"][0]))
    for nom, racine in parties.items():
        if nom.startswith(("word/header", "word/footer", "word/footnotes", "word/endnotes")):
            textes = (lecture.text(p).strip() for p in racine.iter(f"{_W}p"))
            blocs += [BlocModele("hors", texte) for texte in textes if texte]
    return blocs, lecture.dires()


_PARTIES = re.compile(
    r"word/(?:document|styles|numbering|footnotes|endnotes|header\d*|footer\d*)\.xml"
)


def _analyseur() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _refuse_bomb(contenu: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        if sum(info.file_size for info in paquet.infolist()) > _TAILLE:
            raise ValueError("too big")


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
                trouve = _PUCE.match(texte)
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
            nom = _name(enfant)
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
        for rang in table.iter(f"{_W}tr"):
            cases: list[str] = []
            for case in rang.findall(f"{_W}tc"):
                cases.append("\n".join(b.entier for b in self.walk(case)).strip())
                cases += [""] * (int(_value(case, "tcPr/gridSpan") or 1) - 1)
            lignes.append(tuple(cases))
        yield from _table_blocks(lignes)


def _name(noeud: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return str(noeud.tag).rpartition("}")[2] if "}" in str(noeud.tag) else ""


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


def _table_blocks(lignes: list[tuple[str, ...]]) -> Iterator[BlocModele]:
    """A table; one of a single column is only paragraphs."""
    largeur = max(map(len, lignes), default=0)
    if largeur > 1:
        pleines = tuple((*ligne, *[""] * (largeur - len(ligne))) for ligne in lignes)
        yield BlocModele("table", "", lignes=pleines)
        return
    for ligne in lignes:
        yield from (
            BlocModele("texte", texte) for texte in "".join(ligne).split("\n") if texte.strip()
        )


# --- OpenDocument ------------------------------------------------------------------------------


def _odt(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    _refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        if b"encryption-data" in paquet.read("META-INF/manifest.xml"):
            raise ValueError("encrypted")
        racine = etree.fromstring(paquet.read("content.xml"), _analyseur())
    suivi = racine.find(f".//{_TEXTE}tracked-changes")
    dires = [] if suivi is None else ["Suivi des modifications\u00a0: le texte accepté est lu."]
    corps = next(racine.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"))
    return list(_odt_blocks(corps)), dires


def _odt_blocks(parent: etree._Element, niveau: int = -1) -> Iterator[BlocModele]:
    for enfant in parent:
        nom = _name(enfant)
        texte = "".join(_odt_text(enfant)).strip() if nom in ("p", "h") else ""
        if nom == "h" and texte:
            yield BlocModele("titre", texte, int(enfant.get(f"{_TEXTE}outline-level") or 1))
        elif texte:
            yield BlocModele("texte" if niveau < 0 else "puce", texte, max(niveau, 0))
        elif nom == "list":
            yield from _odt_blocks(enfant, niveau + 1)
        elif nom == "table":
            yield from _table_blocks(
                [
                    tuple(
                        "\n".join(b.entier for b in _odt_blocks(case))
                        for case in rang
                        if case.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
                    )
                    for rang in enfant.iter(f"{_TABLE}table-row")
                ]
            )
        elif nom == "table-of-content":
            yield from (
                BlocModele("hors", "".join(_odt_text(p))) for p in enfant.iter(f"{_TEXTE}p")
            )
        elif nom in ("list-item", "list-header", "section"):
            yield from _odt_blocks(enfant, niveau)


_ODT: dict[str, Callable[[etree._Element], str]] = {
    "s": lambda n: " " * int(n.get(f"{_TEXTE}c") or 1),
    "tab": lambda _n: "\t",
    "line-break": lambda _n: "\n",
}


def _odt_text(noeud: etree._Element) -> Iterator[str]:
    yield noeud.text or ""
    for enfant in noeud:
        nom = _name(enfant)
        if nom in _ODT:
            yield _ODT[nom](enfant)
        elif nom in ("placeholder", "text-input", "database-display"):
            champ = enfant.get(f"{_TEXTE}column-name") or enfant.get(f"{_TEXTE}description")
            yield f"\ue010{champ or 'à compléter'}\ue011{''.join(_odt_text(enfant))}\ue012"
        elif nom:
            yield from _odt_text(enfant)
        yield enfant.tail or ""
