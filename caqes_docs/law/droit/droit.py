"""The law of a library once loaded: questions asked with a date, answers with their source."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.core.periode import in_force
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit import catalogue, modeles
from caqes_docs.law.droit.valeurs import parse_parametre


@dataclass(frozen=True)
class ValeurDroit:
    """A parameter's value at a date. `valeur` is a Decimal (rates as fractions), or a text."""

    parametre: modeles.Parametre
    version: modeles.ValeurParametre
    valeur: Decimal | str

    @property
    def unite(self) -> modeles.Unite:
        """The unit of the parameter."""
        return self.parametre.unite


@dataclass(frozen=True)
class Droit:
    """All that a library says of the law. `sources` gives the file of each id."""

    textes: Mapping[str, modeles.TexteCite] = field(default_factory=dict)
    termes: Mapping[str, modeles.Terme] = field(default_factory=dict)
    regimes: Mapping[str, modeles.RegimeDroit] = field(default_factory=dict)
    parametres: Mapping[str, modeles.Parametre] = field(default_factory=dict)
    registres: tuple[catalogue.RegistreIndicateurs, ...] = ()
    plans_types: Mapping[str, catalogue.PlanType] = field(default_factory=dict)
    calendrier: modeles.Calendrier = field(default_factory=lambda: modeles.Calendrier(donnees=()))
    obligations: Mapping[str, catalogue.Obligation] = field(default_factory=dict)
    volets: Mapping[str, catalogue.VoletDecrit] = field(default_factory=dict)
    socle: catalogue.SocleDecrit | None = None
    fondements: Mapping[str, modeles.FondementDroit] = field(default_factory=dict)
    detenteurs: Mapping[str, modeles.DetenteurDonnee] = field(default_factory=dict)
    formules: modeles.FormulesAvenant = field(default_factory=modeles.FormulesAvenant)
    sources: Mapping[str, Source] = field(default_factory=dict)
    constats: tuple[Constat, ...] = ()

    def text(self, identifiant: str, date: dt.date) -> modeles.TexteCite:
        """The text `identifiant`, if it may be cited at `date`.

        Raises:
            DroitError: L-001 unknown text; L-002 not in force at the date.
        """
        texte = self.textes.get(identifiant)
        if texte is None:
            raise _unknown("L-001", "texte", identifiant, self.textes)
        if not texte.en_vigueur.periode.holds(date):
            raise _out_of_range("L-002", f"Le texte «\u00a0{identifiant}\u00a0»", date)
        return texte

    def term(self, identifiant: str, date: dt.date) -> modeles.ValeurTerme:
        """The name of `identifiant` at `date`.

        Raises:
            DroitError: L-003 unknown term; L-004 no name at the date.
        """
        terme = self.termes.get(identifiant)
        if terme is None:
            raise _unknown("L-003", "terme", identifiant, self.termes)
        valeur = in_force(terme.valeurs, date)
        if valeur is None:
            raise _out_of_range("L-004", f"Le terme «\u00a0{identifiant}\u00a0»", date)
        return valeur

    def parameter(self, identifiant: str, date: dt.date) -> ValeurDroit:
        """The value of parameter `identifiant` at `date`.

        Raises:
            DroitError: L-005 unknown parameter; L-006 no value at the date.
        """
        parametre = self.parametres.get(identifiant)
        if parametre is None:
            raise _unknown("L-005", "paramètre", identifiant, self.parametres)
        version = in_force(parametre.valeurs, date)
        if version is None:
            raise _out_of_range("L-006", f"Le paramètre «\u00a0{identifiant}\u00a0»", date)
        return ValeurDroit(parametre, version, parse_parametre(version.valeur, parametre.unite))

    def ground(self, identifiant: str) -> modeles.FondementDroit:
        """The ground of a step of the computations.

        Raises:
            DroitError: D-120 the library has no such ground.
        """
        if identifiant not in self.fondements:
            raise DroitError(
                "D-120",
                f"Le fondement «\u00a0{identifiant}\u00a0» n’est pas dans la bibliothèque\u00a0: "
                "un calcul ne pourrait pas dire sur quel texte il repose.",
                remede="Reprendre «\u00a0droit/fondements.yaml\u00a0» de la bibliothèque livrée.",
            )
        return self.fondements[identifiant]

    def holder(self, chemin: str) -> str:
        """Who usually knows the datum at `chemin`, by the closest path; empty when nobody does."""
        parties = chemin.split(".")
        proches = [gens for gens in self.detenteurs.values() if gens.covers(parties)]
        proche = max(proches, key=lambda g: (g.id.count("."), len(g.id)), default=None)
        return proche.qui if proche else ""

    def regime(self, identifiant: str, date: dt.date) -> modeles.RegimeDroit:
        """The regime `identifiant`, if an act may take effect under it at `date`.

        Raises:
            DroitError: L-007 unknown regime; L-008 the date of effect is outside the regime.
        """
        regime = self.regimes.get(identifiant)
        if regime is None:
            raise _unknown("L-007", "régime", identifiant, self.regimes)
        if not regime.effet.periode.holds(date):
            raise _out_of_range("L-008", f"Le régime «\u00a0{regime.libelle}\u00a0»", date)
        return regime

    def indicators(
        self, date: dt.date, famille: catalogue.Famille | None = None
    ) -> dict[str, catalogue.Indicateur]:
        """The indicators of the socle in force at `date`, by code."""
        return {
            indicateur.id: indicateur
            for registre in self.registres
            if registre.en_vigueur.periode.holds(date)
            and registre.famille is not catalogue.Famille.VOLET
            and famille in (None, registre.famille)
            for indicateur in registre.indicateurs
        }

    def volet_indicators(self, date: dt.date, volet: str) -> dict[str, catalogue.Indicateur]:
        """The indicators of the volet additionnel `volet` in force at `date`, by code."""
        return {
            indicateur.id: indicateur
            for registre in self.registres
            if registre.en_vigueur.periode.holds(date)
            and registre.famille is catalogue.Famille.VOLET
            and registre.volet == volet
            for indicateur in registre.indicateurs
        }

    def family(self, code: str) -> catalogue.Famille | None:
        """The family of an indicator, or None when no catalogue holds it."""
        return self._familles.get(code)

    @functools.cached_property
    def _familles(self) -> dict[str, catalogue.Famille]:
        return {i.id: r.famille for r in reversed(self.registres) for i in r.indicateurs}

    def volet(self, identifiant: str, date: dt.date) -> catalogue.VoletDecrit:
        """The description of the volet `identifiant`, if a contract may hold it at `date`.

        Raises:
            DroitError: L-030 unknown volet; L-031 no such volet at the date.
        """
        volet = self.volets.get(identifiant)
        if volet is None:
            raise _unknown("L-030", "volet", identifiant, self.volets)
        if not volet.en_vigueur.periode.holds(date):
            raise _out_of_range("L-031", f"Le volet «\u00a0{identifiant}\u00a0»", date)
        return volet

    @property
    def obligations_evaluees(self) -> dict[str, str]:
        """What the establishment answers for each year besides its indicators: id and words."""
        return {o.id: o.evaluee for o in self.obligations.values() if o.evaluee is not None}

    def target_rate(self, mecanisme: str, annee: int) -> ValeurDroit | None:
        """The national target rate of a year, or None when the library holds none."""
        parametre, jour = self.parametres.get(mecanisme), dt.date(annee, 1, 1)
        if parametre is None or in_force(parametre.valeurs, jour) is None:
            return None
        return self.parameter(mecanisme, jour)


def effect_date(signature: dt.date) -> dt.date:
    """The date of effect: the 1 January that follows the signature (R-DATE-1, contrat type art. 2).

    A signature on 1 January gives the next year: « suivant » is read as strictly after.

    >>> effect_date(dt.date(2017, 12, 31)), effect_date(dt.date(2018, 1, 1))
    (datetime.date(2018, 1, 1), datetime.date(2019, 1, 1))
    """
    return dt.date(signature.year + 1, 1, 1)


def _unknown(code: str, nature: str, identifiant: str, connus: Mapping[str, object]) -> DroitError:
    dont = f", qui a\u00a0: {', '.join(connus)}" if len(connus) <= _PEU else ""
    return DroitError(
        code,
        f"Le {nature} «\u00a0{identifiant}\u00a0» n’est pas dans la bibliothèque.",
        remede=close_name(identifiant, connus) or f"L’ajouter au registre des {nature}s{dont}.",
    )


_PEU = 9
"""How many names can be listed in one sentence."""


def _out_of_range(code: str, quoi: str, date: dt.date) -> DroitError:
    return DroitError(
        code,
        typographier(f"{quoi} ne vaut pas au {date_longue(date)}."),
        remede="Compléter ses périodes dans la bibliothèque, avec la référence du texte.",
    )
