"""Bounds of what users write: shares between 0 % and 100 %, amounts and counts never negative.

The type of a field says its bounds (a whole number has no sign: D-023); the scales (V-010), the
coefficients (D-061), the products (D-065) and the decision (V-063) have
checks of their own.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.dossier.evaluation import Decision
from caqes_docs.data.dossier.volets import Bareme
from caqes_docs.data.lecture.types import Modele, Montant, Nombre, Taux
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml

_AILLEURS = frozenset({"coefficient"})
_A_PART = (Bareme, Decision)


def check_bounds(modele: Modele, fichier: FichierYaml, chemin: Chemin) -> Iterator[Constat]:
    """A rate outside 0 % to 100 %, a negative amount or number, anywhere in `modele`."""
    for lieu, sorte, titre, valeur in _iter_values(modele, chemin):
        source = fichier.source(lieu)
        if sorte is Taux and not 0 <= valeur <= 1:
            yield fault(
                "V-011",
                source,
                f"Un taux se situe entre 0 % et 100 % ({titre}).",
                "Corriger le taux.",
            )
        elif valeur < 0:
            yield fault(
                "V-012",
                source,
                f"La valeur ne peut pas être négative ({titre}).",
                "Corriger la valeur, sans signe.",
            )


def _iter_values(modele: Modele, chemin: Chemin) -> Iterator[tuple[Chemin, object, str, Decimal]]:
    """Place, type, title and value of each number under `modele`."""
    sortes = _numbers(type(modele))
    for nom, champ in type(modele).model_fields.items():
        valeur = getattr(modele, nom)
        if nom in sortes and isinstance(valeur, dict):
            for cle, nombre in valeur.items():
                yield (*chemin, nom, cle), sortes[nom], champ.title or nom, nombre
        elif nom in sortes and valeur is not None:
            yield (*chemin, nom), sortes[nom], champ.title or nom, valeur
        for cle, partie in _parts(valeur):
            yield from _iter_values(partie, (*chemin, nom, *cle))


def _parts(valeur: object) -> Iterator[tuple[Chemin, Modele]]:
    """The models that a field holds, and where."""
    paires: list[tuple[Chemin, object]] = [((), valeur)]
    if isinstance(valeur, tuple):
        paires = [((rang,), partie) for rang, partie in enumerate(valeur)]
    elif isinstance(valeur, dict):
        paires = [((cle,), partie) for cle, partie in valeur.items()]
    for cle, partie in paires:
        if isinstance(partie, Modele) and not isinstance(partie, _A_PART):
            yield cle, partie


@functools.cache
def _numbers(modele: type[Modele]) -> dict[str, object]:
    """The type of each field that holds a number bounded here."""
    indices = typing.get_type_hints(modele, include_extras=True)
    bornes: tuple[object, ...] = (Taux, Montant, Nombre)
    return {
        nom: sorte
        for nom, indice in indices.items()
        if nom not in _AILLEURS
        for sorte in bornes
        if sorte in (indice, *typing.get_args(indice))
    }
