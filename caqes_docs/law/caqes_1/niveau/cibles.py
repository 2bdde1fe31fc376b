"""Targets as a level of realisation weighs them, and what becomes of those that are not set.

The contrat type (art. 10) has targets and a schedule; no text says what a year without a target
of its own is compared with: the contract chooses (X40).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.contrat import AnneeSansCible
from caqes_docs.law.calcul.fondements import AIDE
from caqes_docs.law.calcul.noeud import Fondement, Noeud
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.pesee import compute_niveau, unknown_level
from caqes_docs.law.resultats import ResultatObjectif


def level_of_targets(
    cadre: Cadre, libelle: str, resultats: Sequence[ResultatObjectif], fondement: Fondement = AIDE
) -> Noeud:
    """The weighted share of the targets reached; unknown when one that weighs is not set (X40)."""
    sans = untargeted(resultats)
    if sans and cadre.contrat.choix.annee_sans_cible is not AnneeSansCible.POIDS_REPARTIS:
        codes = ", ".join(resultat.code for resultat in sans)
        annee = cadre.evaluation.annee
        return unknown_level(libelle, f"cibles de {annee} non fixées\u00a0: {codes}")
    return compute_niveau(libelle, resultats, fondement)


_DEVENIR = {
    None: ("ce résultat n’est comparé à rien", "ces résultats ne sont comparés à rien"),
    AnneeSansCible.POIDS_REPARTIS: (
        "son poids se répartit sur les autres, selon le contrat",
        "leur poids se répartit sur les autres, selon le contrat",
    ),
    AnneeSansCible.NON_EVALUEE: ("le contrat attend un avenant",) * 2,
    AnneeSansCible.DERNIERE_CIBLE: ("aucune année antérieure n’en a",) * 2,
}
_DERNIERE = (
    "sa dernière cible vaut encore, selon le contrat",
    "leur dernière cible vaut encore, selon le contrat",
)
"""What becomes of one result without target, of several."""


def tell_untargeted(cadre: Cadre, resultats: Sequence[ResultatObjectif]) -> Iterator[str]:
    """What the contract sets no target to for the year, what it weighs, and what becomes of it."""
    sans = [resultat for resultat in resultats if resultat.sans_cible]
    reportes = [resultat for resultat in resultats if resultat.annee_cible is not None]
    choix = cadre.contrat.choix.annee_sans_cible
    if choix is AnneeSansCible.POIDS_REPARTIS and not _weight_of(sans):
        choix = None  # nothing weighs: there is no weight to share
    devenir = _DEVENIR[choix]
    for groupe, suites in ((sans, devenir), (reportes, _DERNIERE)):
        if groupe:
            codes = formes.liste([resultat.code for resultat in groupe])
            suite = suites[len(groupe) > 1]
            yield (
                f"Le contrat ne fixe pas de cible pour {cadre.evaluation.annee} à {codes}"
                f"{_weight_of(groupe)}\u00a0: {suite}."
            )


def _weight_of(resultats: Sequence[ResultatObjectif]) -> str:
    poids = sum(r.poids.nombre for r in resultats if r.poids is not None and r.poids.is_known)
    verbe = "pèse" if len(resultats) == 1 else "pèsent"
    return f", qui {verbe} {formes.taux(poids)} des poids" if poids else ""


def untargeted(resultats: Sequence[ResultatObjectif]) -> list[ResultatObjectif]:
    """The results that weigh, and that the contract gives no target to be compared with."""
    return [r for r in resultats if r.sans_cible and r.poids is not None]
