"""The grounds of the steps: named here, written in `droit/fondements.yaml` by jurists.

A step is worked out without a library at hand: its ground is a name, and a result takes the words
of the library once it is whole (`ground_all`).
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from caqes_docs.law.calcul.noeud import Fondement, Noeud
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude

R = TypeVar("R")


def a_lire(cle: str) -> Fondement:
    """The ground that the library writes under `cle` (« R-TRA-1/matrice »)."""
    return Fondement(cle.partition("/")[0], "", Certitude.DEDUCTION, (), cle)


MODULATION = a_lire("R-ALL-1/modulation")
SANCTION = a_lire("R-ALL-1/sanction")
POIDS = a_lire("R-ALL-1/poids")
PLAN = a_lire("R-ALL-1/plan")
TOTAL = a_lire("R-ALL-3/total")
CENTIME = a_lire("R-RATE-10/centime")
CENTIME_REFUS = a_lire("R-RATE-10/centime_refus")
AIDE = a_lire("R-SOC-2/niveau")
ENSEMBLE = a_lire("R-SOC-1/ensemble")
NIVEAU_SOCLE = a_lire("R-SOC-1/niveau")
LISTE = a_lire("R-SOC-5/liste")
ECONOMIES = a_lire("R-TRA-1/economies")
DEPENSE_CIBLE = a_lire("R-TRA-1/depense_cible")
TENDANCIEL = a_lire("R-TRA-1/tendanciel")
MATRICE = a_lire("R-TRA-1/matrice")
PERTINENCE = a_lire("R-PER-1/objectif")
INTERESSEMENT = a_lire("R-PER-2/interessement")
QUALITE = a_lire("R-QUA-1/objectif")
RISQUES = a_lire("R-QUA-1/risques")
INTERESSEMENT_QUALITE = a_lire("R-QUA-1/interessement")
RATIO = a_lire("R-RATE-1/rapport")
EVOLUTION = a_lire("R-RATE-2/evolution")
COMPOSITE = a_lire("R-RATE-6/elements")
CLASSE = a_lire("R-RATE-7/classe")
SENS = a_lire("R-RATE-10/sens")
CIBLE_TRANSPORTS = a_lire("R-TRA-4/cible")
CIBLE_PERTINENCE = a_lire("R-PER-1/cible")
CIBLE_QUALITE = a_lire("R-QUA-1/cible")
AUDITION_PREMIERE = a_lire("R-PRO-4/premiere_proposition")
AUDITION_SECONDE = a_lire("R-PRO-4/seconde_proposition")
AUDITION_RAPPORT = a_lire("R-PRO-4/rapport")
AUDITION_NOTIFICATION = a_lire("R-PRO-4/notification")


def keys_used() -> frozenset[str]:
    """The keys that the computations name: the library writes each of them."""
    return frozenset(v.cle for v in globals().values() if isinstance(v, Fondement))


def ground_all(resultat: R, droit: Droit) -> R:
    """`resultat` with every ground as the library writes it; a shared step stays shared.

    Raises:
        DroitError: D-120 the library lacks a ground.
    """
    return _LecteurFondements(droit).read(resultat)


def _same(lus: Iterable[object], avant: Iterable[object]) -> bool:
    """Whether nothing was read anew: the value of before serves again."""
    return all(map(operator.is_, lus, avant))


@dataclass
class _LecteurFondements:
    droit: Droit
    noeuds: dict[int, tuple[Noeud, Noeud]] = field(default_factory=dict)
    """By identity; the step of before is kept, so that no other takes its identity."""
    sols: dict[str, Fondement] = field(default_factory=dict)

    def read(self, valeur: R) -> R:
        """The same value: records, sequences and trees, with their grounds read."""
        if isinstance(valeur, Noeud):
            return self._node(valeur)  # type: ignore[return-value]  # a Noeud gives a Noeud
        if isinstance(valeur, tuple):
            lus = tuple(map(self.read, valeur))
            return valeur if _same(lus, valeur) else lus  # type: ignore[return-value]  # likewise
        if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
            champs = {f.name: getattr(valeur, f.name) for f in dataclasses.fields(valeur)}
            lus = tuple(map(self.read, champs.values()))
            if not _same(lus, champs.values()):
                return replace(valeur, **dict(zip(champs, lus, strict=True)))
        return valeur

    def _node(self, noeud: Noeud) -> Noeud:
        if id(noeud) not in self.noeuds:
            operandes = tuple(map(self._node, noeud.operandes))
            sol, lu = self._ground(noeud.fondement), noeud
            if sol is not noeud.fondement or not _same(operandes, noeud.operandes):
                lu = replace(noeud, operandes=operandes, fondement=sol)
            self.noeuds[id(noeud)] = noeud, lu
        return self.noeuds[id(noeud)][1]

    def _ground(self, sol: Fondement | None) -> Fondement | None:
        if sol is None or not sol.cle or sol.source:
            return sol
        if sol.cle not in self.sols:
            ecrit = self.droit.ground(sol.cle)
            self.sols[sol.cle] = Fondement(
                sol.regle, ecrit.source, ecrit.certitude, ecrit.references, sol.cle
            )
        return self.sols[sol.cle]
