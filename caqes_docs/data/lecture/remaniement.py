"""Blocks of a YAML text moved, renamed or put aside with their comments, re-indented.

A block is the whole lines of a key: the comments right above, what the key holds, and the comments
below that are further in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from caqes_docs.data.lecture.texte import EditionImpossibleError, TexteYaml
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee

_RETRAIT = 2


class Remaniement(TexteYaml):
    """One change of the layout of a file; `apply` gives the changed file."""

    def has(self, chemin: Chemin) -> bool:
        """Whether a key stands at `chemin`, empty or not."""
        try:
            self._pair(chemin)
        except EditionImpossibleError:
            return False
        return True

    def value(self, chemin: Chemin) -> Donnee:
        """What `chemin` holds; None when it is empty or not there."""
        return self._value(chemin) if self.has(chemin) else None

    def find_flow(self, chemin: Chemin) -> Chemin | None:
        """The outermost block on the way to `chemin` that is written between braces."""
        for rang in range(1, len(chemin) + 1):
            if not self.has(chemin[:rang]):
                return None
            noeud = self._node(chemin[:rang])
            if isinstance(noeud, yaml.CollectionNode) and noeud.flow_style:
                return chemin[:rang]
        return None

    def unfold(self, chemin: Chemin) -> None:
        """Write on lines of its own each thing that stands between braces at `chemin`.

        Raises:
            EditionImpossibleError: no such key.
        """
        noeud = self._node(chemin)
        debut, fin = noeud.start_mark.index, noeud.end_mark.index
        sous_cle = isinstance(chemin[-1], str)
        if not noeud.value:
            self._cut(self._after_key(chemin) if sous_cle else debut, fin, "")
            self._set(chemin, None)
            return
        colonne = noeud.start_mark.column
        if sous_cle:
            colonne = self._key(chemin).start_mark.column + _RETRAIT
            debut = self._after_key(chemin)
        lignes = [" " * colonne + ligne for ligne in self._unfolded(noeud)]
        bloc = self._saut.join(lignes)
        self._cut(debut, fin, self._saut + bloc if sous_cle else bloc.lstrip(" "))

    def move(self, de: Chemin, vers: Chemin) -> None:
        """Move the block of the key at `de`, and give it the last name of `vers`.

        What is not there on the way to `vers` is created; a list, with its first item. Within one
        block, the place is kept; else the block comes last in its new one.

        Raises:
            EditionImpossibleError: no such key, `vers` holds something, or a place between braces.
        """
        debut, fin = self._block(de)
        if self.value(vers) is not None:
            raise EditionImpossibleError
        valeur, cle = self._value(de), self._key(de)
        texte = (
            self._texte[debut : cle.start_mark.index]
            + str(vers[-1])
            + self._texte[cle.end_mark.index : fin]
        )
        lignes = _shift(texte.splitlines(), -cle.start_mark.column)
        ancetre = self._ancestor(vers)
        if ancetre == de[:-1]:
            bloc = wrap(vers[len(ancetre) :], lignes)
            self._cut(debut, fin, self._lines(bloc, cle.start_mark.column))
        else:
            self._remove(debut, fin)
            self._place(vers, lignes, ancetre)
        self._pop(de)
        self._set(vers, valeur)

    def insert(self, chemin: Chemin, lignes: Sequence[str], donnees: Donnee) -> None:
        """Put a key at `chemin`: its lines (not indented, the key first), which say `donnees`.

        Raises:
            EditionImpossibleError: something stands there, or the place is between braces.
        """
        if self.value(chemin) is not None:
            raise EditionImpossibleError
        self._place(chemin, lignes, self._ancestor(chemin))
        self._set(chemin, donnees)

    def put_aside(self, chemin: Chemin, titre: str = "") -> None:
        """Make a comment of the block of a key, under `titre`; without one, keep its comments only.

        Raises:
            EditionImpossibleError: no such key, or a place between braces.
        """
        debut, fin = self._block(chemin)
        colonne = self._key(chemin).start_mark.column
        lignes = _shift(self._texte[debut:fin].splitlines(), -colonne)
        commentaires = [ligne.strip() for ligne in lignes if ligne.lstrip().startswith("#")]
        if titre:
            rang = next(r for r, ligne in enumerate(lignes) if not ligne.startswith("#"))
            suite = [ligne if ligne.startswith("#") else f"# {ligne}" for ligne in lignes[rang:]]
            commentaires = [*lignes[:rang], f"# {titre}", *(ligne.rstrip() for ligne in suite)]
        if commentaires:
            self._cut(debut, fin, self._lines(commentaires, colonne))
        else:
            self._remove(debut, fin)
        self._pop(chemin)

    def _unfolded(self, noeud: yaml.Node) -> Iterator[str]:
        """The lines of what stands between braces, comments above what they precede."""
        position = noeud.start_mark.index + 1
        for element in noeud.value:
            cle, valeur = element if isinstance(element, tuple) else (None, element)
            debut = (cle or valeur).start_mark.index
            yield from self._comments(position, debut)
            ecrit = self._texte[valeur.start_mark.index : valeur.end_mark.index].strip()
            nom = self._texte[debut : cle.end_mark.index] + ":" if cle is not None else "-"
            yield f"{nom} {ecrit}".rstrip()
            position = max(valeur.end_mark.index, debut)
        yield from self._comments(position, noeud.end_mark.index - 1)

    def _comments(self, debut: int, fin: int) -> list[str]:
        return [x.strip() for x in re.findall(r"(?<!\S)#[^\r\n]*", self._texte[debut:fin])]

    def _block(self, chemin: Chemin) -> tuple[int, int]:
        """Where the lines of a key begin and end."""
        cle, noeud = self._pair(chemin)
        debut = self._line_start(cle.start_mark.index)
        if self._texte[debut : cle.start_mark.index].strip() or not chemin:
            raise EditionImpossibleError
        colonne = cle.start_mark.column
        fin = self._line_end(max(self._end(noeud), cle.end_mark.index))
        return self._above(debut, colonne), self._below(fin, colonne)

    def _above(self, debut: int, colonne: int) -> int:
        """Where the comments right above a line begin."""
        while debut:
            avant = self._line_start(debut - 1)
            ligne = self._texte[avant:debut]
            if not ligne.lstrip().startswith("#") or _indent(ligne) > colonne:
                break
            debut = avant
        return debut

    def _below(self, fin: int, colonne: int) -> int:
        """Where the comments below a block, further in than `colonne`, end."""
        position = fin
        while position < len(self._texte):
            suite = self._line_end(position)
            ligne = self._texte[position:suite]
            if ligne.strip() and not (ligne.lstrip().startswith("#") and _indent(ligne) > colonne):
                break
            position = suite
            fin = suite if ligne.strip() else fin
        return fin

    def _line_start(self, position: int) -> int:
        return self._texte.rfind("\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        """Where the next line begins."""
        fin = self._texte.find("\n", position)
        return len(self._texte) if fin < 0 else fin + 1

    def _ancestor(self, vers: Chemin) -> Chemin:
        """The last block on the way to `vers` that stands in the file."""
        rang = max(r for r in range(len(vers)) if self.has(vers[:r]))
        return vers[:rang]

    def _place(self, vers: Chemin, lignes: Sequence[str], ancetre: Chemin) -> None:
        """Write the lines of the key `vers` last in the block `ancetre`."""
        noeud = self._node(ancetre)
        if isinstance(noeud, yaml.MappingNode) and noeud.value and not noeud.flow_style:
            colonne = noeud.value[0][0].start_mark.column
            position = self._below(self._line_end(self._end(noeud)), colonne - 1)
        elif isinstance(noeud, yaml.ScalarNode) and self.value(ancetre) is None:
            colonne = self._key(ancetre).start_mark.column + _RETRAIT
            position = self._line_end(noeud.end_mark.index)
            self._cut(noeud.start_mark.index, noeud.end_mark.index, "")
        else:
            raise EditionImpossibleError
        if self.has(vers):  # an empty key: its line gives way
            ligne = self._line_start(self._key(vers).start_mark.index)
            self._cut(ligne, self._line_end(ligne), "")
        bloc = self._lines(wrap(vers[len(ancetre) :], lignes), colonne)
        if position and not self._texte[:position].endswith("\n"):
            bloc = self._saut + bloc
        self._cut(position, position, bloc)

    def _remove(self, debut: int, fin: int) -> None:
        """Cut whole lines, and the empty line above when another one follows."""
        avant = self._line_start(debut - 1) if debut else 0
        if not self._texte[avant:debut].strip():
            suite = self._texte[fin : self._line_end(fin)]
            debut = debut if suite.strip() else avant
        self._cut(debut, fin, "")

    def _lines(self, lignes: Sequence[str], colonne: int) -> str:
        return "".join(ligne + self._saut for ligne in _shift(lignes, colonne))

    def _cut(self, debut: int, fin: int, neuf: str) -> None:
        self._coupes.append((debut, fin, neuf))

    def _pop(self, chemin: Chemin) -> None:
        """Take `chemin` away from what is expected; a block left without key is empty."""
        parent = self._value(chemin[:-1])
        if isinstance(parent, dict):
            del parent[str(chemin[-1])]
            if not parent and len(chemin) > 1:
                self._set(chemin[:-1], None)

    def _set(self, chemin: Chemin, valeur: Donnee) -> None:
        """Expect `valeur` at `chemin`, and on the way whatever must be created."""
        if not chemin:
            self._attendu = valeur
            return
        parent, cle = self._value_or_none(chemin[:-1]), chemin[-1]
        if isinstance(cle, int):
            liste = list(parent) if isinstance(parent, list) else []
            self._set(chemin[:-1], [*liste[:cle], valeur, *liste[cle + 1 :]])
        else:
            table = parent if isinstance(parent, dict) else {}
            self._set(chemin[:-1], {**table, cle: valeur})

    def _value_or_none(self, chemin: Chemin) -> Donnee:
        try:
            return self._value(chemin)
        except (KeyError, IndexError):
            return None


def _indent(ligne: str) -> int:
    return len(ligne) - len(ligne.lstrip(" "))


def _shift(lignes: Sequence[str], colonnes: int) -> list[str]:
    """The lines further right, or further left as far as their own indentation allows."""
    if colonnes >= 0:
        return [" " * colonnes + ligne if ligne.strip() else ligne for ligne in lignes]
    return [ligne[min(-colonnes, _indent(ligne)) :] for ligne in lignes]


def wrap(chemin: Chemin, lignes: Sequence[str]) -> list[str]:
    """The lines of the key `chemin[-1]` under the keys that lead to it."""
    bloc = list(lignes)
    for partie in reversed(chemin[:-1]):
        if isinstance(partie, str):
            bloc = [f"{partie}:", *_shift(bloc, _RETRAIT)]
            continue
        rang = next(r for r, ligne in enumerate(bloc) if not ligne.startswith("#"))
        bloc = [*bloc[:rang], f"- {bloc[rang]}", *_shift(bloc[rang + 1 :], _RETRAIT)]
    return bloc


__all__ = ["Remaniement", "wrap"]
