"""Places in a file, as the table of migrations writes them, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee


def iter_former(donnees: Donnee, cle: str) -> Iterator[str]:
    """What « * » stands for each time that the former key stands in the file; once without any.

    >>> list(iter_former({"volets": {"a": {"x": None}, "b": {}}}, "volets.*.x"))
    ['a']
    """
    avant, joker, _ = cle.partition("*")
    if not joker:
        if holds(donnees, path(cle)):
            yield ""
        return
    parent = get(donnees, path(avant.rstrip(".")))
    for nom in parent if isinstance(parent, dict) else ():
        if holds(donnees, path(cle, nom)):
            yield nom


def path(texte: str, joker: str = "") -> Chemin:
    """The place written `texte`.

    >>> path("volets.*.objectifs.0", "socle")
    ('volets', 'socle', 'objectifs', 0)
    """
    parties = (joker if partie == "*" else partie for partie in texte.split("."))
    return tuple(int(partie) if partie.isdigit() else partie for partie in parties)


def get(donnees: Donnee, chemin: Chemin) -> Donnee:
    """What `chemin` holds, keys only; None when it is empty or not there."""
    for partie in chemin:
        if not isinstance(donnees, dict):
            return None
        donnees = donnees.get(str(partie))
    return donnees


def holds(donnees: Donnee, chemin: Chemin) -> bool:
    """Whether a key stands at `chemin`, empty or not."""
    parent = get(donnees, chemin[:-1])
    return isinstance(parent, dict) and chemin[-1] in parent


def is_empty(valeur: Donnee) -> bool:
    """Whether nothing is written there, under any key.

    >>> is_empty({"a": None, "b": {"c": []}}), is_empty({"a": "1"})
    (True, False)
    """
    if isinstance(valeur, dict):
        return all(map(is_empty, valeur.values()))
    if isinstance(valeur, list):
        return all(map(is_empty, valeur))
    return valeur is None


def opened(contenu: bytes, *chemins: Chemin) -> Remaniement:
    """The text, with no brace left on the way to these places.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    texte = Remaniement(contenu)
    for chemin in chemins:
        while pli := texte.find_flow(chemin[:-1]):
            texte.unfold(pli)
            texte = Remaniement(texte.apply())
    return texte
