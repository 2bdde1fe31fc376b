"""What a clause is given: the data as views, the law at a date, references, blanks to write in."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.document.model import AEcrire, Citation, Inline, Renvoi, SautLigne
from caqes_docs.law.droit.droit import Droit, ValeurDroit
from caqes_docs.redaction.langage.moteur import Termes, to_complete
from caqes_docs.redaction.langage.vocabulaire import Valeurs
from caqes_docs.redaction.langage.vues import Signal, Vue, raw


def views(valeurs: Valeurs, types: Mapping[str, TypeChamp], signal: Signal) -> dict[str, object]:
    """The values as clauses see them, each of the type that `types` declares.

    `signal` hears of tests on missing data.
    """
    return {nom: Vue(valeur, types[nom], lieu, signal) for nom, (valeur, lieu) in valeurs.items()}


def bind_volet(contexte: Mapping[str, object], volet: str | None) -> Mapping[str, object]:
    """The names of the clauses of `volet`: there, `volet` names it."""
    if volet is None:
        return contexte
    volets = contexte["volets"]
    assert isinstance(volets, Vue)
    choisi = next(vue for vue in volets.lignes if raw(vue).id == volet)
    renvoi = contexte["renvoi"]
    assert callable(renvoi)
    return {**contexte, "volet": choisi, "renvoi": functools.partial(renvoi, volet=volet)}


def library_functions(
    droit: Droit, date: dt.date, renvoi: Callable[[str], Renvoi]
) -> dict[str, object]:
    """What every clause may call, whatever its data: the law at `date`, references, blanks."""

    def parametre(identifiant: str) -> ValeurDroit:
        return droit.parameter(identifiant, date)

    def cite(identifiant: str) -> Citation:
        return Citation(typographier(droit.text(identifiant, date).libelle), identifiant)

    def article(identifiant: str) -> Citation:
        return Citation(typographier(droit.text(identifiant, date).court), identifiant)

    def a_ecrire(libelle: str, points: int = 0) -> AEcrire:
        return AEcrire(libelle, points)

    saut: Inline = SautLigne()
    return {
        "terme": Termes(droit, date),
        "parametre": parametre,
        "cite": cite,
        "article": article,
        "renvoi": renvoi,
        "a_ecrire": a_ecrire,
        "a_completer": to_complete,
        "saut": saut,
    }
