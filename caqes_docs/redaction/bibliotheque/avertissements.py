"""Where a draft says that wordings are to be checked: once for clauses that follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.redaction.bibliotheque.entete import PROPRE
from caqes_docs.redaction.bibliotheque.places import Place

_UNE = (
    "Rédaction à vérifier : le texte officiel de cette clause n’a pas été retrouvé ; elle est "
    "proposée par la bibliothèque."
)
_UNE_REPRISE = (
    "Rédaction à vérifier : elle est reprise d’un modèle, où un juriste doit encore la comparer à "
    "celle de la bibliothèque."
)
_PROPRE = (
    "Rédaction propre à la bibliothèque : les mots de ce projet ne sont ni ceux d’un texte "
    "officiel, ni ceux d’un modèle régional."
)
_EN_PARTIE = (
    "Rédaction en partie propre à la bibliothèque : {propres} sur {total} ne reprennent "
    "ni un texte officiel, ni un modèle régional."
)
_PLUSIEURS = (
    "Rédactions à vérifier, {jusque} : leur texte officiel n’a pas été retrouvé ; elles sont "
    "proposées par la bibliothèque."
)
_REPRISES = (
    "Rédactions à vérifier, {jusque} : elles sont reprises d’un modèle, où un juriste doit encore "
    "les comparer à celles de la bibliothèque."
)


def notices(places: Sequence[Place]) -> dict[str, str]:
    """The notice to print, by the anchor of the clause that prints it.

    A run of clauses to be checked has one, on its first clause, which says how far it goes. A
    chapter, an annex, the article of another volet, imported words begin another run.
    """
    feuilles = list(_leaves(places, ""))
    tout = all(_is_unchecked(place) for _, place in feuilles)
    avis: dict[str, str] = {}
    suite: list[Place] = []
    groupe = ""
    for cle, place in [*feuilles, ("", None)]:
        if place is None or cle != groupe or not _is_unchecked(place):
            portee = "dans tout ce document" if tout and len(suite) == len(feuilles) else ""
            if suite and suite[-1].annexe is None and place is not None and place.annexe:
                portee = "d’ici aux annexes"
            avis.update(_notice(suite, portee))
            suite, groupe = [], cle
        if place is not None and _is_unchecked(place):
            suite.append(place)
    return avis


def own_words(places: Sequence[Place]) -> str:
    """What the cover of a draft says when its words are the library's own; nothing otherwise."""
    lues = [place.redaction for _, place in _leaves(places, "") if place.redaction is not None]
    propres = sum(redaction.entete.statut == PROPRE for redaction in lues)
    if not propres:
        return ""
    if propres == len(lues):
        return typographier(_PROPRE)
    nombres = {"propres": compte(propres, "clause(s)"), "total": str(len(lues))}
    return typographier(_EN_PARTIE.format(**nombres))


def _leaves(places: Sequence[Place], groupe: str) -> Iterator[tuple[str, Place]]:
    """Every clause in reading order, with the name of the division that it belongs to."""
    for place in places:
        if place.chapitre is not None:
            yield from _leaves(place.contenu, place.id)
        else:
            propre = place.id if place.annexe is not None else f"{groupe} {place.volet}"
            yield f"{propre} {_is_imported(place)}", place


def _is_unchecked(place: Place) -> bool:
    redaction = place.redaction
    return (
        redaction is not None and redaction.entete.a_verifier is True and not redaction.is_validated
    )


def _is_imported(place: Place) -> bool:
    """Whether its words are those of a model."""
    return place.redaction is not None and place.redaction.entete.statut != PROPRE


def _notice(suite: Sequence[Place], portee: str) -> Iterator[tuple[str, str]]:
    """The notice of a run, and its reach when the whole of it has a name of its own.

    Otherwise the clauses after the last one that can be named have their own.
    """
    repris = any(map(_is_imported, suite))
    une, plusieurs = (_UNE_REPRISE, _REPRISES) if repris else (_UNE, _PLUSIEURS)
    nommables = [rang for rang, place in enumerate(suite) if _name(place)]
    fin = len(suite) if portee else (nommables[-1] + 1 if nommables else 0)
    if fin > 1:
        jusque = portee or f"d’ici à {_name(suite[fin - 1])}"
        yield suite[0].ancre, typographier(plusieurs.format(jusque=jusque))
    for place in suite[0 if fin < 2 else fin :]:
        yield place.ancre, typographier(une)


def _name(place: Place) -> str:
    """How the last clause of a run is named; nothing when it has no number and no plain title."""
    if place.numero.startswith("Article"):
        return f"l’article{place.numero.removeprefix('Article')} compris"
    titre = place.redaction.entete.titre if place.redaction else None
    return "" if titre is None or "{" in titre else f"la partie « {titre} » comprise"
