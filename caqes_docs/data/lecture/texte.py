"""The text of a YAML file, and the cuts that change it: all that is not cut stays where it is.

Values are found through the marks of the parsed nodes; the edited text is read again and must say
exactly what was meant, or nothing is edited.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence

import yaml

from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml


class EditionImpossibleError(Exception):
    """The layout of the file does not allow the edit."""


class TexteYaml:
    """A file, the cuts to make in it, and the data that it must then hold."""

    def __init__(self, contenu: bytes) -> None:
        self._marque = contenu.startswith(b"\xef\xbb\xbf")
        self._texte = contenu.decode("utf-8-sig")
        self._saut = "\r\n" if "\r\n" in self._texte else "\n"
        racine = yaml.compose(self._texte, Loader=yaml.CBaseLoader)
        if racine is None:
            raise EditionImpossibleError
        self._racine: yaml.Node = racine
        fichier, _ = parse_yaml(contenu, "")
        self._attendu: Donnee = copy.deepcopy(fichier.donnees) if fichier else None
        self._coupes: list[tuple[int, int, str]] = []

    def apply(self) -> bytes:
        """The edited file.

        Raises:
            EditionImpossibleError: it would not say what was meant.
        """
        texte = self._texte
        rangs = sorted(range(len(self._coupes)), key=lambda rang: (*self._coupes[rang][:2], rang))
        for rang in reversed(rangs):
            debut, fin, neuf = self._coupes[rang]
            texte = texte[:debut] + neuf + texte[fin:]
        contenu = (b"\xef\xbb\xbf" if self._marque else b"") + texte.encode()
        fichier, constats = parse_yaml(contenu, "")
        if fichier is None or constats or fichier.donnees != self._attendu:
            raise EditionImpossibleError
        return contenu

    def _insert_after(self, position: int, lignes: Sequence[str]) -> None:
        """Insert whole lines after the line of `position`."""
        fin = self._texte.find("\n", position)
        bloc = self._saut.join(lignes)
        if fin < 0:
            place = len(self._texte)
            self._coupes.append((place, place, self._saut + bloc))
        else:
            self._coupes.append((fin + 1, fin + 1, bloc + self._saut))

    def _end(self, noeud: yaml.Node) -> int:
        """Where the last thing written in `noeud` ends: a block's own mark lies further down."""
        if isinstance(noeud, yaml.CollectionNode) and noeud.value and not noeud.flow_style:
            dernier = noeud.value[-1]
            return self._end(dernier[1] if isinstance(dernier, tuple) else dernier)
        debut, fin = noeud.start_mark.index, noeud.end_mark.index
        return debut + len(self._texte[debut:fin].rstrip())

    def _node(self, chemin: Chemin) -> yaml.Node:
        return self._pair(chemin)[1]

    def _key(self, chemin: Chemin) -> yaml.Node:
        return self._pair(chemin)[0]

    def _pair(self, chemin: Chemin) -> tuple[yaml.Node, yaml.Node]:
        cle, noeud = self._racine, self._racine
        for partie in chemin:
            cle, noeud = _child(noeud, partie)
        return cle, noeud

    def _after_key(self, chemin: Chemin) -> int:
        return self._texte.index(":", self._key(chemin).end_mark.index) + 1

    def _value(self, chemin: Chemin) -> Donnee:
        valeur = self._attendu
        for partie in chemin:
            if isinstance(valeur, dict):
                valeur = valeur[str(partie)]
            elif isinstance(valeur, list):
                valeur = valeur[int(partie)]
        return valeur

    def _expect(self, chemin: Chemin, valeur: Donnee) -> None:
        parent = self._value(chemin[:-1])
        if isinstance(parent, dict):
            parent[str(chemin[-1])] = valeur


def _child(noeud: yaml.Node, partie: str | int) -> tuple[yaml.Node, yaml.Node]:
    if isinstance(noeud, yaml.SequenceNode) and isinstance(partie, int):
        if partie < len(noeud.value):
            return noeud.value[partie], noeud.value[partie]
        raise EditionImpossibleError
    if isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            if cle.value == partie:
                return cle, valeur
    raise EditionImpossibleError
