"""What a clause sees of the data: values that know where they come from, and when they are missing.

A `Vue` follows the path as the template walks the data. Nothing is evaluated: a datum is printed,
compared or counted, never run.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.francais.typographie import split_exposants, typographier_saisie
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.document.model import ACompleter, Exposant, Texte, Valeur


class EcritureError(TypeError):
    """What a clause writes cannot be printed; the message says why, in French."""


class Lieu(NamedTuple):
    """Where a value stands: its file, its path there, and the name of the whole (« dossier »)."""

    fichier: FichierYaml | None
    chemin: Chemin
    racine: str = ""

    def child(self, partie: str | int) -> Lieu:
        """The place of a part of this value."""
        return Lieu(self.fichier, (*self.chemin, partie), self.racine)

    @property
    def source(self) -> Source:
        """The file, line and column (of the nearest parent when the key is absent)."""
        if self.fichier is None:
            return Source(self.racine or "calcul")
        if self.chemin not in self.fichier.positions:
            return self.fichier.key_source(self._nearest())
        return self.fichier.source(self.chemin)

    def _nearest(self) -> Chemin:
        assert self.fichier is not None
        reste = self.chemin
        while reste and reste not in self.fichier.positions:
            reste = reste[:-1]
        return reste

    @property
    def origine(self) -> str:
        """`str(source)`, without the detour: every printed value asks for it."""
        if self.fichier is not None:
            position = self.fichier.positions.get(self.chemin)
            if position is not None:
                nom = self.fichier.ailleurs.get(self.chemin, self.fichier.nom)
                return f"{nom}:{position[0]}:{position[1]}"
        return str(self.source)

    @property
    def is_written(self) -> bool:
        """Whether the key stands in the file, even empty."""
        return self.fichier is not None and self.chemin in self.fichier.positions

    def __str__(self) -> str:
        """The dotted path as a jurist reads it: `etablissement.sites.1.nom`."""
        parts = [partie if isinstance(partie, str) else str(partie + 1) for partie in self.chemin]
        return ".".join((self.racine, *parts) if self.racine else parts)


Signal = Callable[["Vue"], None]


def _ignore(_vue: Vue) -> None:
    return None


class Vue:
    """A value of the data as the template handles it."""

    __slots__ = ("_facultative", "_lieu", "_parent", "_signal", "_type", "_valeur")

    def __init__(
        self,
        valeur: Any,
        type_: TypeChamp,
        lieu: Lieu,
        signal: Signal = _ignore,
        parent: str = "",
    ) -> None:
        self._valeur = valeur
        self._type = type_
        self._lieu = lieu
        self._signal = signal
        self._parent = parent
        self._facultative = False

    def _child(self, valeur: Any, type_: TypeChamp, lieu: Lieu) -> Vue:
        parent = self._type.titre if self._type.sorte == "bloc" else self._parent
        return Vue(valeur, type_, lieu, self._signal, parent)

    def __getattr__(self, nom: str) -> Vue:
        if nom.startswith("_"):
            raise AttributeError(nom)
        champ = fields_of(self._type.classe).get(nom) if self._type.sorte == "bloc" else None
        if champ is None:
            raise AttributeError(nom)
        if self._valeur is None:  # a part of what is computed has no key of its own in the file
            calcule = _model_fields(self._type.classe) is None
            return self._child(None, champ, self._lieu if calcule else self._lieu.child(nom))
        valeur = getattr(self._valeur, nom)
        return self._child(valeur, champ, self._child_place(nom, valeur))

    def _child_place(self, nom: str, valeur: Any) -> Lieu:
        classe: type = type(self._valeur)
        champs = _model_fields(classe)
        if champs is None:
            origines: Mapping[str, Lieu] = getattr(self._valeur, "origines", _SANS_ORIGINE)
            if nom in origines:
                return origines[nom]
        elif nom not in champs:
            return self._lieu_of_property(nom, valeur)
        return self._lieu.child(nom)

    def _lieu_of_property(self, nom: str, valeur: Any) -> Lieu:
        """The path of the very object that a property returns (the delegate, the director…)."""
        for champ in type(self._valeur).model_fields:
            direct = getattr(self._valeur, champ)
            if direct is valeur and valeur is not None:
                return self._lieu.child(champ)
            if isinstance(direct, BaseModel):
                for sous in type(direct).model_fields:
                    if getattr(direct, sous) is valeur and valeur is not None:
                        return self._lieu.child(champ).child(sous)
        return self._lieu.child(nom)

    def __getitem__(self, cle: object) -> Vue:
        element = self._type.element
        if element is None or not isinstance(cle, str | int | Vue):
            raise KeyError(cle)
        brut = raw(cle)
        if not self._valeur:
            return self._child(None, element, self._lieu.child(str(brut)))
        if self._type.sorte == "table":
            return self._child(self._valeur.get(brut), element, self._lieu.child(str(brut)))
        return self._child(self._valeur[brut], element, self._lieu.child(int(brut)))

    def __iter__(self) -> Iterator[Vue]:
        element = self._type.element
        if element is None:
            raise EcritureError(f"{self._lieu} ne se parcourt pas")
        if isinstance(self._valeur, dict):
            for cle, valeur in self._valeur.items():
                yield self._child(valeur, element, self._lieu.child(cle))
            return
        for rang, valeur in enumerate(self._valeur or ()):
            yield self._child(valeur, element, self._lieu.child(rang))

    def __len__(self) -> int:
        return len(self._valeur or ())

    def __bool__(self) -> bool:
        """Presence or truth; a yes/no that is missing, or a key left empty, is signalled."""
        if self._valeur is None:
            if self._type.classe is bool or self._lieu.is_written:
                self._facultative = self._type.classe is not bool  # absent, it would say nothing
                self._signal(self)
            return False
        return bool(self._valeur) if isinstance(self._valeur, bool | tuple | dict | list) else True

    def __eq__(self, autre: object) -> bool:
        brut = raw(autre)
        if self._valeur is None and brut is not None:
            self._signal(self)
        return bool(_comparable(self._valeur) == _comparable(brut))

    def __hash__(self) -> int:
        return hash(_comparable(self._valeur))

    def __contains__(self, autre: object) -> bool:
        return _comparable(raw(autre)) in [_comparable(valeur) for valeur in self._valeur or ()]

    def __str__(self) -> str:
        raise EcritureError(f"{self._lieu} ne s’imprime que par {{{{ … }}}}")


_SANS_ORIGINE: Mapping[str, Lieu] = {}


@functools.cache
def _model_fields(classe: type) -> frozenset[str] | None:
    """The keys of a block of a file; None for what the program has computed."""
    return frozenset(classe.model_fields) if issubclass(classe, BaseModel) else None


def raw(valeur: object) -> Any:
    """The value itself, out of its `Vue`."""
    return valeur._valeur if isinstance(valeur, Vue) else valeur


def lieu_of(vue: Vue) -> Lieu:
    """Where the value of `vue` stands."""
    return vue._lieu


def type_of_vue(vue: Vue) -> TypeChamp:
    """The declared type of `vue`."""
    return vue._type


def _comparable(valeur: Any) -> Any:
    return valeur.value if isinstance(valeur, enum.Enum) else valeur


def simple_text(valeur: Any) -> str:
    """The printed form of a simple value.

    Raises:
        TypeError: the value needs a filter (an amount, a rate) or is not a simple value.
    """
    if type(valeur) is str:
        return valeur
    if isinstance(valeur, enum.Enum):
        return str(getattr(valeur, "libelle", valeur.value))
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, str | int):
        return str(valeur)
    if isinstance(valeur, dt.date):
        return date_longue(valeur)
    if isinstance(valeur, Decimal):
        raise EcritureError("un nombre s’imprime avec un filtre\u00a0: euros, taux ou nombre")
    raise EcritureError("cette donnée est un bloc ou une liste\u00a0: en imprimer une partie")


def missing(vue: Vue) -> ACompleter:
    """The mark of a datum that is not there."""
    lieu = lieu_of(vue)
    titre = vue._type.titre or str(lieu)
    cles = _CLES.search(titre)
    titre = titre[: cles.start()] if cles else titre
    libelle = f"{vue._parent}, {titre}" if vue._parent else titre
    qui, admis = _element(lieu), cles[0] if cles else ""
    suite = f"{qui}{admis}{FACULTATIVE if vue._facultative else ''}"
    return ACompleter(libelle, str(lieu), str(lieu.source), cles=suite)


def _element(lieu: Lieu) -> str:
    """What the file calls the element of a list where `lieu` is: « (TRA-02) », not its rank."""
    donnees, nom = lieu.fichier.donnees if lieu.fichier else None, ""
    for partie in lieu.chemin:
        if isinstance(donnees, dict):
            donnees = donnees.get(str(partie))
        elif isinstance(donnees, list) and isinstance(partie, int) and partie < len(donnees):
            element = donnees[partie]
            if isinstance(element, dict):
                nom = next((str(element[cle]) for cle in _NOMS if element.get(cle)), nom)
            donnees = element
    return f" ({nom})" if nom else ""


_NOMS = ("id", "modele", "code", "finess", "nom", "exercice", "annee", "volet")
"""The keys by which a file names an element of a list."""


FACULTATIVE = " (facultatif)"
"""What is told of a key left empty, of which the act would say nothing were it not there."""

_CLES = re.compile(r" \([^()]*\w_\w[^()]*\)$")
"""The end of a title that lists what the file accepts: an act does not print it."""


def printed(vue: Vue, texte: str | None = None) -> Valeur | ACompleter:
    """The node that prints `vue`, or its formatted `texte`."""
    if raw(vue) is None or raw(vue) == ():
        return missing(vue)
    texte = simple_text(raw(vue)) if texte is None else texte
    lieu = lieu_of(vue)
    return Valeur(fragments(texte, raw(vue)), str(lieu), lieu.origine)


def fragments(texte: str, brut: object) -> tuple[Texte | Exposant, ...]:
    """Runs of a formatted value: only dates get a raised « er »; what was typed is composed."""
    if isinstance(brut, str | tuple | list):
        return (Texte(typographier_saisie(texte)),)
    if not isinstance(brut, dt.date):
        return (Texte(texte),)
    return tuple(
        Exposant(morceau) if leve else Texte(morceau) for morceau, leve in split_exposants(texte)
    )
