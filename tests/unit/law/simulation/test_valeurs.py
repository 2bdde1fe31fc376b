"""Tests of `law.simulation.valeurs`: what is typed, its bounds, the values that follow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from caqes_docs.core.errors import UsageError
from caqes_docs.law.simulation.grandeurs import Genre, Grandeur, closed_year
from caqes_docs.law.simulation.valeurs import MAX_VALEURS, as_datum, parse_valeur, series, written


def grandeur(genre: Genre, bas: int | None = None, haut: int | None = None) -> Grandeur:
    return Grandeur(
        ("essai",),
        "Essai",
        genre,
        ("essai",),
        minimum=None if bas is None else Decimal(bas),
        maximum=None if haut is None else Decimal(haut),
    )


TAUX = grandeur(Genre.TAUX, 0, 1)
NOMBRE = grandeur(Genre.NOMBRE)
CLASSE = grandeur(Genre.CLASSE)
REPONSE = grandeur(Genre.OUI_NON)


def complaint(faute: pytest.ExceptionInfo[UsageError]) -> tuple[str, str, str]:
    """Code, message and remedy, with plain spaces."""
    espaces = str.maketrans("\u00a0\u202f", "  ")
    erreur = faute.value
    return erreur.code, erreur.message.translate(espaces), erreur.remede.translate(espaces)


class DescribeParse:
    @pytest.mark.parametrize(
        ("texte", "sorte", "attendu"),
        [
            (" 3,9 % ", TAUX, Decimal("0.039")),
            ("100 %", TAUX, Decimal(1)),
            ("0 %", TAUX, Decimal(0)),
            ("-12,5", NOMBRE, Decimal("-12.5")),
            ("1 250 000,50", grandeur(Genre.EURO), Decimal("1250000.50")),
            ("3", grandeur(Genre.ENTIER, 0, 3), Decimal(3)),
            ("2019", closed_year(), Decimal(2019)),
            (" Oui ", REPONSE, "oui"),
            ("NON", REPONSE, "non"),
            (" b ", CLASSE, "B"),
            ("E", CLASSE, "E"),
        ],
    )
    def it_reads_a_value_in_its_unit(
        self, texte: str, sorte: Grandeur, attendu: Decimal | str
    ) -> None:
        assert parse_valeur(texte, sorte, "--de") == attendu

    @pytest.mark.parametrize(
        ("texte", "sorte", "exemple"),
        [
            ("F", CLASSE, "une classe de A à E"),
            ("AB", CLASSE, "une classe de A à E"),
            ("peut-être", REPONSE, "oui ou non"),
            ("B", REPONSE, "oui ou non"),
            ("oui", CLASSE, "une classe de A à E"),
            ("20", TAUX, "un taux suivi de %, par exemple 3,9 %"),
            ("1,5", grandeur(Genre.ENTIER), "un nombre entier"),
            ("19", closed_year(), "une année en quatre chiffres"),
        ],
    )
    def but_not_another(self, texte: str, sorte: Grandeur, exemple: str) -> None:
        with pytest.raises(UsageError) as faute:
            parse_valeur(texte, sorte, "--a")
        assert complaint(faute) == (
            "U-042",
            f"« {texte} » n’est pas une valeur de « {sorte.nom} » (--a).",
            f"Écrire {exemple}.",
        )

    @pytest.mark.parametrize(
        ("texte", "sorte", "ecrit", "remede"),
        [
            ("101 %", TAUX, "101 %", "au moins 0 %, au plus 100 %"),
            ("-1 %", TAUX, "−1 %", "au moins 0 %, au plus 100 %"),
            ("-1", grandeur(Genre.NOMBRE, 0), "−1", "au moins 0"),
            ("4", grandeur(Genre.ENTIER, None, 3), "4", "au plus 3"),
        ],
    )
    def and_none_out_of_bounds(self, texte: str, sorte: Grandeur, ecrit: str, remede: str) -> None:
        with pytest.raises(UsageError) as faute:
            parse_valeur(texte, sorte, "--de")
        assert complaint(faute) == (
            "U-043",
            f"{ecrit} est impossible pour « essai » (--de).",
            f"Donner une valeur possible : {remede}.",
        )


class DescribeWriting:
    def it_prints_a_year_without_a_space(self) -> None:
        assert written(Decimal(2019), Genre.ANNEE) == "2019"
        assert written(Decimal(2019), Genre.NOMBRE) == "2\u202f019"
        assert written("oui", Genre.OUI_NON) == "oui"

    def it_gives_the_datum_back_exactly(self) -> None:
        assert as_datum(Decimal("0.12345678"), Genre.TAUX) == "12.345678 %"
        assert as_datum(Decimal("1250.5"), Genre.EURO) == "1250.5"
        assert as_datum("non", Genre.OUI_NON) == "non"


class DescribeSeries:
    def it_goes_from_the_first_to_the_last_by_the_step(self) -> None:
        valeurs = series(TAUX, "0 %", "1 %", "0,5 %")
        assert valeurs == (Decimal(0), Decimal("0.005"), Decimal("0.01"))

    def it_stops_before_the_last_when_the_step_misses_it(self) -> None:
        assert series(TAUX, "0 %", "1 %", "0,4 %") == (
            Decimal(0),
            Decimal("0.004"),
            Decimal("0.008"),
        )

    def it_takes_one_value(self) -> None:
        assert series(TAUX, "5 %", "5 %", "1 %") == (Decimal("0.05"),)

    def it_takes_a_hundred_values_and_no_more(self) -> None:
        assert MAX_VALEURS == 100
        assert len(series(NOMBRE, "1", "100", "1")) == 100
        with pytest.raises(UsageError) as faute:
            series(NOMBRE, "1", "101", "1")
        assert complaint(faute) == (
            "U-041",
            "Ces bornes et ce pas font 101 valeurs ; 100 sont admises.",
            "Resserrer les bornes, ou prendre un pas plus grand.",
        )

    def but_not_backwards(self) -> None:
        with pytest.raises(UsageError) as faute:
            series(TAUX, "2 %", "1 %", "1 %")
        assert complaint(faute) == (
            "U-041",
            "--de (2 %) est plus grand que --a (1 %) : il n’y a aucune valeur à simuler.",
            "Donner la plus petite valeur à --de et la plus grande à --a.",
        )

    @pytest.mark.parametrize("pas", ["0 %", "-1 %", "1", "un"])
    def and_not_without_a_step_above_zero(self, pas: str) -> None:
        with pytest.raises(UsageError) as faute:
            series(TAUX, "1 %", "2 %", pas)
        assert complaint(faute) == (
            "U-042",
            f"« {pas} » n’est pas un écart entre deux valeurs de « essai » (--pas).",
            "Écrire un taux suivi de %, par exemple 3,9 %, plus grand que zéro.",
        )

    @pytest.mark.parametrize(
        ("de", "a", "pas"), [(None, "1 %", "1 %"), ("0 %", None, "1 %"), ("0 %", "1 %", None)]
    )
    def it_asks_for_both_ends_and_the_step(
        self, de: str | None, a: str | None, pas: str | None
    ) -> None:
        with pytest.raises(UsageError) as faute:
            series(TAUX, de, a, pas)
        assert complaint(faute)[0] == "U-040"
        assert "--de, --a et --pas" in complaint(faute)[2]

    @pytest.mark.parametrize(
        ("de", "a", "attendues"),
        [
            (None, None, ("E", "D", "C", "B", "A")),
            ("C", None, ("C", "B", "A")),
            (None, "C", ("E", "D", "C")),
            ("D", "B", ("D", "C", "B")),
            ("B", "D", ("D", "C", "B")),
            ("A", "A", ("A",)),
        ],
    )
    def it_gives_the_classes_the_worst_first(
        self, de: str | None, a: str | None, attendues: tuple[str, ...]
    ) -> None:
        assert series(CLASSE, de, a, None) == attendues

    def it_gives_both_answers(self) -> None:
        assert series(REPONSE, None, None, None) == ("non", "oui")
        assert series(REPONSE, "oui", "oui", None) == ("oui",)

    @pytest.mark.parametrize("sorte", [REPONSE, CLASSE])
    def but_no_step_between_answers(self, sorte: Grandeur) -> None:
        with pytest.raises(UsageError) as faute:
            series(sorte, None, None, "1")
        assert complaint(faute)[0] == "U-040"
        assert complaint(faute)[2] == "Retirer --pas."
