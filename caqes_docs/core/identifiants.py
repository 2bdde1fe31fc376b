"""Keys of the public identifiers, as far as they really exist.

The library that knows them is loaded with the first number that is checked.
"""

from __future__ import annotations

import re

_FINESS = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{7}")
_LA_POSTE = "356000000"
_RESERVE = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)


def is_finess_shape(numero: str) -> bool:
    """Whether `numero` looks like a FINESS number (Corsica writes 2A or 2B)."""
    return _FINESS.fullmatch(numero) is not None


def is_finess(numero: str) -> bool:
    """Whether the FINESS key holds: Luhn over nine characters, A counting 1 and B counting 2.

    >>> is_finess("060785011"), is_finess("060785012")
    (True, False)
    """
    if not is_finess_shape(numero):
        return False
    return _has_key(numero.replace("A", "1").replace("B", "2"))


def _has_key(chiffres: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(chiffres))


def is_shortened_finess(numero: str) -> bool:
    """Whether `numero` is a FINESS number whose leading zero a spreadsheet took away.

    >>> is_shortened_finess("60785011"), is_shortened_finess("60785012")
    (True, False)
    """
    return re.fullmatch(r"[1-9][0-9]{7}", numero) is not None and is_finess(f"0{numero}")


def finess_with_key(racine: str) -> str:
    """The nine-character number made of `racine` (eight characters) and its key.

    >>> finess_with_key("06078501")
    '060785011'
    """
    from stdnum import luhn

    return racine + str(luhn.calc_check_digit(racine.replace("A", "1").replace("B", "2")))


def is_siren(numero: str) -> bool:
    """Whether the SIREN key holds."""
    from stdnum.fr import siren

    return numero.isalnum() and bool(siren.is_valid(numero))


def is_siret(numero: str) -> bool:
    """Whether the SIRET key holds (La Poste, whose sites break the key, is let through)."""
    if re.fullmatch(r"[0-9]{14}", numero) and numero.startswith(_LA_POSTE):
        return True
    from stdnum.fr import siret

    return numero.isalnum() and bool(siret.is_valid(numero))


def is_rpps(numero: str) -> bool:
    """Whether `numero` is eleven digits whose Luhn key holds."""
    return re.fullmatch(r"[0-9]{11}", numero) is not None and _has_key(numero)


def is_identifiant(nom: str) -> bool:
    """Whether `nom` may name a record: plain letters, digits, dot and dash.

    >>> is_identifiant("cpam-99"), is_identifiant("préfecture")
    (True, False)
    """
    return re.fullmatch(r"[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}", nom) is not None


def is_portable_name(nom: str) -> bool:
    """Whether a file may be named so on every system: Windows reserves names and signs.

    >>> is_portable_name("contrat.md"), is_portable_name("aux.md"), is_portable_name("12:30")
    (True, False, False)
    """
    propre = re.fullmatch(r'[^<>:"/\\|?*\x00-\x1f]*[^<>:"/\\|?*\x00-\x1f. ]', nom)
    return propre is not None and not is_reserved_name(nom)


def is_reserved_name(nom: str) -> bool:
    """Whether Windows keeps this name for a device: what is written there is lost.

    >>> is_reserved_name("NUL.ics"), is_reserved_name("null.ics")
    (True, False)
    """
    return _RESERVE.fullmatch(nom) is not None
