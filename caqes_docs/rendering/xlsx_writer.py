"""A plain workbook whose bytes depend on its content alone.

Every text is written inline, as text: a name that begins with « = » can never become a formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.ooxml.paquet import compress_part, write_package
from caqes_docs.ooxml.xml import encode_xml, escape, escape_attribute

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXTE, _ENTETE, _NOMBRE, _TAUX, _EUROS = range(5)
_STYLES = {"nombre": _NOMBRE, "taux": _TAUX, "euro": _EUROS}
_FORMATS = ("", "", "#,##0.######", "0.00####%", '#,##0.00\\ "€"')


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A number and its unit: « taux » (a fraction), « euro » or « nombre »."""

    valeur: Decimal
    unite: str = "nombre"


Case = str | int | Chiffre | None


@dataclass(frozen=True)
class Feuille:
    """A sheet: its header stays visible and filters the rows."""

    nom: str
    entete: tuple[str, ...]
    largeurs: tuple[int, ...]
    lignes: tuple[tuple[Case, ...], ...]


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
        "xl/styles.xml": _styles(),
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
    filtres = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{rang}" hidden="1">'
        f"{escape(_quoted(feuille.nom))}!$A$1:${_letters(len(feuille.entete))}"
        f"${len(feuille.lignes) + 1}</definedName>"
        for rang, feuille in enumerate(feuilles)
    )
    return (
        f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{pages}</sheets>'
        f"<definedNames>{filtres}</definedNames></workbook>"
    )


def _quoted(nom: str) -> str:
    return "'" + nom.replace("'", "''") + "'"


def _styles() -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + rang}" formatCode="{escape_attribute(forme)}"/>'
        for rang, forme in enumerate(_FORMATS)
        if forme
    )
    haut = '<alignment vertical="top" wrapText="1"/>'
    cases = "".join(
        f'<xf numFmtId="{164 + rang if forme else 0}" fontId="{int(rang == _ENTETE)}" '
        f'fillId="{2 if rang == _ENTETE else 0}" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">{haut}</xf>'
        for rang, forme in enumerate(_FORMATS)
    )
    police = '<sz val="10"/><name val="Liberation Sans"/><family val="2"/>'
    fond = '<fgColor rgb="FFE3E8EF"/><bgColor indexed="64"/>'
    return (
        f'{_DECLARATION}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="{formats.count("<numFmt ")}">{formats}</numFmts>'
        f'<fonts count="2"><font>{police}</font><font><b/>{police}</font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        f'<fill><patternFill patternType="solid">{fond}</patternFill></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(_FORMATS)}">{cases}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(feuille: Feuille) -> str:
    colonnes = "".join(
        f'<col min="{rang}" max="{rang}" width="{largeur}" customWidth="1"/>'
        for rang, largeur in enumerate(feuille.largeurs, 1)
    )
    etendue = f"A1:{_letters(len(feuille.entete))}{len(feuille.lignes) + 1}"
    return (
        f'{_DECLARATION}<worksheet xmlns="{_MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{colonnes}</cols>"
        f"<sheetData>{''.join(_rows(feuille))}</sheetData>"
        f'<autoFilter ref="{etendue}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _rows(feuille: Feuille) -> Iterator[str]:
    yield _row(1, feuille.entete, _ENTETE)
    for rang, ligne in enumerate(feuille.lignes, 2):
        yield _row(rang, ligne, _TEXTE)


def _row(rang: int, ligne: Sequence[Case], style: int) -> str:
    cases = "".join(
        _cell(f"{_letters(colonne)}{rang}", case, style) for colonne, case in enumerate(ligne, 1)
    )
    return f'<row r="{rang}">{cases}</row>'


def _cell(repere: str, case: Case, style: int) -> str:
    if case is None or case == "":
        return f'<c r="{repere}" s="{style}"/>'
    if isinstance(case, Chiffre):
        valeur = format(case.valeur, "f")
        return f'<c r="{repere}" s="{_STYLES[case.unite]}"><v>{valeur}</v></c>'
    if isinstance(case, int):
        return f'<c r="{repere}" s="{_NOMBRE}"><v>{case}</v></c>'
    texte = f'<is><t xml:space="preserve">{escape(case)}</t></is>'
    return f'<c r="{repere}" s="{style}" t="inlineStr">{texte}</c>'


def _letters(colonne: int) -> str:
    """The letters of a column.

    >>> _letters(1), _letters(27)
    ('A', 'AA')
    """
    lettres = ""
    while colonne:
        colonne, reste = divmod(colonne - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


__all__ = ["Case", "Chiffre", "Feuille", "write_xlsx"]
