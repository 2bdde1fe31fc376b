"""Small edits of a YAML text: values given, blocks filled, items added to a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from caqes_docs.data.lecture.ecriture import ValeurTable, render_valeur
from caqes_docs.data.lecture.texte import EditionImpossibleError, TexteYaml
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee


class Edition(TexteYaml):
    """Edits of one file, applied together."""

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


__all__ = ["EditionImpossibleError"]
