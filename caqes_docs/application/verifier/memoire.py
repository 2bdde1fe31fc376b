"""The findings of a check of the library, remembered for as long as nothing they rest on changes.

`docs/decisions/0008` says what is trusted, and when it is forgotten.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from caqes_docs.application.memoire.empreintes import is_engine_unchanged
from caqes_docs.application.memoire.souvenirs import recall_as, remember_as
from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import BibliothequeError
from caqes_docs.core.source import Source


def verify_library(
    projet: Projet,
    *,
    date_du_jour: dt.date | None = None,
    couverture: bool = False,
    validations: bool = False,
) -> list[Constat]:
    """Every finding on the library of `projet`, in reading order.

    `date_du_jour` adds what has not been read again for a year; `couverture` adds the conditions
    that the dossiers of the project never try both ways, `validations` the wordings that nobody
    ever validated.
    """
    constats = _check(projet)
    if date_du_jour is not None or couverture or validations:
        from caqes_docs.application.verifier.bibliotheque import check_meanwhile

        choix = {"couverture": couverture, "validations": validations}
        constats.extend(check_meanwhile(projet, date_du_jour, **choix))
    return sort_constats(constats)


def refuse_unsound(projet: Projet) -> None:
    """Nothing is made from a library that has errors.

    Raises:
        BibliothequeError: C-000 it has (all listed).
    """
    fautes = [c for c in verify_library(projet) if c.gravite is Gravite.ERREUR]
    if fautes:
        raise BibliothequeError(sort_constats(fautes))


def _check(projet: Projet) -> list[Constat]:
    """What depends neither on today's date nor on the dossiers, remembered from the last check.

    The memory answers for what was read only when the files are the same before and after. The
    rules are not even loaded when it does.
    """
    cle = projet.lu[1]
    connus = recall(cle) if cle is not None else None
    if connus is not None:
        return connus
    from caqes_docs.application.verifier.bibliotheque import check_library

    constats = [*check_library(projet)]
    if cle is not None and cle == projet.digest() and is_engine_unchanged():
        remember(cle, constats)
    return constats


def recall(cle: str) -> list[Constat] | None:
    """The findings remembered under `cle`; None when there are none, or none to be trusted."""
    return recall_as(cle, lambda lignes: [_parse_finding(ligne) for ligne in lignes])


def remember(cle: str, constats: Sequence[Constat]) -> None:
    """Keep `constats` under `cle`, whole or not at all; a memory that cannot be kept is no loss."""
    remember_as(cle, [[*constat.as_dict().values()] for constat in constats])


def _parse_finding(ligne: Any) -> Constat:
    """One finding as `remember` wrote it.

    Raises:
        ValueError, TypeError: it is none.
    """
    code, gravite, fichier, numero, colonne, message, remede = ligne
    textes, nombres = (code, fichier, message, remede), (numero, colonne)
    if not all(type(t) is str for t in textes) or not all(type(n) is int for n in nombres):
        raise TypeError(ligne)
    return Constat(code, Gravite(gravite), Source(fichier, numero, colonne), message, remede)
