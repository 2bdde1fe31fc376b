"""A plain workbook whose bytes depend on its content alone.

Every text is written inline, as text: a name that begins with « = » can never become a formula.
A formula is a cell of its own kind, and is written without its value: whoever opens the workbook
works it out.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.ooxml.paquet import compress_part, write_package
from caqes_docs.ooxml.xml import encode_xml, escape, escape_attribute
from caqes_docs.rendering.xlsx.styles import MAIN, Aspect, render_styles, style

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LIGNE = 14
"""Points in the height of a line."""
_JOUR_ZERO = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A number and its unit: « taux » (a fraction), « euro », « nombre », « annee », « ecart »."""

    valeur: Decimal
    unite: str = "nombre"
    aspect: Aspect = Aspect.CORPS


@dataclass(frozen=True, slots=True)
class Formule:
    """What is worked out when the workbook is opened, without its « = »."""

    texte: str
    unite: str = "nombre"
    aspect: Aspect = Aspect.CORPS


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that does not look like the others; never a formula."""

    texte: str
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class Reponse:
    """True or false."""

    valeur: bool
    aspect: Aspect = Aspect.CORPS


Case = str | int | Chiffre | Formule | Mention | Reponse | None


def build_day(date: dt.date, aspect: Aspect = Aspect.CORPS) -> Chiffre:
    """A date, as workbooks count them.

    >>> build_day(dt.date(2018, 1, 1)).valeur
    Decimal('43101')
    """
    return Chiffre(Decimal((date - _JOUR_ZERO).days), "date", aspect)


@dataclass(frozen=True)
class Feuille:
    """A sheet: its header stays visible and filters the rows; `titre` heads each printed page."""

    nom: str
    entete: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[Case, ...], ...]
    titre: str = ""


def write_xlsx(feuilles: Sequence[Feuille], titre: str, auteur: str, date: dt.date) -> bytes:
    """The workbook of `feuilles`; `date` is the only date it holds."""
    parts = {
        "[Content_Types].xml": _content_types(len(feuilles)),
        "_rels/.rels": _relationships(
            (
                ("officeDocument", "xl/workbook.xml", _RELS),
                ("metadata/core-properties", "docProps/core.xml", f"{_PACKAGE}/relationships"),
            )
        ),
        "docProps/core.xml": _properties(titre, auteur, date),
        "xl/workbook.xml": _workbook(feuilles),
        "xl/_rels/workbook.xml.rels": _relationships(
            (
                *(
                    ("worksheet", f"worksheets/sheet{rang}.xml", _RELS)
                    for rang in range(1, len(feuilles) + 1)
                ),
                ("styles", "styles.xml", _RELS),
            )
        ),
        "xl/styles.xml": f"{_DECLARATION}{render_styles()}",
    }
    for rang, feuille in enumerate(feuilles, 1):
        parts[f"xl/worksheets/sheet{rang}.xml"] = _sheet(feuille)
    return write_package(compress_part(nom, encode_xml(xml)) for nom, xml in parts.items())


def _content_types(nombre: int) -> str:
    pages = "".join(
        f'<Override PartName="/xl/worksheets/sheet{rang}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for rang in range(1, nombre + 1)
    )
    core = "application/vnd.openxmlformats-package"
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{core}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{pages}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}.core-properties+xml"/>'
        "</Types>"
    )


def _relationships(liens: Sequence[tuple[str, str, str]]) -> str:
    corps = "".join(
        f'<Relationship Id="rId{rang}" Type="{base}/{nom}" Target="{cible}"/>'
        for rang, (nom, cible, base) in enumerate(liens, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{corps}</Relationships>'


def _properties(titre: str, auteur: str, date: dt.date) -> str:
    moment = f"{date.isoformat()}T00:00:00Z"
    dates = "".join(
        f'<dcterms:{nom} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{nom}>'
        for nom in ("created", "modified")
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(titre)}</dc:title><dc:creator>{escape(auteur)}</dc:creator>"
        f"<dc:language>fr-FR</dc:language>{dates}</cp:coreProperties>"
    )


def _workbook(feuilles: Sequence[Feuille]) -> str:
    pages = "".join(
        f'<sheet name="{escape_attribute(feuille.nom)}" sheetId="{rang}" r:id="rId{rang}"/>'
        for rang, feuille in enumerate(feuilles, 1)
    )
    noms = "".join(_names(rang, feuille) for rang, feuille in enumerate(feuilles))
    return (
        f'{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_RELS}"><sheets>{pages}</sheets>'
        f'<definedNames>{noms}</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/>'
        "</workbook>"
    )


def _names(rang: int, feuille: Feuille) -> str:
    """What the filter covers, and the row repeated on each printed page."""
    nom = escape(quote_sheet(feuille.nom))
    etendue = f"$A$1:${letters(len(feuille.entete))}${len(feuille.lignes) + 1}"
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{rang}" hidden="1">'
        f"{nom}!{etendue}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{rang}">{nom}!$1:$1</definedName>'
    )


def quote_sheet(nom: str) -> str:
    """The name of a sheet as a formula writes it.

    >>> quote_sheet("L'an 2019")
    "'L''an 2019'"
    """
    return "'" + nom.replace("'", "''") + "'"


def _sheet(feuille: Feuille) -> str:
    colonnes = "".join(
        f'<col min="{rang}" max="{rang}" width="{largeur}" customWidth="1"/>'
        for rang, largeur in enumerate(feuille.largeurs, 1)
    )
    etendue = f"A1:{letters(len(feuille.entete))}{len(feuille.lignes) + 1}"
    return (
        f'{_DECLARATION}<worksheet xmlns="{MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{colonnes}</cols>"
        f"<sheetData>{''.join(_rows(feuille))}</sheetData>"
        f'<autoFilter ref="{etendue}"/>'
        '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{_running(feuille)}</oddHeader>"
        "<oddFooter>&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _running(feuille: Feuille) -> str:
    """The line above each printed page; « & » is doubled, for it commands there."""
    return escape("&L" + (feuille.titre or feuille.nom).replace("&", "&&"))


def _rows(feuille: Feuille) -> Iterator[str]:
    yield _row(1, tuple(Mention(titre, Aspect.ENTETE) for titre in feuille.entete), feuille)
    for rang, ligne in enumerate(feuille.lignes, 2):
        yield _row(rang, ligne, feuille)


def _row(rang: int, ligne: Sequence[Case], feuille: Feuille) -> str:
    cases = "".join(
        _cell(f"{letters(colonne)}{rang}", case) for colonne, case in enumerate(ligne, 1)
    )
    couples = zip(ligne, feuille.largeurs, strict=False)
    hauteur = _LIGNE * max((_count_lines(case, largeur) for case, largeur in couples), default=1)
    return f'<row r="{rang}" ht="{hauteur}" customHeight="1">{cases}</row>'


def _count_lines(case: Case, largeur: int) -> int:
    """How many lines a text takes in a column: not every program works it out.

    A letter is a little narrower than the figures that widths are counted in.
    """
    texte = case.texte if isinstance(case, Mention) else case
    if not isinstance(texte, str):
        return 1
    return sum(len(textwrap.wrap(ligne, largeur * 11 // 10)) or 1 for ligne in texte.split("\n"))


def _cell(repere: str, case: Case) -> str:
    match case:
        case None | str():
            return _text(repere, case or "", Aspect.CORPS)
        case Mention(texte, aspect):
            return _text(repere, texte, aspect)
        case Formule(texte, unite, aspect):
            return f'<c r="{repere}" s="{style(unite, aspect)}"><f>{escape(texte)}</f></c>'
        case Reponse(valeur, aspect):
            return f'<c r="{repere}" s="{style("logique", aspect)}" t="b"><v>{valeur:d}</v></c>'
        case Chiffre(valeur, unite, aspect):
            entier = unite == "nombre" and valeur == valeur.to_integral_value()
            return _number(repere, valeur, "entier" if entier else unite, aspect)
        case int():
            return _number(repere, Decimal(case), "entier", Aspect.CORPS)


def _number(repere: str, valeur: Decimal, unite: str, aspect: Aspect) -> str:
    return f'<c r="{repere}" s="{style(unite, aspect)}"><v>{format(valeur, "f")}</v></c>'


def _text(repere: str, texte: str, aspect: Aspect) -> str:
    if not texte:
        return f'<c r="{repere}" s="{style("texte", aspect)}"/>'
    corps = f'<is><t xml:space="preserve">{escape(texte)}</t></is>'
    return f'<c r="{repere}" s="{style("texte", aspect)}" t="inlineStr">{corps}</c>'


def letters(colonne: int) -> str:
    """The letters of a column.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    lettres = ""
    while colonne:
        colonne, reste = divmod(colonne - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


__all__ = [
    "Aspect",
    "Case",
    "Chiffre",
    "Feuille",
    "Formule",
    "Mention",
    "Reponse",
    "build_day",
    "letters",
    "quote_sheet",
    "write_xlsx",
]
