"""A workbook whose bytes depend on its content alone, written by XlsxWriter.

Each cell is written for what it is: a name that begins with « = » can never become a formula, nor
an address a link. A formula is written without its value: whoever opens the workbook works it out.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from typing import TYPE_CHECKING, TypeAlias

from caqes_docs.core.errors import RenduError
from caqes_docs.document import classeur as xl
from caqes_docs.ooxml.paquet import compress_part, write_package
from caqes_docs.ooxml.xml import check_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_POLICE = {"font_name": "Liberation Sans", "font_size": 10, "font_scheme": "none"}
_LOCALE = "[$-40C]"
"""French separators, where the program obeys (Excel follows the machine)."""


class _Role(enum.Enum):
    """What a cell is for, hence its background and its weight."""

    CORPS = enum.auto()
    ENTETE = enum.auto()
    SAISIE = enum.auto()
    FORT = enum.auto()


_FORMATS = {
    "texte": "General",
    "logique": "General",
    "nombre": f"{_LOCALE}#,##0.00####",
    "entier": f"{_LOCALE}#,##0",
    "annee": "0",
    "taux": f'{_LOCALE}0.00####"\u00a0"%',
    "euro": f'{_LOCALE}#,##0.00"\u00a0€"',
    "ecart": f"[=0]{_LOCALE}0.00;[Red]{_LOCALE}#,##0.00########",
    "date": "dd/mm/yyyy",
}
_ROLES: dict[_Role, dict[str, object]] = {
    _Role.CORPS: {},
    _Role.ENTETE: {"bg_color": "#E3E8EF", "bold": True},
    _Role.SAISIE: {"bg_color": "#FFF6D5", "locked": False},
    _Role.FORT: {"bg_color": "#F1F3F6", "bold": True},
}
_PLACES = {"texte": ("left", 1), "logique": ("center", 0)}
_A_DROITE = ("right", 1)
_Styles: TypeAlias = "Callable[[str, _Role], Format]"
_LIGNE = 14
"""Points in the height of a line."""
_LIGNES_MAX = 29
"""No row of a spreadsheet is higher."""
_ENTETE_MAX = 255
"""Signs of a running title, orders included: a longer one is cut."""
_IMAGE = re.compile(r"&&(?=G|\[Picture\])")
_CHIFFRES_MAX = 17
"""No two numbers of a workbook have the same seventeen digits."""
_PERMIS = ("autofilter", "format_cells", "format_columns", "format_rows")
"""What a protected sheet still lets one do."""


class _Nombre(Decimal):
    """A number written digit by digit, where XlsxWriter would keep sixteen of them.

    One that has more than a workbook can hold becomes the nearest that it can.
    """

    def __format__(self, forme: str, contexte: Context | None = None, /) -> str:
        if len(self.as_tuple().digits) > _CHIFFRES_MAX:
            return repr(float(self))
        return super().__format__("f")


def write_xlsx(classeur: xl.Classeur) -> bytes:
    """The file.

    Raises:
        RenduError: R-120 a character that no file admits; R-124 a text too long.
    """
    from xlsxwriter import Workbook  # slow, and most commands write no workbook

    sortie = io.BytesIO()
    workbook = Workbook(sortie, {"in_memory": True, "default_format_properties": _POLICE})
    workbook.set_properties(
        {
            "title": check_text(classeur.titre),
            "author": check_text(classeur.auteur),
            "created": dt.datetime.combine(classeur.date, dt.time()),
        }
    )
    styles = _make_styles(workbook)
    for feuille in classeur.feuilles:
        page = workbook.add_worksheet(check_text(feuille.nom))
        _set_up(page, feuille)
        _Lignes(page, styles, feuille).write()
    workbook.close()
    with zipfile.ZipFile(sortie) as archive:
        return write_package(compress_part(nom, archive.read(nom)) for nom in archive.namelist())


def _set_up(page: Worksheet, feuille: xl.Feuille) -> None:
    """All that is not a cell."""
    for colonne, largeur in enumerate(feuille.largeurs):
        page.set_column(colonne, colonne, largeur)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(feuille.lignes), len(feuille.entete) - 1)
    page.repeat_rows(0)
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    titre = check_text(feuille.titre or feuille.nom)[:_ENTETE_MAX]
    page.set_header(_running(titre), {"margin": 0.3})
    page.set_footer("&R&P / &N", {"margin": 0.3})
    if feuille.protegee:
        page.protect(options=dict.fromkeys(_PERMIS, True))


def _running(titre: str) -> str:
    """The line above each printed page, where « & » commands: it is doubled.

    XlsxWriter takes « &&G » for a picture: an order without effect comes between.
    """
    entete = "&L" + _IMAGE.sub('&&&"-,Regular"', titre.replace("&", "&&"))
    trop_long = len(entete.encode("utf-16-le")) > 2 * _ENTETE_MAX
    return _running(titre[:-1]) if trop_long else entete


class _Lignes:
    """The rows of a sheet."""

    def __init__(self, page: Worksheet, styles: _Styles, feuille: xl.Feuille) -> None:
        self._page = page
        self._styles = styles
        self._feuille = feuille

    def write(self) -> None:
        """The header, then each row."""
        self._row(0, self._feuille.entete, _Role.ENTETE)
        for rang, ligne in enumerate(self._feuille.lignes, 1):
            self._row(rang, ligne, _Role.CORPS)

    def _row(self, rang: int, ligne: Sequence[xl.Case], role: _Role) -> None:
        couples = zip(ligne, self._feuille.largeurs, strict=False)
        lignes = max((_count_lines(case, largeur) for case, largeur in couples), default=1)
        self._page.set_row(rang, _LIGNE * min(lignes, _LIGNES_MAX))
        for colonne, case in enumerate(ligne):
            self._cell(rang, colonne, case, role)

    def _cell(self, rang: int, colonne: int, case: xl.Case, role: _Role) -> None:  # noqa: C901
        if role is _Role.CORPS and getattr(case, "fort", False):
            role = _Role.FORT
        match case:
            case xl.Saisie(contenu, attendu):
                self._cell(rang, colonne, contenu, _Role.SAISIE)
                self._expect(rang, colonne, attendu)
            case None | str():
                self._text(rang, colonne, case or "", role)
            case xl.Mention(texte):
                self._text(rang, colonne, texte, role)
            case xl.Formule(texte, unite):
                self._page.write_formula(rang, colonne, texte, self._styles(unite, role), "")
            case xl.Reponse(valeur):
                self._page.write_boolean(rang, colonne, valeur, self._styles("logique", role))
            case xl.Jour(date):
                self._page.write_datetime(rang, colonne, date, self._styles("date", role))
            case xl.Chiffre(valeur, unite):
                self._number(rang, colonne, valeur, unite, role)
            case int():
                self._number(rang, colonne, Decimal(case), "nombre", role)

    def _number(self, rang: int, colonne: int, valeur: Decimal, unite: str, role: _Role) -> None:
        entier = unite == "nombre" and valeur == valeur.to_integral_value()
        aspect = self._styles("entier" if entier else unite, role)
        self._page.write_number(rang, colonne, _Nombre(valeur), aspect)

    def _text(self, rang: int, colonne: int, texte: str, role: _Role) -> None:
        aspect = self._styles("texte", role)
        check_text(texte)
        if not texte:
            refus = self._page.write_blank(rang, colonne, None, aspect)
        elif texte.startswith("<r>"):
            # XlsxWriter would take it for marks of its own, were it not cut in two.
            morceaux = (texte[:1], aspect, texte[1:])
            refus = self._page.write_rich_string(rang, colonne, *morceaux, aspect)
        else:
            refus = self._page.write_string(rang, colonne, texte, aspect)
        if refus:
            raise RenduError(
                "R-124",
                f"Un texte est trop long pour une case de classeur («\u00a0{texte[:60]}…\u00a0»).",
                remede="L’abréger\u00a0: un tableur n’admet que 32\u202f767 caractères par case.",
            )

    def _expect(self, rang: int, colonne: int, attendu: xl.Mots | xl.Bornes | None) -> None:
        """Remind of what is expected whoever types something else."""
        regle: dict[str, object]
        match attendu:
            case None:
                return
            case xl.Mots(mots):
                regle = {"validate": "list", "source": list(mots)}
            case xl.Bornes(minimum, None):
                regle = {"validate": "decimal", "criteria": ">=", "value": f"{minimum:f}"}
            case xl.Bornes(minimum, maximum):
                regle = {"validate": "decimal", "criteria": "between"}
                regle |= {"minimum": f"{minimum:f}", "maximum": f"{maximum:f}"}
        regle |= {"error_type": "warning", "error_title": "Valeur inattendue"}
        regle["error_message"] = attendu.rappel
        if self._page.data_validation(rang, colonne, rang, colonne, regle):
            raise ValueError(attendu)


def _count_lines(case: xl.Case, largeur: int) -> int:
    """How many lines a text takes in a column: not every program works it out.

    A letter is a little narrower than the figures that widths are counted in.
    """
    contenu = case.contenu if isinstance(case, xl.Saisie) else case
    texte = contenu.texte if isinstance(contenu, xl.Mention) else contenu
    lettres = largeur * 11 // 10
    if not isinstance(texte, str) or (len(texte) <= lettres and "\n" not in texte):
        return 1
    return sum(len(textwrap.wrap(ligne, lettres)) or 1 for ligne in texte.split("\n"))


def _make_styles(workbook: Workbook) -> _Styles:
    """The look of a unit in a role, made the first time it is asked for."""

    @functools.cache
    def make(unite: str, role: _Role) -> Format:
        place, retrait = _PLACES.get(unite, _A_DROITE)
        return workbook.add_format(
            {
                "num_format": _FORMATS[unite],
                "align": place,
                "indent": retrait,
                "valign": "top",
                "text_wrap": True,
                **_ROLES[role],
            }
        )

    return make
