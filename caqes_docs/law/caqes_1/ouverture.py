"""What the results of a volet open: a reward, a sanction, neither.

Instruction DSS/A1/CNAMTS/2017/234, IV.a and annexes 4 (six cells), 5 (principal objective), 6
(risks). A model is one function of `MODELES`: a region's own volet names its model.
"""

from __future__ import annotations

from collections.abc import Callable

from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, Operation, compute, entree
from caqes_docs.law.caqes_1.en_cours import VoletEnCours
from caqes_docs.law.droit.catalogue import ModeleVolet
from caqes_docs.law.resultats import ResultatObjectif


def _verdict(resultat: ResultatObjectif | None, libelle: str) -> Noeud:
    if resultat is None:
        return entree(libelle, None, Nature.OUI_NON, "", motif=f"{libelle}\u00a0: non fixé")
    return resultat.verdict


def _not(libelle: str, noeud: Noeud, fondement: Fondement) -> Noeud:
    return compute(Operation.NON, libelle, Nature.OUI_NON, (noeud,), fondement)


def six_cells(en_cours: VoletEnCours) -> tuple[Noeud, Noeud]:
    """Whether a reward and whether a sanction is opened: the matrix of annexe 4, § 3.

    Reward: the target is reached and so is the supplementary objective, if any. Sanction: the
    supplementary objective is not reached, or there is none and the target is not reached.
    """
    fondement = en_cours.fondement
    cible = _verdict(en_cours.principal, "Objectif principal atteint")
    if en_cours.supplementaire is None:
        return cible, _not("Cible non atteinte", cible, fondement)
    autre = en_cours.supplementaire.verdict
    recompense = compute(
        Operation.ET,
        "Cible et objectif supplémentaire atteints",
        Nature.OUI_NON,
        (cible, autre),
        fondement,
    )
    return recompense, _not("Objectif supplémentaire non atteint", autre, fondement)


def principal_objective(en_cours: VoletEnCours) -> tuple[Noeud, Noeud]:
    """The principal objective decides both (annexe 5; IV.a)."""
    cible = _verdict(en_cours.principal, "Objectif principal atteint")
    return cible, _not("Objectif principal non atteint", cible, en_cours.fondement)


def risks(en_cours: VoletEnCours) -> tuple[Noeud, Noeud]:
    """The principal objective decides; the number of risks and the plan modulate (annexe 6)."""
    return principal_objective(en_cours)


MODELES: dict[ModeleVolet, Callable[[VoletEnCours], tuple[Noeud, Noeud]]] = {
    ModeleVolet.TRANSPORTS: six_cells,
    ModeleVolet.OBJECTIF_PRINCIPAL: principal_objective,
    ModeleVolet.RISQUES: risks,
}
