"""Read a YAML file into a typed model, with every fault at its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from caqes_docs.core.constats import Constat, has_errors
from caqes_docs.data.lecture.messages import findings_of
from caqes_docs.data.lecture.yaml_strict import FichierYaml, read_yaml

M = TypeVar("M", bound=BaseModel)
Renouveau: TypeAlias = Callable[[FichierYaml], tuple[FichierYaml, list[Constat]]]


@dataclass(frozen=True)
class Charge(Generic[M]):
    """A record and the file it comes from."""

    valeur: M
    fichier: FichierYaml


def load_record(
    chemin: Path, nom: str, modele: type[M], renew: Renouveau = lambda fichier: (fichier, [])
) -> tuple[Charge[M] | None, list[Constat]]:
    """Read `chemin` (shown to the user as `nom`) as a `modele`; None when it has errors.

    `renew` puts a file written for a former version into today's words.
    """
    fichier, constats = read_yaml(chemin, nom)
    if fichier is None:
        return None, constats
    fichier, anciens = renew(fichier)
    constats = [*constats, *anciens]
    try:
        valeur = modele.model_validate(fichier.donnees)
    except ValidationError as error:
        return None, [*constats, *findings_of(error, modele, fichier)]
    return (None if has_errors(constats) else Charge(valeur, fichier)), constats
