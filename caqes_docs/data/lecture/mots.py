"""Words typed in the dossiers and printed by acts: text in, the same text out, or what is wrong.

A template of the library carries tokens: what it holds is judged once its values are known.
"""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticCustomError

from caqes_docs.core.saisie import (
    find_doubt,
    find_hidden,
    find_pictogram,
    is_blank,
    is_mere_answer,
    is_placeholder,
)


def fault(code: str, message: str, remede: str = "") -> PydanticCustomError:
    """An error that the reader turns into a finding: `code` and French sentences."""
    return PydanticCustomError(
        "caqes", "{message}", {"code": code, "message": message, "remede": remede}
    )


def read_value(valeur: Any) -> str:
    """A single value, stripped.

    Raises:
        PydanticCustomError: D-012, a list or a block; the other readers raise in the same way.
    """
    if not isinstance(valeur, str):
        raise fault("D-012", "Un texte est attendu ici.", "Écrire une seule valeur sur la ligne.")
    return valeur.strip()


def _drawn(valeur: Any) -> str:
    """A text of which each sign can be seen and drawn."""
    texte = read_value(valeur)
    cache = find_hidden(texte)
    if cache is not None:
        raise fault(
            "D-003",
            f"Caractère interdit U+{ord(cache):04X}, invisible ou réservé.",
            "Effacer ce caractère\u00a0; il vient souvent d’un copier-coller.",
        )
    signe = find_pictogram(texte)
    if signe is not None:
        raise fault(
            "D-016",
            f"«\u00a0{signe}\u00a0» (U+{ord(signe):04X}) est un signe que les polices des actes "
            "n’ont pas.",
            "Le remplacer par des mots, ou l’effacer.",
        )
    return texte


def read_words(valeur: Any) -> str:
    """A text that will be printed: no place-holder, nothing damaged or left over by a tool."""
    texte = _drawn(valeur)
    if is_placeholder(texte):
        raise fault(
            "D-015",
            f"«\u00a0{texte}\u00a0» tient une place et serait imprimé tel quel.",
            "Écrire la valeur, ou laisser la clé vide\u00a0: elle sera à compléter.",
        )
    doute = find_doubt(texte)
    if doute is not None:
        extrait, quoi, remede = doute
        raise fault("D-100", f"«\u00a0{extrait}\u00a0» {quoi}.", remede)
    return texte


_LONGUEUR_MAX = 4000


def read_line(valeur: Any) -> str:
    """Words that hold on one line."""
    return _one_line(read_words(valeur))


def read_template(valeur: Any) -> str:
    """Words of the library, which may hold tokens."""
    texte = _drawn(valeur)
    return read_words(texte) if is_blank(texte) else texte


def read_template_line(valeur: Any) -> str:
    """Words of the library that hold on one line."""
    return _one_line(read_template(valeur))


def _one_line(texte: str) -> str:
    if len(texte) > _LONGUEUR_MAX:
        raise fault(
            "D-019",
            f"Ce texte a {len(texte)} caractères\u00a0; {_LONGUEUR_MAX} sont admis.",
            "Vérifier qu’un autre contenu n’a pas été collé ici, sinon abréger.",
        )
    if "\n" in texte:
        raise fault(
            "D-017",
            f"Ce texte va à la ligne après «\u00a0{texte.partition(chr(10))[0]}\u00a0».",
            "L’écrire sur une seule ligne\u00a0; dans un fichier YAML, mettre «\u00a0>-\u00a0» au "
            "lieu de «\u00a0|\u00a0».",
        )
    if "\t" in texte:
        raise fault(
            "D-003",
            "Caractère interdit U+0009\u00a0: une tabulation dans un texte.",
            "La remplacer par une espace.",
        )
    return texte


def read_motive(valeur: Any) -> str:
    """A reason: something that a reader could discuss."""
    texte = _drawn(valeur)
    if texte and is_mere_answer(texte):
        raise fault(
            "D-018",
            f"«\u00a0{texte}\u00a0» n’est pas un motif.",
            "Écrire le motif en quelques mots, tel qu’il s’imprimera\u00a0; retirer la ligne s’il "
            "n’y en a pas.",
        )
    return read_line(texte)
