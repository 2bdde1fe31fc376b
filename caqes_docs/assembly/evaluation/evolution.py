"""Two evaluated years side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caqes_docs.assembly.evaluation.graphiques import count_charts, result_key
from caqes_docs.assembly.evaluation.propositions import observed
from caqes_docs.assembly.evaluation.vocabulaire import LigneResultat
from caqes_docs.assembly.evaluation.vocabulaire_rapport import (
    EvolutionRapport,
    GroupeEvolution,
    LigneEvolution,
)
from caqes_docs.law.resultats import Atteinte, ResultatObjectif
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu


@dataclass(frozen=True)
class Precedente:
    """The year evaluated before, and its results by key; no year when there is none."""

    annee: int | None
    par_cle: Mapping[str, ResultatObjectif]


_SUIVIES = "Suivies les deux années"
Triplet = tuple[str, ResultatObjectif, LigneResultat]
"""The group that a result belongs to, the result, its line."""


def build_evolution(
    triplets: Sequence[Triplet], avant: Precedente, annee: int
) -> EvolutionRapport | None:
    """The results measured both years; None when no year was evaluated before."""
    communs = [t for t in triplets if result_key(t[1]) in avant.par_cle and _counts(t[1])]
    if avant.annee is None or not communs:
        return None
    groupes: dict[str, list[LigneEvolution]] = {}
    for groupe, resultat, ligne in communs:
        precedent = avant.par_cle[result_key(resultat)]
        groupes.setdefault(groupe, []).append(_line(resultat, ligne, precedent))
    return EvolutionRapport(
        annee=avant.annee,
        nouveaux=_moved(communs, avant, vers=Atteinte.ATTEINT),
        perdus=_moved(communs, avant, vers=Atteinte.NON_ATTEINT),
        groupes=tuple(GroupeEvolution(nom, tuple(lignes)) for nom, lignes in groupes.items()),
        graphiques=_charts(communs, avant, annee),
    )


def _counts(resultat: ResultatObjectif) -> bool:
    return resultat.statut is not Atteinte.SANS_OBJET


def _line(
    resultat: ResultatObjectif, ligne: LigneResultat, precedent: ResultatObjectif
) -> LigneEvolution:
    return LigneEvolution(
        resultat.code,
        ligne.libelle,
        observed(precedent.observe),
        ligne.observe,
        ligne.cible,
        precedent.statut.libelle,
        ligne.statut,
    )


def _moved(communs: Sequence[Triplet], avant: Precedente, vers: Atteinte) -> int:
    """How many results went from one side of their target to the side `vers`."""
    depuis = Atteinte.NON_ATTEINT if vers is Atteinte.ATTEINT else Atteinte.ATTEINT
    return sum(
        resultat.statut is vers and avant.par_cle[result_key(resultat)].statut is depuis
        for _, resultat, _ in communs
    )


def _charts(
    communs: Sequence[Triplet], avant: Precedente, annee: int
) -> tuple[GraphiqueResolu, ...]:
    """How many targets were reached, group by group, among the results of both years."""
    noms = list(dict.fromkeys(groupe for groupe, _, _ in communs))

    def reached(nom: str, *, precedent: bool) -> int:
        resultats = [r for groupe, r, _ in communs if groupe == nom]
        vus = [avant.par_cle[result_key(r)] for r in resultats] if precedent else resultats
        return sum(vu.statut is Atteinte.ATTEINT for vu in vus)

    series = {
        f"Atteintes en {avant.annee}": [reached(nom, precedent=True) for nom in noms],
        f"Atteintes en {annee}": [reached(nom, precedent=False) for nom in noms],
        _SUIVIES: [sum(g == nom for g, _, _ in communs) for nom in noms],
    }
    return count_charts(
        f"Cibles atteintes en {avant.annee} et en {annee}",
        "Article ou volet",
        noms,
        series,
        _SUIVIES,
    )
