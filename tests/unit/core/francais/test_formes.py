"""Tests of `core.francais.formes`: no-break spaces where French typography wants them, exactly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.francais.formes import date_longue, euros, liste, majuscule, nombre, taux
from caqes_docs.core.francais.typographie import (
    split_exposants,
    typographier,
    typographier_saisie,
)

ALPHABET = "aé1 0.'«»;:!?%€\u00a0\u202fMLR°n–er\n\ue000"


def _insecables(texte: str) -> str:
    """U+00A0 as `~` and U+202F as `_`, to be read."""
    return texte.replace("\u00a0", "~").replace("\u202f", "_")


class DescribeTypographier:
    """`typographier`; in these examples `~` is U+00A0 and `_` is U+202F."""

    @pytest.mark.parametrize(
        ("brut", "attendu"),
        [
            ("Qui ? Quoi ! Puis ; enfin", "Qui_? Quoi_! Puis_; enfin"),
            ("Quoi : ceci", "Quoi~: ceci"),
            ("« oui » ; « non » !", "«~oui~»_; «~non~»_!"),
            ("«oui»", "«~oui~»"),
            ("( a ; b )", "( a_; b )"),
            ("clause:contrat", "clause:contrat"),
            ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ],
    )
    def it_binds_double_punctuation(self, brut: str, attendu: str) -> None:
        assert _insecables(typographier(brut)) == attendu

    @pytest.mark.parametrize(
        ("brut", "attendu"),
        [
            ("1 000 000 euros", "1_000_000~euros"),
            ("12 345 678,50 €", "12_345_678,50~€"),
            ("5 % et 10\u202f%", "5~% et 10~%"),
            ("en 2018 000", "en 2018 000"),
            ("09 99 00 00 11", "09 99 00 00 11"),
            ("2 ans, 3 mois, 15 jours", "2~ans, 3~mois, 15~jours"),
            ("30 journées", "30 journées"),
            ("\ue000 % de \ue000 ans", "\ue000~% de \ue000~ans"),
        ],
    )
    def it_binds_numbers_to_their_units(self, brut: str, attendu: str) -> None:
        assert _insecables(typographier(brut)) == attendu

    @pytest.mark.parametrize(
        ("brut", "attendu"),
        [
            ("L. 162-30-2 et R.162-44", "L.~162-30-2 et R.~162-44"),
            ("art. 5, n° 12, p. 3", "art.~5, n°~12, p.~3"),
            ("article 10, annexes 1 à 3, chapitre IV", "article~10, annexes~1 à 3, chapitre~IV"),
            ("M. Dupont et Mme Élise", "M.~Dupont et Mme~Élise"),
            ("M. le directeur", "M. le directeur"),
            ("le 1er janvier et le 20 mars", "le 1er~janvier et le 20~mars"),
            ("le mot – ici", "le mot~– ici"),
        ],
    )
    def it_binds_references_names_and_dates(self, brut: str, attendu: str) -> None:
        assert _insecables(typographier(brut)) == attendu

    def it_curls_apostrophes_and_joins_dots(self) -> None:
        assert typographier("l'acte d'aujourd'hui...") == "l’acte d’aujourd’hui…"

    def but_an_opening_quote_is_left_to_its_writer(self) -> None:
        assert typographier("dit 'oui") == "dit 'oui"

    @given(st.text(ALPHABET, max_size=16))
    def it_changes_nothing_the_second_time(self, texte: str) -> None:
        une = typographier(texte)
        assert typographier(une) == une

    @given(st.text(ALPHABET, max_size=16))
    def and_never_touches_a_value(self, texte: str) -> None:
        assert typographier(texte).count("\ue000") == texte.count("\ue000")


class DescribeDateLongue:
    """`date_longue`."""

    @pytest.mark.parametrize(
        ("date", "attendu"),
        [
            (dt.date(2018, 1, 1), "1er~janvier~2018"),
            (dt.date(2017, 12, 20), "20~décembre~2017"),
            (dt.date(2020, 2, 29), "29~février~2020"),
            (dt.date(2018, 8, 11), "11~août~2018"),
        ],
    )
    def it_never_breaks(self, date: dt.date, attendu: str) -> None:
        assert _insecables(date_longue(date)) == attendu


class DescribeNombres:
    """`euros`, `taux`, `nombre`."""

    @pytest.mark.parametrize(
        ("montant", "attendu"),
        [
            ("0", "0~€"),
            ("300000", "300_000~€"),
            ("1234567.5", "1_234_567,50~€"),
            ("-1234.5", "−1_234,50~€"),
            ("0.10", "0,10~€"),
        ],
    )
    def it_shows_cents_when_there_are_some(self, montant: str, attendu: str) -> None:
        assert _insecables(euros(Decimal(montant))) == attendu

    @pytest.mark.parametrize("montant", ["0.001", "1234.565", "-0.005"])
    def but_refuses_to_round(self, montant: str) -> None:
        with pytest.raises(ValueError, match="montant non arrondi"):
            euros(Decimal(montant))

    @pytest.mark.parametrize(
        ("fraction", "attendu"),
        [("0.039", "3,9~%"), ("1", "100~%"), ("-0.008", "−0,8~%"), ("0.00000001", "0,000001~%")],
    )
    def it_shows_every_decimal_of_a_rate(self, fraction: str, attendu: str) -> None:
        assert _insecables(taux(Decimal(fraction))) == attendu

    @given(st.decimals("-9999999999999.99", "9999999999999.99", places=2))
    def it_keeps_every_cent(self, montant: Decimal) -> None:
        relu = euros(montant).replace("\u202f", "").removesuffix("\u00a0€").replace(",", ".")
        relu = relu.replace("\u2212", "-")
        assert Decimal(relu) == montant

    @given(st.integers(-(10**12), 10**12))
    def it_parts_thousands_by_a_thin_space(self, valeur: int) -> None:
        attendu = f"{valeur:,}".replace(",", "\u202f").replace("-", "\u2212")
        assert nombre(valeur) == attendu


class DescribeMots:
    """`liste`, `majuscule`, `split_exposants`."""

    @pytest.mark.parametrize(
        ("elements", "attendu"),
        [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
    )
    def it_ends_a_list_by_et(self, elements: list[str], attendu: str) -> None:
        assert liste(elements) == attendu

    def it_raises_the_first_letter_only(self) -> None:
        assert majuscule("élysée DE Paris") == "Élysée DE Paris"
        assert majuscule("") == ""

    @pytest.mark.parametrize(
        ("texte", "attendu"),
        [
            ("1er", [("1", False), ("er", True)]),
            ("les 1ers jours", [("les 1", False), ("er", True), ("s jours", False)]),
            ("le 21er", [("le 21er", False)]),
            ("1erreur", [("1erreur", False)]),
            ("", []),
        ],
    )
    def it_raises_the_er_of_1er(self, texte: str, attendu: list[tuple[str, bool]]) -> None:
        assert split_exposants(texte) == attendu

    @given(st.text("1ers é", max_size=20))
    def it_loses_no_letter(self, texte: str) -> None:
        assert "".join(morceau for morceau, _ in split_exposants(texte)) == texte


class DescribeTypographierSaisie:
    """`typographier_saisie`; in these examples `~` is U+00A0 and `_` is U+202F."""

    @given(st.text(alphabet="la1é '\"-@./«»:;!?%€\u00a0\u202fn°\n", max_size=40))
    def it_changes_signs_and_spaces_and_no_word(self, texte: str) -> None:
        rendu = typographier_saisie(texte)
        assert [s for s in rendu if s.isalnum()] == [s for s in texte if s.isalnum()]
        assert rendu.count("\n") == texte.count("\n")

    @pytest.mark.parametrize(
        ("brut", "attendu"),
        [
            ("A : B, 10 %, 5 € ; quoi ? oui !", "A~: B, 10~%, 5~€_; quoi_? oui_!"),
            ("« faits » ; «oui»", "«~faits~»_; «~oui~»"),
            ("l'A et L'ÉTAT, O'Brien, « don't »", "l’A et L’ÉTAT, O’Brien, «~don’t~»"),
            ("d'1 an, qu'« on » dise, l'\"avis\"", "d’1 an, qu’«~on~» dise, l’«~avis~»"),
            ('dit "oui", « l\'"essai" fait »', "dit «~oui~», «~l’“essai” fait~»"),
            ("avant -- après, n° 12, N° A3", "avant~– après, n°~12, N°~A3"),
        ],
    )
    def it_composes_what_was_typed(self, brut: str, attendu: str) -> None:
        assert _insecables(typographier_saisie(brut)) == attendu
        assert typographier_saisie(typographier_saisie(brut)) == typographier_saisie(brut)

    @pytest.mark.parametrize(
        "texte",
        [
            *("10 %o", "a %", "12:30 h", "<b> &", "https ://x", "12:30", "NAT-10-1-8"),
            *("5' 30\"", "5'-ATG-3'", "à 5'", 'un écran de 30" ou 40" au mur', "dit 'oui"),
            *("o'brien@ch-d'eu.fr", "https://a.fr/l'avis?a=b;c", "www.l'est.fr", "l'acte.pdf"),
            *("--definitif", "a--b", 'un seul " ici', "(d'eu@ch.fr)"),
        ],
    )
    def but_what_is_not_prose_stays(self, texte: str) -> None:
        assert typographier_saisie(texte) == texte
