"""French text: typography of the library's words, and the forms of dates, amounts and rates.

Formatting never rounds an amount: it refuses what was not rounded before (`core.arrondi`).
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Sequence
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

NBSP = "\u00a0"
FINE = "\u202f"
MOINS = "\u2212"
"""The minus of numbers: a hyphen may end a line, and reads as one."""

_JETON = "\ue000"
"""The token of a value: counts as a word for the spaces around it."""

_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\S)'"), "’"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NBSP}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[^\s:])[ \u00a0\u202f]+(?=[;!?](?:\s|$|[»)]))"), FINE),
    (re.compile(r"[ \u00a0\u202f]+(?=:(?:[\s\ue000]|$))"), NBSP),
    (re.compile(rf"(?<=[\d{_JETON}])[ \u00a0\u202f]+(?=[%€])"), NBSP),
    (re.compile(r"(?<=\b\d)[ \u202f](?=\d{3}\b)|(?<=\b\d\d)[ \u202f](?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\b\d{3})[ \u202f](?=\d{3}\b)"), FINE),
    (re.compile(r"\b([LRD])\. ?(?=\d)"), rf"\1.{NBSP}"),
    (re.compile(r"\b([Aa]rt\.|[Nn]°|[Pp]\.) +(?=\S)"), rf"\1{NBSP}"),
    (re.compile(r"\b(M\.|Mme|Dr|Pr) +(?=[A-ZÉÈÀÂÎÔÛÇ\ue000])"), rf"\1{NBSP}"),
    (
        re.compile(
            rf"(?<=[\d{_JETON}]) +(?=(?:ans?|mois|jours?|heures|euros?|sites?)\b)",
        ),
        NBSP,
    ),
    (
        re.compile(r"\b(articles?|annexes?|chapitres?|Articles?|Annexes?|Chapitres?) (?=[\dIVX])"),
        rf"\1{NBSP}",
    ),
    (
        re.compile(
            r"\b(\d{1,2}|1er) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
            r"|octobre|novembre|décembre)\b)"
        ),
        rf"\1{NBSP}",
    ),
    (re.compile(r"(?<=[a-zé])[ ](?=(?:–)\s)"), NBSP),
)


@functools.lru_cache(maxsize=8192)
def typographier(texte: str) -> str:
    r"""`texte` with French typography: no-break spaces, curly apostrophes, ellipsis.

    Made for the library's own words; data never pass here.

    >>> typographier("l'article L. 162-30-2 : « oui » ; 1 000 euros")
    'l’article L.\xa0162-30-2\xa0: «\xa0oui\xa0»\u202f; 1\u202f000\xa0euros'
    """
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


_COUPES = re.compile(r"(?<=«) (?=\S)|(?<=\S) (?=[:;!?»](?:\s|$))|(?<=\d) (?=[%€](?:\W|$))")


def insecable(texte: str) -> str:
    r"""`texte`, typed by somebody, where no line may end before a punctuation mark, « % » or « € ».

    One kind of space takes the place of another; nothing else of the data is touched.

    >>> insecable("seuil : 10 % ; « oui » !")
    'seuil\xa0: 10\xa0%\xa0; «\xa0oui\xa0»\xa0!'
    """
    return _COUPES.sub(NBSP, texte)


@functools.lru_cache(maxsize=4096)
def date_longue(date: dt.date) -> str:
    r"""« 1er janvier 2018 », with no-break spaces.

    >>> date_longue(dt.date(2018, 1, 1)), date_longue(dt.date(2017, 12, 20))
    ('1er\xa0janvier\xa02018', '20\xa0décembre\xa02017')
    """
    texte = format_date(date, "d MMMM y", locale="fr_FR").replace(" ", NBSP)
    return f"1er{texte[1:]}" if date.day == 1 else texte


def euros(montant: Decimal) -> str:
    r"""« 1 234 567,50 € », or « 300 000 € » when there are no cents.

    Raises:
        ValueError: the amount has fractions of a cent: it was not rounded.

    >>> euros(Decimal("1234567.5"))
    '1\u202f234\u202f567,50\xa0€'
    """
    return _euros(str(montant))


@functools.lru_cache(maxsize=4096)
def _euros(chiffres: str) -> str:
    montant = Decimal(chiffres)
    if montant != montant.quantize(Decimal("0.01")):
        raise ValueError(f"montant non arrondi: {montant}")
    if montant == montant.to_integral_value():
        texte = format_currency(
            montant, "EUR", "#,##0\u00a0¤", locale="fr_FR", currency_digits=False
        )
    else:
        texte = format_currency(montant, "EUR", locale="fr_FR")
    return str(texte).replace("-", MOINS)


def taux(fraction: Decimal) -> str:
    r"""« 3,9 % » for Decimal("0.039"); every significant decimal is shown.

    >>> taux(Decimal("0.039")), taux(Decimal("-0.008")), taux(Decimal("1"))
    ('3,9\xa0%', '−0,8\xa0%', '100\xa0%')
    """
    return f"{nombre(fraction * 100)}{NBSP}%"


def nombre(valeur: Decimal | int) -> str:
    r"""A number with U+202F between thousands and all its significant decimals.

    >>> nombre(Decimal("1234567.250"))
    '1\u202f234\u202f567,25'
    """
    return _nombre(str(valeur))


@functools.lru_cache(maxsize=4096)
def _nombre(chiffres: str) -> str:
    """Kept by the digits: equal numbers are not always written alike (0 and -0)."""
    texte = str(format_decimal(Decimal(chiffres), "#,##0.############", locale="fr_FR"))
    return texte.replace("-", MOINS)


def liste(elements: Sequence[str]) -> str:
    """« a, b et c ».

    >>> liste(["MCO", "HAD", "SSR"])
    'MCO, HAD et SSR'
    """
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def majuscule(texte: str) -> str:
    """`texte` with a capital first letter, the rest untouched."""
    return texte[:1].upper() + texte[1:]


_PREMIER = re.compile(r"(?<![\w])1er(?=s?\b)")


def split_exposants(texte: str) -> list[tuple[str, bool]]:
    """`texte` cut into (run, raised?) pairs: the « er » of « 1er » is raised.

    >>> split_exposants("le 1er janvier")
    [('le 1', False), ('er', True), (' janvier', False)]
    """
    morceaux: list[tuple[str, bool]] = []
    reste = 0
    for trouve in _PREMIER.finditer(texte):
        morceaux.append((texte[reste : trouve.start() + 1], False))
        morceaux.append(("er", True))
        reste = trouve.end()
    if reste < len(texte):
        morceaux.append((texte[reste:], False))
    return morceaux
