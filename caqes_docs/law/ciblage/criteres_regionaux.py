"""Checks of the criteria that a region declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.comparaison import Operateur
from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.ciblage.colonnes import FACULTATIVES, OBLIGATOIRES
from caqes_docs.data.ciblage.modele import CriterePertinence
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.ciblage.seuils import seuil_regional

_PRISES = frozenset((*OBLIGATOIRES, *FACULTATIVES))


def check_criteres(
    criteres: Sequence[CriterePertinence], fichier: FichierYaml
) -> Iterator[Constat]:
    """Criteria that share an id or a column, take one of the table, or have no usable threshold."""
    for rang, critere in enumerate(criteres):
        for cle, message, remede in _faults(critere, criteres[:rang]):
            source = fichier.source(("criteres_pertinence", rang, cle))
            yield fault("D-097", source, message, remede)


def _faults(
    critere: CriterePertinence, autres: Sequence[CriterePertinence]
) -> Iterator[tuple[str, str, str]]:
    """Key, message and remedy."""
    colonne = critere.colonne
    if colonne in _PRISES or colonne != colonne.casefold():
        yield (
            "colonne",
            f"La colonne «\u00a0{colonne}\u00a0» ne peut pas être celle d’un critère régional.",
            "Lui donner un nom à elle, en minuscules.",
        )
    for cle in ("id", "colonne"):
        valeur = getattr(critere, cle)
        if any(getattr(autre, cle) == valeur for autre in autres):
            yield (
                cle,
                f"«\u00a0{valeur}\u00a0» est déjà donné à un autre critère.",
                "Donner à chaque critère son identifiant et sa colonne.",
            )
    if critere.operateur is Operateur.PARMI:
        yield "operateur", "Un nombre ne se compare pas à une liste.", "Écrire >, >=, < ou <=."
    try:
        seuil_regional(critere)
    except ValueError:
        yield (
            "seuil",
            f"«\u00a0{critere.seuil}\u00a0» n’est pas une valeur en "
            f"«\u00a0{critere.unite.value}\u00a0».",
            "Écrire un taux avec son signe (20 %), un nombre sans signe.",
        )
