"""One question: what is asked, what is shown with it, and how what is typed is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caqes_docs.core.francais.typographie import bare
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.data.lecture.yaml_strict import Chemin

_RECONNU = 5
"""How many signs from the middle of a label are enough to mean it."""


@dataclass(frozen=True)
class QuestionDossier:
    """One datum that is asked for, and what is said of it."""

    chemin: Chemin
    champ: TypeChamp
    libelle: str
    pourquoi: tuple[str, ...] = ()
    choix: tuple[tuple[str, str], ...] = ()
    """The values of a closed list, each with its meaning when its name does not tell it."""
    noms: tuple[tuple[str, str], ...] = ()
    """Codes that may be given by their labels, and are too many to be shown."""
    exemples: tuple[str, ...] = ()
    """What may be shown as an example, the likeliest first."""
    propose: str = ""
    """What Enter alone answers: what was last said of the same of another indicator."""
    actuelle: str = ""
    """What stands there already, when one comes back: Enter keeps it."""
    sans_objet: bool = False
    """Whether the indicator may be said not to apply."""
    retirable: bool = False
    """Whether the typical action that it is about may be left out of the plan."""
    avec: tuple[tuple[Chemin, str], ...] = ()
    """What is written before the answer, with it."""
    encore: bool = False
    """Whether another item of the list is wanted, rather than a value."""
    facultative: bool = False

    @property
    def liste(self) -> bool:
        """Whether several values are wanted."""
        return self.champ.sorte == "liste"

    def read(self, saisie: str) -> str:
        """What a number, a word, what is said of it, or the beginning of either stands for."""
        noms = [nom for nom, _ in self.choix]
        if re.fullmatch("[1-9][0-9]?", saisie) and int(saisie) <= len(noms):
            return noms[int(saisie) - 1]
        nu = bare(saisie)
        connus = (*self.choix, *self.noms)
        mots = [(nom, bare(mot)) for nom, sens in connus for mot in (nom, sens) if mot]
        entiers = {nom for nom, mot in mots if mot == nu}
        debuts = {nom for nom, mot in mots if nu and mot.startswith(nu)}
        dedans = {nom for nom, mot in mots if len(nu) >= _RECONNU and nu in mot}
        trouves = entiers or debuts or dedans
        return trouves.pop() if len(trouves) == 1 else saisie

    def split(self, saisie: str) -> list[str]:
        """The values of a list, with commas between them; a label may hold some."""
        noms = {nom for nom, _ in (*self.choix, *self.noms)}
        mots, lues = saisie.split(","), list[str]()
        while mots:
            fins = range(len(mots), 1, -1)
            fin = next((f for f in fins if self.read(",".join(mots[:f]).strip()) in noms), 1)
            lues.append(",".join(mots[:fin]).strip())
            mots = mots[fin:]
        return [lue for lue in lues if lue]


__all__ = ["QuestionDossier"]
