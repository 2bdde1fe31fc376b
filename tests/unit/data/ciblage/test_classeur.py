"""Workbooks as Excel leaves them: what is read is what people see, or they are told."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.ciblage.modele import LigneCiblage
from caqes_docs.data.tableur.cellules import parse_csv
from caqes_docs.data.tableur.xlsx import parse_xlsx
from tests.outils.ciblage import build_csv, build_xlsx, faults_of, read


def _edited(change: Callable[[Worksheet], object], rows: int = 1) -> bytes:
    """The bytes of a table of `rows` establishments once `change` is made to its sheet."""
    classeur: Workbook = load_workbook(io.BytesIO(build_xlsx(build_csv([{}] * rows, ()))))
    page = classeur.active
    assert isinstance(page, Worksheet)
    change(page)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _cell(repere: str, valeur: str | float, forme: str = "General") -> bytes:
    def change(page: Worksheet) -> None:
        page[repere].value = valeur
        page[repere].number_format = forme

    return _edited(change)


def _row(contenu: bytes) -> LigneCiblage:
    (ligne,) = read(parse_xlsx(contenu, "t.xlsx")).lignes
    return ligne


def _refused(contenu: bytes) -> list[Constat]:
    with pytest.raises(DonneesError) as leve:
        read(parse_xlsx(contenu, "t.xlsx"))
    return list(leve.value.constats)


class DescribeNumbers:
    """Binary noise is not data; leading zeros of a format are."""

    @pytest.mark.parametrize(
        ("valeur", "lu"),
        [
            (2848184.3200000003, "2848184.32"),
            (0.1 + 0.2, "0.3"),
            (123456789012.34, "123456789012.34"),
        ],
    )
    def it_reads_an_amount_as_shown(self, valeur: float, lu: str) -> None:
        transports = _row(_cell("C2", valeur)).transports
        assert transports.montant.valeur == Decimal(lu)

    def it_reads_a_computed_rate_without_its_noise(self) -> None:
        contenu = _cell("F2", 518.5 / 500 - 1, "0.00%")
        assert _row(contenu).qualite.d31.valeur == Decimal("0.037")

    def it_never_rounds_what_people_must_round(self) -> None:
        (constat,) = _refused(_cell("F2", 1 / 3, "0.00%"))
        assert (constat.code, str(constat.source)) == ("D-022", "t.xlsx:Sheet!F2")

    @pytest.mark.parametrize("forme", ["000000000", "0000#####", "000000000;@"])
    def it_reads_the_leading_zero_of_a_format(self, forme: str) -> None:
        assert _row(_cell("A2", 60785011, forme)).finess == "060785011"

    def it_says_that_a_leading_zero_was_lost(self) -> None:
        (constat,) = _refused(_cell("A2", 60785011, "0"))
        assert (constat.code, constat.remede) == (
            "D-030",
            "Un tableur a effacé son zéro de tête\u00a0: l’écrire sur neuf caractères, dans une "
            "colonne au format Texte.",
        )


class DescribeRests:
    """What Excel hides in a sheet."""

    def it_sees_a_return_that_excel_hides(self) -> None:
        (constat,) = _refused(_cell("B2", "Centre hospitalier_x000D_ de Portclair"))
        assert (constat.code, constat.message) == (
            "D-017",
            "Colonne «\u00a0nom\u00a0»\u00a0: Ce texte va à la ligne après «\u00a0Centre "
            "hospitalier\u00a0».",
        )

    def it_refuses_rows_that_a_filter_hides(self) -> None:
        def change(page: Worksheet) -> None:
            page.row_dimensions[3].hidden = True
            page.row_dimensions[4].hidden = True

        (constat,) = _refused(_edited(change, rows=4))
        assert (constat.code, str(constat.source), constat.message) == (
            "D-101",
            "t.xlsx:Sheet",
            "La feuille a 2 lignes masquées (3, 4).",
        )

    def it_refuses_a_hidden_column(self) -> None:
        def change(page: Worksheet) -> None:
            page.column_dimensions["F"].hidden = True

        (constat,) = _refused(_edited(change))
        assert constat.message == "La feuille a 1 colonne masquée (F)."

    def it_says_once_that_the_header_is_below_a_title(self) -> None:
        def change(page: Worksheet) -> None:
            page.insert_rows(1)
            page["A1"].value = "Ciblage 2018"
            page.merge_cells("A1:F1")

        (constat,) = _refused(_edited(change))
        assert (constat.code, constat.message) == (
            "D-091",
            "Cette ligne n’est pas celle des en-têtes, qui sont plus bas (t.xlsx:Sheet!A2).",
        )

    def it_obeys_the_line_that_tells_the_separator(self) -> None:
        contenu = b"sep=;\r\n" + build_csv([{}], ())
        (ligne,) = read(parse_csv(contenu, "t.csv")).lignes
        assert (ligne.nom, ligne.source.ligne) == ("Clinique 0", 3)

    @pytest.mark.parametrize("nom", ["H™pital", "lÕƒtoile", "HÃ´pital", "H“pital", "H?pital"])
    def it_refuses_a_name_without_its_accents(self, nom: str) -> None:
        (constat,) = faults_of(build_csv([{"nom": f"{nom} de Portclair"}], ()))
        assert (constat.code, nom in constat.message) == ("D-100", True)
