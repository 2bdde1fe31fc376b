"""The level of the socle: indicators, plan d'actions and general obligations, as the parties chose.

Contrat type, art. 6 and 10-6: all the obligations are judged together, « en particulier » the
realisation of the plan and the targets; no text says how they add up (R-SOC-1, X41).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from caqes_docs.data.dossier.niveau import MesureNiveau, Niveau, PartNiveau
from caqes_docs.law.calcul.fondements import AIDE, NIVEAU_SOCLE
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, constante, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau import obligations, plan
from caqes_docs.law.caqes_1.niveau.cibles import level_of_targets
from caqes_docs.law.caqes_1.niveau.pesee import unknown_level
from caqes_docs.law.resultats import PartPesee, ResultatObjectif

LIBELLE = "Niveau de réalisation du volet obligatoire"
INDICATEURS = "indicateurs"
PARTS = {
    INDICATEURS: "Indicateurs",
    plan.CLE: "Plan d’actions",
    obligations.CLE: "Obligations générales",
}
"""What the level may weigh, in the order of the contract."""


def parts_chosen(niveau: Niveau | None) -> dict[str, PartNiveau]:
    """The parts that the contract weighs."""
    parts: dict[str, PartNiveau | None] = {nom: getattr(niveau, nom, None) for nom in PARTS}
    return {nom: part for nom, part in parts.items() if part is not None and part.part}


def level_of_socle(
    cadre: Cadre, niveau: Niveau | None, indicateurs: Sequence[ResultatObjectif]
) -> tuple[Noeud, tuple[PartPesee, ...]]:
    """The level, and its parts; unknown while the contract does not say what it weighs."""
    parts = parts_chosen(niveau)
    if sum((part.part or Decimal(0) for part in parts.values()), start=Decimal(0)) != 1:
        return unknown_level(LIBELLE, "le contrat ne dit pas ce que pèse ce niveau"), ()
    mesurees = {
        nom: _MESURES[nom](cadre, part) if nom in _MESURES else _measured(cadre, part, indicateurs)
        for nom, part in parts.items()
    }
    pesees = tuple(
        PartPesee(nom, PARTS[nom], parts[nom].part or Decimal(0), mesuree)
        for nom, mesuree in mesurees.items()
    )
    if len(pesees) == 1:
        return replace(pesees[0].niveau, libelle=LIBELLE), pesees
    produits = [_share(cadre, pesee) for pesee in pesees]
    return compute(Operation.SOMME, LIBELLE, Nature.TAUX, produits, NIVEAU_SOCLE), pesees


_MESURES: dict[str, Callable[[Cadre, PartNiveau], Noeud]] = {
    plan.CLE: plan.level_of_plan,
    obligations.CLE: obligations.level_of_obligations,
}


def _share(cadre: Cadre, pesee: PartPesee) -> Noeud:
    part = entree(
        f"Part du niveau\u00a0: {pesee.libelle}",
        pesee.part,
        Nature.TAUX,
        cadre.in_contract("socle", "niveau", pesee.id, "part"),
    )
    libelle = f"{pesee.libelle}, selon sa part"
    return compute(Operation.PRODUIT, libelle, Nature.TAUX, (part, pesee.niveau), NIVEAU_SOCLE)


def _measured(cadre: Cadre, part: PartNiveau, indicateurs: Sequence[ResultatObjectif]) -> Noeud:
    """The indicators: by their coefficients, or each for one."""
    libelle = "Indicateurs atteints"
    if part.mesure is None:
        return unknown_level(libelle, "rien ne dit comment les indicateurs sont comptés")
    comptes = list(indicateurs)
    if part.mesure is MesureNiveau.NOMBRE:
        un = constante("Un indicateur", Decimal(1), Nature.NOMBRE, AIDE)
        comptes = [replace(resultat, poids=un) for resultat in comptes]
    return level_of_targets(cadre, libelle, comptes)
