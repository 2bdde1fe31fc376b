"""Values written as text in the library or a dossier, read in a stated unit."""

from __future__ import annotations

from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from caqes_docs.data.lecture.types import AU_BESOIN, NOMBRE, Montant, Taux, compact_number
from caqes_docs.law.droit.catalogue import UniteIndicateur
from caqes_docs.law.droit.modeles import Unite

_TAUX: TypeAdapter[Decimal] = TypeAdapter(Taux, config=AU_BESOIN)
_MONTANT: TypeAdapter[Decimal] = TypeAdapter(Montant, config=AU_BESOIN)

EXEMPLES = {
    UniteIndicateur.TAUX: "un taux suivi de %, par exemple 62 %",
    UniteIndicateur.OUI_NON: "oui ou non",
    UniteIndicateur.CLASSE: "une classe de A à E, par exemple B",
    UniteIndicateur.NOMBRE: "un nombre, par exemple 12",
}


def parse_parametre(texte: str, unite: Unite) -> Decimal | str:
    """The value of a parameter: a Decimal, or the text itself for `unite` « texte ».

    Raises:
        ValueError: the text is not a value in that unit.
    """
    if unite is Unite.TEXTE:
        return texte
    adaptateur = {Unite.TAUX: _TAUX, Unite.EURO: _MONTANT}.get(unite)
    if adaptateur is not None:
        return _validated(adaptateur, texte)
    return _number(texte)


def parse_indicateur(texte: str, unite: UniteIndicateur) -> Decimal | str | bool:
    """The value of an indicator in its unit.

    Raises:
        ValueError: the text is not a value in that unit.
    """
    propre = texte.strip()
    if unite is UniteIndicateur.TAUX:
        return _validated(_TAUX, propre)
    if unite is UniteIndicateur.OUI_NON:
        if propre.casefold() not in ("oui", "non"):
            raise ValueError(texte)
        return propre.casefold() == "oui"
    if unite is UniteIndicateur.CLASSE:
        if propre.upper() not in ("A", "B", "C", "D", "E"):
            raise ValueError(texte)
        return propre.upper()
    return _number(propre)


def _validated(adaptateur: TypeAdapter[Decimal], texte: str) -> Decimal:
    try:
        return adaptateur.validate_python(texte)
    except ValidationError as error:
        raise ValueError(texte) from error


def _number(texte: str) -> Decimal:
    propre = compact_number(texte)
    if not NOMBRE.fullmatch(propre):
        raise ValueError(texte)
    return Decimal(propre.replace(",", "."))
