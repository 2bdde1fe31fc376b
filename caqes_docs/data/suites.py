"""The files that follow a dossier, one number each: its evaluated years, its avenants."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import close_name

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True)
class SorteDeFichier(Generic[S]):
    """One kind of them: its folder, its model, the key of its number, its words."""

    dossier: str
    modele: type[S]
    cle: str
    """The key of its number."""
    nom: str
    """« L’évaluation »."""
    rang: str
    """« L’évaluation » of which number."""
    deja: str
    """What is said of two files of one number, before the place of the other."""
    key: Callable[[S], tuple[str, int]]
    """The dossier that a file follows, and its number."""

    def misplaced(
        self, chemin: Path, charge: Charge[S], inconnu_de: Collection[str] | None
    ) -> Iterator[Constat]:
        """D-042, D-043: a file of another name, or whose dossier is none of `inconnu_de`."""
        nom, numero = self.key(charge.valeur)
        source = charge.fichier.source(("dossier",))
        if chemin.stem != f"{nom}-{numero}":
            yield fault(
                "D-042",
                source,
                f"{self.nom} {self.rang}{numero} de «\u00a0{nom}\u00a0» est dans un "
                "fichier d’un autre nom.",
                f"Nommer le fichier {nom}-{numero}.yaml.",
            )
        if inconnu_de is not None:
            yield fault(
                "D-043",
                source,
                f"{self.nom} vise le dossier «\u00a0{nom}\u00a0», qui n’existe pas.",
                close_name(nom, inconnu_de) or "Corriger «\u00a0dossier\u00a0».",
            )


EVALUATIONS = SorteDeFichier(
    "evaluations",
    Evaluation,
    "annee",
    "L’évaluation",
    "",
    "L’année {} de «\u00a0{}\u00a0» est aussi évaluée dans",
    lambda evaluation: (evaluation.dossier, evaluation.annee),
)
AVENANTS = SorteDeFichier(
    "avenants",
    Avenant,
    "numero",
    "L’avenant",
    "n°\u00a0",
    "L’avenant n°\u00a0{} de «\u00a0{}\u00a0» est aussi écrit dans",
    lambda avenant: (avenant.dossier, avenant.numero),
)
