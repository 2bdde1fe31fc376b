"""The French forms of dates, amounts, rates and lists.

Formatting never rounds an amount: it refuses what was not rounded before.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from caqes_docs.core.francais.typographie import NBSP

MOINS = "\u2212"
"""The minus of numbers: a hyphen may end a line, and reads as one."""


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


_LETTRES = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"),
    *("neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)


def en_lettres(valeur: Decimal | int) -> str:
    """A length as acts say it: in words up to « seize », in figures beyond.

    >>> en_lettres(Decimal(1)), en_lettres(Decimal(15)), en_lettres(Decimal(24))
    ('un', 'quinze', '24')
    """
    en_mots = valeur == int(valeur) and 0 <= valeur < len(_LETTRES)
    return _LETTRES[int(valeur)] if en_mots else nombre(valeur)


def ville(commune: str) -> str:
    """The town of a postal address: « Portclair » for « Portclair CEDEX 2 ».

    >>> ville("Portclair CEDEX 2"), ville("Cédexville")
    ('Portclair', 'Cédexville')
    """
    return commune.split(" CEDEX")[0].split(" Cedex")[0]


def a_ville(commune: str) -> str:
    """« à Portclair », « aux Salinettes », « au Havre »: where an act is made.

    >>> [a_ville(nom) for nom in ("Aix CEDEX 2", "Les Salinettes", "Le Havre", "La Tour")]
    ['à Aix', 'aux Salinettes', 'au Havre', 'à La Tour']
    """
    article, _, reste = ville(commune).partition(" ")
    contracte = {"Les": "aux", "Le": "au"}.get(article) if reste else None
    return f"{contracte} {reste}" if contracte else f"à {ville(commune)}"


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


def delai(combien: Decimal, unite: str) -> str:
    r"""« délai d’un mois », « délai de quinze jours ».

    >>> delai(Decimal(1), "mois"), delai(Decimal(15), "jour"), delai(Decimal(45), "jour")
    ('délai d’un\xa0mois', 'délai de quinze\xa0jours', 'délai de 45\xa0jours')
    """
    mot = en_lettres(combien)
    pluriel = "s" if combien > 1 and not unite.endswith("s") else ""
    return f"délai {'d’' if mot == 'un' else 'de '}{mot}{NBSP}{unite}{pluriel}"
