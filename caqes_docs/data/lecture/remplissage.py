"""A value put at its place in a YAML text, whatever it holds: what is not there yet is created."""

from __future__ import annotations

import re

import yaml

from caqes_docs.core.constats import Constat
from caqes_docs.data.lecture.ecriture import quote
from caqes_docs.data.lecture.remaniement import Remaniement, wrap
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml

_NU = re.compile(r"[^\W_][\w %.,€/-]*[\w%€]|\w")
"""What may stand without quotes where the model wants no free text."""


def fill(contenu: bytes, chemin: Chemin, valeur: str | list[str], *, texte: bool) -> bytes:
    """`contenu` with `valeur` at `chemin`; a free text (`texte`) always stands between quotes.

    What stands there is kept out of it: `erase` first.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    ecrit = _written(valeur, texte=texte)
    edition = _opened(contenu, chemin)
    edition.put(chemin, ecrit, valeur if isinstance(valeur, str) else [*valeur])
    return edition.apply()


def erase(contenu: bytes, chemin: Chemin) -> bytes:
    """`contenu` with nothing after the key at `chemin`, which held one value or a list on a line.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    edition = _opened(contenu, chemin)
    if edition.has(chemin):
        edition.empty(chemin)
    return edition.apply()


def take_out(contenu: bytes, chemin: Chemin, *, garde: bool = False) -> bytes:
    """`contenu` without the item of a list at `chemin`, which stays as a comment with `garde`.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    edition = _opened(contenu, chemin)
    edition.take_out(chemin, garde=garde)
    return edition.apply()


def clear(contenu: bytes, *chemins: Chemin) -> bytes:
    """`contenu` without those of these blocks that say nothing, their comments kept.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    for chemin in chemins:
        edition = _opened(contenu, chemin)
        if edition.has(chemin) and _is_blank(edition.value(chemin)):
            edition.put_aside(chemin)
        contenu = edition.apply()
    return contenu


def _opened(contenu: bytes, chemin: Chemin) -> Remplissage:
    """The text, with no brace left on the way to `chemin`."""
    edition = Remplissage(contenu)
    while pli := edition.find_flow(chemin[:-1]):
        edition.unfold(pli)
        edition = Remplissage(edition.apply())
    return edition


def _is_blank(valeur: Donnee) -> bool:
    if isinstance(valeur, dict):
        return all(map(_is_blank, valeur.values()))
    return not valeur


def unreadable(valeur: str) -> list[Constat]:
    """The findings of YAML itself on a value: signs that no file may hold."""
    _, constats = parse_yaml(f"- {quote(valeur)}".encode(errors="replace"), "")
    return constats


def _written(valeur: str | list[str], *, texte: bool) -> str:
    if isinstance(valeur, list):
        return f"[{', '.join(quote(element) if texte else element for element in valeur)}]"
    return valeur if not texte and _NU.fullmatch(valeur) else quote(valeur)


class Remplissage(Remaniement):
    """One value to put in a file."""

    def put(self, chemin: Chemin, ecrit: str, donnees: Donnee) -> None:
        """Write at `chemin`, in the place of an empty key or value; on the way, what lacks.

        Raises:
            EditionImpossibleError: something stands there.
        """
        if not self.has(chemin):
            self._create(chemin, ecrit, donnees)
            return
        noeud = self._node(chemin)
        if self.value(chemin) or isinstance(noeud, yaml.MappingNode):
            raise EditionImpossibleError
        debut, fin = noeud.start_mark.index, noeud.end_mark.index
        self._cut(debut, fin, f" {ecrit}" if debut == fin else ecrit)
        self._set(chemin, donnees)

    def empty(self, chemin: Chemin) -> None:
        """Take away the value at `chemin`, its key kept.

        Raises:
            EditionImpossibleError: a block stands there.
        """
        noeud = self._node(chemin)
        if isinstance(noeud, yaml.CollectionNode) and not noeud.flow_style:
            raise EditionImpossibleError
        debut, fin = noeud.start_mark.index, noeud.end_mark.index
        reste = "[]" if isinstance(noeud, yaml.SequenceNode) else ""
        self._cut(debut, fin, reste)
        self._set(chemin, [] if reste else None)

    def take_out(self, chemin: Chemin, *, garde: bool) -> None:
        """Take away the lines of an item, or make a comment of them; a list without any is empty.

        Raises:
            EditionImpossibleError: the item has no lines of its own.
        """
        noeud, liste = self._node(chemin), self.value(chemin[:-1])
        debut, fin = self._line_start(noeud.start_mark.index), self._line_end(self._end(noeud))
        entre = self._texte[debut : noeud.start_mark.index].strip()
        if not isinstance(liste, list) or entre != "-":
            raise EditionImpossibleError
        if len(liste) == 1:
            cle = self._after_key(chemin[:-1])
            self._cut(cle, cle, " []")
        marge = self._texte[debut:].partition("-")[0]
        lignes = self._texte[debut:fin].splitlines(keepends=True) if garde else ()
        self._cut(debut, fin, "".join(f"{marge}# {ligne.removeprefix(marge)}" for ligne in lignes))
        rang = int(chemin[-1])
        self._set(chemin[:-1], [*liste[:rang], *liste[rang + 1 :]])

    def _create(self, chemin: Chemin, ecrit: str, donnees: Donnee) -> None:
        bloc = [f"{chemin[-1]}: {ecrit}"]
        ancetre = self._ancestor(chemin)
        noeud, reste = self._node(ancetre), chemin[len(ancetre) :]
        if isinstance(noeud, yaml.SequenceNode) and noeud.value:
            lignes = wrap(reste, bloc)
            colonne = noeud.start_mark.column
            self._insert_after(self._end(noeud), [" " * colonne + ligne for ligne in lignes])
            liste = self.value(ancetre)
            assert isinstance(liste, list)
            liste.append(_nested(reste[1:], donnees))
        else:
            self.insert(chemin, bloc, donnees)


def _nested(chemin: Chemin, donnees: Donnee) -> Donnee:
    for partie in reversed(chemin):
        donnees = [donnees] if isinstance(partie, int) else {partie: donnees}
    return donnees


__all__ = [
    "EditionImpossibleError",
    "Remplissage",
    "clear",
    "erase",
    "fill",
    "take_out",
    "unreadable",
]
