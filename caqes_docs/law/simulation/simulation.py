"""What a year would come to if one of its inputs took other values: the engine itself, run again.

Each value is put in a copy of the evaluation and the year is worked out by
`law.jugement.judge`: there is no other formula. Whatever is supposed says so, as the origin
of its step.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, sort_constats
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.signature import Signature
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.fondements import AIDE
from caqes_docs.law.calcul.noeud import Nature, Noeud, entree
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import ResultatEvaluation, ResultatVolet
from caqes_docs.law.simulation import grandeurs
from caqes_docs.law.simulation.depense import follow, is_growth, previous_spending
from caqes_docs.law.simulation.supposition import (
    SANS_EVALUATION,
    Supposition,
    suppose,
    suppose_contract,
)
from caqes_docs.law.simulation.valeurs import as_datum, written

VARIABLE = "valeur que la simulation fait varier"
HYPOTHESE = "hypothèse donnée à la simulation"
SUIVIE = "dépense qui suit le taux simulé"
_MOTIF = "Hypothèse de la simulation"
_CITEES = 3
"""Values that a finding names; the others are counted."""


@dataclass(frozen=True)
class ValeurSimulee:
    """A quantity and the value it is given."""

    grandeur: grandeurs.Grandeur
    valeur: Decimal | str
    source: str = HYPOTHESE


@dataclass(frozen=True)
class Scenario:
    """What is simulated: which input of which volet, over which values, all else supposed."""

    affaire: Affaire
    annee: int
    grandeur: grandeurs.Grandeur
    valeurs: tuple[Decimal | str, ...]
    hypotheses: tuple[ValeurSimulee, ...] = ()
    date_effet: dt.date | None = None
    """The date of effect supposed for a contract that is not signed."""

    @property
    def volet(self) -> str:
        """The volet whose input varies."""
        return self.grandeur.volet

    @property
    def has_evaluation(self) -> bool:
        """Whether the year has an evaluation, whose data hold unless they are supposed."""
        return self.annee in self.affaire.evaluations

    @functools.cached_property
    def precedente(self) -> tuple[Decimal, str] | None:
        """The spending of the year before and its origin, when that of the year follows."""
        if not is_growth(self.affaire, self.grandeur):
            return None
        dites = {h.grandeur.nom: h for h in self.hypotheses if h.grandeur.volet == self.volet}
        if grandeurs.CONSTATEE in dites:
            return None
        supposee = dites.get(grandeurs.PRECEDENTE)
        if supposee is not None and isinstance(supposee.valeur, Decimal):
            return supposee.valeur, supposee.source
        return previous_spending(self.affaire, self.grandeur, self.annee)

    def followed(self, valeur: Decimal | str) -> Decimal | None:
        """The spending of the year that goes with the growth `valeur`."""
        if self.precedente is None or not isinstance(valeur, Decimal):
            return None
        return follow(self.precedente[0], valeur)


@dataclass(frozen=True)
class Point:
    """One value, and the whole year worked out with it."""

    valeur: Decimal | str
    resultat: ResultatEvaluation
    volet: ResultatVolet
    constats: tuple[Constat, ...] = ()


@dataclass(frozen=True)
class Simulation:
    """The year at each value, and what keeps some amounts from being known."""

    scenario: Scenario
    points: tuple[Point, ...]
    constats: tuple[Constat, ...] = field(default=())


def simulate(scenario: Scenario, droit: Droit) -> Simulation:
    """The year of `scenario` at each of its values.

    Raises:
        DonneesError: V-050 no date of effect; D-000 what is supposed makes no evaluation; V-082 the
            volet is not in force that year.
    """
    points = tuple(_point(scenario, valeur, droit) for valeur in scenario.valeurs)
    return Simulation(scenario, points, tuple(sort_constats(_findings(scenario, points))))


def _point(scenario: Scenario, valeur: Decimal | str, droit: Droit) -> Point:
    donnees = (*scenario.hypotheses, ValeurSimulee(scenario.grandeur, valeur, VARIABLE))
    depense = scenario.followed(valeur)
    if depense is not None:
        donnees += (ValeurSimulee(grandeurs.spending(scenario.volet), depense, SUIVIE),)
    affaire = _contract(scenario, donnees)
    suppositions = [s for d in donnees if not d.grandeur.contrat for s in _suppositions(d)]
    charge, fautes = suppose(affaire, scenario.annee, suppositions)
    if charge is None:
        raise DonneesError("D-000", "Ces hypothèses ne font pas une évaluation.", fautes)
    jugee = judge(affaire, charge, droit, _levels(donnees))
    volet = jugee.resultat.par_volet.get(scenario.volet)
    if volet is None:
        raise DonneesError(
            "V-082",
            f"Le volet {scenario.volet} n’est pas en vigueur en {scenario.annee}, ou sa signature "
            "et sa durée manquent\u00a0: il n’y a rien à simuler.",
            remede="Changer --annee, compléter le dossier, ou donner --date-effet tant que le "
            "contrat n’est pas signé.",
            source=scenario.affaire.dossier.fichier.source(("contrat", "volets", scenario.volet)),
        )
    return Point(valeur, jugee.resultat, volet, jugee.constats)


def _contract(scenario: Scenario, donnees: Sequence[ValeurSimulee]) -> Affaire:
    """The affaire, with the targets that are supposed."""
    suppositions = [s for d in donnees if d.grandeur.contrat for s in _suppositions(d)]
    if not suppositions:
        return scenario.affaire
    affaire, fautes = suppose_contract(scenario.affaire, suppositions)
    if affaire is None:
        raise DonneesError("D-000", "Ces hypothèses ne font pas un contrat.", fautes)
    return affaire if scenario.date_effet is None else suppose_signed(affaire, scenario.date_effet)


def _suppositions(donnee: ValeurSimulee) -> Sequence[Supposition]:
    grandeur = donnee.grandeur
    if not grandeur.chemin:
        return ()
    texte = as_datum(donnee.valeur, grandeur.genre)
    if grandeur.bloc:
        *bloc, cle = grandeur.chemin
        return (Supposition(tuple(bloc), {str(cle): texte}, donnee.source),)
    motif = [Supposition(grandeur.exige, _MOTIF, donnee.source)] if grandeur.exige else []
    return (Supposition(grandeur.chemin, texte, donnee.source), *motif)


def _levels(donnees: Sequence[ValeurSimulee]) -> Mapping[str, Noeud]:
    """The levels supposed, by volet."""
    return {
        donnee.grandeur.volet: entree(
            "Niveau de réalisation supposé",
            donnee.valeur,
            Nature.TAUX,
            donnee.source,
            fondement=AIDE,
        )
        for donnee in donnees
        if donnee.grandeur.nom == grandeurs.NIVEAU
    }


# --------------------------------------------------------------------------------------------
# What there is to say


def _findings(scenario: Scenario, points: Sequence[Point]) -> list[Constat]:
    """The findings of the engine, and the amounts that no hypothesis lets be known.

    Before any evaluation, results are not forgotten: V-080 and V-081 say which amounts need them.
    """
    oublis = () if scenario.has_evaluation else ("V-005",)
    constats = [_lighten(c) for point in points for c in point.constats if c.code not in oublis]
    source = Source(SANS_EVALUATION)
    if scenario.has_evaluation:
        source = scenario.affaire.evaluations[scenario.annee].fichier.source(())
    inconnus = [point for point in points if not point.volet.montant.is_known]
    if inconnus:
        valeurs = ", ".join(written(p.valeur, scenario.grandeur.genre) for p in inconnus[:_CITEES])
        suite = "…" if len(inconnus) > _CITEES else ""
        motif = inconnus[0].volet.montant.motif
        message = (
            f"Le montant du volet {scenario.volet} n’est pas évaluable pour {len(inconnus)} des "
            f"{len(points)} valeurs simulées ({valeurs}{suite})\u00a0: {motif}."
        )
        remede = "Donner ce qui manque par --hypothese NOM=VALEUR, ou compléter le dossier."
        constats.append(fault("V-080", source, message, remede))
    elif any(not point.resultat.total.is_known for point in points):
        constats.append(_unknown_total(scenario, points, source))
    return constats


def _unknown_total(scenario: Scenario, points: Sequence[Point], source: Source) -> Constat:
    volets = ", ".join(
        dict.fromkeys(
            volet.libelle[:1].lower() + volet.libelle[1:]
            for point in points
            for volet in point.resultat.volets
            if not volet.montant.is_known
        )
    )
    message = (
        f"Le total de {scenario.annee} n’est pas évaluable\u00a0: il manque des données sur "
        f"d’autres volets ({volets})."
    )
    remede = "Les supposer par --hypothese VOLET:NOM=VALEUR, ou ne lire que le volet simulé."
    return Constat("V-081", Gravite.MANQUE, source, message, remede)


def _lighten(constat: Constat) -> Constat:
    """What no evaluation says yet is missing, not wrong: the volet's own lack is told apart."""
    if constat.source.fichier == SANS_EVALUATION and constat.gravite is Gravite.ERREUR:
        return replace(constat, gravite=Gravite.MANQUE)
    return constat


# --------------------------------------------------------------------------------------------
# Before the signature


def suppose_signed(affaire: Affaire, date_effet: dt.date) -> Affaire:
    """The affaire as if the contract and its volets were signed to take effect on `date_effet`."""
    veille = date_effet - dt.timedelta(days=1)
    dossier = affaire.dossier.valeur
    volets = {
        nom: volet
        if volet.signature and volet.signature.date_retenue
        else volet.model_copy(update={"signature": _signed(volet.signature, veille)})
        for nom, volet in dossier.contrat.volets.items()
    }
    signature = _signed(dossier.contrat.signature, veille)
    contrat: Contrat = dossier.contrat.model_copy(update={"signature": signature, "volets": volets})
    charge = Charge(dossier.model_copy(update={"contrat": contrat}), affaire.dossier.fichier)
    return replace(affaire, dossier=charge)


def _signed(signature: Signature | None, jour: dt.date) -> Signature:
    lieu = signature.lieu if signature else None
    return Signature(lieu=lieu, date=None, dates_des_parties=None, regle=None).model_copy(
        update={"date": jour}
    )
