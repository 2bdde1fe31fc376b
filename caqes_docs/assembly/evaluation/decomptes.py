"""Results counted by status, and the words that tell the counts."""

from __future__ import annotations

from collections.abc import Iterable

from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.resultats import Atteinte, ResultatEvaluation, ResultatObjectif, ResultatVolet


def count_results(resultats: Iterable[ResultatObjectif]) -> Decompte:
    """How many results are of each kind; what is not evaluable is no miss."""
    statuts = [resultat.statut for resultat in resultats]
    atteints, manques = statuts.count(Atteinte.ATTEINT), statuts.count(Atteinte.NON_ATTEINT)
    return Decompte(
        len(statuts),
        atteints,
        manques,
        statuts.count(Atteinte.NON_EVALUABLE),
        statuts.count(Atteinte.SANS_OBJET),
        atteints + manques,
    )


def outcome(volet: ResultatVolet, resultat: ResultatEvaluation) -> str:
    """What the results of a volet come to, in a few words."""
    if volet.volet == VoletId.SOCLE:
        decompte = count_results(resultat.indicateurs)
        cibles = "cible atteinte" if decompte.atteints < 2 else "cibles atteintes"
        suite = _unknown(decompte.non_evaluables)
        return f"{decompte.atteints} {cibles} sur {decompte.evaluables}{suite}"
    complementaires = count_results(volet.complementaires)
    dits = [
        f"objectif principal {volet.principal.statut.libelle if volet.principal else 'non fixé'}"
    ]
    if volet.supplementaire:
        dits.append(f"objectif supplémentaire {volet.supplementaire.statut.libelle}")
    if complementaires.nombre:
        dits.append(
            f"objectifs complémentaires : {complementaires.atteints} sur "
            f"{complementaires.evaluables}{_unknown(complementaires.non_evaluables)}"
        )
    return " ; ".join(dits)


def _unknown(nombre: int) -> str:
    if not nombre:
        return ""
    return f" ; {nombre} {'non évaluable' if nombre == 1 else 'non évaluables'}"
