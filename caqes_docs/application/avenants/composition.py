"""The library of a contract that avenants amended: its own, and the wordings that they brought.

The words of a signed contract stay those of the library that it was made from. What an avenant
adds, moves or derogates from takes the library and the law of the day at which it has effect; one
that moves the contract to the law of a later day takes the values of that day, and the wordings
that began since. What the library says better of an unchanged law is no part of it.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from caqes_docs.application.projet import FondsCommun, Projet
from caqes_docs.core.errors import RevisionError
from caqes_docs.core.periode import in_force
from caqes_docs.data.avenant.modele import Avenant, Derogation
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.redactions import Redaction, Retenue
from caqes_docs.redaction.bibliotheque.tableaux import TexteDeveloppe


@dataclass(frozen=True)
class DroitDuJour:
    """The law that an avenant moved the contract to."""

    projet: Projet
    date: dt.date
    connu_le: dt.date
    """The last day on which what was published could be stipulated."""


@dataclass(frozen=True)
class Composition:
    """Where the words of a contract come from."""

    base: Projet
    """Whose library is that of the contract as it was signed."""
    retenues: Mapping[str, Retenue] = field(default_factory=dict)
    """By clause, the wordings that avenants brought."""
    volets: Mapping[str, Projet] = field(default_factory=dict)
    """By volet that an avenant added, the project that describes it."""
    droit: DroitDuJour | None = None

    def with_law(self, avenant: Avenant, projet: Projet) -> Composition:
        """The same, moved to the law of the day that the avenant names, if it names one."""
        jour = avenant.droit_au
        if jour is None:
            return self
        signe = avenant.signature.date_retenue if avenant.signature else None
        siennes = {
            nom: replace(une, droit=projet.droit, date=jour) for nom, une in self.retenues.items()
        }
        return replace(self, retenues=siennes, droit=DroitDuJour(projet, jour, signe or jour))

    def with_volets(self, volets: Iterable[str], projet: Projet) -> Composition:
        """The same, these volets being described by `projet`."""
        return replace(self, volets={**self.volets, **dict.fromkeys(volets, projet)})

    def with_wordings(self, retenues: Mapping[str, Retenue]) -> Composition:
        """The same with these wordings."""
        return replace(self, retenues={**self.retenues, **retenues})

    @functools.cached_property
    def projet(self) -> Projet:
        """The project that words the contract."""
        if not (self.retenues or self.volets or self.droit):
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
    def fonds(self) -> FondsCommun:
        droit, socle = self._origine.base.droit, self._origine.base.bibliotheque
        clauses = dict(socle.clauses)
        if self._origine.droit is not None:
            droit = _moved_law(droit, self._origine.droit.projet.droit)
            clauses = _moved_wordings(clauses, self._origine.droit)
        for volet, projet in self._origine.volets.items():
            droit = _with_volet(droit, volet, projet.droit)
            clauses = {**projet.bibliotheque.clauses, **clauses}
        retenues = self._origine.retenues
        return self.lay(droit, replace(socle, clauses=clauses, retenues=retenues))


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


def _moved_law(ancien: Droit, nouveau: Droit) -> Droit:
    """`ancien`, with the dated law of `nouveau` and the catalogues of indicators that it adds."""
    connus = {(un.famille, un.volet, un.en_vigueur.periode.du) for un in ancien.registres}
    ajoutes = (
        un
        for un in nouveau.registres
        if (un.famille, un.volet, un.en_vigueur.periode.du) not in connus
    )
    return replace(
        ancien,
        registres=(*ancien.registres, *ajoutes),
        textes={**ancien.textes, **nouveau.textes},
        termes={**ancien.termes, **nouveau.termes},
        regimes={**ancien.regimes, **nouveau.regimes},
        parametres={**ancien.parametres, **nouveau.parametres},
        fondements={**ancien.fondements, **nouveau.fondements},
        sources={**ancien.sources, **nouveau.sources},
    )


def _moved_wordings(
    clauses: Mapping[str, tuple[Redaction, ...]], jour: DroitDuJour
) -> dict[str, tuple[Redaction, ...]]:
    """The clauses, each with the wording that began since in the later library, if one did."""
    venues = dict(clauses)
    for nom, redactions in jour.projet.bibliotheque.clauses.items():
        nouvelle, ancienne = in_force(redactions, jour.date), None
        if nom in clauses:
            ancienne = in_force(clauses[nom], jour.date)
        if nouvelle and (ancienne is None or ancienne.en_vigueur.du < nouvelle.en_vigueur.du):
            venues[nom] = (nouvelle,)
    return venues


def moved_wordings(projet: Projet, avenant: Avenant, effet: dt.date) -> dict[str, Retenue]:
    """The wordings of the library that the avenant asks for by their versions."""
    return {
        une.clause: Retenue(find_version(projet, une.clause, une.version), projet.droit, effet)
        for une in avenant.redactions
    }


def find_version(projet: Projet, clause: str, version: dt.date | str) -> Redaction:
    """The wording of `clause` that is in force from the day `version` on.

    Raises:
        RevisionError: A-014 the library has none.
    """
    redactions = projet.bibliotheque.clauses.get(projet.bibliotheque.present(clause), ())
    for redaction in redactions:
        if str(redaction.en_vigueur.du) == str(version):
            return redaction
    versions = ", ".join(str(redaction.en_vigueur.du) for redaction in redactions) or "aucune"
    raise RevisionError(
        "A-014",
        f"La clause «\u00a0{clause}\u00a0» n’a pas de rédaction en vigueur à partir du {version}.",
        remede=f"Versions de la bibliothèque\u00a0: {versions}.",
    )


def derogated(composition: Composition, avenant: Avenant, effet: dt.date) -> Composition:
    """The same with the words of its own that the avenant gives the contract."""
    projet, retenues = composition.projet, dict(composition.retenues)
    for derogation in avenant.derogations:
        clause = projet.bibliotheque.present(derogation.clause)
        ici = projet.bibliotheque.wording(clause, effet)
        retenues[clause] = Retenue(derogate(ici, derogation), projet.droit, effet)
    return replace(composition, retenues=retenues)


_SIGNES = re.compile(r"([\\`*_{}\[\]<>#|~!])")
_DEBUT = re.compile(r"^(\s*)([-+=>]|\d+[.)])")


def derogate(redaction: Redaction, derogation: Derogation) -> Redaction:
    """The clause in words of its own: each alinéa is printed as it is written."""
    alineas = (_DEBUT.sub(r"\1\\\2", _SIGNES.sub(r"\\\1", a)) for a in derogation.alineas)
    texte = "\n\n".join(alineas) + "\n"
    lieux = (redaction.source(),) * (texte.count("\n") + 1)
    return replace(redaction, ecrit=texte, developpe=TexteDeveloppe(texte, lieux, ()))
