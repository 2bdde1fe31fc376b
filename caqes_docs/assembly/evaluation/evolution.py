"""Two evaluated years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caqes_docs.assembly.calculs import observed
from caqes_docs.assembly.evaluation.graphiques import result_key
from caqes_docs.assembly.evaluation.vocabulaire_rapport import EvolutionRapport
from caqes_docs.law.resultats import Atteinte, ResultatObjectif


@dataclass(frozen=True)
class Precedente:
    """The year evaluated before, and its results by key; no year when there is none."""

    annee: int | None
    par_cle: Mapping[str, ResultatObjectif]


def build_evolution(
    resultats: Iterable[ResultatObjectif], avant: Precedente
) -> EvolutionRapport | None:
    """How many targets were won and lost; None when no year was evaluated before."""
    communs = [
        (avant.par_cle[result_key(resultat)].statut, resultat.statut)
        for resultat in resultats
        if result_key(resultat) in avant.par_cle and resultat.statut is not Atteinte.SANS_OBJET
    ]
    if avant.annee is None or not communs:
        return None
    return EvolutionRapport(
        annee=avant.annee,
        nouveaux=communs.count((Atteinte.NON_ATTEINT, Atteinte.ATTEINT)),
        perdus=communs.count((Atteinte.ATTEINT, Atteinte.NON_ATTEINT)),
    )


def earlier(resultat: ResultatObjectif, avant: Precedente) -> str | None:
    """What was observed the year before, with its result when it has changed since."""
    precedent = avant.par_cle.get(result_key(resultat))
    if precedent is None:
        return None
    vu = observed(precedent.observe, precedent.verdict)
    return vu if precedent.statut is resultat.statut else f"{vu} ({precedent.statut.libelle})"
