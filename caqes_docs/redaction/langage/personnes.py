"""The filters that print a person of the data, in one place for every letter.

A person is any block of the data with a title, a name and an office.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from caqes_docs.core.francais import personnes
from caqes_docs.core.francais.typographie import NBSP, typographier_saisie
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.document.model import ACompleter, Inline, Texte, Valeur
from caqes_docs.redaction.langage.vues import (
    EcritureError,
    Vue,
    lieu_of,
    missing,
    raw,
    simple_text,
    type_of_vue,
)

_PARTIES = frozenset(("civilite", "prenom", "nom", "qualite"))


def is_person(type_: TypeChamp | None) -> bool:
    """Whether a value of the type is a person."""
    return (
        type_ is not None and type_.sorte == "bloc" and fields_of(type_.classe).keys() >= _PARTIES
    )


def _named(vue: Vue) -> str | ACompleter:
    """« Mme Hélène Fabrègues, directrice générale »; the name alone is needed."""
    if raw(vue.nom) is None:
        return missing(vue.nom)
    mots = [simple_text(mot) for mot in map(raw, (vue.civilite, vue.prenom, vue.nom)) if mot]
    return ", ".join([NBSP.join(mots), *filter(None, [raw(vue.qualite)])])


def _of(vue: Vue) -> str | ACompleter:
    nom = _named(vue)
    return personnes.de(nom) if isinstance(nom, str) else nom


def _greeting(vue: Vue) -> str | ACompleter:
    return personnes.appel(raw(vue.civilite), raw(vue.qualite))


def _office(vue: Vue) -> str | ACompleter:
    qualite = raw(vue.qualite)
    return (
        missing(vue.qualite) if qualite is None else personnes.fonction(raw(vue.civilite), qualite)
    )


def _title(vue: Vue) -> str | ACompleter:
    civilite = raw(vue.civilite)
    if civilite is None:
        return missing(vue.civilite)
    return personnes.titre(civilite, raw(vue.qualite))


def _filter(nom: str, forme: Callable[[Vue], str | ACompleter]) -> Callable[[object], Inline]:
    def apply(valeur: object) -> Inline:
        if not isinstance(valeur, Vue) or not is_person(type_of_vue(valeur)):
            raise EcritureError(f"le filtre «\u00a0{nom}\u00a0» met en forme une personne")
        mots = forme(valeur)
        if not isinstance(mots, str):
            return mots
        lieu = lieu_of(valeur)
        return Valeur((Texte(typographier_saisie(mots)),), str(lieu), lieu.origine)

    return apply


_FORMES = {
    "personne": _named,
    "de_personne": _of,
    "titre": _title,
    "appel": _greeting,
    "fonction": _office,
}
FILTRES_PERSONNE: Mapping[str, Callable[[object], Inline]] = {
    nom: _filter(nom, forme) for nom, forme in _FORMES.items()
}
"""The filters of a person; one that nobody knows is greeted « Madame, Monsieur »."""
