"""The decision records of a targeting, and how decisions combine.

What is not known never counts as « no »: it stays undetermined until somebody gives it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.source import Source
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.ciblage.seuils import Seuil, format_value
from caqes_docs.law.droit.modeles import Unite


class Issue(enum.StrEnum):
    """What a criterion, or a volet, comes to."""

    CIBLE = "cible"
    INDETERMINE = "indetermine"
    APPRECIATION_ARS = "appreciation_ars"
    NON_CIBLE = "non_cible"
    NON_SOUMIS = "non_soumis"

    @property
    def libelle(self) -> str:
        """The printed word."""
        return {
            "cible": "ciblé",
            "indetermine": "indéterminé",
            "appreciation_ars": "à l’appréciation de l’agence",
            "non_cible": "non ciblé",
            "non_soumis": "non soumis",
        }[self.value]


ORDRE = (
    Issue.CIBLE,
    Issue.INDETERMINE,
    Issue.APPRECIATION_ARS,
    Issue.NON_CIBLE,
    Issue.NON_SOUMIS,
)
"""The first one found decides: a target suffices, and the unknown comes before the « no »."""

OUVERTES = (Issue.INDETERMINE, Issue.APPRECIATION_ARS)
"""What is still to be told."""


@dataclass(frozen=True, slots=True)
class DecisionCritere:
    """One criterion: what was compared with what, what came out, and why."""

    regle: str
    volet: VoletId
    colonne: str
    """Of the table."""
    critere: str
    valeur: Decimal | str | None
    unite: Unite
    seuil: Seuil
    issue: Issue
    raison: str
    sources: tuple[Source, ...]
    """The cells that were read."""
    affichage: str | None = None
    """How the value reads when its exact form is too long to print."""

    @property
    def valeur_imprimee(self) -> str:
        """The value, or the words that say there is none."""
        if self.affichage is not None:
            return self.affichage
        return "inconnue" if self.valeur is None else format_value(self.valeur, self.unite)

    @property
    def origine(self) -> str:
        """The cells that were read, in words."""
        return ", ".join(dict.fromkeys(str(source) for source in self.sources))


@dataclass(frozen=True, slots=True)
class DecisionCiblage:
    """A volet: targeted as soon as one criterion targets."""

    volet: VoletId
    issue: Issue
    criteres: tuple[DecisionCritere, ...]
    raison: str

    def count(self, *issues: Issue) -> int:
        """How many criteria came to one of `issues`."""
        return sum(critere.issue in issues for critere in self.criteres)


def combine(issues: Iterable[Issue]) -> Issue:
    """The outcome of several criteria joined by « or »; of none, nothing can be said.

    >>> combine([Issue.NON_CIBLE, Issue.INDETERMINE]), combine([])
    (<Issue.INDETERMINE: 'indetermine'>, <Issue.INDETERMINE: 'indetermine'>)
    """
    presentes = set(issues)
    return next((issue for issue in ORDRE if issue in presentes), Issue.INDETERMINE)


def combine_volet(
    volet: VoletId, criteres: tuple[DecisionCritere, ...], *, nommer: bool = True
) -> DecisionCiblage:
    """The decision of a volet, with the reasons of the criteria that made it.

    `nommer` puts the name of the criterion before its reason, when the reason does not say it.
    """
    issue = combine(critere.issue for critere in criteres)
    retenues = OUVERTES if issue in OUVERTES else (issue,)
    raisons = [
        f"{critere.critere}\u00a0: {_lowered(critere.raison)}" if nommer else critere.raison
        for critere in criteres
        if critere.issue in retenues
    ]
    return DecisionCiblage(volet, issue, criteres, " ".join(dict.fromkeys(raisons)))


def _lowered(texte: str) -> str:
    return texte[:1].lower() + texte[1:]
