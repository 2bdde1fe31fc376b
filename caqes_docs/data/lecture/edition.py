"""Small edits of a YAML text that leave every other character where it is.

Values are found through the marks of the parsed nodes; the edited text is read again and must say
exactly what was meant, or nothing is edited.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

import yaml

from caqes_docs.data.lecture.ecriture import ValeurTable, render_valeur
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml


class EditionImpossibleError(Exception):
    """The layout of the file does not allow the edit."""


class Edition:
    """Edits of one file, applied together."""

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

    def set(self, chemin: Chemin, valeur: ValeurTable) -> None:
        """Give the value at `chemin`, whose key stands in the file, another value.

        Raises:
            EditionImpossibleError: no such key, or a list whose lines hold comments.
        """
        noeud = self._node(chemin)
        ecrit = render_valeur(str(chemin[-1]), valeur)
        debut, fin = noeud.start_mark.index, self._end(noeud)
        if "#" in self._texte[debut:fin] and not isinstance(noeud, yaml.ScalarNode):
            raise EditionImpossibleError
        if isinstance(noeud, yaml.MappingNode):
            raise EditionImpossibleError
        self._coupes.append((debut, fin, f" {ecrit}" if debut == fin else ecrit))
        self._expect(chemin, list(valeur) if isinstance(valeur, tuple) else valeur)

    def set_block(self, chemin: Chemin, lignes: Sequence[str], donnees: Donnee) -> None:
        """Put a block of keys (`lignes`, not indented) under the empty key at `chemin`.

        Raises:
            EditionImpossibleError: no such key, or it is not empty.
        """
        noeud = self._node(chemin)
        if not isinstance(noeud, yaml.ScalarNode) or noeud.value:
            raise EditionImpossibleError
        retrait = " " * (self._key(chemin).start_mark.column + 2)
        self._insert_after(noeud.end_mark.index, [retrait + ligne for ligne in lignes])
        self._expect(chemin, donnees)

    def erase_comment(self, chemin: Chemin, forme: re.Pattern[str]) -> None:
        """Take away the line right above the key at `chemin` when it is wholly of that form."""
        ligne = self._texte.rfind("\n", 0, self._key(chemin).start_mark.index) + 1
        avant = self._texte.rfind("\n", 0, max(ligne - 1, 0)) + 1
        if forme.fullmatch(self._texte[avant:ligne].strip()):
            self._coupes.append((avant, ligne, ""))

    def append(self, chemin: Chemin, elements: Sequence[tuple[Sequence[str], Donnee]]) -> None:
        """Add items (lines, the dash first, not indented; then data) at the end of a list.

        Raises:
            EditionImpossibleError: no such list, or it is written on one line.
        """
        noeud = self._node(chemin)
        if not isinstance(noeud, yaml.SequenceNode) or (noeud.value and noeud.flow_style):
            raise EditionImpossibleError
        if noeud.value:
            colonne, position = noeud.start_mark.column, self._end(noeud)
        else:
            colonne, position = self._key(chemin).start_mark.column + 2, noeud.end_mark.index
            self._coupes.append((self._after_key(chemin), position, ""))
        lignes: list[str] = []
        for rang, (bloc, _) in enumerate(elements):
            lignes.extend([""] if rang or noeud.value else [])
            lignes.extend(" " * colonne + ligne for ligne in bloc)
        self._insert_after(position, lignes)
        liste = self._value(chemin)
        if isinstance(liste, list):
            liste.extend(donnees for _, donnees in elements)

    def apply(self) -> bytes:
        """The edited file.

        Raises:
            EditionImpossibleError: it would not say what was meant.
        """
        texte = self._texte
        rangs = sorted(range(len(self._coupes)), key=lambda rang: (self._coupes[rang][0], rang))
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
        return noeud.value[partie], noeud.value[partie]
    if isinstance(noeud, yaml.MappingNode):
        for cle, valeur in noeud.value:
            if cle.value == partie:
                return cle, valeur
    raise EditionImpossibleError
