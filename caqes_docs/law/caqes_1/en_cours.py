"""One volet additionnel being worked out: what its model, amounts and conclusion share."""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.data.dossier.volets import Bareme, Volet
from caqes_docs.law.calcul.fondements import (
    ECONOMIES,
    INTERESSEMENT,
    INTERESSEMENT_QUALITE,
    MATRICE,
    PERTINENCE,
    QUALITE,
)
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.economies import is_shared
from caqes_docs.law.caqes_1.realisation import realised
from caqes_docs.law.droit.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.resultats import ResultatObjectif

_MODELES = {
    ModeleVolet.TRANSPORTS: MATRICE,
    ModeleVolet.OBJECTIF_PRINCIPAL: PERTINENCE,
    ModeleVolet.RISQUES: QUALITE,
}
_INTERESSEMENTS = {
    ModeleVolet.TRANSPORTS: ECONOMIES,
    ModeleVolet.OBJECTIF_PRINCIPAL: INTERESSEMENT,
    ModeleVolet.RISQUES: INTERESSEMENT_QUALITE,
}


@dataclass
class VoletEnCours:
    """One volet being worked out."""

    cadre: Cadre
    decrit: VoletDecrit
    volet: Volet
    principal: ResultatObjectif | None
    supplementaire: ResultatObjectif | None
    complementaires: tuple[ResultatObjectif, ...]

    @property
    def nom(self) -> str:
        """The id of the volet."""
        return self.decrit.id

    @property
    def fondement(self) -> Fondement:
        """The ground of the model."""
        return _MODELES[self.decrit.modele]

    @property
    def fondement_interessement(self) -> Fondement:
        """The ground of the reward of the volet."""
        return _INTERESSEMENTS[self.decrit.modele]

    @property
    def economies_liees(self) -> bool:
        """Whether the texts tie the reward of the volet to savings (annexe 4)."""
        return self.decrit.modele is ModeleVolet.TRANSPORTS

    @property
    def rests_on_savings(self) -> bool:
        """Whether a reward would be a share of savings."""
        interessement = self.volet.interessement
        return self.economies_liees or (interessement is not None and is_shared(interessement))

    def level(self, bareme: Bareme | None) -> Noeud:
        """The level of realisation that a scale asks for."""
        return realised(self.cadre, self.nom, self.volet, self.complementaires, bareme)


@dataclass(frozen=True)
class Somme:
    """A level, a maximum, the part of it, and the amount, unsigned.

    `indecis` says which choice of the contract is missing: the amount is then not known.
    """

    niveau: Noeud
    maximum: Noeud
    modulation: Noeud
    montant: Noeud
    indecis: str = ""


def undecided(libelle: str, motif: str, origine: str) -> Somme:
    """An amount that a missing choice keeps from being worked out."""
    taux = entree("Modulation", None, Nature.TAUX, origine, motif=motif)
    montant = entree(libelle, None, Nature.EURO, origine, motif=motif)
    return Somme(taux, montant, taux, montant, motif)
