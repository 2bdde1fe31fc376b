"""The library of a contract that avenants amended: its own, and the wordings that they brought.

The words of a signed contract stay those of the library that it was made from. What an avenant
adds, moves or derogates from takes the library and the law of the day at which it has effect.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from caqes_docs.application.projet import Projet
from caqes_docs.data.avenant.modele import Derogation
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction, Retenue
from caqes_docs.redaction.bibliotheque.tableaux import TexteDeveloppe


@dataclass(frozen=True)
class Composition:
    """Where the words of a contract come from."""

    base: Projet
    """Whose library is that of the contract as it was signed."""
    retenues: Mapping[str, Retenue] = field(default_factory=dict)
    """By clause, the wordings that avenants brought."""
    volets: Mapping[str, Projet] = field(default_factory=dict)
    """By volet that an avenant added, the project that describes it."""

    def with_volets(self, volets: Iterable[str], projet: Projet) -> Composition:
        """The same, these volets being described by `projet`."""
        return replace(self, volets={**self.volets, **dict.fromkeys(volets, projet)})

    def with_wordings(self, retenues: Mapping[str, Retenue]) -> Composition:
        """The same with these wordings."""
        return replace(self, retenues={**self.retenues, **retenues})

    @functools.cached_property
    def projet(self) -> Projet:
        """The project that words the contract."""
        if not self.retenues and not self.volets:
            return self.base
        base = self.base
        return _ProjetCompose(base.racine, base.bibliotheques, base.reglages, self)


@dataclass(frozen=True)
class _ProjetCompose(Projet):
    composition: Composition | None = None

    @property
    def _origine(self) -> Composition:
        assert self.composition is not None
        return self.composition

    @property
    def racines(self) -> tuple[Racine, ...]:
        return self._origine.base.racines

    @functools.cached_property
    def droit(self) -> Droit:
        droit = self._origine.base.droit
        for volet, projet in self._origine.volets.items():
            droit = _with_volet(droit, volet, projet.droit)
        return droit

    @functools.cached_property
    def bibliotheque(self) -> Bibliotheque:
        socle = self._origine.base.bibliotheque
        clauses = dict(socle.clauses)
        for projet in self._origine.volets.values():
            clauses = {**projet.bibliotheque.clauses, **clauses}
        return replace(socle, clauses=clauses, retenues=self._origine.retenues)


def _with_volet(droit: Droit, volet: str, nouveau: Droit) -> Droit:
    """`droit`, in which `volet` is what `nouveau` says of it, with what its clauses cite."""
    autres = tuple(registre for registre in droit.registres if registre.volet != volet)
    siens = tuple(registre for registre in nouveau.registres if registre.volet == volet)
    plans = {nom: plan for nom, plan in nouveau.plans_types.items() if plan.volet == volet}
    return replace(
        droit,
        volets={**droit.volets, volet: nouveau.volets[volet]},
        registres=autres + siens,
        plans_types={**droit.plans_types, **plans},
        textes={**nouveau.textes, **droit.textes},
        termes={**nouveau.termes, **droit.termes},
        parametres={**nouveau.parametres, **droit.parametres},
        fondements={**nouveau.fondements, **droit.fondements},
        sources={**nouveau.sources, **droit.sources},
    )


_SIGNES = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_DEBUT = re.compile(r"^(\s*)([-+=>]|\d+[.)])")


def derogate(redaction: Redaction, derogation: Derogation) -> Redaction:
    """The clause in words of its own: each alinéa is printed as it is written."""
    alineas = (_DEBUT.sub(r"\1\\\2", _SIGNES.sub(r"\\\1", a)) for a in derogation.alineas)
    texte = "\n\n".join(alineas) + "\n"
    lieux = (redaction.source(),) * (texte.count("\n") + 1)
    return replace(redaction, ecrit=texte, developpe=TexteDeveloppe(texte, lieux, ()))
