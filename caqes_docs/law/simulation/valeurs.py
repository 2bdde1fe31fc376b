"""The values that a simulation tries: read as the user writes them, bounded, and written back."""

from __future__ import annotations

from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from caqes_docs.core.errors import UsageError
from caqes_docs.core.francais import formes
from caqes_docs.data.lecture.types import Annee, Entier, Montant, Nombre, Taux
from caqes_docs.law.calcul.explication import format_number
from caqes_docs.law.calcul.noeud import CONTEXTE
from caqes_docs.law.simulation.grandeurs import Genre, Grandeur

MAX_VALEURS = 100
_CLASSES = ("A", "B", "C", "D", "E")
_LECTEURS: dict[Genre, TypeAdapter[Decimal] | TypeAdapter[int]] = {
    Genre.TAUX: TypeAdapter(Taux),
    Genre.EURO: TypeAdapter(Montant),
    Genre.NOMBRE: TypeAdapter(Nombre),
    Genre.ENTIER: TypeAdapter(Entier),
    Genre.ANNEE: TypeAdapter(Annee),
}
_EXEMPLES = {
    Genre.TAUX: "un taux suivi de %, par exemple 3,9 %",
    Genre.EURO: "un montant en euros, par exemple 1 250 000,50",
    Genre.NOMBRE: "un nombre, par exemple 12,5",
    Genre.ENTIER: "un nombre entier",
    Genre.ANNEE: "une année en quatre chiffres",
    Genre.OUI_NON: "oui ou non",
    Genre.CLASSE: "une classe de A à E",
}


def parse_valeur(texte: str, grandeur: Grandeur, option: str) -> Decimal | str:
    """The value of a quantity, from what the user typed after `option`.

    Raises:
        UsageError: U-042 not a value in its unit; U-043 out of its bounds.
    """
    valeur = _read(texte, grandeur.genre)
    if valeur is None:
        raise UsageError(
            "U-042",
            f"«\u00a0{texte}\u00a0» n’est pas une valeur de «\u00a0{grandeur.nom}\u00a0» "
            f"({option}).",
            remede=f"Écrire {_EXEMPLES[grandeur.genre]}.",
        )
    if isinstance(valeur, Decimal):
        _check_bounds(valeur, grandeur, option)
    return valeur


def _read(texte: str, genre: Genre) -> Decimal | str | None:
    propre = texte.strip()
    if genre is Genre.OUI_NON:
        return propre.casefold() if propre.casefold() in ("oui", "non") else None
    if genre is Genre.CLASSE:
        return propre.upper() if propre.upper() in _CLASSES else None
    try:
        return Decimal(_LECTEURS[genre].validate_python(propre))
    except ValidationError:
        return None


def _check_bounds(valeur: Decimal, grandeur: Grandeur, option: str) -> None:
    bas, haut = grandeur.minimum, grandeur.maximum
    if (bas is None or valeur >= bas) and (haut is None or valeur <= haut):
        return
    bornes = [] if bas is None else [f"au moins {written(bas, grandeur.genre)}"]
    bornes += [] if haut is None else [f"au plus {written(haut, grandeur.genre)}"]
    raise UsageError(
        "U-043",
        f"{written(valeur, grandeur.genre)} est impossible pour «\u00a0{grandeur.nom}\u00a0» "
        f"({option}).",
        remede=f"Donner une valeur possible\u00a0: {', '.join(bornes)}.",
    )


def written(valeur: Decimal | str, genre: Genre) -> str:
    """The value as printed."""
    if isinstance(valeur, str):
        return valeur
    if genre is Genre.ANNEE:
        return str(valeur)
    return format_number(valeur, genre.nature)


def as_datum(valeur: Decimal | str, genre: Genre) -> str:
    r"""The value as an evaluation holds it, exactly.

    >>> as_datum(Decimal("0.039"), Genre.TAUX), as_datum(Decimal("1E+6"), Genre.EURO)
    ('3.9 %', '1000000')
    """
    if isinstance(valeur, str):
        return valeur
    if genre is Genre.TAUX:
        return f"{CONTEXTE.multiply(valeur, Decimal(100)).normalize():f} %"
    return f"{valeur:f}"


def series(
    grandeur: Grandeur, de: str | None, a: str | None, pas: str | None
) -> tuple[Decimal | str, ...]:
    """The values from `de` up to `a`; without them, every answer of a yes-or-no or of a class.

    Raises:
        UsageError: U-040 a bound or the step is missing, or makes no sense here; U-041 no value, or
            too many; U-042, U-043 a value that is not possible.
    """
    if not grandeur.genre.is_measured:
        return _answers(grandeur, de, a, pas)
    if de is None or a is None or pas is None:
        raise UsageError(
            "U-040",
            f"Les valeurs de «\u00a0{grandeur.nom}\u00a0» ne sont pas données.",
            remede="Donner --de, --a et --pas, chacun dans son unité\u00a0: "
            f"{_EXEMPLES[grandeur.genre]}.",
        )
    bas, haut = parse_valeur(de, grandeur, "--de"), parse_valeur(a, grandeur, "--a")
    ecart = _step(pas, grandeur)
    assert isinstance(bas, Decimal)
    assert isinstance(haut, Decimal)
    nombre = (haut - bas) // ecart + 1
    if bas > haut or nombre > MAX_VALEURS:
        raise _refuse(grandeur, bas, haut, nombre)
    return tuple(CONTEXTE.add(bas, ecart * rang) for rang in range(int(nombre)))


def _step(texte: str, grandeur: Grandeur) -> Decimal:
    ecart = _read(texte, grandeur.genre)
    if not isinstance(ecart, Decimal) or ecart <= 0:
        raise UsageError(
            "U-042",
            f"«\u00a0{texte}\u00a0» n’est pas un écart entre deux valeurs de "
            f"«\u00a0{grandeur.nom}\u00a0» (--pas).",
            remede=f"Écrire {_EXEMPLES[grandeur.genre]}, plus grand que zéro.",
        )
    return ecart


def _refuse(grandeur: Grandeur, bas: Decimal, haut: Decimal, nombre: Decimal) -> UsageError:
    if bas > haut:
        return UsageError(
            "U-041",
            f"--de ({written(bas, grandeur.genre)}) est plus grand que --a "
            f"({written(haut, grandeur.genre)})\u00a0: il n’y a aucune valeur à simuler.",
            remede="Donner la plus petite valeur à --de et la plus grande à --a.",
        )
    return UsageError(
        "U-041",
        f"Ces bornes et ce pas font {formes.nombre(nombre)} valeurs\u00a0; {MAX_VALEURS} sont "
        "admises.",
        remede="Resserrer les bornes, ou prendre un pas plus grand.",
    )


def _answers(grandeur: Grandeur, de: str | None, a: str | None, pas: str | None) -> tuple[str, ...]:
    """Every answer, the worst first; `de` and `a` keep a part of the classes."""
    if pas is not None:
        raise UsageError(
            "U-040",
            f"«\u00a0{grandeur.nom}\u00a0» n’a pas de pas\u00a0: ses valeurs sont "
            f"{_EXEMPLES[grandeur.genre]}.",
            remede="Retirer --pas.",
        )
    toutes = ("non", "oui") if grandeur.genre is Genre.OUI_NON else _CLASSES[::-1]
    premiere = toutes[0] if de is None else str(parse_valeur(de, grandeur, "--de"))
    derniere = toutes[-1] if a is None else str(parse_valeur(a, grandeur, "--a"))
    rangs = sorted((toutes.index(premiere), toutes.index(derniere)))
    return toutes[rangs[0] : rangs[1] + 1]
