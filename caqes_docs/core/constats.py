"""Findings: what is wrong in the user's content, as data, all shown at once."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caqes_docs.core.source import Source


class Gravite(enum.StrEnum):
    """How serious a finding is."""

    ERREUR = "erreur"
    """The act cannot be produced."""
    MANQUE = "à compléter"
    """A datum is missing: marked in a draft, refused in a final act."""
    AVERTISSEMENT = "avertissement"
    """Worth a look; nothing is stopped."""


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding. `code` is documented in `docs/erreurs.md` (`D-` data, `L-` law, `C-` clauses…).

    `message` says what and why, `remede` what to do; both are French sentences.
    """

    code: str
    gravite: Gravite
    source: Source
    message: str
    remede: str = ""

    @property
    def cle_tri(self) -> tuple[str, int, int, str, str]:
        """Sort key: file, line, column, then code."""
        return (
            self.source.fichier,
            self.source.ligne,
            self.source.colonne,
            self.code,
            self.message,
        )

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON-ready data."""
        return {
            "code": self.code,
            "gravite": self.gravite.value,
            "fichier": self.source.fichier,
            "ligne": self.source.ligne,
            "colonne": self.source.colonne,
            "message": self.message,
            "remede": self.remede,
        }


def read_constat(dit: Mapping[str, Any]) -> Constat:
    """The finding that `as_dict` wrote."""
    source = Source(dit["fichier"], dit["ligne"], dit["colonne"])
    return Constat(dit["code"], Gravite(dit["gravite"]), source, dit["message"], dit["remede"])


def fault(code: str, source: Source, message: str, remede: str = "") -> Constat:
    """What is wrong and stops the act."""
    return Constat(code, Gravite.ERREUR, source, message, remede)


def warning(code: str, source: Source, message: str, remede: str = "") -> Constat:
    """What is worth a look and stops nothing."""
    return Constat(code, Gravite.AVERTISSEMENT, source, message, remede)


def sort_constats(constats: Iterable[Constat]) -> list[Constat]:
    """The findings in reading order, each once, at its gravest."""
    graves: dict[tuple[object, ...], Constat] = {}
    for constat in constats:
        cle = (constat.code, constat.source, constat.message, constat.remede)
        deja = graves.get(cle)
        if deja is None or _RANGS[constat.gravite] < _RANGS[deja.gravite]:
            graves[cle] = constat
    return sorted(graves.values(), key=lambda constat: constat.cle_tri)


_RANGS = {gravite: rang for rang, gravite in enumerate(Gravite)}


def has_errors(constats: Iterable[Constat]) -> bool:
    """Whether one finding at least stops the work."""
    return any(constat.gravite is Gravite.ERREUR for constat in constats)


def group_by_cause(
    constats: Sequence[Constat], seuil: int = 3
) -> list[tuple[Constat, list[Source]]]:
    """The same fault in many files is told once, with the list of its places.

    Two findings share a cause when code, message and remedy are the same; fewer than `seuil`
    stay apart, so that they are read in file order.
    """
    compte = Counter((c.code, c.message, c.remede) for c in constats)
    groupes: list[tuple[Constat, list[Source]]] = []
    rangs: dict[tuple[str, str, str], int] = {}
    for constat in constats:
        cle = (constat.code, constat.message, constat.remede)
        if compte[cle] < seuil:
            groupes.append((constat, [constat.source]))
        elif cle in rangs:
            groupes[rangs[cle]][1].append(constat.source)
        else:
            rangs[cle] = len(groupes)
            groupes.append((constat, [constat.source]))
    return groupes
