"""The looks of the cells of a workbook: a format of number, and an aspect."""

from __future__ import annotations

import enum

from caqes_docs.ooxml.xml import escape_attribute

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LOCALE = "[$-40C]"
"""French separators, where the program obeys (Excel follows the machine)."""


class Aspect(enum.IntEnum):
    """What a cell is for, hence its background and its weight."""

    CORPS = 0
    ENTETE = 1
    SAISIE = 2
    """A datum that the reader may change."""
    FORT = 3
    """The title of a section, or a total."""


_FORMATS = {
    "texte": "",
    "logique": "",
    "nombre": f"{_LOCALE}#,##0.00####",
    "entier": f"{_LOCALE}#,##0",
    "annee": "0",
    "taux": f'{_LOCALE}0.00####"\u00a0"%',
    "euro": f'{_LOCALE}#,##0.00"\u00a0€"',
    "ecart": f"[=0]{_LOCALE}0.00;[Red]{_LOCALE}#,##0.00########",
    "date": "dd/mm/yyyy",
}
_RANGS = {unite: rang for rang, unite in enumerate(_FORMATS)}
_FONDS = {Aspect.CORPS: 0, Aspect.ENTETE: 2, Aspect.SAISIE: 3, Aspect.FORT: 4}
_COULEURS = ("FFE3E8EF", "FFFFF6D5", "FFF1F3F6")
_PLACES = {"texte": ("left", 1), "logique": ("center", 0)}
_A_DROITE = ("right", 1)
_GRAS = frozenset({Aspect.ENTETE, Aspect.FORT})


def style(unite: str, aspect: Aspect) -> int:
    """The rank of a look in the sheet of styles.

    >>> style("texte", Aspect.CORPS), style("nombre", Aspect.ENTETE)
    (0, 11)
    """
    return aspect * len(_FORMATS) + _RANGS[unite]


def render_styles() -> str:
    """The part `styles.xml`, without its declaration."""
    formats = "".join(
        f'<numFmt numFmtId="{_format(unite)}" formatCode="{escape_attribute(forme)}"/>'
        for unite, forme in _FORMATS.items()
        if forme
    )
    cases = "".join(_case(unite, aspect) for aspect in Aspect for unite in _FORMATS)
    police = '<sz val="10"/><name val="Liberation Sans"/><family val="2"/>'
    fonds = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{couleur}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
        for couleur in _COULEURS
    )
    return (
        f'<styleSheet xmlns="{MAIN}">'
        f'<numFmts count="{formats.count("<numFmt ")}">{formats}</numFmts>'
        f'<fonts count="2"><font>{police}</font><font><b/>{police}</font></fonts>'
        f'<fills count="{2 + len(_COULEURS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fonds}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{cases.count("<xf ")}">{cases}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _format(unite: str) -> int:
    return 164 + _RANGS[unite] if _FORMATS[unite] else 0


def _case(unite: str, aspect: Aspect) -> str:
    place, retrait = _PLACES.get(unite, _A_DROITE)
    return (
        f'<xf numFmtId="{_format(unite)}" fontId="{int(aspect in _GRAS)}" '
        f'fillId="{_FONDS[aspect]}" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
        f'<alignment horizontal="{place}" vertical="top" wrapText="1" indent="{retrait}"/></xf>'
    )
