"""Typed values of the dossiers: text in, exact value out, a French sentence when it is wrong.

Nothing is guessed: a rate carries its « % », a date is `AAAA-MM-JJ` or `JJ/MM/AAAA`, an amount has
at most two decimals. Floats never appear.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from caqes_docs.core import identifiants
from caqes_docs.core.francais.formes import MOINS
from caqes_docs.data.lecture.mots import (
    fault,
    read_line,
    read_motive,
    read_template,
    read_template_line,
    read_value,
    read_words,
)

AU_BESOIN = ConfigDict(defer_build=True)
"""What reads values is made with the first value: what is remembered was read already."""


class Modele(BaseModel):
    """Base of every record of the dossiers: frozen, no unknown key."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)


_BLANCS = re.compile(r"\s")
_ECRIT = re.compile(
    rf"([-{MOINS}])?\s*([0-9]{{1,3}}(?:[ \u00a0\u202f][0-9]{{3}})+|[0-9]+)((?:[.,][0-9]+)?\s*[%€]?)"
)
_MONTANT = re.compile(r"-?[0-9]{1,13}(?:[.,][0-9]{1,2})?")
NOMBRE = re.compile(r"-?[0-9]{1,13}(?:,[0-9]{1,6}|\.(?![0-9]{3}$)[0-9]{1,6})?")
"""« 12.500 » is twelve and a half here, twelve thousand elsewhere: it is not a number."""

_TAUX = re.compile(r"(-?[0-9]{1,9}(?:[.,][0-9]{1,6})?)%")


def compact_number(texte: str) -> str:
    r"""`texte` without the blanks of its thousands, sign and unit: what acts print is typed back.

    Any other text comes back as it is: a blank elsewhere may stand for a missing digit.

    >>> compact_number("\u2212 1\u202f250,5"), compact_number("4 968 41,75")
    ('-1250,5', '4 968 41,75')
    """
    ecrit = _ECRIT.fullmatch(texte.strip())
    if ecrit is None:
        return texte
    signe, entier, suite = ecrit.groups("")
    return f"{'-' if signe else ''}{_BLANCS.sub('', entier + suite)}"


def _date(valeur: Any) -> dt.date:
    texte = read_value(valeur)
    trouve = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", texte)
    if trouve:
        annee, mois, jour = map(int, trouve.groups())
    else:
        trouve = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", texte)
        if not trouve:
            raise fault(
                "D-020",
                f"«\u00a0{texte}\u00a0» n’est pas une date.",
                "Écrire AAAA-MM-JJ ou JJ/MM/AAAA, par exemple 2017-12-20.",
            )
        jour, mois, annee = map(int, trouve.groups())
    if not 1900 <= annee <= 2200:
        raise fault(
            "D-020",
            f"«\u00a0{texte}\u00a0»\u00a0: l’année {annee} n’est pas possible ici.",
            "Corriger la date\u00a0: les années vont de 1900 à 2200.",
        )
    try:
        return dt.date(annee, mois, jour)
    except ValueError:
        raise fault(
            "D-020",
            f"Le {jour:02d}/{mois:02d}/{annee} n’existe pas au calendrier.",
            "Corriger la date.",
        ) from None


def _montant(valeur: Any) -> Decimal:
    texte = compact_number(read_value(valeur)).removesuffix("€")
    if not _MONTANT.fullmatch(texte):
        raise fault(
            "D-021",
            f"«\u00a0{valeur}\u00a0» n’est pas un montant en euros.",
            "Écrire par exemple 1 250 000 ou 1250000,50 (treize chiffres et deux décimales au "
            "plus).",
        )
    return Decimal(texte.replace(",", "."))


def _taux(valeur: Any) -> Decimal:
    texte = compact_number(read_value(valeur))
    trouve = _TAUX.fullmatch(texte)
    if not trouve:
        raise fault(
            "D-022",
            f"«\u00a0{valeur}\u00a0» n’est pas un taux.",
            "Écrire le nombre suivi du signe %, par exemple 3,9 % (six décimales au plus).",
        )
    return Decimal(trouve.group(1).replace(",", ".")) / 100


def _nombre(valeur: Any) -> Decimal:
    texte = compact_number(read_value(valeur))
    if not NOMBRE.fullmatch(texte):
        raise fault(
            "D-026",
            f"«\u00a0{valeur}\u00a0» n’est pas un nombre.",
            "Écrire des chiffres, avec une virgule au besoin, par exemple 1 250 ou 12,5 (treize "
            "chiffres et six décimales au plus).",
        )
    return Decimal(texte.replace(",", "."))


def _entier(valeur: Any) -> int:
    texte = compact_number(read_value(valeur))
    if not re.fullmatch(r"[0-9]{1,12}", texte):
        raise fault(
            "D-023", f"«\u00a0{valeur}\u00a0» n’est pas un nombre entier.", "Écrire des chiffres."
        )
    return int(texte)


def _annee(valeur: Any) -> int:
    read_value(valeur)
    texte = str(valeur)  # unstripped: « 2018 » and «  2018 » would be two keys of one year
    if not re.fullmatch(r"(19|20)\d\d", texte):
        raise fault(
            "D-025",
            f"«\u00a0{texte}\u00a0» n’est pas une année.",
            "Écrire quatre chiffres, par exemple 2018.",
        )
    return int(texte)


def _oui_non(valeur: Any) -> bool:
    texte = read_value(valeur).casefold()
    if texte not in ("oui", "non"):
        raise fault(
            "D-024",
            f"«\u00a0{valeur}\u00a0» n’est ni «\u00a0oui\u00a0» ni «\u00a0non\u00a0».",
            "Écrire oui ou non.",
        )
    return texte == "oui"


_FORME_FINESS = "Écrire neuf caractères\u00a0: département (06, 2A…) puis sept chiffres."
_ZERO_PERDU = (
    "Un tableur a effacé son zéro de tête\u00a0: l’écrire sur neuf caractères, dans une colonne "
    "au format Texte."
)


def _finess(valeur: Any) -> str:
    texte = _BLANCS.sub("", read_value(valeur)).upper()
    if not identifiants.is_finess_shape(texte):
        raise fault(
            "D-030",
            f"«\u00a0{valeur}\u00a0» n’a pas la forme d’un numéro FINESS.",
            _FORME_FINESS if not identifiants.is_shortened_finess(texte) else _ZERO_PERDU,
        )
    if not identifiants.is_finess(texte):
        raise fault(
            "D-031",
            f"Le numéro FINESS {texte} est faux\u00a0: sa clé de contrôle ne tombe pas juste.",
            "Recopier le numéro depuis le répertoire FINESS\u00a0; un chiffre a été "
            "changé ou interverti.",
        )
    return texte


def _siren(valeur: Any) -> str:
    texte = _BLANCS.sub("", read_value(valeur))
    if not identifiants.is_siren(texte):
        raise fault(
            "D-032",
            f"Le SIREN «\u00a0{valeur}\u00a0» est faux.",
            "Le recopier\u00a0: neuf chiffres, clé comprise.",
        )
    return texte


def _siret(valeur: Any) -> str:
    texte = _BLANCS.sub("", read_value(valeur))
    if not identifiants.is_siret(texte):
        raise fault(
            "D-032",
            f"Le SIRET «\u00a0{valeur}\u00a0» est faux.",
            "Le recopier\u00a0: quatorze chiffres, clé comprise.",
        )
    return texte


def _rpps(valeur: Any) -> str:
    texte = _BLANCS.sub("", read_value(valeur))
    if not identifiants.is_rpps(texte):
        raise fault(
            "D-033",
            f"Le numéro RPPS «\u00a0{valeur}\u00a0» est faux.",
            "Le recopier\u00a0: onze chiffres.",
        )
    return texte


_ADRESSE = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[A-Za-z]{2,}", re.ASCII
)


def _courriel(valeur: Any) -> str:
    texte = read_line(valeur)
    if not _ADRESSE.fullmatch(texte):
        raise fault(
            "D-034",
            f"«\u00a0{texte}\u00a0» n’est pas une adresse électronique.",
            "Écrire nom@domaine.fr.",
        )
    return texte


def _code_postal(valeur: Any) -> str:
    texte = read_value(valeur)
    if not re.fullmatch(r"[0-9]{5}", texte):
        raise fault(
            "D-035", f"«\u00a0{texte}\u00a0» n’est pas un code postal.", "Écrire cinq chiffres."
        )
    return texte


def _departement(valeur: Any) -> str:
    texte = read_value(valeur)
    if not re.fullmatch(r"\d[1-9]|[1-9]\d|2[AB]|9[78]\d", texte):
        raise fault(
            "D-126",
            f"«\u00a0{texte}\u00a0» n’est pas un numéro de département.",
            "Écrire 06, 2A ou 974.",
        )
    return texte


def _identifiant(valeur: Any) -> str:
    texte = read_value(valeur)
    if not identifiants.is_identifiant(texte):
        raise fault(
            "D-036",
            f"«\u00a0{texte}\u00a0» ne peut pas servir d’identifiant.",
            "N’employer que des lettres sans accent, des chiffres, le point et le tiret.",
        )
    return texte


def _schema(exemple: str, motif: str | None = None, nu: str | None = None) -> WithJsonSchema:
    """What an editor admits; `nu`: what a YAML 1.2 reader makes of the value without quotes."""
    schema: dict[str, Any] = {"type": ["string", nu] if nu else "string", "examples": [exemple]}
    if motif:
        schema["pattern"] = motif
    return WithJsonSchema(schema)


TexteSimple = Annotated[str, BeforeValidator(read_line), _schema("texte", nu="number")]
TexteLong = Annotated[str, BeforeValidator(read_words), _schema("texte sur plusieurs lignes")]
TexteGabarit = Annotated[str, BeforeValidator(read_template_line), _schema("texte")]
TexteGabaritLong = Annotated[
    str, BeforeValidator(read_template), _schema("texte sur plusieurs lignes")
]
Motif = Annotated[
    str, BeforeValidator(read_motive), _schema("L’établissement n’a pas de pharmacie.")
]
Date = Annotated[dt.date, BeforeValidator(_date), _schema("2017-12-20")]
Montant = Annotated[Decimal, BeforeValidator(_montant), _schema("1 250 000,50", nu="number")]
Taux = Annotated[Decimal, BeforeValidator(_taux), _schema("3,9 %")]
Nombre = Annotated[Decimal, BeforeValidator(_nombre), _schema("1 250", nu="number")]
Entier = Annotated[int, BeforeValidator(_entier), _schema("12", nu="integer")]
Annee = Annotated[int, BeforeValidator(_annee), _schema("2018", nu="integer")]
OuiNon = Annotated[bool, BeforeValidator(_oui_non), WithJsonSchema({"enum": ["oui", "non"]})]
Finess = Annotated[
    str, BeforeValidator(_finess), _schema("060785011", r"^(\d{2}|2[AB])\d{7}$", "integer")
]
Siren = Annotated[str, BeforeValidator(_siren), _schema("260100045", r"^[\d ]{9,11}$", "integer")]
Siret = Annotated[
    str, BeforeValidator(_siret), _schema("26010004500012", r"^[\d ]{14,17}$", "integer")
]
Rpps = Annotated[str, BeforeValidator(_rpps), _schema("10000000000", r"^\d{11}$", "integer")]
Courriel = Annotated[str, BeforeValidator(_courriel), _schema("caqes@exemple.fr")]
CodePostal = Annotated[str, BeforeValidator(_code_postal), _schema("13001", r"^\d{5}$", "integer")]
Departement = Annotated[str, BeforeValidator(_departement), _schema("06", nu="integer")]
Identifiant = Annotated[str, BeforeValidator(_identifiant), _schema("cpam-99", nu="number")]
