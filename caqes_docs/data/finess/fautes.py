"""What keeps a row of the SAE table out: its signs, its numbers, its codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caqes_docs.core import identifiants
from caqes_docs.core.saisie import find_doubt, find_hidden, find_pictogram

_BLANC = re.compile("[\t\r\n]")
_FORMES = {"reg": re.compile(r"[0-9]{2}"), "dep": re.compile(r"[0-9]{2}|2[AB]|9[A-F]")}


def row_faults(valeurs: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What keeps a row out: code, message, remedy."""
    for colonne, valeur in valeurs.items():
        blanc = _BLANC.search(valeur)
        trouve = blanc.group() if blanc else find_hidden(valeur) or find_pictogram(valeur)
        if trouve:
            quoi = "un retour à la ligne" if trouve in "\r\n" else "un caractère interdit"
            message = f"La colonne «\u00a0{colonne}\u00a0» contient {quoi} (U+{ord(trouve):04X})."
            yield "D-081", message, "Corriger la table ou son encodage."
            return
        doute = find_doubt(valeur)
        if doute:
            extrait, quoi, remede = doute
            yield (
                "D-081",
                f"Colonne «\u00a0{colonne}\u00a0»\u00a0: «\u00a0{extrait}\u00a0» {quoi}.",
                remede,
            )
            return
    for colonne, quoi in (("fi", "FINESS du site"), ("fi_ej", "FINESS juridique")):
        yield from _finess_faults(quoi, valeurs[colonne].upper())
    if valeurs["rs"].casefold() in ("", "null"):
        yield "D-081", "Le nom (colonne «\u00a0rs\u00a0») manque.", "Compléter la table."
    for colonne, forme in _FORMES.items():
        if not forme.fullmatch(valeurs[colonne]):
            message = (
                f"«\u00a0{valeurs[colonne]}\u00a0» n’est pas un code de la colonne "
                f"«\u00a0{colonne}\u00a0»."
            )
            yield "D-081", message, "Écrire le code de l’INSEE sur deux caractères, zéro compris."


def _finess_faults(quoi: str, numero: str) -> Iterator[tuple[str, str, str]]:
    if numero.isascii() and identifiants.is_finess(numero):
        return
    raison = (
        "sa clé de contrôle ne tombe pas juste"
        if identifiants.is_finess_shape(numero)
        else "neuf caractères sont attendus, département puis sept chiffres"
    )
    yield (
        "D-082",
        f"Le {quoi} «\u00a0{numero}\u00a0» est faux\u00a0: {raison}.",
        "La ligne est laissée de côté\u00a0; recopier le numéro depuis le répertoire FINESS.",
    )
