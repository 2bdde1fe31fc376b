"""A delay: what opens it, how it is counted, what prolongs it.

The day of receipt does not count. A month runs to the day of the same number, or to the last day of
a shorter month (R-PRO-1). A hearing asked for in time prolongs the delay to the day on which it is
held (R-PRO-4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caqes_docs.core.source import Source
from caqes_docs.data.dossier.procedure import Audition, Etape
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.calcul.fondements import ground_all
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, Operation, compute, entree, si
from caqes_docs.law.calcul.parametres import legal_parameter
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Unite


@dataclass(frozen=True)
class Support:
    """Where a procedure is written, and the law that it follows.

    `racine` leads to the record: `("contrat", "procedure")`, `("procedure",)`…
    """

    droit: Droit
    fichier: FichierYaml
    racine: Chemin = ()

    def source(self, *chemin: str | int) -> Source:
        """The place of `chemin` below the record, or of the nearest parent."""
        return self.fichier.source((*self.racine, *chemin))


@dataclass(frozen=True)
class Delai:
    """The delay that a step opens, with the tree that explains it.

    `depart` is the day that opens it and does not count, `initial` its last day before any
    hearing, `fin` its last day: a computation each, whose value is None while it is not known.
    """

    etape: str
    """The step that opens it, by its path in the procedure."""
    acte: str
    """The act that opens it, with « de »: « de la première proposition »."""
    parametres: tuple[str, ...]
    depart: Noeud
    initial: Noeud
    fin: Noeud

    @property
    def premier_jour(self) -> dt.date | None:
        """The day after the one that opens the delay."""
        depart = self.depart.jour
        return None if depart is None else depart + dt.timedelta(1)

    @property
    def terme(self) -> dt.date | None:
        """The last day; None while it is not known (receipt unknown, hearing not held)."""
        return self.fin.jour

    @property
    def proroge(self) -> bool:
        """Whether a hearing asked for in time carries the delay beyond its first last day."""
        return self.a_temps is True and self.fin.valeur != self.initial.valeur

    @property
    def a_temps(self) -> bool | None:
        """Whether a hearing was asked for in time; None for none, or while a day is missing."""
        if self.fin.operation is not Operation.SI:
            return None
        valeur = self.fin.operandes[0].valeur
        return valeur if isinstance(valeur, bool) else None

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that fix the delay, as ids of the register of texts."""
        sols = [noeud.fondement for noeud in self.initial.operandes if noeud.fondement]
        return tuple(dict.fromkeys(ref for sol in sols for ref in sol.references))


@dataclass(frozen=True)
class Regle:
    """The rule of a delay: the step that opens it, its words, its parameters."""

    etape: str
    acte: str
    """The act that opens it, with « de »."""
    parametres: tuple[str, ...]
    audition: Fondement
    """On what ground a hearing asked for in time prolongs it."""


def step_delay(support: Support, regle: Regle, etape: Etape | None) -> Delai | None:
    """The delay that `etape` opens; None for a step that is not taken.

    The parameter is the one of the day of the act, which tells the delay to the establishment; of
    the day of its receipt when that one is unknown.

    Raises:
        DroitError: L-005, L-006 the law does not answer at that day.
    """
    jour = (etape.date or etape.recue_le) if etape else None
    if etape is None or jour is None:
        return None
    depart = entree(
        f"Réception {regle.acte}",
        etape.recue_le,
        Nature.DATE,
        str(support.source(regle.etape, "recue_le")),
        motif="la date de réception n’est pas connue",
    )
    initial = count(support.droit, regle.parametres, depart, jour)
    fin = _heard(support, regle, etape.audition, initial)
    delai = Delai(regle.etape, regle.acte, regle.parametres, depart, initial, fin)
    return ground_all(delai, support.droit)


def count(droit: Droit, parametres: Sequence[str], depart: Noeud, jour: dt.date) -> Noeud:
    """The last day of the delay that `depart` opens: the latest, where two texts fix one.

    Its operands are such that the parameters are those of its last step.
    """
    termes = [_last_day(droit, parametre, depart, jour) for parametre in parametres]
    if len(termes) == 1:
        return termes[0]
    libelle = "Dernier jour du délai, le plus long des deux"
    return compute(Operation.PLUS_TARD, libelle, Nature.DATE, termes, termes[-1].fondement)


def _last_day(droit: Droit, parametre: str, depart: Noeud, jour: dt.date) -> Noeud:
    duree = legal_parameter(droit, parametre, jour)
    mois = droit.parameter(parametre, jour).unite is Unite.MOIS
    operation = Operation.MOIS_APRES if mois else Operation.JOURS_APRES
    libelle = "Dernier jour du délai"
    return compute(operation, libelle, Nature.DATE, (depart, duree), duree.fondement)


def _heard(support: Support, regle: Regle, audition: Audition | None, initial: Noeud) -> Noeud:
    """The last day, prolonged to a hearing asked for on that day at the latest (R-PRO-4)."""
    if audition is None:
        return initial
    chemin = (regle.etape, "audition")
    demande = entree(
        "Demande d’audition",
        audition.demandee_le,
        Nature.DATE,
        str(support.source(*chemin, "demandee_le")),
        motif="la date de la demande d’audition n’est pas connue",
    )
    tenue = entree(
        "Audition de l’établissement",
        audition.tenue_le,
        Nature.DATE,
        str(support.source(*chemin, "tenue_le")),
        motif="l’audition n’est pas tenue",
    )
    a_temps = compute(
        Operation.AVANT_OU_LE,
        "Audition demandée avant l’expiration du délai",
        Nature.OUI_NON,
        (demande, initial),
        regle.audition,
    )
    prolonge = compute(
        Operation.PLUS_TARD,
        "Délai prolongé jusqu’à l’audition",
        Nature.DATE,
        (initial, tenue),
        regle.audition,
    )
    libelle = "Dernier jour du délai, audition comprise"
    return si(libelle, a_temps, prolonge, initial, regle.audition)
